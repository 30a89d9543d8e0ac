"""Readers of file formats: each turns a file into a :class:`~corpus.readers.document.Document`."""

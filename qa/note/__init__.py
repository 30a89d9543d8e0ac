"""A note: what is said with references to a report, and the paragraphs quoted; written as Word or Markdown."""

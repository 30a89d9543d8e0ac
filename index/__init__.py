"""The index of a report: what is embedded, how it is saved, and how it is searched."""

"""Report texts, the parser that reads them, and the values that they are read into."""

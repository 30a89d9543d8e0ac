"""Question answering over one report: from a question to statements that cite its paragraphs."""

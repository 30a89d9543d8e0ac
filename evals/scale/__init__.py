"""How the store of all reports' vectors behaves from a thousand to a million paragraphs."""

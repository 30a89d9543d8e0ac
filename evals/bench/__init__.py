"""A comparison with others that find passages for questions: same machine, encoder, text and questions."""

"""Made-up reports on places that do not exist, and questions that are asked of them and the shipped report at once."""

"""Drafts that cite the report: read, taken apart into claims, checked, and given back with what was found."""

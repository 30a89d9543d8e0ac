"""The words in which inspection reports grade."""

GRADES = (
    "outstanding",
    "good",
    "adequate",
    "inadequate",
    "satisfactory",
    "requires improvement",
    "requires improvement to be good",
    "requires significant improvement",
)
"""Grade words of inspection reports; a report's own scale and headings add to them."""

"""Small PDFs made for the tests, set by hand so that each has one difficulty."""

from __future__ import annotations

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
FONT, BOLD = "Helvetica", "Helvetica-Bold"


class Sheet:
    """A PDF under the pen: rows are set from top to bottom, pages begin by themselves."""

    def __init__(self, path, *, left=72, right=WIDTH - 72, size=11, furniture=None, encrypt=None):
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1, encrypt=encrypt)
        self.left, self.right, self.size = left, right, size
        self.furniture = furniture
        self.page = 0
        self._begin()

    def _begin(self):
        self.page += 1
        self.y = HEIGHT - 90
        self.notes = []
        if self.furniture:
            self.furniture(self.canvas, self.page)

    def turn(self):
        """Begin a new page."""
        self._set_notes()
        self.canvas.showPage()
        self._begin()

    def write(self, x, text, *, font=FONT, size=None):
        """A word or row at the pen's height."""
        self.canvas.setFont(font, size or self.size)
        self.canvas.drawString(x, self.y, text)

    def down(self, by):
        """Move the pen down; begin a page at the bottom."""
        self.y -= by
        if self.y < 110 + 12 * len(self.notes):
            self.turn()

    def rows(self, text, x, right=None, *, font=FONT, size=None):
        """Running text in rows between two places."""
        size = size or self.size
        for row in simpleSplit(text, font, size, (right or self.right) - x):
            self.write(x, row, font=font, size=size)
            self.down(size * 1.25)

    def heading(self, text, size=15):
        """A heading."""
        self.down(8)
        self.rows(text, self.left, font=BOLD, size=size)
        self.down(8)

    def paragraph(self, label, text, *, hang=30, gap=8):
        """A paragraph, its number hanging at the left."""
        if label:
            self.write(self.left, label)
        self.rows(text, self.left + hang)
        self.down(gap)

    def inline(self, text, gap=8):
        """A paragraph whose number stands in its running text."""
        self.rows(text, self.left)
        self.down(gap)

    def note(self, text, size=8):
        """A note at the foot of this page."""
        self.notes.append((text, size))

    def _set_notes(self):
        y = 80 + 10 * len(self.notes)
        for text, size in self.notes:
            self.canvas.setFont(FONT, size)
            self.canvas.drawString(self.left, y, text)
            y -= 10

    def save(self):
        """Finish the file."""
        self._set_notes()
        self.canvas.save()

"""Plain pictures of measured numbers, as SVG text: bars beside each other, and lines over sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

FONT = "font-family='system-ui, sans-serif' font-size='12' fill='#1f2328'"
COLOURS = ("#0b5cad", "#c2410c", "#3f7d20", "#7a3e9d")
PALE = "#9aa7b4"


@dataclass(frozen=True, slots=True)
class Bars:
    """One panel of horizontal bars: a title that says what is better, and a value a label."""

    title: str
    values: Mapping[str, float]
    form: str = "{:.2f}"


@dataclass(frozen=True, slots=True)
class Lines:
    """One panel of lines: points (x, y) of each name, both axes by powers of ten."""

    title: str
    points: Mapping[str, Sequence[tuple[float, float]]]


def bars(panels: Sequence[Bars], marked: frozenset[str], *, columns: int = 2) -> str:
    """A picture of panels of bars; the ``marked`` labels stand out."""
    labels = max(len(name) for panel in panels for name in panel.values) * 6.6 + 10
    width, row, head = labels + 250, 20, 34
    high = head + row * max(len(panel.values) for panel in panels) + 14
    parts = []
    for place, panel in enumerate(panels):
        x, y = (place % columns) * width, place // columns * high
        parts.append(_text(x + 10, y + 22, panel.title, weight=600))
        most = max(panel.values.values()) or 1.0
        for line, (name, value) in enumerate(panel.values.items()):
            top = y + head + line * row
            long = max(1.0, 170 * value / most)
            colour = COLOURS[0] if name in marked else PALE
            parts.append(_text(x + labels, top + 13, name, anchor="end"))
            parts.append(
                f"<rect x='{x + labels + 8:.1f}' y='{top + 3:.1f}' width='{long:.1f}' height='13' fill='{colour}'/>"
            )
            parts.append(_text(x + labels + 14 + long, top + 13, panel.form.format(value)))
    rows = -(-len(panels) // columns)
    return _picture(width * columns, high * rows, parts)


def lines(panels: Sequence[Lines], *, columns: int = 2) -> str:
    """A picture of panels of lines, each name in the same colour in all."""
    names = list(dict.fromkeys(name for panel in panels for name in panel.points))
    width, high = 420, 270
    parts = []
    for place, panel in enumerate(panels):
        x, y = (place % columns) * width, 30 + place // columns * high
        parts += _panel(panel, names, x, y)
    for place, name in enumerate(names):
        at = 16 + place * 190
        parts.append(f"<rect x='{at}' y='12' width='12' height='12' fill='{COLOURS[place % len(COLOURS)]}'/>")
        parts.append(_text(at + 18, 22, name))
    return _picture(width * columns, 30 + high * -(-len(panels) // columns), parts)


def _panel(panel: Lines, names: Sequence[str], x: float, y: float) -> list[str]:
    left, top, wide, tall = x + 60, y + 40, 320, 185
    every = [point for points in panel.points.values() for point in points]
    across = _decades([point[0] for point in every])
    up = _decades([point[1] for point in every])

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return (
            left + wide * (log10(point[0]) - across[0]) / (across[1] - across[0]),
            top + tall * (1 - (log10(point[1]) - up[0]) / (up[1] - up[0])),
        )

    parts = [_text(x + 10, y + 24, panel.title, weight=600)]
    for power in range(up[0], up[1] + 1):
        _, height = at((10.0 ** across[0], 10.0**power))
        parts.append(
            f"<line x1='{left}' x2='{left + wide}' y1='{height:.1f}' y2='{height:.1f}' stroke='#e3e7eb'/>"
        )
        parts.append(_text(left - 6, height + 4, _number(10.0**power), anchor="end"))
    for power in range(across[0], across[1] + 1):
        along, _ = at((10.0**power, 10.0 ** up[0]))
        parts.append(_text(along, top + tall + 18, _number(10.0**power), anchor="middle"))
    for name, points in panel.points.items():
        colour = COLOURS[names.index(name) % len(COLOURS)]
        places = [at(point) for point in points]
        path = " ".join(f"{along:.1f},{height:.1f}" for along, height in places)
        parts.append(f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'/>")
        parts += [
            f"<circle cx='{along:.1f}' cy='{height:.1f}' r='3' fill='{colour}'/>" for along, height in places
        ]
    return parts


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """The powers of ten that enclose the values."""
    low, high = floor(log10(min(values))), -floor(-log10(max(values)))
    return low, max(high, low + 1)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def _text(x: float, y: float, text: str, *, anchor: str = "start", weight: int = 400) -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' font-weight='{weight}' {FONT}>"
        f"{escape(text)}</text>"
    )


def _picture(width: float, height: float, parts: Sequence[str]) -> str:
    size = f"width='{width:.0f}' height='{height:.0f}' viewBox='0 0 {width:.0f} {height:.0f}'"
    inside = "\n".join(parts)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' {size} role='img'>\n"
        f"<rect width='100%' height='100%' fill='#ffffff'/>\n{inside}\n</svg>\n"
    )

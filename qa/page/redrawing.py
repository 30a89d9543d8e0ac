"""The page drawn again when reports come or go, for whoever loads it from then on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import gradio as gr

from qa.page.markup import Html
from qa.shelf import Shelf

Ticks = gr.CheckboxGroup | gr.Dropdown


class Redrawing:
    """What on the page depends on the reports that there are.

    ``parts`` are drawn from the shelf; ``hint`` and ``reports`` are the choice of those to ask, shown where there are
    several. What readers have open stays as it is.
    """

    def __init__(
        self,
        page: gr.Blocks,
        title: Callable[[Shelf], str],
        parts: Mapping[gr.components.Component, Callable[[Shelf], Html]],
        hint: gr.HTML,
        reports: Ticks,
    ) -> None:
        self._page = page
        self._title = title
        self._parts = parts
        self._hint = hint
        self._reports = reports

    def draw(self, shelf: Shelf) -> None:
        """Draw the page for these reports."""
        for part, drawn in self._parts.items():
            part.value = drawn(shelf)
        self._hint.visible = self._reports.visible = shelf.several
        self._reports.value = list(shelf.chosen)
        before = self._reports.choices
        self._reports.choices = [(shelf.name(report.id), report.id) for report in shelf]
        self._page.title = self._title(shelf)
        self._page.config = self._page.get_config_file()
        # Pages that were loaded earlier may still name a report that is gone: they are to be told so in our words.
        known = {value for _, value in self._reports.choices}
        self._reports.choices += [choice for choice in before if choice[1] not in known]

"""The list of what the centre has made of its own: categories, reasons to decline a donation."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty

from screens.widgets.lists import Line

from .base import StaffScreen


class OwnListScreen(StaffScreen):
    """Lists what `find` returns, a line each; `kept` has it by id. None until it was looked up."""

    lines = ListProperty(None, allownone=True)
    kept: dict[str, Any]

    def find(self) -> list[Any]:
        """Return what there is, in order; called on a worker."""
        raise NotImplementedError

    def line_of(self, one: Any) -> Line:
        """Return the line of one."""
        raise NotImplementedError

    def open(self, **values: Any) -> None:
        self.reset()
        self.look()

    def on_return(self) -> None:
        self.look()

    def on_language_changed(self) -> None:
        if self.lines is not None:
            self._list()

    def look(self) -> None:
        """Reload the list."""
        self.load("goods", lambda who: self.find(), self._show)

    def _show(self, found: list[Any]) -> None:
        self.kept = {one.id: one for one in found}
        self._list()

    def _list(self) -> None:
        self.lines = [self.line_of(one) for one in self.kept.values()]

    def reset(self) -> None:
        self.lines = None
        self.kept = {}

"""Requests for help, longest waiting first, without their sealed details."""

from __future__ import annotations

from typing import Any

from kivy.properties import ListProperty, StringProperty

from kiosk.codes.codes import display
from kiosk.errors import NC_
from kiosk.vocabulary.states import RequestStatus
from kiosk.vocabulary.words import SERVICES as SERVICE_WORDS
from screens.widgets.choices import Option
from screens.widgets.lists import Line
from screens.words.desk import SERVICE_ICONS, STATUS_WORDS

from .base import StaffScreen

#: Days after which a request is overdue: visitors are told "within a week".
LATE = 7
#: Filter: all except done and closed.
OPEN = "open"
FILTERS = (Option(OPEN, NC_("request", "Open")), *(Option(key, words) for key, words in STATUS_WORDS.items()))


class RequestsScreen(StaffScreen):
    """A list filtered by state."""

    lines = ListProperty(None, allownone=True)
    status = StringProperty(OPEN)
    requests: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.look()

    def on_return(self) -> None:
        self.look()

    def look(self) -> None:
        """Reload the list."""
        app, status = self.app, self.status
        self.ids.filters.chosen = [status]
        self.load("requests", lambda who: app.services.help.list(status=None if status == OPEN else status), self._show)

    def filter(self, status: str) -> None:
        """Filter by state."""
        self.status = status
        self.look()

    def _show(self, requests: Any) -> None:
        tr, today = self.app.tr, self.app.local_day(self.app.now())
        self.requests = {request.id: request for request in requests}
        self.lines = [
            Line(
                request.id,
                tr._(SERVICE_WORDS[request.service]),
                tr._("Deleted") if request.erased else display(request.code),
                f"{tr._(STATUS_WORDS[request.status])}  ·  "
                + tr.n("{count} day", "{count} days", age).format(count=age),
                icon=SERVICE_ICONS[request.service],
                alarm=request.status == RequestStatus.NEW and age >= LATE,
            )
            for request in requests
            for age in [(today - request.day).days]
        ]

    def choose(self, request_id: str) -> None:
        self.app.shell.go("request", request=self.requests[request_id])

    def reset(self) -> None:
        self.lines = None
        self.status = OPEN
        self.requests = {}

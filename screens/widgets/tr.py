"""The visitor's language as an observable: `tr._("…")` in a .kv rule is re-evaluated when the language changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from kivy.event import EventDispatcher
from kivy.properties import ObjectProperty, StringProperty

from kiosk.errors import KioskError
from kiosk.language.translation import Language


class Tr(EventDispatcher):
    """Holds a `Language`; its functions are properties, so that .kv rules observe them."""

    code = StringProperty()
    _: Callable[[str], str] = ObjectProperty()
    n: Callable[[str, str, int], str] = ObjectProperty()
    p: Callable[[str, str], str] = ObjectProperty()
    name: Callable[[Mapping[str, str]], str] = ObjectProperty()
    session_time: Callable[[Any], str] = ObjectProperty()
    weekday_date: Callable[[datetime], str] = ObjectProperty()

    def __init__(self, code: str, timezone: str) -> None:
        super().__init__()
        self.timezone = timezone
        self.language: Language
        self.use(code)

    def use(self, code: str) -> None:
        """Switch to the language `code`; all bound rules are re-evaluated at once."""
        if self.code == code:
            return
        self.language = language = Language(code, timezone=self.timezone)
        self._ = language.text
        self.n = language.plural
        self.p = language.meant
        self.name = language.name
        self.weekday_date = language.weekday_date
        self.session_time = self._session_time
        self.code = code  # last: observers of `code` see everything else switched

    def __call__(self, message: str, **values: Any) -> str:
        return self._(message).format(**values)

    def error(self, error: KioskError) -> str:
        """Return the message of `error` in the visitor's language."""
        return self._(error.message).format(**error.values)

    def time(self, moment: datetime) -> str:
        """Return the local time of `moment`."""
        return self.language.time(moment)

    def _session_time(self, session: Any) -> str:
        return self.language.span(session.starts_at, session.ends_at) if session else ""

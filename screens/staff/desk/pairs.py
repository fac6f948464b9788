"""Pairs of friends and neighbours: active ones, by names while the key is unlocked, and suggestions."""

from __future__ import annotations

from typing import Any

from kivy.properties import BooleanProperty, ListProperty, StringProperty

from kiosk.codes.codes import display
from kiosk.errors import N_, KioskError
from kiosk.vocabulary.states import RequestKind
from kiosk.vocabulary.words import SERVICES as SERVICE_WORDS
from screens.widgets.choices import Option
from screens.widgets.lists import Line
from screens.words.desk import COMMON_WORDS, SERVICE_ICONS

from .base import StaffScreen

#: Tabs: active pairs, and suggestions.
TABS = (
    Option("pairs", N_("Pairs"), icon="account_multiple_outline"),
    Option(RequestKind.FRIEND, N_("Suggested friends"), icon="account_heart_outline"),
    Option(RequestKind.NEIGHBOUR, N_("Suggested neighbour help"), icon="home_heart"),
)
NO_PAIRS = N_("There are no pairs yet. See possible matches.")
NOBODY = N_("No matches at the moment. Everyone stays on the list.")
SEALED = N_("What people told us is sealed. The coordinator can see possible matches.")


class PairsScreen(StaffScreen):
    """Suggestions are in memory only, and dropped when the key locks."""

    lines = ListProperty(None, allownone=True)
    options = ListProperty()
    tab = StringProperty("pairs")
    locked = BooleanProperty(True)
    counted = StringProperty()
    empty = StringProperty()
    pairs: dict[str, Any]
    suggestions: dict[str, Any]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        runs = self.app.settings.services
        off: dict[str, bool] = {RequestKind.FRIEND: not runs.friends, RequestKind.NEIGHBOUR: not runs.neighbours}
        self.options = [option for option in TABS if not off.get(option.key)]

    def open(self, **values: Any) -> None:
        self.turn_to("pairs")

    def on_return(self) -> None:
        self.turn_to(self.tab)

    def turn_to(self, tab: str) -> None:
        """Show active pairs or suggestions."""
        self.tab = tab
        self.ids.tabs.chosen = [tab]
        self._clear()
        app, now = self.app, self.app.now()
        if app.services.keyring.is_open(now) and self.member.may("personal"):
            self.unlock()
        elif tab == "pairs":
            self.load("requests", lambda who: (self._look(), {}), self._show)

    def _look(self) -> Any:
        pairs, today = self.app.services.pairs, self.app.local_day(self.app.now())
        return pairs.active(), pairs.count(today.replace(month=1, day=1), today)

    def unlock(self) -> None:
        """Show names, or compute suggestions; asks for the passphrase if the key is locked."""
        app, now, tab = self.app, self.app.now(), self.tab
        if tab == "pairs":
            self.do_unlocked(
                lambda private, who: (self._look(), app.services.pairs.people(private=private, now=now, who=who)),
                self._named,
                self._failed,
            )
            return
        self.do_unlocked(
            lambda private, who: app.services.pairs.suggest(service=tab, private=private, now=now, who=who),
            lambda found: self._suggest(found) if self.tab == tab else None,
            self._failed,
        )

    def _failed(self, error: KioskError) -> None:
        self.app.show_error(error)

    def _show(self, answer: Any) -> None:
        if self.tab != "pairs":
            return
        tr, today = self.app.tr, self.app.local_day(self.app.now())
        (pairs, counts), people = answer
        self.pairs = {pair.id: pair for pair in pairs}
        self.lines = [
            Line(
                pair.id,
                pair_name(pair, people) if people else tr._(SERVICE_WORDS[pair.service]),
                tr._(SERVICE_WORDS[pair.service]) if people else pair_name(pair, people),
                tr.language.short_date(pair.follow_up),
                icon=SERVICE_ICONS[pair.service],
                alarm=pair.follow_up <= today,
            )
            for pair in pairs
        ]
        made, hours = sum(count.made for count in counts), sum(count.hours for count in counts)
        words = tr.n("{count} pair this year", "{count} pairs this year", made).format(count=made)
        self.counted = words + (f"  ·  {tr.language.quantity(hours, 'h')}" if hours else "")

    def _named(self, answer: Any) -> None:
        if self.tab == "pairs":
            self.locked = False
            self.when_locked(lambda: self.turn_to("pairs"))
            self._show(answer)

    def _suggest(self, found: Any) -> None:
        tr = self.app.tr
        self.locked = False
        self.when_locked(self._clear)
        self.empty = tr._(NOBODY)
        self.suggestions = {f"{one.asker.id} {one.helper.id}": one for one in found}
        self.lines = [
            Line(key, names(one), "  ·  ".join(reasons(one, tr)), icon=SERVICE_ICONS[one.service])
            for key, one in self.suggestions.items()
        ]

    def choose(self, key: str) -> None:
        """Open a pair or a suggestion."""
        if self.tab == "pairs":
            self.app.shell.go("pair", pair=self.pairs[key])
        else:
            self.app.shell.go("pair", suggestion=self.suggestions[key])

    def _clear(self) -> None:
        self.forget_lock()
        self.locked = True
        self.pairs = {}
        self.suggestions = {}
        self.lines = []
        self.counted = ""
        words = NO_PAIRS if self.tab == "pairs" else SEALED
        self.empty = self.app.tr._(words)

    def reset(self) -> None:
        self.tab = "pairs"
        self._clear()


def pair_name(pair: Any, people: dict[str, dict[str, Any]]) -> str:
    """Return the names of a pair by what was opened, or their codes."""
    return "  –  ".join(
        str(people.get(request.id, {}).get("name") or display(request.code)) for request in (pair.asker, pair.helper)
    )


def names(suggestion: Any) -> str:
    """Return the names the two gave, or their codes."""
    people = zip(suggestion.names, (suggestion.asker, suggestion.helper), strict=True)
    return "  –  ".join(name or display(request.code) for name, request in people)


def reasons(suggestion: Any, tr: Any) -> list[str]:
    """Return the reasons of a suggestion as texts."""
    return [tr._(COMMON_WORDS.get(reason, reason[1])) for reason in suggestion.fit.reasons]

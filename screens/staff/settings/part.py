"""One part of the settings: a line for each with its value; a touch explains and changes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from kivy.properties import ListProperty, StringProperty

from kiosk.errors import KioskError
from kiosk.language.translation import LANGUAGES
from kiosk.printing.finding import found
from kiosk.settings.schema import ENTRIES
from screens.prompts.pick_time import ask_hours
from screens.staff.desk.base import StaffScreen
from screens.visitor.slip import test_page
from screens.widgets.choices import Option
from screens.widgets.lists import Line

from .parts import OPTIONS, PARTS
from .values import MAIN_SCREEN, ValueKind, ValueText, as_number, broken, kind_of, shortened, split

ENTRY = {entry.key: entry for entry in ENTRIES}
RIGHT = "settings"
#: Key of the option to type a value.
OTHER = "other"


class SettingsPartScreen(StaffScreen):
    """Changes are written to the settings file and apply at once."""

    part = StringProperty()
    title = StringProperty()
    lines = ListProperty(None, allownone=True)
    values: dict[str, Any]

    def open(self, **values: Any) -> None:
        self.part = values["part"]
        self.title = PARTS[self.part].name
        self.look()

    def on_return(self) -> None:
        self.look()

    def look(self) -> None:
        """Reload the file."""
        self.load(RIGHT, lambda who: self.app.services.preferences.values(), self._show)

    def _show(self, values: dict[str, Any]) -> None:
        self.values = values
        read = self.read = ValueText(self.app.tr)
        self.lines = [
            Line(key, self._name(key), shortened(read.said(key, values.get(key))), icon=PARTS[self.part].icon)
            for key in PARTS[self.part].keys
        ]

    def _name(self, key: str) -> str:
        if key.startswith("opening."):
            return self.read.weekday(key.partition(".")[2])
        if key.startswith("message."):
            return LANGUAGES[key.partition(".")[2]]
        return str(self.app.tr._(ENTRY[key].name))

    # one setting

    def touched(self, key: str) -> None:
        """Explain a setting and offer its values."""
        tr, value, kind = self.app.tr, self.values.get(key), kind_of(key, self.values.get(key))
        help_text = "" if key.startswith("opening.") else tr._(ENTRY[key].help)
        choices: list[Any] = []
        if kind == ValueKind.YES_NO:
            words = tr._("Switch it off") if value else tr._("Switch it on")
            choices.append((words, lambda: self._keep(key, not value), True))
        elif kind == ValueKind.DAYS:
            choices.append((tr._("Add a day"), lambda: self._add_day(key), True))
            if value:
                choices.append((tr._("Remove a day"), lambda: self._drop_day(key), False))
        else:
            choices.append((tr._("Change"), lambda: self._ask(key, kind), True))
        if key.startswith("opening.") and value:
            choices.append((tr._("Closed on this day"), lambda: self._keep(key, None), False))
        choices.append((tr._("Reset to default"), lambda: self._reset(key), False))
        choices.append((tr._("Close"), lambda: None, False))
        said = broken(self.read.said(key, value))
        text = "\n\n".join(filter(None, (help_text[:1].upper() + help_text[1:], tr("Now: {value}", value=said))))
        self.app.shell.say(self._name(key), text, choices)

    def _ask(self, key: str, kind: ValueKind) -> None:
        ask = {
            ValueKind.CHOICE: self._ask_choice,
            ValueKind.SEVERAL: self._ask_several,
            ValueKind.HOURS: self._ask_hours,
            ValueKind.PICTURE: self._ask_picture,
            ValueKind.TIME: self._ask_time,
            ValueKind.NUMBER: self._ask_number,
            ValueKind.PRINTER: self._ask_printer,
            ValueKind.OUTPUT: self._ask_output,
        }
        ask.get(kind, self._ask_text)(key)

    def _ask_choice(self, key: str) -> None:
        value, options = self.values[key], OPTIONS[key]
        if key == "centre.default_language":
            options = tuple(option for option in options if option.key in self.values["centre.languages"])
        self.pick(self._name(key), options, lambda chosen: self._keep(key, type(value)(chosen)), str(value))

    def _ask_several(self, key: str) -> None:
        before = self.values[key]

        def chosen(keys: list[str]) -> None:  # existing values keep their order
            self._keep(key, [one for one in before if one in keys] + [one for one in keys if one not in before])

        self.pick(self._name(key), self.read.options(key), chosen, before, several=True)

    def _ask_picture(self, key: str) -> None:
        self.app.shell.go("pick_photo", done=partial(self._keep, key))

    def _ask_hours(self, key: str) -> None:
        ask_hours(self.app, self.values.get(key), partial(self._keep, key))

    def _ask_time(self, key: str) -> None:
        self.app.shell.go("pick_time", question=self._name(key), time=self.values[key], done=partial(self._keep, key))

    def _ask_number(self, key: str) -> None:
        check = self.app.services.preferences.check
        self.ask(
            self._name(key),
            lambda text: self._keep(key, as_number(text)),
            text=str(self.values[key]),
            board="WEIGHT",
            most=6,
            check=lambda text: check(key, as_number(text)),
        )

    def _ask_printer(self, key: str) -> None:
        tr = self.app.tr

        def offer(addresses: list[str]) -> None:
            options = [
                Option("", tr._("No printer")),
                *(Option(address, address) for address in addresses),
                Option(OTHER, tr._("Another address"), icon="pencil"),
            ]
            self.pick(self._name(key), options, chosen, self.values[key])

        def chosen(address: str) -> None:
            if address == OTHER:
                self._ask_text(key)
            else:
                self._keep(key, address)

        self.do(RIGHT, lambda who: found(), offer)

    def _ask_output(self, key: str) -> None:
        now = self.values[key]
        names = list(dict.fromkeys([*self.app.window.outputs, *filter(None, [now])]))
        options = [Option("", self.app.tr._(MAIN_SCREEN)), *(Option(name, name) for name in names)]
        self.pick(self._name(key), options, lambda name: self._keep(key, name), now)

    def _ask_text(self, key: str) -> None:
        listed = isinstance(self.values[key], list)
        check = self.app.services.preferences.check
        read: Callable[[str], Any] = split if listed else str
        self.ask(
            self._name(key),
            lambda text: self._keep(key, read(text)),
            text=", ".join(self.values[key]) if listed else self.values[key],
            most=120,
            optional=listed or ENTRY[key].default == '""',
            check=lambda text: check(key, read(text)),
        )

    def _add_day(self, key: str) -> None:
        today, days = self.app.local_day(self.app.now()), self.values[key]
        self.app.shell.go(
            "pick_day",
            question=self._name(key),
            day=today,
            least=today,
            done=lambda day: self._keep(key, sorted({*days, day})),
        )

    def _drop_day(self, key: str) -> None:
        days, today = self.values[key], self.app.local_day(self.app.now())
        coming = [day for day in days if day >= today][:24] or days[-24:]
        options = [Option(day.isoformat(), self.app.tr.language.full_date(day)) for day in coming]

        def drop(chosen: str) -> None:
            self._keep(key, [day for day in days if day != date.fromisoformat(chosen)])

        self.pick(self._name(key), options, drop)

    # saving

    def _keep(self, key: str, value: Any) -> None:
        preferences, now = self.app.services.preferences, self.app.now()
        changes = {key: value}
        self.do(RIGHT, lambda who: preferences.change(changes=changes, now=now, who=who), self._kept, self._failed)

    def _reset(self, key: str) -> None:
        preferences, now = self.app.services.preferences, self.app.now()
        self.do(RIGHT, lambda who: preferences.reset(key=key, now=now, who=who), self._kept, self._failed)

    def _kept(self, settings: Any) -> None:
        """Apply the new settings and stay here."""
        shell, part = self.app.shell, self.part
        self.app.take_settings(settings)
        shell.home()
        shell.go("settings")
        shell.go(PARTS[part].screen, part=part)

    def _failed(self, error: KioskError) -> None:
        self.look()
        self.app.show_error(error)

    def print_test(self) -> None:
        """Print a test page, bypassing the queue."""
        app, page = self.app, test_page(self.app)
        self.do(RIGHT, lambda who: page(), lambda answer: app.shell.say(app.tr._("It was printed"), ""))

    def reset(self) -> None:
        self.lines = None
        self.values = {}

"""The sheet of a series or single event, filled in by touch, in any order."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import date
from textwrap import shorten
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.errors import N_, BadValue, KioskError
from kiosk.language.translation import LANGUAGES
from kiosk.privacy.contact import clean_name
from kiosk.services.programme.programme import LONGEST_ABOUT, clean_description
from kiosk.services.programme.rhythm import KINDS, rhythm_of, rule_for
from kiosk.vocabulary.states import RhythmKind
from screens.staff.desk.base import StaffScreen
from screens.widgets.choices import Option
from screens.words.gatherings import ART, GROUP_WORDS, PLAIN_ART, repeat_words
from screens.words.partners import pick_partners

from .programme import warn_of_seats
from .texts import ask_texts

SPOKEN = tuple(Option(code, name) for code, name in LANGUAGES.items())
#: Characters of the description that the sheet shows.
SHOWN = 36
GROUPS = tuple(Option(key, words, f"group_{key}.png") for key, words in GROUP_WORDS.items())


@dataclass(frozen=True)
class SeriesDraft:
    """The input so far; the fields are named as in the service."""

    names: dict[str, str] = field(default_factory=dict)
    since: date = date(2000, 1, 1)
    rule: str = ""
    start: str = "17:00"
    end: str = "19:00"
    place: str = ""
    art: str = ""
    photo: str | None = None
    seats: int = 0
    languages: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    partner_id: str | None = None
    about: dict[str, str] = field(default_factory=dict)
    more_partners: tuple[str, ...] = ()


class SeriesScreen(StaffScreen):
    """Adds a series, or changes `series`."""

    series = ObjectProperty(None, allownone=True)
    draft = ObjectProperty(SeriesDraft())
    name_said = StringProperty()
    ready = BooleanProperty(False)
    busy = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        self._partners: dict[str, str] = {}
        super().__init__(**kwargs)
        self.fbind("draft", lambda *_: self._show())

    def on_language_changed(self) -> None:
        self._show()

    def open(self, **values: Any) -> None:
        self.busy = False
        self.series = values.get("series")
        today = self.app.local_day(self.app.now())
        if self.series is None:
            self.draft = SeriesDraft(since=today, rule=rule_for(RhythmKind.WEEKLY, today))
        else:
            self.draft = SeriesDraft(**{one.name: getattr(self.series, one.name) for one in fields(SeriesDraft)})
        self._read_partners()

    def _read_partners(self) -> None:
        def known(partners: Any) -> None:
            self._partners = {partner.id: partner.name for partner in partners}
            self._show()

        self.do("events", lambda who: self.app.services.partners.all(), known)

    def change(self, **changes: Any) -> None:
        self.draft = replace(self.draft, **changes)

    def _show(self) -> None:
        tr, draft, ids = self.app.tr, self.draft, self.ids
        ids.poster.photo, ids.poster.art = draft.photo, draft.art or PLAIN_ART
        self.name_said = tr.name(draft.names)
        ids.day.answer = tr.language.full_date(draft.since) if draft.rule else ""
        ids.time.answer = tr.language.clock(f"{draft.start}-{draft.end}")
        ids.repeat.answer = repeat_words(tr, draft.rule, draft.since) if draft.rule else ""
        ids.place.answer = draft.place
        ids.seats.answer = str(draft.seats) if draft.seats else tr._("No sign-up needed")
        ids.languages.answer = ", ".join(LANGUAGES[code] for code in draft.languages)
        ids.groups.answer = tr.language.listed(tr._(GROUP_WORDS[group]) for group in draft.groups)
        ids.partner.answer = ", ".join(self._partner_names())
        ids.about.answer = shorten(tr.name(draft.about), SHOWN, placeholder=" …") if draft.about else ""
        self.ready = bool(draft.names.get(self.app.settings.centre.default_language) and draft.place and draft.rule)

    def _partner_names(self) -> list[str]:
        """Return the names of the partners chosen; of the settings file the first may be known by name only."""
        by_name = self.series.partner if self.series else ""
        first = self._partners.get(self.draft.partner_id or "", by_name)
        return [name for name in (first, *(self._partners.get(key, "") for key in self.draft.more_partners)) if name]

    # input

    def ask_name(self) -> None:
        """Ask for the name in the centre's language, then in the others, which are optional."""
        default = self.app.settings.centre.default_language
        ask_texts(self, "names", N_("Its name: {language}"), clean_name, most=60, needed=default)

    def ask_about(self) -> None:
        """Ask for the description in each language, all of them optional."""
        ask_texts(self, "about", N_("What happens there? {language}"), clean_description, most=LONGEST_ABOUT)

    def ask_art(self) -> None:
        question = self.app.tr._("Which picture?")
        self.pick(question, ART, lambda art: self.change(art=art, photo=None), self.draft.art or PLAIN_ART)

    def ask_photo(self) -> None:
        """Ask for a picture."""
        self.app.shell.go("pick_photo", done=lambda photo: self.change(photo=photo))

    def ask_day(self) -> None:
        app, draft = self.app, self.draft
        today = app.local_day(app.now())
        app.shell.go(
            "pick_day",
            question=app.tr._("On which day does it begin?"),
            day=max(draft.since, today),
            least=today,
            done=self._day_chosen,
        )

    def _day_chosen(self, day: date) -> None:
        """Set the first day; the recurrence follows its weekday."""
        kind = rhythm_of(self.draft.rule, self.draft.since).kind
        rule = rule_for(kind, day) if kind in KINDS else self.draft.rule
        self.change(since=day, rule=rule)

    def ask_time(self) -> None:
        app, draft = self.app, self.draft

        def started(start: str) -> None:
            app.shell.go(
                "pick_time",
                question=app.tr._("At what time does it end?"),
                time=draft.end,
                done=lambda end: self._timed(start, end),
            )

        question = app.tr._("At what time does it begin?")
        app.shell.go("pick_time", question=question, time=draft.start, done=started)

    def _timed(self, start: str, end: str) -> None:
        if start == end:
            self.app.show_error(BadValue(N_("The end time must be different from the start time.")))
        else:
            self.change(start=start, end=end)

    def ask_repeat(self) -> None:
        """Offer the recurrences that fit the first day."""
        tr, since = self.app.tr, self.draft.since
        rules = {kind: rule_for(kind, since) for kind in KINDS if kind != RhythmKind.MONTHLY or since.day <= 28}
        last = (
            since.replace(day=28).toordinal() - since.toordinal()
        ) < 4  # this weekday may be the last of its kind in the month
        options = [
            Option(kind, repeat_words(tr, rule, since))
            for kind, rule in rules.items()
            if kind != RhythmKind.LAST or last
        ]
        chosen = rhythm_of(self.draft.rule, since).kind
        self.pick(tr._("How often?"), options, lambda kind: self.change(rule=rules[kind]), chosen)

    def ask_place(self) -> None:
        self.ask(
            self.app.tr._("Where?"),
            lambda text: self.change(place=clean_name(text)),
            text=self.draft.place,
            check=clean_name,
            most=60,
        )

    def ask_seats(self) -> None:
        seats = self.draft.seats
        self.ask(
            self.app.tr._("How many seats? Leave it empty if nobody needs to sign up."),
            lambda text: self.change(seats=whole(text)),
            text=str(seats) if seats else "",
            board="WEIGHT",
            optional=True,
            check=whole,
            most=5,
        )

    def ask_languages(self) -> None:
        question = self.app.tr._("Which languages are spoken?")
        self.pick(question, SPOKEN, lambda keys: self.change(languages=tuple(keys)), self.draft.languages, several=True)

    def ask_groups(self) -> None:
        question = self.app.tr._("For whom is it?")
        self.pick(question, GROUPS, lambda keys: self.change(groups=tuple(keys)), self.draft.groups, several=True)

    def ask_partner(self) -> None:
        chosen = [key for key in (self.draft.partner_id, *self.draft.more_partners) if key]
        pick_partners(self, self.app.tr._("In cooperation with whom?"), chosen, self._partnered)

    def _partnered(self, partners: list[Any]) -> None:
        self._partners |= {partner.id: partner.name for partner in partners}
        first, *others = [partner.id for partner in partners] or [None]
        self.change(partner_id=first, more_partners=tuple(others))

    # saving

    def save(self) -> None:
        """Save the series."""
        if self.busy or not self.ready:
            return
        self.busy = True
        programme, series, now = self.app.services.programme, self.series, self.app.now()
        said = {one.name: getattr(self.draft, one.name) for one in fields(SeriesDraft)}
        if series is None:
            self.do("events", lambda who: programme.add(now=now, who=who, **said), self._saved, self._failed)
        else:
            self.do(
                "events",
                lambda who: programme.change(gathering_id=series.id, now=now, who=who, **said),
                self._saved,
                self._failed,
            )

    def ask_to_end(self) -> None:
        """End the series, after a confirmation with the number of bookings."""
        app, series, today = self.app, self.series, self.app.local_day(self.app.now())
        self.do("events", lambda who: app.services.seats.held_from(series.id, today), self._asked_to_end)

    def _asked_to_end(self, people: int) -> None:
        tr = self.app.tr
        if people:
            warn_of_seats(self.app, tr._("End this series?"), people, self._end, tr._("Yes, end it"))
            return
        self.app.shell.say(
            tr._("End this series?"),
            tr._("From today there will be no more sessions. Past counts are kept."),
            [(tr._("No, keep it"), lambda: None, True), (tr._("Yes, end it"), self._end, False)],
        )

    def _end(self) -> None:
        programme, series, now = self.app.services.programme, self.series, self.app.now()
        self.do(
            "events", lambda who: programme.end(gathering_id=series.id, now=now, who=who), self._saved, self._failed
        )

    def use_settings_file(self) -> None:
        """Drop the overrides of the settings file."""
        programme, series, now = self.app.services.programme, self.series, self.app.now()
        self.do(
            "events", lambda who: programme.reset(gathering_id=series.id, now=now, who=who), self._saved, self._failed
        )

    def _saved(self, _series: Any) -> None:
        self.busy = False
        self.app.shell.back()

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    def reset(self) -> None:
        self.series = None
        self.draft = SeriesDraft()
        self.busy = False


def whole(text: str) -> int:
    """Parse a whole number; "" is 0. Raises BadValue."""
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or int(text) > 10_000:
        raise BadValue(N_("Please type a whole number."))
    return int(text)

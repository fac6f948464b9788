"""Texts of gatherings: recurrence, state of a session, target groups."""

from __future__ import annotations

from typing import Any

from kiosk.errors import N_
from kiosk.language.translation import LANGUAGES
from kiosk.services.programme.rhythm import rhythm_of
from kiosk.vocabulary.states import RhythmKind, SessionReason, SessionState
from kiosk.vocabulary.words import SESSIONS
from screens.widgets.choices import Option

#: Drawn art for gatherings; the default is the calendar.
PLAIN_ART = "home_calendar.png"
ART = (
    Option("home_check_in.png", N_("Coffee"), "home_check_in.png"),
    Option("topic_finnish.png", N_("Languages"), "topic_finnish.png"),
    Option("service_friend.png", N_("Being together"), "service_friend.png"),
    Option("group_family.png", N_("Families"), "group_family.png"),
    Option("group_older.png", N_("Older people"), "group_older.png"),
    Option("group_young.png", N_("Young people"), "group_young.png"),
    Option("category_toys.png", N_("Playing"), "category_toys.png"),
    Option("category_sport.png", N_("Sport"), "category_sport.png"),
    Option("category_textiles.png", N_("Crafts"), "category_textiles.png"),
    Option("category_books.png", N_("Books"), "category_books.png"),
    Option("service_neighbour.png", N_("Talkoot (working together)"), "service_neighbour.png"),
    Option(PLAIN_ART, N_("Calendar"), PLAIN_ART),
)
GROUP_WORDS = {
    "family": N_("Families with children"),
    "older": N_("Older people"),
    "young": N_("Young people"),
    "ukrainian": N_("People from Ukraine"),
    "other": N_("Everyone"),
}
REASON_WORDS = {
    SessionReason.ILL: N_("The leader is ill"),
    SessionReason.WEATHER: N_("Because of the weather"),
    SessionReason.PLACE: N_("The place cannot be used"),
    SessionReason.FEW: N_("Too few people"),
    SessionReason.OTHER: N_("Another reason"),
}
STATE_WORDS = SESSIONS
STATE_ICONS = {
    SessionState.ON: "calendar_star",
    SessionState.MOVED: "calendar_arrow_right",
    SessionState.AWAY: "calendar_arrow_right",
    SessionState.CANCELLED: "calendar_remove",
    SessionState.HOLIDAY: "flag_variant_outline",
}
_REPEATS: dict[str, str] = {
    RhythmKind.ONCE: N_("Once"),
    RhythmKind.WEEKLY: N_("Every week: {weekday}"),
    RhythmKind.FORTNIGHTLY: N_("Every two weeks: {weekday}"),
    RhythmKind.MONTHLY: N_("Every month: {weekday} that falls on {first}–{last}"),
    RhythmKind.LAST: N_("Every month: the last {weekday}"),
    RhythmKind.OWN: N_("Its own rule"),
}


def repeat_words(tr: Any, rule: str, since: Any) -> str:
    """Return the recurrence of a series as text."""
    rhythm = rhythm_of(rule, since)
    first = 7 * max(0, rhythm.nth - 1) + 1
    weekday = tr.language.weekday(rhythm.weekday)
    return str(tr(_REPEATS[rhythm.kind], weekday=weekday, first=first, last=min(first + 6, 31)))


def why(tr: Any, session: Any) -> str:
    """Return one line about a cancellation or change of a session; "" without one."""
    when = f"{tr.language.short_date(session.other)}  {tr.time(session.other)}" if session.other else ""
    if session.state == SessionState.HOLIDAY:
        return str(tr.name(session.holiday))
    if session.state == SessionState.AWAY:
        return str(tr("New time: {when}", when=when))
    reason = tr._(REASON_WORDS[session.reason]) if session.reason not in ("", SessionReason.OTHER) else ""
    if session.state == SessionState.MOVED and session.other != session.starts_at:
        return "  ·  ".join(filter(None, (tr("Instead of: {when}", when=when), reason)))
    return str(reason)


def whom(tr: Any, session: Any) -> str:
    """Return languages, groups and partner of a gathering in one line."""
    spoken = ", ".join(LANGUAGES[code] for code in session.languages)
    groups = tr.language.listed(tr._(GROUP_WORDS[group]) for group in session.groups)
    return "  ·  ".join(filter(None, (spoken, groups, session.partner)))

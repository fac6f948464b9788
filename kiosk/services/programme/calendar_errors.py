"""Reasons why a calendar file, or an event of it, is not imported."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.errors import N_, KioskError


class NotACalendar(KioskError):
    default = N_("This is not a calendar file (.ics), or it is damaged.")


class HugeCalendar(KioskError):
    default = N_("This calendar file is too large. It may have {limit} events at most.")


class OddEvent(KioskError):
    default = N_("It cannot be read.")


class NoEvent(OddEvent):
    default = N_("It is a task, a note or an answer, not an event.")


class NoTitle(OddEvent):
    default = N_("It has no title that can be shown.")


class TwinEvent(OddEvent):
    default = N_("Another event of this file has the same identification (UID), and that one was read.")


class NoTime(OddEvent):
    default = N_("It does not say when it begins and ends.")


class EndsEarly(OddEvent):
    default = N_("It ends before it begins, or at the same time.")


class WholeDay(OddEvent):
    default = N_("It lasts whole days and has no time of day.")


class TooLong(OddEvent):
    default = N_("It lasts longer than a day.")


class OtherZone(OddEvent):
    default = N_("It repeats by the clock of another time zone.")


class OverAlready(OddEvent):
    default = N_("It is over, or begins more than a year from now.")


class CalledOff(OddEvent):
    default = N_("It is cancelled.")


class StillHere(CalledOff):
    default = N_("It is cancelled there, but not here. Cancel it in the programme if it is right.")


class OtherHere(OddEvent):
    default = N_("Its series is here already and says otherwise for this date. Change the date in the programme.")


class FollowingMoved(OddEvent):
    default = N_("From one date on all dates move, and this kind of series cannot follow. Enter it as a new series.")


class SeriesMissing(OddEvent):
    default = N_("It changes a series from one date on, and that series is not in the file.")


@dataclass(frozen=True)
class Left:
    """An event that was not imported, and the reason."""

    name: str
    error: KioskError

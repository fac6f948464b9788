"""Settings of a centre, one class for each section of the file. This is the only declaration of each."""

from datetime import time
from typing import NamedTuple

from kiosk.errors import N_
from kiosk.vocabulary import CATEGORIES
from kiosk.vocabulary.words import NOT_TAKEN

from . import validators as is_
from .declaration import declared, setting


@declared
class Centre(NamedTuple):
    name: str = setting(
        is_.text, '"Help Center Lumijobi"', N_("name on the welcome screen and on tickets"), N_("Name of the centre")
    )
    address: str = setting(
        is_.maybe_text,
        '""',
        N_("street address on the welcome screen, in the help, on slips and on the public page; empty: none"),
        N_("Address of the centre"),
    )
    phone: str = setting(
        is_.maybe_text,
        '""',
        N_("telephone number on the welcome screen, in the help, on slips and on the public page; empty: none"),
        N_("Telephone of the centre"),
    )
    timezone: str = setting(is_.zone, '"Europe/Helsinki"', "time zone of the place")
    languages: tuple[str, ...] = setting(
        is_.languages, '["fi", "uk", "en"]', N_("languages on the welcome screen, in this order"), N_("Languages")
    )
    default_language: str = setting(
        is_.language, '"fi"', N_("language when nobody has chosen one"), N_("Language of the centre")
    )
    logo: str = setting(
        is_.maybe_text,
        '""',
        N_("picture on the welcome screen, chosen in the settings; empty: an illustration"),
        N_("Picture of the centre"),
    )

    @property
    def own_first(self) -> list[str]:
        """Return the codes of its languages, that of the centre itself first."""
        return list(dict.fromkeys((self.default_language, *self.languages)))


@declared
class TicketRules(NamedTuple):
    limit: int = setting(is_.whole(1, 20), "3", N_("valid tickets one visitor may have"), N_("Tickets per visitor"))


@declared
class GoodsRules(NamedTuple):
    """`categories`: those the centre accepts; `share`: neighbouring centres may show its goods; `neighbours`: their
    goods are shown here."""

    new_days: int = setting(
        is_.whole(1, 60), "7", N_("how many days a thing counts as new"), N_("Days a thing counts as new")
    )
    categories: tuple[str, ...] = setting(
        is_.some_of(*CATEGORIES, least=1),
        str(list(CATEGORIES)).replace("'", '"'),
        N_("categories that have a shelf and are taken in"),
        N_("Categories of things"),
    )
    picture_folder: str = setting(is_.maybe_text, '""', "folder with pictures to take in; empty: USB sticks")
    share: bool = setting(
        is_.yes_no,
        "false",
        N_("other centres of the hub’s region may show what is here"),
        N_("Other centres show our things"),
    )
    neighbours: bool = setting(
        is_.yes_no,
        "false",
        N_("what other centres of the hub’s region show is shown here too"),
        N_("We show things from other centres"),
    )


@declared
class HelpRules(NamedTuple):
    """Retention of request details: `keep_days` after creation for finished requests, `longest_days` for all
    others but those of an active pair."""

    notice_version: str = setting(is_.text, '"2026-11"', "version of the data protection notice shown")
    open_minutes: int = setting(
        is_.whole(1, 60),
        "5",
        N_("how long the passphrase keeps requests open"),
        N_("Minutes before requests lock again"),
    )
    keep_days: int = setting(
        is_.whole(1, 730),
        "90",
        N_("days after which the details of a closed request are deleted, counted from when it was made"),
        N_("Days closed requests are kept"),
    )
    longest_days: int = setting(
        is_.whole(30, 730), "365", "details of a request that nobody carried on are erased after"
    )
    call_days: int = setting(
        is_.whole(0, 90),
        "7",
        N_("days after a cancelled event or appointment on which a phone number is deleted, even if nobody called"),
        N_("Days phone numbers are kept"),
    )
    follow_up_days: int = setting(is_.whole(1, 365), "14", "after how many days staff ask how a pair of friends is")
    areas: tuple[str, ...] = setting(
        is_.texts,
        '["Kirkonkylä", "Ylipää", "Varjakka"]',
        N_("areas where a neighbour may need help, for matching"),
        N_("Parts of the municipality"),
    )
    controller: str = setting(
        is_.text,
        '"Lumijoen kunta"',
        N_("who is responsible for what visitors tell, as the notice names it"),
        N_("Data controller"),
    )


@declared
class GuidanceRules(NamedTuple):
    """Bookable times with the coordinator: on `days` of the week, within `hours`, `weeks` ahead."""

    days: frozenset[int] = setting(
        is_.weekdays,
        '["tue", "thu"]',
        N_("days when visitors can book an appointment with the coordinator"),
        N_("Days for appointments"),
    )
    hours: tuple[time, time] = setting(
        is_.hours,
        '"13:00-15:00"',
        N_("when the first appointment of the day begins and the last one ends"),
        N_("Hours for appointments"),
    )
    minutes: int = setting(
        is_.whole(5, 240), "30", N_("length of an appointment"), N_("Length of an appointment, minutes")
    )
    weeks: int = setting(is_.whole(1, 26), "2", N_("how many weeks ahead visitors can book"), N_("Weeks ahead"))


@declared
class DonationRules(NamedTuple):
    not_taken: tuple[str, ...] = setting(
        is_.some_of(*NOT_TAKEN),
        str(list(NOT_TAKEN)).replace("'", '"'),
        N_("what is not taken; shown before someone announces a donation"),
        N_("What we do not take"),
    )


@declared
class WishRules(NamedTuple):
    hold_days: int = setting(
        is_.whole(1, 30),
        "8",
        N_("a thing is reserved for a wish until the person’s next event is over, at most so many days"),
        N_("Days a thing is reserved for a wish, at most"),
    )
    keep_days: int = setting(is_.whole(7, 730), "180", N_("how long a wish is kept"), N_("Days a wish is kept"))


@declared
class PublicRules(NamedTuple):
    """The public page: a website of what is on the shelf and what is on, made by `kiosk.publish`. `url` is its address
    with a slash at the end."""

    url: str = setting(
        is_.maybe_web_address,
        '""',
        N_("web address of the public page, for its QR code and its feeds; empty: not known yet"),
        N_("Web address"),
    )
    reserved: bool = setting(
        is_.yes_no,
        "false",
        N_("reserved things are on the public page and marked; off: they are left out"),
        N_("Show reserved things"),
    )
    listed: bool = setting(
        is_.yes_no, "false", N_("search engines may list the public page"), N_("Found by search engines")
    )


@declared
class CalendarRules(NamedTuple):
    """`holidays`: country (ISO code) on whose public holidays regular sessions are skipped, "" for none."""

    holidays: str = setting(
        is_.country,
        '"FI"',
        N_("country whose public holidays pause regular sessions; empty: none"),
        N_("Public holidays"),
    )
    folder: str = setting(is_.maybe_text, '""', "folder for calendar files (.ics); empty: USB sticks")


@declared
class Offered(NamedTuple):
    """Services of the centre; one that is off appears on no screen."""

    guidance: bool = setting(
        is_.yes_no, "true", N_("queue numbers for guidance with the coordinator"), N_("Queue numbers for guidance")
    )
    appointments: bool = setting(
        is_.yes_no, "true", N_("visitors book an appointment with the coordinator"), N_("Appointments")
    )
    donations: bool = setting(is_.yes_no, "true", N_("visitors announce donations"), N_("Donations"))
    wishes: bool = setting(is_.yes_no, "true", N_("visitors leave wishes"), N_("Wishes"))
    calendar: bool = setting(is_.yes_no, "true", N_("visitors see the events of the coming weeks"), N_("Coming events"))
    sign_up: bool = setting(is_.yes_no, "true", N_("visitors book seats at events"), N_("Booking seats"))
    partners: bool = setting(
        is_.yes_no, "true", N_("a list of partners; those who agreed are thanked in public"), N_("Partners")
    )
    friends: bool = setting(is_.yes_no, "true", N_("visitors ask for a friend or want to be one"), N_("Friend service"))
    neighbours: bool = setting(
        is_.yes_no, "true", N_("visitors ask neighbours for help or offer it"), N_("Neighbour help")
    )
    volunteers: bool = setting(is_.yes_no, "true", N_("volunteers start and end their shifts"), N_("Volunteers"))

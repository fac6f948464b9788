"""Finding, reserving and giving back a thing."""

from __future__ import annotations

from datetime import timedelta

from tests.stories.story import Cell, CodeKeys, Keys, Line, Meant, Pass, Scan, Step, Story, Touch, World, wrote
from tests.world import NOW

TAKE = "Reserve it for me"
RESERVED = (wrote("ticket.reserved"),)
MINE = "It is reserved for you"


def to_shelf(shelf: Touch = "Everything", language: str = "English") -> tuple[Step, ...]:
    return (
        Step("welcome", language, "home"),
        Step("home", "Find free things", "shelves", ("What are you looking for?",), picture="10_shelves"),
        Step("shelves", shelf, "goods", picture="11_goods"),
    )


def reserved(item: str = "chair", shelf: str = "Everything", language: str = "English") -> tuple[Step, ...]:
    return (
        *to_shelf(shelf, language),
        Step("goods", Cell(item), "item", picture="16_item"),
        Step("item", TAKE, "ticket", (MINE,), RESERVED, "17_ticket"),
    )


def one_plate_more(number: int) -> tuple[Step, ...]:
    return (
        Step("item", TAKE, "ticket", (MINE,), RESERVED),
        Step("ticket", "Back", "item", (f"{4 - number} left",)),
    )


def a_set(world: World) -> None:
    """Four chairs that are kept together."""
    world.items["set"] = world.services.goods.add(
        category="furniture", thing="dining_chair", quantity=4, together=True, now=NOW, who="shell"
    )


TAKEN = Story("a thing is reserved", (*reserved(language="Українська"), Step("ticket", Meant("Done"), "welcome")))
ONE = "My reservations and numbers: 1"
STORIES = (
    TAKEN,
    Story(
        "what was taken in a visit stands on home until the visit ends",
        (
            *reserved(),
            Step("ticket", "Home", "home", (ONE,)),
            Step("home", ONE, "mine", ("My reservations and numbers",)),
            Step("mine", Line("Dining chair"), "ticket", (MINE,)),
            Step("ticket", "Back", "mine"),
            Step("mine", Line("Dining chair"), "ticket"),
            Step("ticket", "Cancel the reservation", "ticket"),
            Step("ticket", "Yes, cancel it", "home", (), (wrote("ticket.cancelled"),)),
            Step("home", "OK", "home"),
        ),
    ),
    Story(
        "three pieces are reserved on one ticket",
        (
            *to_shelf("Kitchen"),
            Step("goods", Cell("plates"), "item", ("4 left",)),
            Step("item", "More", "item"),
            Step("item", "More", "item"),
            Step("item", TAKE, "ticket", (MINE,), (wrote("ticket.reserved"),) * 3),
            Step("ticket", "Back", "item", ("1 left",)),
        ),
    ),
    Story(
        "a set is reserved only as a whole",
        (
            *to_shelf("Furniture"),
            Step("goods", Cell("set"), "item", ("A set of 4, given only as a whole",)),
            Step("item", TAKE, "ticket", (MINE,), (wrote("ticket.reserved"),) * 4),
        ),
        given=a_set,
    ),
    Story(
        "the page says what it is like",
        (
            *to_shelf("Furniture"),
            Step("goods", Cell("chair"), "item", ("Dining chair", "45 × 90 cm", "In good condition")),
            Step("item", "Home", "home"),
        ),
    ),
    Story(
        "a reserved thing says so",
        (
            *reserved(),
            Step("ticket", "More things", "shelves"),
            Step("shelves", "Furniture", "goods", ("Reserved",)),
            Step("goods", Cell("chair"), "item", ("Someone has reserved this.",)),
        ),
        alone=True,
    ),
    Story(
        "a lot goes one by one, up to the limit of a visit",
        (
            *to_shelf(),
            Step("goods", Cell("plates"), "item", ("4 left",)),
            *one_plate_more(1),
            *one_plate_more(2),
            *one_plate_more(3),
            Step("item", TAKE, "item", ("You can reserve 3 things per visit.",)),
        ),
    ),
    Story(
        "a ticket is given back",
        (
            *reserved(),
            Step("ticket", "Cancel the reservation", "ticket", ("Yes, cancel it",)),
            Step("ticket", "Yes, cancel it", "home", ("This reservation was cancelled",), (wrote("ticket.cancelled"),)),
        ),
    ),
    Story(
        "a ticket is found by its code, and a wrong code is told",
        (
            *reserved("coat"),
            Step("ticket", Meant("Done"), "welcome"),
            Step("welcome", "English", "home"),
            Step("home", "I have a code", "enter_code", ("Type the code of your slip",), picture="18_enter_code"),
            Step("enter_code", CodeKeys("ticket", wrong=True), "enter_code"),
            Step("enter_code", "Find it", "enter_code"),
            Step("enter_code", "Home", "home"),
            Step("home", "I have a code", "enter_code"),
            Step("enter_code", CodeKeys("ticket"), "enter_code"),
            Step("enter_code", "Find it", "ticket", (MINE,)),
        ),
    ),
    Story(
        "a ticket is scanned",
        (
            *reserved(),
            Step("ticket", Meant("Done"), "welcome"),
            Step("welcome", Scan("ticket"), "ticket"),
        ),
    ),
    Story(
        "found in another language, with a mistake",
        (
            Step("welcome", "English", "home"),
            Step("home", "Find free things", "shelves"),
            Step("shelves", "Search", "goods"),
            Step("goods", Keys("talvitaki"), "goods"),
            Step("goods", Cell("coat"), "item", ("Winter coat",)),
            Step("item", "Back", "goods"),
            Step("goods", Keys("zzzz"), "goods", ("Nothing like that is here today",)),
        ),
    ),
    Story(
        "a ticket that nobody uses runs out",
        (
            *reserved(),
            Step("ticket", Meant("Done"), "welcome"),
            Step("welcome", Pass(timedelta(days=8)), "welcome"),
            *to_shelf("Furniture"),
            Step("goods", Cell("chair"), "item", ("Reserve it for me",)),
        ),
    ),
)

"""A setting is changed at the desk and holds at once."""

from __future__ import annotations

from kiosk.files.usb import NoStick
from tests.stories.door import IN
from tests.stories.story import Keys, Line, Step, Story, wrote

STORIES = (
    Story(
        "donations are switched off",
        (
            *IN,
            Step("desk", "Settings", "settings"),
            Step("settings", "What we offer", "settings_part"),
            Step("settings_part", Line("Donations"), "settings_part", ("Switch it off",)),
            Step("settings_part", "Switch it off", "settings_part", (), (wrote("settings.changed"),)),
            Step("settings_part", "Back", "settings"),
        ),
    ),
    Story(
        "a day is closed",
        (
            *IN,
            Step("desk", "Settings", "settings"),
            Step("settings", "Opening hours", "settings_part"),
            Step("settings_part", Line("Tuesday"), "settings_part", ("Closed on this day",)),
            Step("settings_part", "Closed on this day", "settings_part", ("Closed",), (wrote("settings.changed"),)),
        ),
    ),
    Story(
        "the public page goes to a stick, and there is none",
        (
            *IN,
            Step("desk", "Settings", "settings"),
            Step("settings", "Public page", "public_page", ("Not published anywhere yet",)),
            Step("public_page", Line("Where the page is published"), "public_page", ("Change",)),
            Step("public_page", "Change", "ask"),
            Step("ask", Keys("us"), "ask"),
            Step("ask", "OK", "ask", ("us is no folder and no address",)),
            Step("ask", Keys("b"), "ask"),
            Step("ask", "OK", "public_page", ("Not updated yet",), (wrote("settings.changed"),)),
            Step("public_page", Line("Last update"), "public_page", ("Test the place",)),
            Step("public_page", "Renew it now", "public_page", (NoStick.default,)),
            Step("public_page", "OK", "public_page", (NoStick.default,)),
            Step("public_page", "Back", "settings"),
        ),
        alone=True,
    ),
)

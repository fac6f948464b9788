"""Icons of the Material Design icon font, by name."""

from __future__ import annotations

#: Icons of the first frame, which then need not load the font's table of 7,000 names.
FIRST = {
    "account_key_outline": 0xF0BE4, "account_voice": 0xF05CB, "arrow_left": 0xF004D, "arrow_left_bold": 0xF0731,
    "arrow_right_bold": 0xF0734, "check_bold": 0xF0E1E, "contrast_circle": 0xF0197, "exit_run": 0xF0A48,
    "format_size": 0xF027F, "gesture_tap": 0xF0741, "help_circle_outline": 0xF0625, "home": 0xF02DC, "keyboard_return": 0xF0311,
    "motion_pause_outline": 0xF1592, "snowflake": 0xF0717, "translate": 0xF05CA,
}  # fmt: skip


def glyph(name: str) -> str:
    """Return the character of the icon `name` ("arrow_left"), "" for "". Raises AttributeError for an unknown one."""
    if not name or name in FIRST:
        return name and chr(FIRST[name])
    from fonticon_mdi7 import MDI7

    return str(getattr(MDI7, name)).rpartition(".")[2]

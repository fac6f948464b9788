"""The layouts of the on-screen keyboards, as data; the screens draw them.

The letters of a language are at the head of its catalogue. Finnish and Swedish: å right of p, ö and ä right of l
(SFS 5966). Ukrainian: ЙЦУКЕН with ґ and the apostrophe, which is part of names and types as U+2019.
"""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import NamedTuple

from kiosk.codes.codes import ALPHABET, KIND_LETTERS
from kiosk.errors import N_, NC_

from .translation import TONGUES, Tongue


class Act(Enum):
    """The action of a key that types nothing; the value is its spoken name (a msgid)."""

    SHIFT = N_("Capital letters")
    ERASE = NC_("keyboard", "Delete")
    SYMBOLS = N_("Numbers and signs")
    LETTERS = N_("Letters")
    OTHER = N_("Other alphabet")


class Key(NamedTuple):
    """One key: types `text`, or does `act`. `width` is in units of a letter key."""

    text: str = ""
    act: Act | None = None
    width: float = 1.0


Rows = tuple[tuple[Key, ...], ...]


class KeyLayout(NamedTuple):
    """`letters`, `capitals` and `symbols` are pages of rows with the same number of rows; a keypad has only `letters`.
    `name` is written in the keyboard's own language."""

    key: str
    name: str
    letters: Rows
    capitals: Rows = ()
    symbols: Rows = ()
    alphabet: str = ""  # order of the letters on a screen too narrow for the usual rows

    @property
    def pages(self) -> tuple[Rows, ...]:
        """The pages that exist."""
        return tuple(page for page in (self.letters, self.capitals, self.symbols) if page)

    @property
    def columns(self) -> float:
        """Width of the widest row, in letter keys."""
        return max(sum(key.width for key in row) for page in self.pages for row in page)


def _typed(symbols: str) -> tuple[Key, ...]:
    return tuple(Key(symbol) for symbol in symbols)


_ERASE = Key(act=Act.ERASE, width=1.5)
_SYMBOL_ROWS = ("1234567890", "-/:;()@&+€", '.,?!’"%=#')


def _letters(rows: tuple[str, str, str], *, other: bool) -> Rows:
    top, middle, bottom = rows
    change = (Key(act=Act.OTHER, width=1.5),) if other else ()
    last = (Key(act=Act.SYMBOLS, width=1.5), *change, *_typed(","), Key(" ", width=4.0), *_typed(".-"))
    # The side keys shrink so that no row is wider than the first: letter keys keep their width.
    side = min(1.5, max(1.0, (len(top) - len(bottom)) / 2))
    shift, erase = Key(act=Act.SHIFT, width=side), Key(act=Act.ERASE, width=side)
    return (_typed(top), _typed(middle), (shift, *_typed(bottom), erase), last)


def _symbols() -> Rows:
    top, middle, bottom = _SYMBOL_ROWS
    last = (Key(act=Act.LETTERS, width=1.5), Key(" ", width=4.0))
    return (_typed(top), _typed(middle), (*_typed(bottom), _ERASE), last)


def _keyboard(key: str, name: str, rows: tuple[str, str, str], alphabet: str) -> KeyLayout:
    top, middle, bottom = (row.upper() for row in rows)
    capitals = _letters((top, middle, bottom), other=True)
    return KeyLayout(key, name, _letters(rows, other=True), capitals, _symbols(), alphabet)


PHONE = KeyLayout(
    "phone",
    "123",
    (_typed("123"), _typed("456"), _typed("789"), (Key("+"), Key("0"), Key(act=Act.ERASE))),
)

PIN = KeyLayout("pin", "123", (_typed("123"), _typed("456"), _typed("789"), (Key(act=Act.ERASE, width=2.0), Key("0"))))
WEIGHT = KeyLayout(
    "weight", "123", (_typed("123"), _typed("456"), _typed("789"), (Key(","), Key("0"), Key(act=Act.ERASE)))
)
#: Keypads with few large keys, whose layout never changes.
PADS = (PHONE, PIN, WEIGHT)

#: Every character of a code: the alphabet, and the kind letter that is not in it (I).
_CODE_SYMBOLS = ALPHABET + "".join(letter for letter in KIND_LETTERS if letter not in ALPHABET)
_CODE_LETTERS = "".join(sorted(_CODE_SYMBOLS[10:]))
CODE = KeyLayout(
    "code",
    "ABC 123",
    (
        _typed(_CODE_SYMBOLS[:10]),
        _typed(_CODE_LETTERS[:10]),
        _typed(_CODE_LETTERS[10:20]),
        (*_typed(_CODE_LETTERS[20:]), Key("-"), Key(act=Act.ERASE, width=2.0)),
    ),
)


@cache
def _of(code: str, tongue: Tongue) -> KeyLayout:
    return _keyboard(code, tongue.name, tongue.rows, tongue.alphabet)


def keyboard_for(language: str) -> KeyLayout:
    """Return the keyboard of a language; the English one for an unknown language."""
    code = language if language in TONGUES else "en"
    return _of(code, TONGUES[code])


def other_alphabet(board: KeyLayout, language: str) -> KeyLayout:
    """Return the layout that the key "other alphabet" switches to: Cyrillic from Latin, and back to Latin (Finnish, or
    the visitor's own Latin keyboard)."""
    if board.alphabet.startswith("a"):
        return keyboard_for("uk")
    own = keyboard_for(language)
    return own if own.alphabet.startswith("a") else keyboard_for("fi")

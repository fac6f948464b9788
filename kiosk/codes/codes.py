"""The text of a code: one letter for the kind, the payload, one check symbol; shown in groups of four.

The alphabet is Crockford's base 32 without vowels (so no word can appear) and without the letters that look like
digits. Every symbol has a value below 31 and every position a weight of its own, none of them 0 modulo the prime 31.
The check symbol makes the weighted sum 0. So one wrong symbol changes the sum, and so does a swap of two different
symbols: both are always refused. The one value without a symbol, 30, is never needed: such a payload is not used.
"""

from __future__ import annotations

import secrets
from enum import Enum

from kiosk.errors import N_, KioskError

ALPHABET = "0123456789BCDFGHJKMNPQRSTVWXYZ"
PRIME = 31
#: Upper limit of input, characters, white space included.
LONGEST_INPUT = 64

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
#: The kind letter I has the value of 1, which it is read as anywhere else; so swapping it is found like any swap.
_VALUE["I"] = _VALUE["1"]
_LOOKALIKES = str.maketrans("OIL", "011")


class Kind(Enum):
    """The type of a code's subject; the value is its first letter."""

    ITEM = "I"
    TICKET = "T"
    DONATION = "D"
    BADGE = "B"
    QUEUE = "Q"
    REQUEST = "R"
    WISH = "W"
    SEAT = "S"
    VOLUNTEER = "V"
    APPOINTMENT = "G"


#: Payload symbols. Ten random ones are 49 bits, 27 are 132; items and queue numbers count and need no secrecy.
PAYLOAD = {
    Kind.ITEM: 6,
    Kind.TICKET: 10,
    Kind.DONATION: 10,
    Kind.BADGE: 27,
    Kind.QUEUE: 6,
    Kind.REQUEST: 10,
    Kind.WISH: 10,
    Kind.SEAT: 10,
    Kind.VOLUNTEER: 10,
    Kind.APPOINTMENT: 10,
}
COUNTED = frozenset({Kind.ITEM, Kind.QUEUE})
KIND_LETTERS = "".join(kind.value for kind in Kind)


class BadCode(KioskError):
    """The text is no code of ours. The text itself is not kept: it may be anything a scanner was shown."""

    default = N_("This code was not recognised. Please check it, or ask the staff.")


class Code(str):
    """A valid code, bare (no hyphens), as stored and encoded in symbols. The constructor checks nothing: `parse` makes
    one of external input, `new_code` and `code_from_number` make new ones, and the database has valid ones."""

    __slots__ = ()

    @property
    def kind(self) -> Kind:
        return Kind(self[:1])

    @property
    def grouped(self) -> str:
        """The code as people read it, "T7K3-M9QX-2WBC"."""
        return display(self)


def new_code(kind: Kind) -> Code:
    """Return a new random code. Raises ValueError for sequential kinds: see `code_from_number`."""
    if kind in COUNTED:
        raise ValueError(f"{kind.name} codes are counted, not drawn")
    while True:
        number, payload = secrets.randbelow(len(ALPHABET) ** PAYLOAD[kind]), ""
        for _ in range(PAYLOAD[kind]):
            number, value = divmod(number, len(ALPHABET))
            payload += ALPHABET[value]
        if check := _check_symbol(kind.value + payload):
            return Code(kind.value + payload + check)


def code_from_number(kind: Kind, n: int) -> Code:
    """Return the n-th code of a sequential kind, from 0; different numbers give different codes.

    Raises ValueError when n is negative, too large (29 · 30⁵ codes) or the kind is random.
    """
    if kind not in COUNTED:
        raise ValueError(f"{kind.name} codes are drawn, not counted")
    # For any five leading symbols at most one last symbol would need the check value 30; 29 always remain.
    rest, last = divmod(n, len(ALPHABET) - 1)
    head = ""
    for _ in range(PAYLOAD[kind] - 1):
        rest, value = divmod(rest, len(ALPHABET))
        head = ALPHABET[value] + head
    if n < 0 or rest:
        raise ValueError(f"no {kind.name} code for {n}")
    bodies = (kind.value + head + symbol for symbol in ALPHABET)
    usable = [body + check for body in bodies if (check := _check_symbol(body))]
    return Code(usable[last])


def parse(text: str) -> Code:
    """Return the code in `text`. Lower case, spaces and hyphens are fine, and O for 0, I or L for 1 after the first
    letter. Raises BadCode for anything else, and nothing but BadCode."""
    if len(text) > LONGEST_INPUT or not text.isascii():
        raise BadCode()
    bare = text.upper().replace(" ", "").replace("-", "")
    try:
        kind = Kind(bare[:1])
    except ValueError:
        raise BadCode() from None
    bare = kind.value + bare[1:].translate(_LOOKALIKES)
    if len(bare) != PAYLOAD[kind] + 2 or not set(bare[1:]) <= set(ALPHABET) or _sum(bare) != 0:
        raise BadCode()
    return Code(bare)


def display(text: str) -> str:
    """Return a code in groups of four with hyphens, without validation: call `parse` on external input."""
    bare = text.replace(" ", "").replace("-", "")
    return "-".join(bare[start : start + 4] for start in range(0, len(bare), 4))


def _sum(bare: str) -> int:
    """Weighted sum modulo 31; the weights 1, 2, 3 … stay below 31 for the longest code (29 symbols)."""
    return sum(weight * _VALUE[symbol] for weight, symbol in enumerate(bare, 1)) % PRIME


def _check_symbol(body: str) -> str:
    """Return the symbol that makes the sum of body + symbol 0, or "" when none can (value 30)."""
    value = -_sum(body) * pow(len(body) + 1, -1, PRIME) % PRIME
    return ALPHABET[value] if value < len(ALPHABET) else ""

"""Detects the encoding of a text file by its byte order mark, its bytes or plausible words; otherwise a person chooses.

UTF-8 and UTF-16 can be recognised. In a single-byte encoding any bytes decode to something: "Дивани" from a Ukrainian
Windows decodes to "Äèâàíè" on a Finnish one. So each decoding is scored by its plausible words. If two score well, or none,
a person decides.
"""

from __future__ import annotations

import io
import re
import unicodedata

from kiosk.errors import N_, KioskError

#: Windows in Finland and Sweden, and in Ukraine; then DOS, Macs and older Unix, tried only if those make no sense.
USUAL, UNUSUAL = ("cp1252", "cp1251"), ("cp850", "mac_roman", "mac_cyrillic", "koi8_u", "cp866")
#: Encodings that a person may name.
ENCODINGS = ("utf-8", "utf-16", *USUAL, *UNUSUAL)
#: Scores, as shares of non-ASCII letters in plausible words: SURE is certain, NEARLY possible; below LEAST the encoding
#: is not offered.
SURE, NEARLY, LEAST = 0.9, 0.6, 0.3
#: Words that are scored, and characters of a sample that is shown.
JUDGED, SAMPLE = 3000, 60
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NORDIC, _EDGES = frozenset("äöåéüšžøæ"), "\"'()[]{}.,:;!?«»“”„‘’…–—-_/%&+*°²³½€№\xa0"
_HIGH = frozenset((0x00, 0x01, 0x04, 0x20, 0x21))
_CYRILLIC = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэ’'ʼ")


class DoubtfulEncoding(KioskError):
    """`choices` are (encoding, sample of the text decoded with it); empty if no encoding makes sense."""

    default = N_("It is not clear in which letters this file is written. Choose the line that reads right.")

    def __init__(self, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.choices = choices


def encoding_of(data: bytes) -> str:
    """Return the name of the encoding of `data`. Raises DoubtfulEncoding."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if b"\0" in data[:4096]:
        return _utf16(data)
    if _decodes(data, "utf-8"):
        return "utf-8"
    odd = _odd_parts(data)
    same = odd.decode(USUAL[0], errors="replace") == odd.decode(USUAL[1], errors="replace")
    if same and all(word.strip(_EDGES).isascii() for word in odd.decode(USUAL[0], errors="replace").split()):
        return USUAL[0]  # only dashes and quotation marks, the same in both
    for names, doubt in ((USUAL, SURE), (UNUSUAL, NEARLY)):
        scores = sorted(((_reads_well(odd, name), name) for name in names), reverse=True)
        if scores[0][0] >= SURE and scores[1][0] < doubt:
            return scores[0][1]
        if scores[0][0] >= doubt:
            break
    raise DoubtfulEncoding(_choices(odd))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        with io.TextIOWrapper(io.BytesIO(data), encoding) as text:
            while text.read(1 << 16):
                pass
    except UnicodeError:
        return False
    return True


def _utf16(data: bytes) -> str:
    """Return "utf-16-le" or "utf-16-be" for text without a mark, by the high bytes of Latin and Cyrillic; else "utf-8"."""
    for name, high in (("utf-16-le", data[1:4096:2]), ("utf-16-be", data[:4096:2])):
        if sum(byte in _HIGH for byte in high) > 0.9 * len(high) and len(data) % 2 == 0 and _decodes(data, name):
            return name
    return "utf-8"


def _odd_parts(data: bytes) -> bytes:
    """Return the words with non-ASCII bytes, separated by spaces."""
    words = re.findall(rb"[^\s;,\t\"|]*[\x80-\xff][^\s;,\t\"|]*", data[: 1 << 20])
    return b" ".join(dict.fromkeys(word[:40] for word in words[:JUDGED]))


def _reads_well(odd: bytes, encoding: str) -> float:
    """Return the share of non-ASCII letters that are in plausible words, 0 to 1."""
    well = all_ = 0
    for word in odd.decode(encoding, errors="replace").split():
        count = sum(not sign.isascii() for sign in word)
        all_ += count
        well += count if _is_word(word) else 0
    return well / max(1, all_)


def _is_word(word: str) -> bool:
    if (
        word[1:2].islower()
        and not word[1].isascii()
        and not word[0].isalpha()
        and not word[0].isascii()
        and word[0] != "«"
    ):
        return False  # a symbol where a capital should be: the wrong encoding
    return all(_is_part(part) for part in re.split(r"[-/.’'ʼ:()]", word.strip(_EDGES)) if part)


def _is_part(part: str) -> bool:
    if not part.isalnum():
        return False
    letters = [sign for sign in part if sign.isalpha()]
    rest = "".join(letters[1:])
    if rest and not rest.islower() and not part.isupper():
        return False
    small = [sign.lower() for sign in letters]
    if all(sign in _CYRILLIC for sign in small):
        return True
    odd = [sign for sign in small if not sign.isascii()]
    latin = all("LATIN" in unicodedata.name(sign, "") for sign in odd)
    if len(small) <= 2 and _NORDIC.issuperset(odd):
        return True
    return latin and len(odd) <= len(small) * (0.67 if _NORDIC.issuperset(odd) else 0.34)


def _choices(odd: bytes) -> tuple[tuple[str, str], ...]:
    scores = {name: _reads_well(odd, name) for name in (*USUAL, *UNUSUAL)}
    ranked = sorted((name for name in scores if scores[name] >= LEAST), key=lambda name: -scores[name])
    samples: dict[str, str] = {}
    for name in ranked:
        text = odd[: SAMPLE * 2].decode(name, errors="replace")
        shown = "".join(sign if sign.isprintable() else "□" for sign in text)[:SAMPLE].strip()
        samples.setdefault(shown, name)
    return tuple((name, sample) for sample, name in list(samples.items())[:5])

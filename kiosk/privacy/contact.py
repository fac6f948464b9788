"""What a visitor types about themselves: names as they write them, phone numbers, and never a personal identity code."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from kiosk.errors import N_, KioskError

LONGEST_TEXT = 100
#: The choices before the digits: Finland, Ukraine, or any other country with its own prefix typed.
COUNTRIES = {"FI": "+358", "UA": "+380", "other": "+"}

#: Ukrainian area codes of mobile numbers as typed at home; some are valid Finnish landlines (DOMAIN.md section 7).
_UKRAINIAN_MOBILE = re.compile(r"0(?:39|50|63|66|67|68|73|9\d)\d{7}")
_PHONE_SIGNS = re.compile(r"[+]?[0-9 ()/.\-]+")
#: Day, month, year; the century sign, with those of 2023 (Government decree 1031/2022); number and check character.
_PERSONAL_ID = re.compile(
    r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(\d\d) ?([-+A-FU-Y]) ?(\d{3}) ?([0-9A-FHJ-NPR-Y])(?!\d)", re.IGNORECASE
)
#: No measure of a thing has so many digits in a row; every phone number has.
_SEVEN_DIGITS = re.compile(r"(?:\d[\s().\-/]*){7}")
_ID_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣", "-"))
#: Joiners shape letters in Persian and Indic names; every other invisible character goes.
_JOINERS = "\u200c\u200d"


class BadPhone(KioskError):
    default = N_("This phone number cannot be called. Please check the number and the country.")


class ShortPhone(BadPhone):
    default = N_("This is an emergency or service number. Please give your own number.")


class PhoneNeedsPrefix(BadPhone):
    default = N_("Please begin the number with + and the country code, for example +372.")


class PersonalId(KioskError):
    """The text holds a henkilötunnus, which the centre has no reason to know (Data Protection Act 1050/2018 §29)."""

    default = N_("Please do not write a personal identity code. We never need it.")


class ReachesSomebody(KioskError):
    """The text holds what looks like a phone number or an e-mail address where none is asked for."""

    default = N_("Please do not write a phone number or e-mail address here.")


class BadText(KioskError):
    default = N_("Please write something first.")


class LongText(BadText):
    default = N_("This is too long. Please use {limit} characters at most.")


class Phone(NamedTuple):
    """A number that can be called: `e164` to store, `international` to show, `region` such as "FI"."""

    e164: str
    international: str
    region: str


def parse_phone(text: str, country: str) -> Phone:
    """Return the number typed with `country` ("FI", "UA" or "other") chosen; a number with its own prefix keeps it.

    Raises ShortPhone for 112 and its kind, PhoneNeedsPrefix for "other" without + or 00, BadPhone for the rest.
    """
    if country not in COUNTRIES:
        raise ValueError(f"unknown country choice {country!r}")
    typed = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    if len(typed) > 40 or not typed.isascii() or not _PHONE_SIGNS.fullmatch(typed):
        raise BadPhone()
    digits = re.sub(r"\D", "", typed)
    if len(digits.lstrip("0")) <= 6:
        raise ShortPhone() if len(digits) >= 3 else BadPhone()
    if country == "other":
        if digits.startswith("00"):
            typed = "+" + digits[2:]
        if not typed.startswith("+"):
            raise PhoneNeedsPrefix()
    import phonenumbers  # reads the rules of every country: only when somebody gives a number

    try:
        number = phonenumbers.parse(typed, None if country == "other" else country)
    except phonenumbers.NumberParseException:
        raise BadPhone() from None
    if not phonenumbers.is_valid_number(number):
        raise BadPhone()
    return Phone(
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL),
        phonenumbers.region_code_for_number(number) or "",
    )


def looks_ukrainian(text: str) -> bool:
    """Tell whether digits typed for Finland look like a Ukrainian mobile number as dialled at home: 067 123 45 67 is
    a valid landline in Finland too, so ask which country is meant."""
    return bool(_UKRAINIAN_MOBILE.fullmatch(re.sub(r"[\s()/.\-]", "", unicodedata.normalize("NFKC", text))))


def looks_like_henkilotunnus(text: str) -> bool:
    """Tell whether `text` holds a Finnish personal identity code anywhere, its check character being right."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc"))
    for match in _PERSONAL_ID.finditer(re.sub(r"\s+", " ", plain)):
        day, month, year, _century, number, check = match.groups()
        if _ID_CHECK[int(day + month + year + number) % 31] == check.upper():
            return True
    return False


def refuse_personal_id(text: str) -> None:
    """Raise PersonalId when `text` holds a henkilötunnus."""
    if looks_like_henkilotunnus(text):
        raise PersonalId()


def clean_text(text: str, limit: int = LONGEST_TEXT) -> str:
    """Return `text` in NFC, trimmed, blanks single, invisible characters gone; any script, apostrophes and capitals
    as typed. Raises BadText when nothing is left, LongText over `limit` characters."""
    visible = "".join(_visible(sign) for sign in unicodedata.normalize("NFC", text))
    cleaned = " ".join(visible.split())
    if not cleaned.strip(_JOINERS):
        raise BadText()
    if len(cleaned) > limit:
        raise LongText(limit=limit)
    return cleaned


def impersonal(text: str) -> str:
    """Return a text about a thing as `clean_text` does, or "" for none. Raises LongText, PersonalId and
    ReachesSomebody."""
    if not text.strip():
        return ""
    cleaned = clean_text(text)
    refuse_personal_id(cleaned)
    if "@" in cleaned or _SEVEN_DIGITS.search(unicodedata.normalize("NFKC", cleaned)):
        raise ReachesSomebody()
    return cleaned


def clean_name(text: str) -> str:
    """Return a name as `clean_text` does, 1 to 100 characters. Raises also PersonalId."""
    name = clean_text(text)
    refuse_personal_id(name)
    return name


def _visible(sign: str) -> str:
    if sign in _JOINERS or unicodedata.category(sign)[0] not in "CZ":
        return sign
    return " " if sign.isspace() else ""

"""Validation of personal input: names, phone numbers, and refusal of personal identity codes."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from kiosk.errors import N_, KioskError

LONGEST_TEXT = 100
#: Country choices for a phone number: Finland, Ukraine, or another country with typed prefix.
COUNTRIES = {"FI": "+358", "UA": "+380", "other": "+"}

#: Ukrainian area codes of mobile numbers as typed at home; some are valid Finnish landlines (DOMAIN.md section 7).
_UKRAINIAN_MOBILE = re.compile(r"0(?:39|50|63|66|67|68|73|9\d)\d{7}")
_PHONE_SIGNS = re.compile(r"[+]?[0-9 ()/.\-]+")
#: Day, month, year; the century sign, with those of 2023 (Government decree 1031/2022); number and check character.
_PERSONAL_ID = re.compile(
    r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(\d\d) ?([-+A-FU-Y]) ?(\d{3}) ?([0-9A-FHJ-NPR-Y])(?!\d)", re.IGNORECASE
)
#: Digits in a row that make a phone number: no measure of a thing has as many.
_SEVEN_DIGITS = re.compile(r"(?:\d[\s().\-/]*){7}")
_ID_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−﹣", "-"))
#: Joiners, which shape letters in Persian and Indic names, are kept; other invisible characters are removed.
_JOINERS = "\u200c\u200d"


class BadPhone(KioskError):
    default = N_("This phone number cannot be called. Please check the number and the country.")


class ShortPhone(BadPhone):
    default = N_("This is an emergency or service number. Please give your own number.")


class PhoneNeedsPrefix(BadPhone):
    default = N_("Please begin the number with + and the country code, for example +372.")


class PersonalId(KioskError):
    """The text has a henkilötunnus, which the centre has no reason to know (Data Protection Act 1050/2018 §29)."""

    default = N_("Please do not write a personal identity code. We never need it.")


class ReachesSomebody(KioskError):
    """The text has a phone number or an e-mail address where none is wanted."""

    default = N_("Please do not write a phone number or e-mail address here.")


class BadText(KioskError):
    default = N_("Please write something first.")


class LongText(BadText):
    default = N_("This is too long. Please use {limit} characters at most.")


class Phone(NamedTuple):
    """A valid phone number: `e164` for storage, `international` for display, `region` such as "FI"."""

    e164: str
    international: str
    region: str


def parse_phone(text: str, country: str) -> Phone:
    """Parse a number typed with `country` ("FI", "UA" or "other") chosen; a typed prefix takes precedence.

    Raises ShortPhone for numbers such as 112, PhoneNeedsPrefix for "other" without + or 00, BadPhone otherwise.
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
    import phonenumbers  # lazy: it loads the rules of every country

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
    """Return whether digits typed for Finland look like a Ukrainian mobile number in national format: 067 123 45 67 is
    also a valid Finnish landline, so the visitor is asked for the country."""
    return bool(_UKRAINIAN_MOBILE.fullmatch(re.sub(r"[\s()/.\-]", "", unicodedata.normalize("NFKC", text))))


def looks_like_henkilotunnus(text: str) -> bool:
    """Return whether `text` contains a Finnish personal identity code with a valid check character."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc"))
    for match in _PERSONAL_ID.finditer(re.sub(r"\s+", " ", plain)):
        day, month, year, _century, number, check = match.groups()
        if _ID_CHECK[int(day + month + year + number) % 31] == check.upper():
            return True
    return False


def refuse_personal_id(text: str) -> None:
    """Raise PersonalId if `text` contains a henkilötunnus."""
    if looks_like_henkilotunnus(text):
        raise PersonalId()


def clean_text(text: str, limit: int = LONGEST_TEXT) -> str:
    """Return `text` in NFC, trimmed, white space collapsed, invisible characters removed; any script, apostrophes and
    case as typed. Raises BadText for an empty result, LongText over `limit` characters."""
    visible = "".join(_visible(sign) for sign in unicodedata.normalize("NFC", text))
    cleaned = " ".join(visible.split())
    if not cleaned.strip(_JOINERS):
        raise BadText()
    if len(cleaned) > limit:
        raise LongText(limit=limit)
    return cleaned


def impersonal(text: str) -> str:
    """Return a text about a thing, cleaned by `clean_text`; may be "". Raises LongText, PersonalId, ReachesSomebody."""
    if not text.strip():
        return ""
    cleaned = clean_text(text)
    refuse_personal_id(cleaned)
    if "@" in cleaned or _SEVEN_DIGITS.search(unicodedata.normalize("NFKC", cleaned)):
        raise ReachesSomebody()
    return cleaned


def clean_name(text: str) -> str:
    """Return a name, cleaned by `clean_text`, 1 to 100 characters. Raises PersonalId, and as `clean_text` does."""
    name = clean_text(text)
    refuse_personal_id(name)
    return name


def _visible(sign: str) -> str:
    if sign in _JOINERS or unicodedata.category(sign)[0] not in "CZ":
        return sign
    return " " if sign.isspace() else ""

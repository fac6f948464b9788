"""Text normalisation for speech: times, dates, spans, units, abbreviations, codes and telephone numbers as words.

A voice reads "klo 9.00–15.00" as "klo, nine point nought nought fifteen point nought nought". The rules of each
language are in `locales/<code>/speech.toml`; in a language without that file only codes are changed (to groups).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.codes.codes import ALPHABET, KIND_LETTERS
from kiosk.files.resources import locales

from .translation import N_, Language, display

NOT_ANSWERED = N_("Not answered")
#: A rule: pattern and replacement.
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]

_CODE = re.compile(rf"\b[{KIND_LETTERS}][{ALPHABET}]{{3}}(?:-[{ALPHABET}]{{4}})*(?:-[{ALPHABET}]{{1,4}})\b")
_PHONE = re.compile(r"(?<![\w.,:–])(?:\+\d{1,3} ?\d[\d ]{5,}\d|0\d{6,}|0\d{1,3}(?: \d{2,})+)(?![\w–])")
#: Patterns: a line end without a full stop; separators of space or symbols only; placeholders of letters not typed yet.
_LINE, _PAUSE, _BLANKS = (
    re.compile(r"(?<=[^\s.!?:;,])\s*\n\s*"),
    re.compile(r" +[·|] +|  +"),
    re.compile(r"[_-]*__[_-]*"),
)
#: Ends what is spelled: its last letter and a full stop are no abbreviation. Not spoken.
_SPELLED = "\u2060"
#: A full stop after other sentence-ending punctuation.
_STOPS = re.compile(r"(?<=[?!])\.(?=\s|$)")
_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}\b)")


def spoken(text: str, code: str) -> str:
    """Return `text` as spoken in the language `code`. Raises KeyError for an unknown code."""
    said = _THOUSANDS.sub("", text).replace("\u00a0", " ").replace("\u202f", " ")
    said = _PAUSE.sub(", ", _LINE.sub(". ", _BLANKS.sub("", said)))
    for pattern, say in _rules(code, locales()):
        said = pattern.sub(say, said)
    return " ".join(_STOPS.sub("", said).replace(_SPELLED, "").split())


@cache
def _rules(code: str, folder: Path) -> tuple[Rule, ...]:
    return tuple(_Manner(Language(code), _read(folder, code)).rules())


def _read(folder: Path, code: str) -> dict[str, Any]:
    """Return the rules file of the language, {} without one; a variety such as fi_selko uses its base language's."""
    for name in dict.fromkeys((code, code.partition("_")[0])):
        file = folder / name / "speech.toml"
        if file.is_file():
            return tomllib.loads(file.read_text(encoding="utf-8"))
    return {}


class _Manner:
    """The rules of one language, in order of application."""

    def __init__(self, language: Language, file: dict[str, Any]) -> None:
        self.language, self.file = language, file
        self.numbers = {form: _words(text) for form, text in file.get("numbers", {}).items()}
        self.hours = {form: _words(text) for form, text in file.get("hours", {}).items()}
        self.weekday_forms = {form: _words(text) for form, text in file.get("weekdays", {}).items()}
        self.days, self.years = _words(file.get("days", "")), _words(file.get("years", ""))

    def rules(self) -> Iterable[Rule]:
        """Yield the rules: longer and more specific patterns first, since others could match a part of them."""
        yield _CODE, lambda found: _spelled(found[0].split("-"))
        yield _PHONE, lambda found: self._phone(found[0])
        if not self.file:
            return
        yield from self._clock_rules()
        yield from self._number_rules()
        yield from self._word_rules()

    def _clock_rules(self) -> Iterable[Rule]:
        time = r"(?<![\d.,:])([01]?\d|2[0-4])[.:]([0-5]\d)"
        yield from self._weekday_rules(time)
        whole = r"(?![\d:]|[.,]\d)"
        clock = _either(_words(self.file.get("clock", "")))
        after = self.file.get("hour_after", {})
        yield re.compile(rf"{time}–{time.replace('.,:', '')}{whole}"), self._span
        if clock:
            yield re.compile(rf"\b({clock}) {time}{whole}", re.IGNORECASE), self._time_after
        yield from self._date_rules()
        if after:
            yield re.compile(rf"\b({_either(after)}) {time}{whole}", re.IGNORECASE), self._time_after
        if not self._dotted_decimals():
            yield re.compile(f"(){time}{whole}"), self._time_after
        else:
            yield re.compile(f"(){time.replace('[.:]', ':')}{whole}"), self._time_after

    def _dotted_decimals(self) -> bool:
        return bool(self.language.decimal(0.5) == "0.5")

    def _short_weekdays(self) -> dict[str, int]:
        """Return the abbreviations of the weekdays, without their full stop, by number from Monday 0."""
        names = self.language.locale.days
        return {
            display(name).rstrip("."): number
            for form, width in (("format", "short"), ("stand-alone", "abbreviated"), ("format", "abbreviated"))
            for number, name in names[form][width].items()
        }

    def _weekday_rules(self, time: str) -> Iterable[Rule]:
        """Yield the rules of opening hours: "ti–to 10.00–16.00", "ti 10.00–16.00"."""
        self.weekdays = self._short_weekdays()
        days = _either(self.weekdays)
        yield re.compile(rf"\b({days})\.?–({days})\b\.?"), self._weekday_span
        yield re.compile(rf"\b({days})\b\.?(?= {time}–)"), lambda found: self._weekday(found[1], "alone")

    def _date_rules(self) -> Iterable[Rule]:
        months = {display(name): number for number, name in self.language.locale.months["format"]["wide"].items()}
        self.months = months
        days = _either(self.weekdays)
        figures = r"(?<![\d.,:/])(\d{1,2})[./](\d{1,2})(?:[./](\d{4})(?!\d)|(\.)(?!\d)|(?![\d.,:/]))"
        yield re.compile(rf"(?:\b({days})\.?,? )?{figures}"), self._date
        yield re.compile(rf"()(?<![\d.,:/])(\d{{1,2}})\.? ({_either(months)})\b(?: (\d{{4}})\b)?"), self._named_date

    def _number_rules(self) -> Iterable[Rule]:
        yield re.compile(r"(?<![\w.,:])(\d+) / (\d+)(?![\w.,:]\d)"), self._part
        yield re.compile(r"(?<![\w.,:])(\d+)–(\d+)(?![\w.,:]\d)"), self._range
        units = {unit: _words(forms) for unit, forms in self.file.get("units", {}).items()}
        if units:
            self.units = units
            yield re.compile(rf"(?<![\w.,])(\d+(?:[.,]\d+)?) ?({_either(units)})(?!\w)"), self._quantity
        for agreement in self.file.get("agreement", ()):
            yield self._agreement(_words(agreement["before"]), _words(agreement["numbers"]))

    def _word_rules(self) -> Iterable[Rule]:
        words, signs = self.file.get("words", {}), self.file.get("signs", {})
        if words:
            yield (
                re.compile(rf"(?<!\w)({_either(words)})(?!\w)", re.IGNORECASE),
                lambda found: str(words[found[0].lower()]) + (" " if found[0].endswith(".") else ""),
            )
        if signs:
            yield re.compile(f"[{re.escape(''.join(signs))}]"), lambda found: f" {signs[found[0]]} "
        yield re.compile(r"(?<![^ ])–(?=\.|$)"), lambda found: self.language.text(NOT_ANSWERED)
        yield re.compile(r" [–—/] "), lambda found: ", "
        yield re.compile(r"(?<=\w)–(?=\w)"), lambda found: self.file["dash"].format(start="", end="")

    # times and dates

    def _span(self, found: re.Match[str]) -> str:
        start, end = self._time(found[1], found[2], "start"), self._time(found[3], found[4], "end")
        return str(self.file["span"]).format(start=start, end=end)

    def _weekday_span(self, found: re.Match[str]) -> str:
        start, end = self._weekday(found[1], "start"), self._weekday(found[2], "end")
        return str(self.file["span"]).format(start=start, end=end)

    def _weekday(self, short: str, form: str) -> str:
        number = self.weekdays[short]
        return self.weekday_forms[form][number] if self.weekday_forms else self.language.weekday(number)

    def _time_after(self, found: re.Match[str]) -> str:
        before = found[1]
        form = self.file.get("hour_after", {}).get(before.lower(), "alone")
        said = self._time(found[2], found[3], form)
        return (
            said
            if form == "alone" and before.lower() in self.file.get("hour_after", {})
            else f"{before} {said}".strip()
        )

    def _time(self, hours: str, minutes: str, form: str) -> str:
        """Return a time of day in words; the form applies to the hour if the language has hour words, else to the last
        word."""
        hour, minute = int(hours), int(minutes)
        last = self.numbers.get(form)
        hour_word = self.hours[form][hour] if form in self.hours else str(hour)
        if not minute and last and not self.hours:
            hour_word = last[hour]
        minute_word = last[minute] if last and not self.hours else str(minute)
        if minute < 10:
            minute_word = f"{self.file.get('nought', '0')} {minute_word}"
        halves = _words(self.file.get("halves", "")) or [""]
        pattern = self.file.get("past", "{hour} {minute}") if minute else self.file.get("whole", "{hour}")
        return str(pattern).format(
            hour=hour_word, hour12=(hour - 1) % 12 + 1, minute=minute_word, half=halves[hour % 24 // 12 % len(halves)]
        )

    def _date(self, found: re.Match[str]) -> str:
        weekday, day, month, year, stop = found.groups()
        if not 1 <= int(month) <= 12 or not (weekday or year or stop):
            return found[0]
        name = self.language.weekday(self.weekdays[weekday]) + " " if weekday else ""
        said = self._day(int(day), next(word for word, number in self.months.items() if number == int(month)), year)
        return name + said

    def _named_date(self, found: re.Match[str]) -> str:
        return self._day(int(found[2]), found[3], found[4])

    def _day(self, day: int, month: str, year: str | None) -> str:
        if not 1 <= day <= len(self.days):
            return f"{day} {month} {year or ''}".rstrip()
        said = str(self.file["day"]).format(day=self.days[day - 1], month=month)
        if not year:
            return said
        at = int(year) - 2000
        words = self.years[at] if 0 <= at < len(self.years) else year
        return str(self.file.get("year", "{day} {year}")).format(day=said, year=words)

    # numbers

    def _range(self, found: re.Match[str]) -> str:
        start, end = int(found[1]), int(found[2])
        first, last = self.numbers.get("start", ()), self.numbers.get("end", ())
        if not first:
            return str(self.file["dash"]).format(start=start, end=end)
        if start < len(first) and end < len(last):
            return str(self.file.get("range", self.file["span"])).format(start=first[start], end=last[end])
        return str(self.file["dash"]).format(start=start, end=end)

    def _part(self, found: re.Match[str]) -> str:
        number, numbers = int(found[2]), self.numbers.get("start", ())
        whole = numbers[number] if number < len(numbers) else number
        return str(self.file["part"]).format(number=found[1], whole=whole)

    def _quantity(self, found: re.Match[str]) -> str:
        forms, number = self.units[found[2]], found[1]
        if not number.isdigit():
            return f"{number} {forms[-1]}"
        return f"{number} {forms[min(self.language.plural_form(int(number)), len(forms) - 1)]}"

    @staticmethod
    def _agreement(before: list[str], numbers: list[str]) -> Rule:
        """Return the rule that inflects a number to agree with the following noun; an adjective may come between."""

        def say(found: re.Match[str]) -> str:
            number = int(found[1])
            rest, hundreds = number % 100, number - number % 100
            if rest >= len(numbers) or (hundreds and not rest):
                return found[0]
            return f"{hundreds or ''} {numbers[rest]}".strip()

        return re.compile(rf"(?<![\w.,:–])(\d+)(?= (?:\w+ )?(?:{_either(before)})\b)"), say

    def _phone(self, text: str) -> str:
        plus = self.file.get("signs", {}).get("+", "+")
        return _spelled(text.replace("+", f"{plus} ").split(), whole=plus)


def _spelled(groups: Iterable[str], whole: str = "") -> str:
    """Return groups spelled letter by letter, with pauses between them; the group `whole` is read as a word."""
    return ", ".join(group if group == whole else " ".join(group) for group in groups) + _SPELLED


def _words(text: str) -> list[str]:
    return [word for part in text.split(",") if (word := " ".join(part.split()))]


def _either(words: Iterable[str]) -> str:
    """Return a pattern that matches any of `words`, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

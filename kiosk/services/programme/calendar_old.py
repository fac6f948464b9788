"""Repeat rules of vCalendar 1.0, the calendars of old phones."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OLD_RULE = re.compile(r"(D|W|MP|MD|YM)([1-9]\d{0,2})((?: [^# ]+)*?)(?: (#\d+|\d{8}(?:T\d{6}Z?)?))?")


def old_rule(rule: str) -> str:
    """Convert a vCalendar 1.0 rule such as "W1 TU TH #0" to iCalendar; an unknown form is returned unchanged."""
    match = _OLD_RULE.fullmatch(" ".join(rule.upper().split()))
    if match is None:
        return "FREQ=UNKNOWN"
    kind, interval, words, end = match[1], match[2], match[3].split(), match[4] or "#2"
    freq = {"D": "DAILY", "W": "WEEKLY", "MP": "MONTHLY", "MD": "MONTHLY", "YM": "YEARLY"}[kind]
    said = [f"FREQ={freq}", f"INTERVAL={interval}"]
    if words:
        by = {"D": "BYHOUR", "W": "BYDAY", "MP": "BYDAY", "MD": "BYMONTHDAY", "YM": "BYMONTH"}[kind]
        said.append(f"{by}={','.join(_old_places(words) if kind == 'MP' else map(_old_day, words))}")
    if end.startswith("#"):
        said += [f"COUNT={end[1:]}"] if end != "#0" else []
    else:
        said.append(f"UNTIL={end}")
    return ";".join(said)


def _old_places(words: list[str]) -> Iterator[str]:
    """Yield the days of "1+ TU TH 1- FR": each weekday with the number before it."""
    number = ""
    for word in words:
        if re.fullmatch(r"\d[+-]", word):
            number = f"{word[1].replace('+', '')}{word[0]}"
        else:
            yield f"{number}{word}"


def _old_day(word: str) -> str:
    """Return "-1" for "1-" and for "LD", the last day of a month."""
    word = {"LD": "1-"}.get(word, word).rstrip("+")
    return f"-{word[:-1]}" if word.endswith("-") else word

"""Booking: the facts of some entries of one device, written together inside the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo

from kiosk import clock
from kiosk.data.models import canonical_json
from kiosk.journal.entries import COUNTS, SUBJECT

from .folds import IMPORTED, VISITS, Fact, Fold, LedgerEntry, State
from .moves import EARLIER, MOVES

#: An entry as it is read: seq, time, kind, payload, id.
Row = tuple[int, str, str, str, str]
#: The fold of each kind of entry; other kinds are not counted.
FOLDS = VISITS | MOVES
TABLES = ("ledger_visit", "ledger_goods", "ledger_shift", "ledger_help")
#: Most entries of a subject that are read again for its next one.
FEW = 8
#: Folds whose subjects are those of the entries themselves, by which the journal is indexed; others store each state.
_OF_OWN = {
    fold
    for fold in FOLDS.values()
    if all(kind.startswith(f"{fold.subject}.") for kind, of in FOLDS.items() if of is fold)
}
_FOLD_OF = {fold.subject: fold for fold in FOLDS.values()}
#: Folds of imports: their rows have ids made of what they say.
_IMPORTS = (IMPORTED, EARLIER)
_MIDNIGHT = time_of_day()
#: The stored states of some subjects of one type.
_STORED = "SELECT value, state FROM json_each(?) CROSS JOIN ledger_state ON subject = ? || ':' || value"
#: The booked entries of some subjects, of types that may have the same ids.
_BOOKED = f"""SELECT journal.device, value, kind, journal.time, payload, journal.id
              FROM json_each(?) CROSS JOIN journal ON {SUBJECT} = value
              JOIN ledger_device ON ledger_device.device = journal.device AND journal.seq <= ledger_device.seq
              WHERE {COUNTS} ORDER BY journal.id"""
#: Everything told of some ids that is booked, or comes from a device up to a sequence number.
_TOLD = f"""SELECT kind, journal.time, payload FROM json_each(?) CROSS JOIN journal ON {SUBJECT} = value
            JOIN ledger_device ON ledger_device.device = journal.device
                AND (journal.seq <= ledger_device.seq OR journal.device = ? AND journal.seq <= ?)
            WHERE {COUNTS} ORDER BY journal.id"""
#: Key of a stored state: the id of its newest entry.
_NEWEST = "newest"


class LocalDay:
    """Local dates of UTC texts, most of them of the same day as the one before."""

    def __init__(self, where: ZoneInfo) -> None:
        self._where, self._day, self._begins, self._ends = where, "", "", ""

    def __call__(self, text: str) -> str:
        if not self._begins <= text < self._ends:
            day = clock.local_date(clock.parse(text), self._where)
            begins, ends = clock.local_span(day, _MIDNIGHT, _MIDNIGHT, self._where)
            self._day, self._begins, self._ends = day.isoformat(), clock.utc_text(begins), clock.utc_text(ends)
        return self._day


class _Subject:
    """What is booked of a subject. Its state is stored when the journal does not tell it quickly: after more than FEW
    entries, or entries of several devices. `newest` is the id of its newest entry, None where an earlier program has not
    stored it: an entry of another device may come after newer ones."""

    __slots__ = ("device", "facts", "left", "newest", "state")

    def __init__(self, device: str, fold: Fold) -> None:
        self.device, self.left = device, FEW if fold in _OF_OWN else 0
        self.state: State = {}
        self.facts: list[Fact] = []
        self.newest: str | None = ""

    def take(self, fold: Fold, device: str, entry_id: str, entries: Iterable[LedgerEntry]) -> list[Fact]:
        """Apply the next entry, or, if it comes late, all `entries` anew; returns the facts before it."""
        self.left = self.left - 1 if device == self.device else -1
        before = self.facts
        if self.is_late(entry_id):
            self.state = {}
        self.newest = max(self.newest or "", entry_id)
        for entry in entries:
            fold.apply(self.state, entry)
        self.facts = fold.facts(self.state)
        return before

    def is_late(self, entry_id: str) -> bool:
        """Return whether a newer entry was booked before this one."""
        return self.newest is None or entry_id < self.newest


class Booking:
    """The facts of entries of one device, `device` (id, number)."""

    def __init__(self, db: Any, device: tuple[str, int], local_day: LocalDay) -> None:
        self._db, (self._device, self._number), self._local_day = db, device, local_day
        self._subjects: dict[tuple[str, str], _Subject] = {}
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}

    def book(self, entries: list[Row]) -> None:
        """Book entries of kinds in FOLDS that are valid and not booked yet, in order."""
        payloads = json.loads(f"[{','.join([entry[3] for entry in entries])}]")  # one call takes half the time
        self._look_up(entries, payloads)
        for (seq, time, kind, _payload, entry_id), said in zip(entries, payloads, strict=True):
            fold = FOLDS[kind]
            if fold in _IMPORTS:
                said["rows"] = self._new_rows(fold, said["rows"])
            key = fold.subject, said[fold.subject]  # ids are unique among subjects of one type only
            subject = self._subjects.get(key)
            if subject is None:
                subject = self._subjects[key] = _Subject(self._device, fold)
            told = [LedgerEntry(kind, time, self._local_day(time), said)]
            if subject.is_late(entry_id):
                told = self._told(fold, key[1], {*subject.state.get("given", ()), said.get("ticket", "")}, seq)
            before = subject.take(fold, self._device, entry_id, told)
            rows = self._rows[fold.table]
            for part, (day, words, numbers) in enumerate(_difference(before, subject.facts)):
                rows.append((day, self._number, seq, part, *words, *numbers))
        self._write()

    def _look_up(self, entries: list[Row], payloads: list[dict[str, Any]]) -> None:
        """Read what is booked of the subjects: their stored states, else their entries."""
        ids: dict[str, set[str]] = {name: set() for name in _FOLD_OF}
        for (_seq, _time, kind, *_), said in zip(entries, payloads, strict=True):
            name = FOLDS[kind].subject
            ids[name].add(said[name])
        for name, subjects in ids.items():
            fold = _FOLD_OF[name]
            for subject, state in self._db.execute_sql(_STORED, (json.dumps(list(subjects)), name)).fetchall():
                known = self._subjects[name, subject] = _Subject("", fold)
                known.state = json.loads(state)
                known.newest = known.state.pop(_NEWEST, None)
                known.facts = fold.facts(known.state)
            if fold in _OF_OWN:
                self._read_again(fold, [subject for subject in subjects if (name, subject) not in self._subjects])

    def _read_again(self, fold: Fold, subjects: list[str]) -> None:
        rows = self._db.execute_sql(_BOOKED, (json.dumps(subjects),)).fetchall()
        for device, subject, kind, time, payload, entry_id in rows:
            if FOLDS.get(kind) is fold:
                known = self._subjects.setdefault((fold.subject, subject), _Subject(device, fold))
                entry = LedgerEntry(kind, time, self._local_day(time), json.loads(payload))
                known.take(fold, device, entry_id, [entry])

    def _new_rows(self, fold: Fold, rows: list[State]) -> list[State]:
        """Return the rows of an import that no other one has booked: two tablets that were apart may have imported the
        same list."""
        marks = {f"{fold.subject} row:{row['id']}": row for row in rows}
        sql = "SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM ledger_state WHERE subject = value)"
        fresh = [mark for (mark,) in self._db.execute_sql(sql, (json.dumps(list(marks)),)).fetchall()]
        sql = "INSERT INTO ledger_state VALUES (?, '{}')"
        self._db.connection().executemany(sql, [(mark,) for mark in fresh])
        return [marks[mark] for mark in fresh]

    def _told(self, fold: Fold, subject: str, tickets: set[str], seq: int) -> list[LedgerEntry]:
        """Return all entries about a subject that are booked or come up to `seq` of this device, in the order of their
        ids: that in which they happened. Of an item also those of its `tickets`."""
        ids = json.dumps(sorted({subject, *tickets}))
        rows = self._db.execute_sql(_TOLD, (ids, self._device, seq)).fetchall()
        told = [(kind, time, json.loads(payload)) for kind, time, payload in rows if FOLDS.get(kind) is fold]
        return [
            LedgerEntry(kind, time, self._local_day(time), said)
            for kind, time, said in told
            if said[fold.subject] == subject
        ]

    def _write(self) -> None:
        connection = self._db.connection()
        stored = [(key, subject) for key, subject in self._subjects.items() if subject.left < 0]
        states = [(":".join(key), canonical_json(subject.state | {_NEWEST: subject.newest})) for key, subject in stored]
        connection.executemany("INSERT OR REPLACE INTO ledger_state VALUES (?, ?)", states)
        for table, rows in self._rows.items():
            if rows:
                marks = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


def _difference(before: list[Fact], after: list[Fact]) -> list[Fact]:
    """Return the facts that lead from `before` to `after`."""
    if not before:
        return after
    gone = [fact for fact in before if fact not in after]
    negated = [(day, words, tuple([-number for number in numbers])) for day, words, numbers in gone]
    return negated + [fact for fact in after if fact not in before]

"""Weights of things, and emissions saved by reuse: figures from literature until the centre has weighed its own.

A subject is a thing of the vocabulary, or a category for items without one; a factor's subject may also be "*" (all).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from math import isfinite, sqrt

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.models import Co2e
from kiosk.data.models import Weight as Entry
from kiosk.errors import BadValue
from kiosk.journal import Store
from kiosk.privacy.contact import clean_text, refuse_personal_id
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary import CATEGORIES, LITERATURE, literature, things
from kiosk.vocabulary.states import Per

#: Subject of the fallback factor.
ALL = "*"
#: Units of a factor.
PER: tuple[str, ...] = tuple(Per)
#: Upper limits, kg: of one piece, and of one weighing.
HEAVIEST, MOST_PIECES = 1000.0, 100_000
#: Source of a figure that the centre weighed itself.
MEASURED = "measured"


@dataclass(frozen=True)
class WeightView:
    """Kilograms of one piece of `subject`: minimum, likely, maximum. `pieces` were weighed for it, 0 for a figure from
    literature or typed in; `source` and `day` say whose figure, and since when."""

    subject: str
    low: float
    mid: float
    high: float
    source: str
    pieces: int
    day: date


@dataclass(frozen=True)
class Factor:
    """Kilograms of CO2e saved by reuse, `per` "kg" or "piece" of `subject`."""

    subject: str
    value: float
    per: str
    source: str
    version: str

    def of(self, pieces: float, kg: float) -> float:
        """Return the kilograms of CO2e saved by `pieces` that weigh `kg` in total."""
        return self.value * (kg if self.per == Per.KG else pieces)


class WeightService:
    """The tables of weights and of factors."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._zone = clock.zone(settings.centre.timezone)

    def table(self, as_of: datetime) -> dict[str, WeightView]:
        """Return the weight of every subject as of `as_of`: from literature, then as set, then the mean of weighings
        since. The range of a mean is the standard deviation of single pieces over the square root of the number
        weighed."""
        found = {row["subject"]: _read(row) for row in literature("weights")}
        weighed: dict[str, tuple[int, float]] = {}
        spread = {subject: (weight.low / weight.mid, weight.high / weight.mid) for subject, weight in found.items()}
        for entry in Entry.select().where(Entry.at <= as_of).order_by(Entry.at, Entry.id).execute(self._store.db):
            day, subject = clock.local_date(entry.at, self._zone), entry.subject
            if entry.pieces is None:
                weighed.pop(subject, None)
                found[subject] = WeightView(subject, entry.low, entry.kg, entry.high, entry.source, 0, day)
                spread[subject] = (entry.low / entry.kg, entry.high / entry.kg)
                continue
            before = weighed.get(subject, (0, 0.0))
            pieces, kg = weighed[subject] = (before[0] + entry.pieces, before[1] + entry.kg)
            low, high = (1 + (part - 1) / sqrt(pieces) for part in spread[subject])
            mean = kg / pieces
            found[subject] = WeightView(subject, mean * low, mean, mean * high, MEASURED, pieces, day)
        return found

    def factors(self, as_of: datetime) -> dict[str, Factor]:
        """Return the factors valid at `as_of`, by subject."""
        found = {row["subject"]: Factor(**row | {"value": float(row["value"])}) for row in literature("co2e")}  # type: ignore[arg-type]
        for row in Co2e.select().where(Co2e.at <= as_of).order_by(Co2e.at, Co2e.id).execute(self._store.db):
            found[row.subject] = Factor(row.subject, row.value, row.per, row.source, row.version)
        return found

    @needs("reports")
    def set(
        self, *, subject: str, low: float, mid: float, high: float, source: str, now: datetime, who: str
    ) -> WeightView:
        """Set the weight of a piece with its source; the mean of weighings restarts from here. Raises BadValue, and
        BadText, LongText, PersonalId for the source."""
        for field, value, holds in (
            ("subject", subject, is_subject(subject)),
            ("low", low, isfinite(low) and 0 < low <= mid),
            ("mid", mid, isfinite(mid)),
            ("high", high, isfinite(high) and mid <= high <= HEAVIEST),
        ):
            if not holds:
                raise BadValue(field=field, value=value)
        values = {"subject": subject, "low": low, "kg": mid, "high": high, "source": _source(source)}
        return self._keep("weight.set", values, now, who)

    @needs("goods")
    def weigh(self, *, subject: str, pieces: int, kg: float, now: datetime, who: str) -> WeightView:
        """Store a weighing: `pieces` weigh `kg` in total. Raises BadValue."""
        for field, value, holds in (
            ("subject", subject, is_subject(subject)),
            ("pieces", pieces, 1 <= pieces <= MOST_PIECES),
            ("kg", kg, isfinite(kg) and 0 < kg <= HEAVIEST * pieces),
        ):
            if not holds:
                raise BadValue(field=field, value=value)
        values = {"subject": subject, "pieces": pieces, "kg": kg, "source": MEASURED}
        return self._keep("weight.weighed", values, now, who)

    @needs("reports")
    def set_factor(
        self, *, subject: str, value: float, per: str, source: str, version: str, now: datetime, who: str
    ) -> Factor:
        """Set a factor with source and version. Raises BadValue, and BadText, LongText, PersonalId for the texts."""
        for field, given, holds in (
            ("subject", subject, is_subject(subject) or subject == ALL),
            ("value", value, isfinite(value) and 0 <= value <= 100_000),
            ("per", per, per in PER),
        ):
            if not holds:
                raise BadValue(field=field, value=given)
        factor = Factor(subject, value, per, _source(source), _source(version))
        with self._store.write(now) as journal:
            factor_id = new_id(now)
            Co2e.insert(id=factor_id, at=now, **asdict(factor)).execute(self._store.db)
            journal.append("co2e.set", who, {"co2e": factor_id} | asdict(factor))
        return factor

    def _keep(self, kind: str, values: dict[str, object], now: datetime, who: str) -> WeightView:
        with self._store.write(now) as journal:
            entry_id = new_id(now)
            Entry.insert(id=entry_id, at=now, **values).execute(self._store.db)
            journal.append(kind, who, {"weight": entry_id} | values)
            return self.table(now)[str(values["subject"])]


def is_subject(subject: str) -> bool:
    """Return whether this can be the subject of a weight: a thing of the vocabulary, or a category."""
    return subject in CATEGORIES or subject in things()


def weight_of(table: Mapping[str, WeightView], thing: str | None, category: str) -> WeightView:
    """Return the weight of a thing, else that of its category."""
    return table.get(thing or "") or table[category]


def factor_of(factors: Mapping[str, Factor], thing: str | None, category: str) -> Factor:
    """Return the factor of a thing, else of its category, else of all."""
    return factors.get(thing or "") or factors.get(category) or factors[ALL]


def _read(row: Mapping[str, str]) -> WeightView:
    low, mid, high = (float(row[name]) for name in ("low", "mid", "high"))
    return WeightView(
        row["subject"], low, mid, high, f"{row['source']} ({LITERATURE})", 0, date.fromisoformat(row["day"])
    )


def _source(text: str) -> str:
    text = clean_text(text, limit=120)
    refuse_personal_id(text)
    return text

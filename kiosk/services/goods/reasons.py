"""The centre's own reasons to decline a donation, each with where to take it instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import peewee

from kiosk.data import new_id
from kiosk.data.models import DeclineReason
from kiosk.errors import BadValue, TooManyInUse, UnknownReason
from kiosk.journal import Store
from kiosk.language.translation import LANGUAGES
from kiosk.privacy.contact import LONGEST_TEXT, clean_text, refuse_personal_id
from kiosk.services.rights import needs
from kiosk.settings import Settings

#: Upper limit of reasons that can be chosen; the list stays short enough to be read.
MOST_REASONS = 12


@dataclass(frozen=True)
class ReasonView:
    """A reason: `names` and `instead` (where to take it) by language. One that is not `active` is not offered any more,
    and keeps its meaning for donations declined for it."""

    id: str
    names: dict[str, str]
    instead: dict[str, str]
    active: bool


class DeclineReasonService:
    """Keeps the reasons."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._language = store, settings.centre.default_language

    def all(self) -> list[ReasonView]:
        """Return every reason, those offered first, then in the order they were made."""
        rows = DeclineReason.select().order_by(DeclineReason.active.desc(), DeclineReason.id)
        return [_view(row) for row in rows.execute(self._store.db)]

    def offered(self) -> list[ReasonView]:
        """Return the active reasons."""
        return [reason for reason in self.all() if reason.active]

    @needs("goods")
    def add(self, *, names: Mapping[str, str], instead: Mapping[str, str], now: datetime, who: str) -> ReasonView:
        """Add a reason. Raises BadValue without a name in the centre's language; TooManyInUse for more than MOST_REASONS;
        BadText, LongText, PersonalId."""
        return self._set(new_id(now), names, instead, True, now, who)

    @needs("goods")
    def change(
        self,
        *,
        reason_id: str,
        names: Mapping[str, str],
        instead: Mapping[str, str],
        active: bool,
        now: datetime,
        who: str,
    ) -> ReasonView:
        """Change a reason, or stop offering it. Raises UnknownReason, and as `add` does."""
        if known(self._store.db, reason_id) is None:
            raise UnknownReason()
        return self._set(reason_id, names, instead, active, now, who)

    def _set(
        self,
        reason_id: str,
        names: Mapping[str, str],
        instead: Mapping[str, str],
        active: bool,
        now: datetime,
        who: str,
    ) -> ReasonView:
        named = _cleaned(names)
        if self._language not in named:
            raise BadValue(field="names", value=self._language)
        in_use = {one.id for one in self.offered()}  # more than are allowed, if several tablets added some
        if active and reason_id not in in_use and len(in_use) >= MOST_REASONS:
            raise TooManyInUse(limit=MOST_REASONS)
        told = _cleaned(instead)
        said = {"names": named, "instead": told, "active": int(active)}
        with self._store.write(now) as journal:
            DeclineReason.replace(id=reason_id, **said).execute(self._store.db)
            journal.append("reason.set", who, {"reason": reason_id} | said)
        return ReasonView(reason_id, named, told, active)


def known(db: peewee.Database, reason_id: str | None) -> ReasonView | None:
    """Return the reason with this id; None for any other value, and for one that another tablet made just now."""
    which = DeclineReason.select().where(DeclineReason.id == reason_id)
    return next((_view(row) for row in which.execute(db)), None) if reason_id else None


def check_reason(text: str) -> str:
    """Return a name, or where to take things, cleaned; may be "". Raises LongText, PersonalId."""
    cleaned = clean_text(text, LONGEST_TEXT) if text.strip() else ""
    refuse_personal_id(cleaned)
    return cleaned


def _cleaned(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: check_reason(text) for code, text in texts.items() if text.strip() and code in LANGUAGES}


def _view(row: DeclineReason) -> ReasonView:
    return ReasonView(row.id, dict(row.names), dict(row.instead), bool(row.active))

"""Partners: companies, associations, schools and the municipality. Names are public; the contact person is sealed like
a request for help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import peewee

from kiosk import clock
from kiosk.data import new_id
from kiosk.data.models import Partner
from kiosk.errors import BadValue, NameTaken, UnknownPartner
from kiosk.journal import Journal, Store
from kiosk.privacy.contact import clean_name
from kiosk.services.help.requests import HelpRequestService
from kiosk.services.rights import needs
from kiosk.settings import Settings
from kiosk.vocabulary.states import DonationState, PartnerKind, RequestKind

KINDS: tuple[str, ...] = tuple(PartnerKind)
#: Service name of the sealed contact.
SERVICE = RequestKind.PARTNER


@dataclass(frozen=True)
class PartnerView:
    """A partner with totals: `gatherings` series, `donations` received with `pieces` things, `volunteers` and their
    whole `hours`. `request` is the id of the sealed contact; `thanked_on` the date of consent to public thanks."""

    id: str
    name: str
    kind: str
    request: str | None
    thanked_on: date | None
    active: bool
    gatherings: int
    donations: int
    pieces: int
    volunteers: int
    hours: float


class PartnerService:
    """The register."""

    def __init__(self, store: Store, settings: Settings, *, help: HelpRequestService) -> None:
        self._store, self._settings = store, settings
        self._help = help
        self._zone = clock.zone(settings.centre.timezone)

    def all(self, *, retired: bool = False) -> list[PartnerView]:
        """Return the partners by name; with `retired` also retired ones, after the others."""
        which = Partner.select().where((Partner.active == 1) | retired)
        found = [self._view(row) for row in list(which.execute(self._store.db))]
        return sorted(found, key=lambda partner: (not partner.active, partner.name.casefold(), partner.id))

    def by_id(self, partner_id: str) -> PartnerView:
        """Return one partner. Raises UnknownPartner."""
        return self._view(self._row(partner_id))

    def thanked(self) -> list[str]:
        """Return the names of partners who consented to public thanks, sorted."""
        which = (Partner.active == 1) & Partner.thanked_on.is_null(False)
        names = [name for (name,) in Partner.select(Partner.name).where(which).tuples().execute(self._store.db)]
        return sorted(names, key=str.casefold)

    @needs("partners")
    def add(self, *, name: str, kind: str, now: datetime, who: str) -> PartnerView:
        """Add a partner. Raises NameTaken, BadValue, and as `clean_name` does."""
        said, partner_id = self._checked(None, name, kind), new_id(now)
        with self._store.write(now) as journal:
            self._refuse_twice(said["name"], None)
            Partner.insert(id=partner_id, **said).execute(self._store.db)
            journal.append("partner.added", who, {"partner": partner_id} | said)
            return self.by_id(partner_id)

    @needs("partners")
    def change(
        self,
        *,
        partner_id: str,
        now: datetime,
        who: str,
        name: str | None = None,
        kind: str | None = None,
        thanked: bool | None = None,
        active: bool | None = None,
    ) -> PartnerView:
        """Change the given fields: `thanked` sets today as the date of consent, or withdraws it; `active` False
        retires. Raises UnknownPartner, NameTaken, BadValue, and as `clean_name` does."""
        today = clock.local_date(now, self._zone)
        with self._store.write(now) as journal:
            row = self._row(partner_id)
            wanted: dict[str, Any] = self._checked(row, name, kind)
            if thanked is not None:
                wanted["thanked_on"] = (row.thanked_on or today) if thanked else None
            if active is not None:
                wanted["active"] = int(active)
            if wanted.get("active", row.active):
                self._refuse_twice(wanted["name"], partner_id)
            changes = {key: value for key, value in wanted.items() if value != getattr(row, key)}
            self._set(journal, partner_id, changes, who)
            return self.by_id(partner_id)

    @needs("partners")
    def set_contact(self, *, partner_id: str, details: dict[str, str], now: datetime, who: str) -> PartnerView:
        """Seal the contact person and erase the previous one; empty `details` only erase. Raises UnknownPartner,
        NoRecipients, TooMuchText."""
        with self._store.write(now) as journal:
            before = self._row(partner_id).request
            self._set(journal, partner_id, {"request": self._seal(details, now) if details else None}, who)
            self._help.end(journal, before, who=who)
        self._store.forget_deleted()
        return self.by_id(partner_id)

    def _seal(self, details: dict[str, str], now: datetime) -> str:
        """Seal a contact person inside the caller's transaction; returns the id of the request."""
        return self._help.sign_up(
            request_id=new_id(now),
            service=SERVICE,
            language=self._settings.centre.default_language,
            details=details,
            now=now,
            notice_version=self._settings.help.notice_version,
        ).id

    def _set(self, journal: Journal, partner_id: str, changes: dict[str, Any], who: str) -> None:
        if changes:
            Partner.update(**changes).where(Partner.id == partner_id).execute(self._store.db)
            told = {key: value.isoformat() if isinstance(value, date) else value for key, value in changes.items()}
            journal.append("partner.changed", who, {"partner": partner_id} | told)

    def _checked(self, row: Partner | None, name: str | None, kind: str | None) -> dict[str, Any]:
        kind = kind if kind is not None or row is None else row.kind
        if kind not in KINDS:
            raise BadValue(field="kind", value=kind)
        return {"name": clean_name(name or "") if name is not None or row is None else row.name, "kind": kind}

    def _refuse_twice(self, name: str, partner_id: str | None) -> None:
        rows = Partner.select(Partner.id, Partner.name).where(Partner.active == 1).tuples().execute(self._store.db)
        if any(known.casefold() == name.casefold() and other != partner_id for other, known in rows):
            raise NameTaken(name=name)

    def _row(self, partner_id: str) -> Partner:
        rows = Partner.select().where(Partner.id == partner_id).execute(self._store.db)
        row: Partner | None = next(iter(rows), None)
        if row is None:
            raise UnknownPartner()
        return row

    def _view(self, row: Partner) -> PartnerView:
        def count(sql: str, *values: Any) -> Any:
            [(found,)] = self._store.db.execute_sql(sql, values).fetchall()
            return found

        theirs = """SELECT count(*) FROM gathering WHERE active = 1 AND (partner_id = ? OR partner_id IS NULL AND partner = ?
                    OR EXISTS (SELECT 1 FROM json_each(more_partners) WHERE value = ?))"""
        came = f"""SELECT code FROM donation WHERE partner = ? AND (state = '{DonationState.TAKEN_IN}'
                   OR EXISTS (SELECT 1 FROM item WHERE item.donation = donation.code))"""
        shifts = (
            "SELECT coalesce(sum(quarters), 0) FROM shift JOIN volunteer ON volunteer.id = volunteer WHERE partner = ?"
        )
        return PartnerView(
            id=row.id,
            name=row.name,
            kind=row.kind,
            request=row.request,
            thanked_on=row.thanked_on,
            active=bool(row.active),
            gatherings=count(theirs, row.id, row.name, row.id),
            donations=count(f"SELECT count(*) FROM ({came})", row.id),
            pieces=count(f"SELECT coalesce(sum(quantity), 0) FROM item WHERE donation IN ({came})", row.id),
            volunteers=count("SELECT count(*) FROM volunteer WHERE active = 1 AND partner = ?", row.id),
            hours=count(shifts, row.id) / 4,
        )


def refuse_unknown(db: peewee.SqliteDatabase, partner_id: str | None) -> None:
    """Raise UnknownPartner for an id that is not in the register."""
    if partner_id is not None and not Partner.select().where(Partner.id == partner_id).exists(db):
        raise UnknownPartner()

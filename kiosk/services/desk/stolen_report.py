"""Report on a lost or stolen tablet for the 72-hour notice (GDPR Art. 33): counts, dates and the state of the keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kiosk.data.models import DayField
from kiosk.journal import Store
from kiosk.language.translation import N_, Language
from kiosk.privacy.sealing import KEY_FILE, fingerprint

#: Steps to take, those that cut off its access first.
ORDER = N_("What to do, in this order:")
STEPS = (
    N_(
        "If there is a hub, revoke the tablet: on another tablet under Other tablets, or with kiosk hub revoke CENTRE/NAME."
    ),
    N_("Look under Other tablets at what it deleted or changed. You can bring it back for 72 hours."),
    N_("Restore the newest backup made before the theft on a new tablet. Later ones may come from the thief."),
    N_("Give everyone on the staff a new PIN, on every tablet: PINs on a stolen tablet can be found in hours."),
    N_("Revoke all badges and print new ones."),
    N_("Make a new passphrase, and a new recovery sheet if the old one may have been with the tablet: Settings, Keys."),
    N_("Change the access keys of the networks and folders that the tablet knew."),
)


@dataclass(frozen=True)
class StolenReport:
    """The content of a data folder. `sealed` counts requests with sealed details, made from `oldest` to `newest`;
    `key_here`: whether the passphrase-encrypted coordinator's key is present; `recipients` are fingerprints of the
    keys."""

    device: str
    sealed: int
    oldest: date | None
    newest: date | None
    erased: int
    staff: int
    organisations: int
    visits: int
    key_here: bool
    recipients: tuple[str, ...]


def stolen_report(store: Store) -> StolenReport:
    """Return the report on `store`: that of the tablet, or its newest backup."""

    def number(sql: str) -> int:
        [(count,)] = store.db.execute_sql(f"SELECT count(*) FROM {sql}").fetchall()
        return int(count)

    sql = "SELECT min(day), max(day) FROM request WHERE id IN (SELECT request FROM envelope)"
    [days] = store.db.execute_sql(sql).fetchall()
    oldest, newest = map(DayField().python_value, days)
    return StolenReport(
        device=store.device,
        sealed=number("request WHERE id IN (SELECT request FROM envelope)"),
        oldest=oldest,
        newest=newest,
        erased=number("request WHERE erased"),
        staff=number("staff WHERE active"),
        organisations=number("partner WHERE active"),
        visits=number("visit"),
        key_here=(store.folder / KEY_FILE).exists(),
        recipients=tuple(fingerprint(key) for key in store.recipients()),
    )


def in_words(report: StolenReport, language: Language) -> str:
    """Return the report as lines of text."""
    span = f"{report.oldest} – {report.newest}" if report.oldest else "–"
    key = (
        N_("The coordinator’s private key was on the tablet, locked by a passphrase of five random words (argon2id).")
        if report.key_here
        else N_("The coordinator’s private key was not on the tablet.")
    )
    said: tuple[tuple[str, dict[str, object]], ...] = (
        (N_("What was on the tablet {device}"), {"device": report.device}),
        (N_("Requests with sealed details (names, numbers, wishes): {count}"), {"count": report.sealed}),
        (N_("Dates of these: {span}"), {"span": span}),
        (N_("Requests whose details were deleted before: {count}"), {"count": report.erased}),
        (N_("Names of staff, readable: {count}"), {"count": report.staff}),
        (N_("Names of organisations, readable: {count}"), {"count": report.organisations}),
        (N_("Visits counted, without names: {count}"), {"count": report.visits}),
        (N_("Keys the details are sealed to: {keys}"), {"keys": ", ".join(report.recipients) or "–"}),
        (key, {}),
        (N_("Without the passphrase or the recovery words the sealed details cannot be read."), {}),
        (N_("If there is a risk for people, the Data Protection Ombudsman must be told within 72 hours."), {}),
    )
    lines = [language.text(message).format(**values) for message, values in said]
    steps = [f"{number}. {language.text(step)}" for number, step in enumerate(STEPS, 1)]
    return "\n".join([*lines, "", language.text(ORDER), *steps])

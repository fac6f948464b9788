"""Errors of the tablet's own PostgreSQL that are shown to a person."""

from __future__ import annotations

from kiosk.errors import N_, KioskError


class NoPostgres(KioskError):
    default = N_("PostgreSQL is not installed on this tablet. A technician installs the package postgresql.")


class PostgresFailed(KioskError):
    """A program of PostgreSQL failed; `reason` is what it said last."""

    default = N_("The database of the hub does not work: {reason}")


class OlderPostgres(KioskError):
    """The cluster is of a major version whose programs are gone, and there is no copy."""

    default = N_(
        "The hub was made by PostgreSQL {version}, which is no longer installed. Install postgresql-{version}."
    )


class AsRoot(KioskError):
    default = N_("PostgreSQL does not run as root. Give the data folder to another user, or run this as that user.")


class BadHubCopy(KioskError):
    default = N_("This is not a copy of a hub, or it is damaged.")


class HubThere(KioskError):
    default = N_("There is a hub in this data folder already. A copy is only put where there is none.")

"""What can go wrong with the hub in a way a person should be told."""

from __future__ import annotations

from kiosk.errors import N_, KioskError


class NotJoined(KioskError):
    default = N_("This tablet belongs to no hub. Join one with an invitation.")


class JoinedAlready(KioskError):
    default = N_("This tablet belongs to a hub already.")


class BadInvite(KioskError):
    default = N_("This is not an invitation, or it is damaged.")


class HubAway(KioskError):
    default = N_("The hub cannot be reached. ({reason})")


class HubRefuses(KioskError):
    """The hub is there but does not let this tablet in."""

    default = N_("The hub does not let this tablet in. Ask for a new invitation.")


class InsecureHub(KioskError):
    default = N_("The hub at {host} has to be reached by TLS: name the certificate of its authority with --ca.")


class NewerHub(KioskError):
    default = N_("The hub is version {found}; this program knows versions up to {known}. Install a newer program.")


class HubBusy(KioskError):
    default = N_("The hub is busy, and is as it was before. Try again in a minute.")


class OlderHub(KioskError):
    default = N_("The hub is version {found}; this program needs {least}. Run on the hub's side: kiosk hub init")


class NoHub(KioskError):
    default = N_("There is no hub in this database. Make one with: kiosk hub init")


class UnknownTablet(KioskError):
    default = N_("The hub knows no tablet called {name}.")


class CentreUnknown(KioskError):
    default = N_("The hub knows no centre called {name}.")

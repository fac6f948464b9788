"""Errors of the hub that are shown to a person."""

from __future__ import annotations

from kiosk.errors import N_, KioskError


class NotJoined(KioskError):
    default = N_("This tablet does not belong to a hub. Join one with an invitation.")


class JoinedAlready(KioskError):
    default = N_("This tablet already belongs to a hub.")


class BadInvite(KioskError):
    default = N_("This is not an invitation, or it is damaged.")


class HubAway(KioskError):
    default = N_("The hub cannot be reached. ({reason})")


class HubRefuses(KioskError):
    """The hub is reachable but refuses this tablet."""

    default = N_("The hub rejected this tablet. Ask for a new invitation.")


class HubReadOnly(HubAway):
    """Every server of the hub that answers is a standby, or set to read-only."""

    default = N_("The hub can only be read at the moment. Nothing is lost: this tablet sends its entries later.")


class HubDiskFull(HubAway):
    default = N_("The disk of the hub is full. Nothing is lost: this tablet sends its entries later.")


class WrongHub(HubAway):
    """The server at the hub's address has another certificate than the invitation says."""

    default = N_("Another machine answers at the address of the hub. Nothing was sent to it.")


class HubFull(KioskError):
    """The daily quota of this tablet is used up. `last` is the number of the last entry that the hub has."""

    default = N_("The hub takes no more from this tablet today. Nothing is lost: the rest is sent tomorrow.")
    last = 0


class InsecureHub(KioskError):
    default = N_("Connect to the hub at {host} over TLS: give its CA certificate with --ca.")


class NewerHub(KioskError):
    default = N_(
        "The hub is version {found}, but this program only supports versions up to {known}. Install a newer program."
    )


class HubBusy(KioskError):
    default = N_("The hub is busy. Nothing was changed. Try again in a minute.")


class OlderHub(KioskError):
    default = N_("The hub is version {found}; this program needs {least}. Run on the hub’s server: kiosk hub init")


class NoHub(KioskError):
    default = N_("There is no hub in this database. Create one with: kiosk hub init")


class UnknownTablet(KioskError):
    default = N_("The hub has no tablet called {name}. Write CENTRE/NAME.")


class SeveralTablets(KioskError):
    default = N_("Several tablets are called {name}. Name one of these roles: {roles}")


class OneADay(KioskError):
    default = N_("This tablet has already revoked another one today. Ask the person who runs the hub.")


class CentreUnknown(KioskError):
    default = N_("The hub has no centre called {name}.")


class NotTheHub(KioskError):
    default = N_("This tablet is not the hub.")


class HubRunsAlready(KioskError):
    default = N_("The hub runs already.")


class HubHasMoved(KioskError):
    default = N_("The hub has moved to another machine ({to}). It does not run here any more.")


class NoNetwork(KioskError):
    default = N_("This tablet is in no network. Connect it to the network of the other tablet and try again.")


class HubDoesNotStart(KioskError):
    default = N_("The hub does not start on this tablet. A technician finds out why: kiosk hub serve")

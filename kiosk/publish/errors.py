"""Why the public page was not brought to its place."""

from __future__ import annotations

from kiosk.errors import N_, KioskError


class PlaceTrouble(KioskError):
    default = N_("The public page was not brought to its place. ({reason})")


class NoPlace(PlaceTrouble):
    default = N_("There is no place for the public page yet. You can choose one in the settings.")


class PlaceMissing(PlaceTrouble):
    default = N_("The place of the public page was not found: {place}")


class PlaceUnreachable(PlaceTrouble):
    default = N_("The server of the public page does not answer. Is the network there? ({reason})")


class PlaceRefused(PlaceTrouble):
    default = N_("The server of the public page did not accept the name, the password or the key.")


class PlaceFull(PlaceTrouble):
    default = N_("The place of the public page is full.")


class ChangedServer(PlaceTrouble):
    """`file` holds the key that is known."""

    default = N_(
        "The server of the public page has another key than before. If its keeper says that this is right, delete {file}."
    )


class ProgramMissing(PlaceTrouble):
    default = N_("{program} is not installed on this tablet.")


class DeliveryRuns(PlaceTrouble):
    default = N_("The public page is being renewed already.")


class OtherPages(PlaceTrouble):
    default = N_("There are other web pages in this place. Choose an empty folder for the public page.")


class NoAddress(KioskError):
    default = N_("Please enter the web address of the public page first.")

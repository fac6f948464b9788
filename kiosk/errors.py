"""Errors with a message for people. Any other exception is a bug."""

from __future__ import annotations


def N_(message: str) -> str:
    """Mark `message` for translation and return it unchanged. Lives here, below `kiosk.language.translation`, which re-exports it."""
    return message


def NC_(context: str, message: str) -> str:
    """Mark `message` for translation in a `context` that tells its English meanings apart. The result joins the two
    with gettext's separator, so it can be used wherever a plain message can."""
    return f"{context}\x04{message}"


class KioskError(Exception):
    """`message` is an English text (a gettext msgid) with `{named}` fields, filled by `values`; the screens translate
    it, `str()` returns it in English."""

    default = N_("Something went wrong. Please ask the staff.")

    def __init__(self, message: str | None = None, **values: object) -> None:
        super().__init__(message, values)
        self.message = self.default if message is None else message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class StorageTrouble(KioskError):
    """The database could not be read or written: disk full, read-only, locked, failing. Nothing was saved."""

    default = N_("Nothing was saved: the tablet’s storage cannot be used. Please ask the staff. ({reason})")


class DiskFull(StorageTrouble):
    default = N_("Nothing was saved: the tablet’s storage is full. Please ask the staff.")


class ReadOnlyFolder(StorageTrouble):
    default = N_("Nothing was saved: the tablet’s storage can be read but not written. Please ask the staff.")


class StorageBusy(StorageTrouble):
    default = N_("Nothing was saved: another program is using the data. Please try again.")


class DataInRepair(StorageTrouble):
    default = N_("Nothing was saved: the tablet is repairing its data and will restart in a moment.")


class DataExists(KioskError):
    default = N_("There is already a database in {folder}.")


class MissingData(KioskError):
    default = N_("There is no database in {folder}. Create one with: kiosk init")


class DamagedDatabase(KioskError):
    default = N_("The database in {folder} is damaged ({reason}). Restore a backup with: kiosk restore")


class NoSecondPlace(KioskError):
    default = N_("The location of the second backup was not found. Plug in the USB stick, or check the settings.")


class SecondPlaceTrouble(KioskError):
    default = N_("The second backup was not made: its location cannot be written to. ({reason})")


class NoBackup(KioskError):
    default = N_("There is no backup to restore.")


class NewerDatabase(KioskError):
    default = N_(
        "The database is version {found}, but this program only supports versions up to {known}. Install a "
        "newer program."
    )


class AlreadyRunning(KioskError):
    default = N_("The kiosk is already running with the data in {folder}.")


class NoDisplay(KioskError):
    """There is no display: a window would not be visible."""

    default = N_(
        "There is no screen to show the window on. Start this in a graphical session or through xinit; "
        "kiosk demo --offscreen runs without one."
    )


class NoOpenGL(KioskError):
    """`reason` is SDL's, `command` installs the driver on Debian and Ubuntu."""

    default = N_(
        "This screen cannot draw the window ({reason}). Install its OpenGL driver; on Debian or Ubuntu: {command}"
    )


class MissingLibraries(KioskError):
    """`names` are libraries of the system that the window needs, `command` installs them on Debian and Ubuntu."""

    default = N_("The window needs {names}, which this system does not have. On Debian or Ubuntu: {command}")


class BadValue(KioskError):
    """An argument of a service is out of range. Screens do not offer such values; files and the command line may."""

    default = N_("{field}: this value cannot be used: {value}")


class TooManyInUse(BadValue):
    """A list of the centre's own is full."""

    default = N_("At most {limit} can be in use at the same time. Stop using another one first.")


class UnknownSession(KioskError):
    default = N_("This event is not held at that time.")


class UnknownVisit(KioskError):
    default = N_("This visit was not found.")


class VisitUndone(KioskError):
    default = N_("This visit has already been undone.")


class EmptyParty(KioskError):
    default = N_("At least one person must come.")


class UnknownItem(KioskError):
    default = N_("This thing was not found.")


class LabelTaken(KioskError):
    default = N_("Another thing already has the label {label}.")


class ItemTaken(KioskError):
    default = N_("Someone else reserved this just before you.")


class SetTogether(ItemTaken):
    default = N_("This is a set. It is given only as a whole.")


class TicketLimit(KioskError):
    default = N_("You can reserve {limit} things per visit. Cancel one first, or ask the staff.")


class UnknownCode(KioskError):
    default = N_("This code is not known here. Please ask the staff.")


class TicketClosed(KioskError):
    """The ticket is not reserved any more; `state` is its present state."""

    default = N_("This ticket is no longer valid.")


class NoRecipients(KioskError):
    default = N_("We cannot take requests yet: the coordinator’s key is missing. Please ask the staff.")


class NoBackupKey(NoRecipients):
    default = N_("The second backup is sealed to the coordinator’s key, and there is none yet. Create the keys first.")


class WrongRole(KioskError):
    default = N_("This needs someone with more rights. Please ask the coordinator.")


class BadPin(KioskError):
    default = N_("A PIN has six digits.")


class CommonPin(BadPin):
    default = N_("This PIN is easy to guess. Please avoid patterns and dates.")


class WrongPin(KioskError):
    default = N_("Wrong PIN.")


class DoorShut(KioskError):
    """Locked out after too many wrong PINs; `minutes` and `seconds` are left. A badge still works."""

    default = N_("Too many wrong PINs. Please wait {minutes} min {seconds} s, or show your badge.")


class UnknownBadge(KioskError):
    default = N_("This badge is no longer valid. Please ask the coordinator.")


class BadgeNeedsPin(KioskError):
    """The badge of coordinator `member`, which needs the PIN as well."""

    default = N_("Your badge is known. Please type your PIN as well.")


class UnknownMember(KioskError):
    default = N_("This person was not found.")


class NameTaken(KioskError):
    default = N_("Someone called {name} is already on the list.")


class LastCoordinator(KioskError):
    default = N_("The last coordinator cannot be removed. Add another one first.")


class CoordinatorExists(KioskError):
    default = N_("There is already a coordinator.")


class HandedOverAlready(TicketClosed):
    default = N_("This thing has already been handed over.")


class ItemWithdrawn(KioskError):
    default = N_("This thing is no longer here.")


class SameItem(KioskError):
    default = N_("This is the same thing. Scan the label of the other one.")


class RequestErased(KioskError):
    default = N_("This request was deleted. Nothing of it is left.")


class NoPrinter(KioskError):
    default = N_("No printer is set up. The code on the screen is enough.")


class NothingWaits(KioskError):
    default = N_("Nobody is waiting.")


class NumberClosed(KioskError):
    default = N_("This number has already been called. You can take a new one.")


class SlotTaken(KioskError):
    default = N_("Someone has just booked this time. Please choose another one.")


class CentreClosed(KioskError):
    default = N_("The centre is closed on this day. Please choose another one.")


class DonationClosed(KioskError):
    default = N_("This has already been decided.")


class SeatsClosed(KioskError):
    default = N_("This event is over or will not take place.")


class BadRule(KioskError):
    default = N_("This repeat rule is not valid.")


class PastTime(KioskError):
    default = N_("This time has already passed. Please choose a later one.")


class UnknownGathering(KioskError):
    default = N_("This series was not found.")


class UnknownPartner(KioskError):
    default = N_("This partner was not found.")


class ShiftOpen(KioskError):
    default = N_("Your shift has already started.")


class ShiftClosed(KioskError):
    default = N_("Your shift has not started.")


class BadPeriod(KioskError):
    default = N_("This period contains no days.")


class FarDay(KioskError):
    default = N_("{day} cannot be in a report. Please choose days from {first} to {last}.")


class MonthRuns(KioskError):
    default = N_("This month is not over yet.")


class UnknownProject(KioskError):
    default = N_("There is no project {project} in the settings.")


class UnknownReason(KioskError):
    default = N_("This reason was not found.")


class UnknownCategory(KioskError):
    default = N_("This category was not found.")


class NothingToTell(KioskError):
    """The wish, the seats or the appointment have ended, so no phone number is taken."""

    default = N_("This has ended, so we do not need to call you.")


class UnknownPair(KioskError):
    default = N_("This pair was not found.")


class PairTaken(KioskError):
    """One of the two is not waiting any more, or the pair was decided before."""

    default = N_("These two can no longer be made a pair. Look again.")


class PairEnded(KioskError):
    default = N_("This pair has already ended.")

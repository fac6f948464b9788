"""The command line. Nothing here imports the screens before they are to be shown."""

from __future__ import annotations

import sys

import click

from kiosk import __version__
from kiosk.commands.backup import backup, restore
from kiosk.commands.counts import attendance
from kiosk.commands.data import doctor, init
from kiosk.commands.earlier import import_earlier
from kiosk.commands.goods import goods
from kiosk.commands.hub import hub
from kiosk.commands.keys import keys
from kiosk.commands.programme import calendar, partners
from kiosk.commands.report import report
from kiosk.commands.show import demo, run
from kiosk.commands.staff import label, scan, staff
from kiosk.commands.stolen import stolen
from kiosk.commands.weights import weights
from kiosk.errors import AlreadyRunning, KioskError, MissingData, NewerDatabase
from kiosk.settings import BadSettings

#: Exit codes beside 0 (well) and 2 (wrong use, by click).
EXIT_CODES = {MissingData: 3, BadSettings: 4, NewerDatabase: 5, AlreadyRunning: 6}


@click.group(
    epilog="Exit codes: 0 well, 1 an error that is told, 2 wrong use, 3 no data folder, 4 broken settings, "
    "5 the database is newer than the program, 6 already running."
)
@click.version_option(__version__)
def cli() -> None:
    """The kiosk of a help centre: check in, free goods, tickets, help, and the desk."""


for command in (
    run,
    demo,
    init,
    doctor,
    goods,
    attendance,
    staff,
    scan,
    label,
    calendar,
    partners,
    weights,
    import_earlier,
    report,
    hub,
    keys,
    backup,
    restore,
    stolen,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; a told error is one line on stderr and its exit code."""
    try:
        cli(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except KioskError as error:
        click.echo(f"kiosk: {error}", err=True)
        sys.exit(EXIT_CODES.get(type(error), 1))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)

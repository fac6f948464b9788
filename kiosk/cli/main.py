"""The command line. Screens are imported only when they are to be shown."""

from __future__ import annotations

import importlib
import sys

import click

from kiosk import __version__
from kiosk.errors import AlreadyRunning, KioskError, MissingData, NewerDatabase
from kiosk.settings import BadSettings
from kiosk.startup.import_order import import_peewee

#: Command -> (module under kiosk.cli, name in it); imported lazily.
COMMANDS = {
    "run": ("run", "run"),
    "demo": ("run", "demo"),
    "board": ("run", "board"),
    "init": ("data_folder", "init"),
    "doctor": ("data_folder", "doctor"),
    "goods": ("goods", "goods"),
    "attendance": ("attendance", "attendance"),
    "staff": ("staff", "staff"),
    "scan": ("staff", "scan"),
    "label": ("staff", "label"),
    "calendar": ("programme", "calendar"),
    "partners": ("programme", "partners"),
    "weights": ("weights", "weights"),
    "import-earlier": ("import_earlier", "import_earlier"),
    "publish": ("publish", "publish"),
    "report": ("report", "report"),
    "hub": ("hub", "hub"),
    "keys": ("keys", "keys"),
    "backup": ("backup", "backup"),
    "restore": ("backup", "restore"),
    "stolen-report": ("stolen_report", "stolen"),
}
#: Exit codes besides 0 (success) and 2 (usage error, by click).
EXIT_CODES = {MissingData: 3, BadSettings: 4, NewerDatabase: 5, AlreadyRunning: 6}


class Commands(click.Group):
    """Loads the commands of COMMANDS lazily, so that the window does not wait for imports of reports and the hub."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(f"kiosk.cli.{module}"), name)
        return command


@click.group(
    cls=Commands,
    epilog="Exit codes: 0 well, 1 an error that is told, 2 wrong use, 3 no data folder, 4 broken settings, "
    "5 the database is newer than the program, 6 already running.",
)
@click.version_option(__version__)
def cli() -> None:
    """The kiosk of a help centre: check in, free goods, tickets, help, and the desk."""


def main() -> None:
    """Run the command line; a KioskError is printed as one line on stderr and sets its exit code."""
    import_peewee()
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
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        click.echo(f"kiosk: {name}{error.strerror or error}", err=True)
        sys.exit(1)

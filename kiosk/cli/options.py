"""The commands of the shell, a file for each group of them, and the options they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import read_settings


def default_folder() -> Path:
    """Return where the data lies when nothing else is said."""
    import platformdirs

    return Path(platformdirs.user_data_dir("lumijobi-kiosk", appauthor=False))


def data_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --data and --settings to a command."""
    for option in (
        click.option("--settings", "settings_file", type=click.Path(path_type=Path), help="Settings file (TOML)."),
        click.option(
            "--data",
            "folder",
            type=click.Path(path_type=Path),
            default=default_folder,
            show_default="your own data folder",
            help="Data folder.",
        ),
    ):
        command = option(command)
    return command


@contextmanager
def open_services(folder: Path, file: Path | None) -> Iterator[Services]:
    """Open the data folder for one command."""
    settings = read_settings(folder, file)
    store = Store.open(folder)
    try:
        yield Services(store, settings, file)
    finally:
        store.close()

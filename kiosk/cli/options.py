"""Options and helpers that the commands share."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kiosk.errors import N_, KioskError, StorageTrouble
from kiosk.files.atomic import write_atomic
from kiosk.files.encodings import ENCODINGS, DoubtfulEncoding
from kiosk.journal import Store
from kiosk.services import Services
from kiosk.settings import read_settings

if TYPE_CHECKING:
    from PIL import Image


def default_folder() -> Path:
    """Return the default data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("lumijobi-kiosk", appauthor=False))


def choice(words: Iterable[str]) -> click.Choice[str]:
    """Return a choice of `words`; given enum members, click would use their names."""
    return click.Choice([str(word) for word in words])


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


encoding_option = click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    callback=lambda context, option, value: value or "",
    help="Encoding of a CSV file, where it cannot be told.",
)


@contextmanager
def asking_encoding(file: Path) -> Iterator[None]:
    """Explain the option for the encoding when the encoding of a table cannot be detected."""
    try:
        yield
    except DoubtfulEncoding as error:
        choices = "".join(f"\n  --encoding {name:12} {sample}" for name, sample in error.choices)
        raise click.UsageError(
            f"{file.name}: it cannot be told in which encoding it is. Which reads right?{choices}"
        ) from None


class NotWritten(KioskError):
    default = N_("{file} was not written: {reason}")


def write_out(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write an output file atomically. Raises NotWritten."""
    with writing(path):
        if path.exists() and not path.is_file():  # /dev/stdout or a pipe: it cannot be replaced by a rename
            path.write_bytes(data)
        else:
            write_atomic(path, data, private=private)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Raise errors of an output file as NotWritten with its name: it is rarely on the tablet's own disk."""
    try:
        yield
    except (OSError, StorageTrouble) as trouble:
        error = trouble if isinstance(trouble, OSError) else trouble.__cause__
        if not isinstance(error, OSError):  # an error of the database
            raise
        raise NotWritten(file=path, reason=error.strerror or error) from error


@contextmanager
def written(path: Path, data: bytes, *, private: bool = False) -> Iterator[None]:
    """Write a file, then run the block; if the block fails, delete the file. Raises NotWritten."""
    write_out(path, data, private=private)
    try:
        yield
    except BaseException:
        if path.is_file():
            path.unlink()
        raise


def png_of(image: Image.Image) -> bytes:
    """Return an image as PNG bytes."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@contextmanager
def open_services(folder: Path, file: Path | None) -> Iterator[Services]:
    """Open the services over a data folder for one command."""
    settings = read_settings(folder, file)
    store = Store.open(folder)
    try:
        yield Services(store, settings, file)
    finally:
        store.close()

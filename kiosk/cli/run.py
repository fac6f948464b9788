"""`kiosk run` and `kiosk demo`: open the window."""

from __future__ import annotations

import os
import re
import resource
import sys
import tempfile
from pathlib import Path

import click

from kiosk import clock, logs
from kiosk.data import InstanceLock
from kiosk.journal import Store
from kiosk.safe_mode.crash_log import AGAIN, CrashLog
from kiosk.settings import Settings, load, read_settings

from .options import data_options


class Size(click.ParamType[tuple[int, int]]):
    """A window size such as 1280x800."""

    name = "WIDTHxHEIGHT"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", str(value))
        if not match:
            self.fail(f"{value} is not a size such as 1280x800", param, ctx)
        return int(match[1]), int(match[2])


def _open(
    folder: Path, settings: Settings, windowed: tuple[int, int] | None, *, demo: bool = False, file: Path | None = None,
    safe: bool = False,
) -> None:  # fmt: skip
    logs.begin()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what is in memory never lands on the disk after a crash
    starts = CrashLog(folder)
    with InstanceLock(folder):
        if safe and starts.begin(clock.utc_now()):
            from screens.safe_mode.run import run_safe

            code = AGAIN if run_safe(folder, settings, starts, windowed) else 0
        else:
            from screens.app import run_kiosk

            code = run_kiosk(folder, settings, windowed=windowed, demo=demo, file=file)
            if safe:
                starts.end()
    if code == AGAIN:  # the same process, so that systemd sees no end
        os.execv(sys.executable, [sys.executable, "-m", "kiosk", *sys.argv[1:]])
    sys.exit(code)


@click.command()
@click.option("--windowed", type=Size(), metavar="WIDTHxHEIGHT", help="In a window of this size, not full screen.")
@click.option("--safe/--no-safe", default=True, help="After three crashes in five minutes, a plain screen. [default]")
@data_options
def run(folder: Path, settings_file: Path | None, windowed: tuple[int, int] | None, safe: bool) -> None:
    """Open the kiosk, full screen."""
    settings = read_settings(folder, settings_file)
    _open(folder, settings, windowed, file=settings_file, safe=safe)


@click.command()
@click.option("--windowed", type=Size(), default="1280x800", metavar="WIDTHxHEIGHT", show_default=True)
@click.option("--full-screen", is_flag=True, help="Full screen instead of in a window.")
@click.option("--settings", "settings_file", type=click.Path(path_type=Path), help="Settings file (TOML).")
def demo(windowed: tuple[int, int], full_screen: bool, settings_file: Path | None) -> None:
    """Open the kiosk with demo content in a folder that is thrown away afterwards."""
    from kiosk import demo as content
    from kiosk.pictures.store import Pictures
    from kiosk.services import Services

    now = clock.utc_now()
    settings = load(settings_file)
    settings = content.settings_for(settings, clock.local_date(now, clock.zone(settings.centre.timezone)))
    with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as name:
        folder = Path(name)
        store = Store.create(folder, now=now)

        def progress(done: int, of: int) -> None:
            click.echo(f"\rMaking demo content: {done} of {of}", nl=done == of, err=True)

        content.fill(Services(store, settings), Pictures(folder / "pictures"), settings, now, progress)
        store.close()
        _open(folder, settings, None if full_screen else windowed, demo=True)

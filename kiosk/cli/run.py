"""`kiosk run` and `kiosk demo`: open the window."""

from __future__ import annotations

import logging
import os
import re
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kiosk import clock, logs
from kiosk.data import InstanceLock
from kiosk.errors import DiskFull, KioskError, MissingLibraries, NoDisplay, NoOpenGL, StorageTrouble
from kiosk.files import reserve
from kiosk.journal import Store
from kiosk.language import sound
from kiosk.safe_mode.crash_log import AGAIN, CrashLog
from kiosk.settings import BadSettings, Settings, load, read_settings
from kiosk.startup import sdl_preload

from .options import data_options, open_services

if TYPE_CHECKING:
    from kiosk.pictures.store import Pictures
    from kiosk.services import Services

log = logging.getLogger(__name__)


class Size(click.ParamType[tuple[int, int]]):
    """A window size such as 1280x800."""

    name = "WIDTHxHEIGHT"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", str(value))
        if not match:
            self.fail(f"{value} is not a size such as 1280x800", param, ctx)
        return int(match[1]), int(match[2])


#: Size of the demo's window on a large screen, and the height of the window decorations, pixels.
DEMO_SIZE, FRAME = (1280, 800), 40


def fitting(room: tuple[int, int] | None) -> tuple[int, int]:
    """Return the size of the demo's window on a screen with `room` (width, height) for windows; the aspect ratio is
    kept."""
    width, height = DEMO_SIZE
    scale = min(1, room[0] / width, (room[1] - FRAME) / height) if room else 1
    return int(width * scale), int(height * scale)


def _open(
    folder: Path,
    settings: Settings,
    windowed: tuple[int, int] | None,
    *,
    demo: bool = False,
    file: Path | None = None,
    safe: bool = False,
) -> None:
    logs.begin()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no core dumps: memory may hold personal data
    starts = CrashLog(folder)
    with InstanceLock(folder):
        try:
            if safe and starts.begin(clock.utc_now()):
                from screens.safe_mode.run import run_safe

                code = AGAIN if run_safe(folder, settings, starts, windowed) else 0
            else:
                code = _run(folder, settings, starts, windowed, demo, file, safe)
        except (NoDisplay, NoOpenGL, MissingLibraries):
            starts.end()  # not a crash: the safe screen needs a display too
            raise
    _end(code)


def _end(code: int) -> None:
    """Exit, or restart in the same process (exec), so that systemd sees no exit."""
    if code == AGAIN:
        os.execv(sys.executable, [sys.executable, "-m", "kiosk", *sys.argv[1:]])
    sys.exit(code)


def _show_broken(folder: Path, trouble: BadSettings, windowed: tuple[int, int] | None) -> None:
    """Show the error of the settings file on the safe screen, which counts people, until somebody retries."""
    from screens.safe_mode.run import run_safe

    logs.begin()
    log.error("settings: %s", trouble)
    with InstanceLock(folder):
        again = run_safe(folder, load(None), CrashLog(folder), windowed, trouble)
    _end(AGAIN if again else 0)


def _run(
    folder: Path,
    settings: Settings,
    starts: CrashLog,
    windowed: tuple[int, int] | None,
    demo: bool,
    file: Path | None,
    safe: bool,
) -> int:
    """Run the kiosk; on a storage error show the safe screen, which counts people as far as possible."""
    try:
        code = run_kiosk(folder, settings, windowed=windowed, demo=demo, file=file)
    except StorageTrouble as trouble:
        if not safe:
            raise
        if reserve.use(folder):
            return AGAIN
        from screens.safe_mode.run import run_safe

        why = DiskFull() if reserve.is_full(folder) else trouble  # SQLite reports a full disk too as "disk I/O error"
        return AGAIN if run_safe(folder, settings, starts, windowed, why) else 0
    if safe:
        starts.end()
    return code


def run_kiosk(
    folder: Path, settings: Settings, *, windowed: tuple[int, int] | None, demo: bool, file: Path | None = None
) -> int:
    """Build store, services, pictures and screens over the data in `folder`, and run until the window is closed.
    Returns the exit code. `settings` are of `file`, by default the settings file in the folder.

    A damaged database is replaced by its newest snapshot: at once if it cannot be read, else after the first frame.
    Raises the KioskErrors of `Store.open`. `demo` adds window decorations, by which the window can be closed.
    """
    from kiosk.backup.schedule import open_or_heal
    from kiosk.pictures.store import Pictures
    from kiosk.services import Services
    from screens.app import KioskApp, show

    now = clock.utc_now()
    store = open_or_heal(folder, now, check_later=True)
    try:
        services = Services(store, settings, file)
        app = KioskApp(
            services,
            Pictures(folder / "pictures"),
            settings,
            first=lambda: _see_to_data(services, now),
            full_screen=windowed is None,
            may_close=demo or windowed is not None,
            demo=_secrets() if demo else ("", ""),
        )
        app.chime = sound.chime
        if not app.may_close:
            app.set_volume = sound.apply
        try:
            show(app, windowed)
        except Exception:
            if _is_sound(store):
                raise
            log.exception("the database is damaged")  # the exception may be a consequence of the damage
            app.after = lambda: services.backups.heal(clock.utc_now())
    finally:
        store.close()
    if app.after:
        app.after()
        return AGAIN
    return 0


def _see_to_data(services: Services, now: datetime) -> None:
    """Run the data tasks due at the start, after the first frame."""
    from kiosk.safe_mode.head_count import bring_in

    bring_in(services, now)
    services.gatherings.apply(services.settings.gatherings, now)
    services.backups.snapshot_due(now)
    reserve.lay_in(services.store.folder)


def _secrets() -> tuple[str, str]:
    """Return the PIN and the passphrase of the demo, which are public."""
    from kiosk.demo import PASSPHRASE, PIN

    return PIN, PASSPHRASE


def _is_sound(store: Store) -> bool:
    try:
        store.check()
    except KioskError:
        return False
    return True


@click.command()
@click.option("--windowed", type=Size(), metavar="WIDTHxHEIGHT", help="In a window of this size, not full screen.")
@click.option("--safe/--no-safe", default=True, help="After three crashes in five minutes, a plain screen. [default]")
@data_options
def run(folder: Path, settings_file: Path | None, windowed: tuple[int, int] | None, safe: bool) -> None:
    """Open the kiosk, full screen."""
    try:
        settings = read_settings(folder, settings_file)
    except BadSettings as trouble:
        if not safe:
            raise
        _show_broken(folder, trouble, windowed)
        return
    _open(folder, settings, windowed, file=settings_file, safe=safe)


@click.command()
@click.option("--windowed", type=Size(), metavar="WIDTHxHEIGHT", help="In a window of this size, not full screen.")
@click.option("--output", default="", help="The screen to cover, such as HDMI-1. [default: the primary one]")
@click.option("--hub", "alone", is_flag=True, help="On a machine of its own that has joined the hub: reads it.")
@data_options
def board(folder: Path, settings_file: Path | None, windowed: tuple[int, int] | None, output: str, alone: bool) -> None:
    """Open a second screen for the lobby: programme, numbers, new things. It needs no touch and shows nothing personal."""
    from kiosk.pictures.store import Pictures
    from screens.app import show
    from screens.board.app import BoardApp

    logs.begin()
    with open_services(folder, settings_file) as services:
        pictures = Pictures(folder / "pictures")
        full = windowed is None
        app = BoardApp(services, pictures, services.settings, full_screen=full, output=output, may_close=not full)
        with _at_the_hub(folder, services, pictures) if alone else nullcontext():
            show(app, windowed)


@contextmanager
def _at_the_hub(folder: Path, services: Services, pictures: Pictures) -> Iterator[None]:
    """Exchange entries with the hub, in place of a kiosk. Raises AlreadyRunning if there is one."""
    from kiosk.hub.sync import Sync

    with InstanceLock(folder):
        sync = Sync(services.store, clock.zone(services.settings.centre.timezone), pictures)
        sync.start()
        try:
            yield
        finally:
            sync.stop()


@click.command()
@click.option(
    "--windowed",
    type=Size(),
    metavar="WIDTHxHEIGHT",
    help="In a window of this size. [default: 1280x800, or what fits]",
)
@click.option("--full-screen", is_flag=True, help="Full screen instead of in a window.")
@click.option("--busy", "kind", flag_value="busy", help="A day on which everybody comes.")
@click.option("--new", "kind", flag_value="new", help="The first day of a centre: a few things, nobody yet.")
@click.option("--offscreen", is_flag=True, help="Without a display: it runs, and nobody sees it.")
@click.option("--publish", "page", type=click.Path(path_type=Path), metavar="FOLDER", help="Only make its public page.")
@click.option("--settings", "settings_file", type=click.Path(path_type=Path), help="Settings file (TOML).")
def demo(
    windowed: tuple[int, int] | None,
    full_screen: bool,
    kind: str | None,
    offscreen: bool,
    page: Path | None,
    settings_file: Path | None,
) -> None:
    """Open the kiosk with demo content in a folder that is thrown away afterwards."""
    from kiosk import demo as content
    from kiosk.pictures.store import Pictures
    from kiosk.services import Services

    if offscreen:
        sdl_preload.draw_offscreen()
    if page is None:
        sdl_preload.need_display()
    now = clock.utc_now()
    settings, day = load(settings_file), content.Day(kind or content.Day.USUAL)
    settings = content.settings_for(settings, clock.local_date(now, clock.zone(settings.centre.timezone)), day)
    with tempfile.TemporaryDirectory(prefix="kiosk-demo-") as name:
        folder = Path(name)
        store = Store.create(folder, now=now)
        with click.progressbar(length=1, label="Making demo content", width=0, show_eta=False, file=sys.stderr) as bar:

            def progress(done: int, of: int) -> None:
                bar.length = of
                bar.update(done - bar.pos)

            services = Services(store, settings)
            content.fill(services, Pictures(folder / "pictures"), settings, now, progress, day)
        if page is not None:
            _publish(services.under(content.reachable(settings)), page, now)
        store.close()
        if page is not None:
            return
        _open(folder, settings, None if full_screen else windowed or fitting(sdl_preload.room()), demo=True)


def _publish(services: Services, page: Path, now: datetime) -> None:
    """Make the public page of the demo."""
    from kiosk.publish.publisher import Publisher

    done = Publisher(services).to_folder(page.absolute(), now, lambda done, of: None)
    click.echo(f"{done.written} written, {done.removed} removed, {done.same} as they were")

"""Three crashes within five minutes: a plain screen counts on, and the kiosk is tried again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import pytest

from kiosk.data.store import FILE as DATABASE
from kiosk.journal import Store
from kiosk.safe_mode.crash_log import FILE as STARTS
from kiosk.safe_mode.crash_log import CrashLog
from kiosk.safe_mode.head_count import FILE, HeadCount, bring_in
from kiosk.services import Services
from kiosk.settings import Settings
from tests.end_to_end.visitor import ROOT, SETTINGS, rows
from tests.services.conftest import NOW, keys, services, settings, store

__all__ = ["keys", "services", "settings", "store"]
PATIENCE = 60.0


def start(folder: Path, now: datetime) -> bool:
    """A program that starts and dies; returns whether it would be the plain screen."""
    return CrashLog(folder).begin(now)


def test_three_crashes_in_five_minutes_are_too_many(tmp_path: Path) -> None:
    minutes = [NOW + timedelta(minutes=number) for number in range(20)]
    assert [start(tmp_path, at) for at in minutes[:4]] == [False, False, False, True]
    CrashLog(tmp_path).forgive()
    assert [start(tmp_path, minutes[at]) for at in (4, 7, 10, 13, 16)] == [False] * 5
    for at in minutes[:6]:
        assert not start(tmp_path, at + timedelta(hours=1))
        CrashLog(tmp_path).end()


def test_a_clock_that_jumps_and_a_note_that_is_torn_stop_nobody(tmp_path: Path) -> None:
    for days in (0, 400, -400, 1):
        assert not start(tmp_path, NOW + timedelta(days=days))
    (tmp_path / STARTS).write_text('{"running": tr')
    assert not start(tmp_path, NOW)
    assert not start(tmp_path / "no such folder", NOW)


def test_people_are_counted_in_the_database_when_it_opens(store: Store, services: Services, settings: Settings) -> None:
    count = HeadCount(store.folder, settings, NOW)
    first, second = (count.add(NOW) for _ in range(2))
    count.undo(first, NOW)
    assert not (store.folder / FILE).exists()
    [session] = services.gatherings.sessions_now(NOW)
    assert services.attendance.count(session.id).people == 1
    count.close()
    assert second


def test_people_are_counted_in_a_file_when_it_does_not_and_brought_in(
    store: Store, services: Services, settings: Settings
) -> None:
    whole = store.folder / DATABASE
    services.backups.make_snapshot(NOW)
    store.close()
    kept = whole.read_bytes()
    whole.write_bytes(b"damaged" * 1000)
    count = HeadCount(store.folder, settings, NOW)
    people = [count.add(NOW + timedelta(seconds=number)) for number in range(5)]
    count.undo(people[0], NOW)
    count.close()
    with (store.folder / FILE).open("a") as file:
        file.write('{"id": "torn')
    lines = (store.folder / FILE).read_text()
    whole.write_bytes(kept)
    after = Services(Store.open(store.folder), settings)
    [session] = after.gatherings.sessions_now(NOW)
    for _ in range(2):  # once more, as after a power cut in the middle
        assert bring_in(after, NOW) == 4
        assert after.attendance.count(session.id).people == 4
        assert not (store.folder / FILE).exists()
        (store.folder / FILE).write_text(lines)
    (store.folder / FILE).unlink()
    assert bring_in(after, NOW) == 0
    after.store.close()


def test_who_comes_on_a_day_without_a_gathering_is_said(store: Store, services: Services, settings: Settings) -> None:
    count = HeadCount(store.folder, settings, NOW)
    count.add(NOW + timedelta(days=4))
    count.close()
    assert bring_in(services, NOW) == 0
    sql = "SELECT payload FROM journal WHERE kind = 'safe.without_gathering'"
    assert store.db.execute_sql(sql).fetchall() == [('{"people":1}',)]


def test_broken_settings_end_no_series_of_the_centre(store: Store, services: Services, settings: Settings) -> None:
    count = HeadCount(store.folder, settings._replace(gatherings=()), NOW, schedule=False)
    count.add(NOW)
    count.close()
    assert [one.id for one in services.programme.series(NOW)] == ["coffee"]
    assert services.attendance.count("coffee:2026-11-24:1300").people == 1


def test_broken_settings_open_no_house_by_default_hours(store: Store, settings: Settings) -> None:
    """On a Tuesday, an opening day of the defaults: whose visit it is shows when the settings are mended."""
    count = HeadCount(store.folder, settings, NOW, schedule=False)
    count.add(NOW)
    count.close()
    assert (store.folder / FILE).exists()
    hours = {NOW.weekday(): (time_of_day(12), time_of_day(18))}
    services = Services(store, settings._replace(opening=hours, gatherings=()))
    assert bring_in(services, NOW) == 1
    assert services.attendance.count("open_house:2026-11-24:1200").people == 1


def test_the_screen_says_where_the_settings_are_broken(tmp_path: Path) -> None:
    from kiosk.language.translation import Language
    from kiosk.settings import BadSettings, load
    from screens.safe_mode.safe_app import BROKEN_SETTINGS, details, staff_words

    file = tmp_path / "settings.toml"
    file.write_text("[centre]\n\nname = 7\n", encoding="utf-8")
    with pytest.raises(BadSettings) as told:
        load(file)
    assert staff_words(told.value) == BROKEN_SETTINGS
    assert details(told.value, Language("fi")).startswith("settings.toml, rivi 3: centre.name: ")
    assert details(None, Language("fi")) == ""


# the real program


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Starts `kiosk run`; with `crash` it dies by a signal when its window is about to be made."""
    from tests.display import start_display

    display, stop = start_display((800, 600))
    (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    running: list[subprocess.Popen[bytes]] = []

    def run(crash: bool) -> subprocess.Popen[bytes]:
        path = [str(Path(__file__).parent / "crashing")] if crash else []
        env = {**os.environ, "DISPLAY": display, "KIVY_HOME": str(tmp_path / "kivy"),
               "PYTHONPATH": os.pathsep.join([*path, str(ROOT)])}  # fmt: skip
        command = [sys.executable, "-m", "kiosk", "run", "--windowed", "800x600", "--data", str(tmp_path / "data"),
                   "--settings", str(tmp_path / "settings.toml")]  # fmt: skip
        running.append(subprocess.Popen(command, env=env, cwd=tmp_path, stderr=subprocess.DEVNULL))
        running[-1].env = env  # type: ignore[attr-defined]
        return running[-1]

    Store.create(tmp_path / "data", now=NOW).close()
    yield run
    for process in running:
        if process.poll() is None:
            process.kill()
            process.wait()
    stop()


def touch(process: Any, x: float, y: float) -> None:
    """Touch the screen at a part of its width and height."""
    where = [str(round(800 * x)), str(round(600 * y))]
    subprocess.run(["xdotool", "mousemove", *where, "mousedown", "1"], env=process.env, check=True)
    time.sleep(0.1)
    subprocess.run(["xdotool", "mouseup", "1"], env=process.env, check=True)


@pytest.mark.parametrize("crashes", [1, pytest.param(3, marks=pytest.mark.long)])
def test_a_program_that_crashes_counts_on_and_is_tried_again(crashes: int, program: Any, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for _ in range(3 - crashes):  # as noted by programs that were started and are gone
        start(folder, datetime.now(UTC))
    for _ in range(crashes):
        assert program(crash=True).wait(timeout=PATIENCE) == -signal.SIGABRT
    safe = program(crash=True)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and len(rows(folder, "SELECT id FROM visit")) < crashes:
        assert safe.poll() is None
        touch(safe, 0.5, 0.53)  # + 1
        time.sleep(0.7)
    assert len(rows(folder, "SELECT id FROM visit")) >= crashes
    touch(safe, 0.75, 0.73)  # Try again: in the same process, which crashes as before
    assert safe.wait(timeout=PATIENCE) == -signal.SIGABRT
    crashed = (folder / STARTS).read_text()
    assert '"running": true' in crashed


def test_a_program_with_broken_settings_counts_on_until_they_are_mended(program: Any, tmp_path: Path) -> None:
    folder, settings = tmp_path / "data", tmp_path / "settings.toml"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(good + "\n[[[\n", encoding="utf-8")
    safe = program(crash=False)
    counted = folder / FILE
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not counted.exists():
        assert safe.poll() is None
        touch(safe, 0.5, 0.53)  # + 1
        time.sleep(0.7)
    assert counted.exists()
    settings.write_text(good, encoding="utf-8")
    # Try again: the kiosk itself, which brings in who was counted. The button stands on what is said of the settings.
    for y in (0.85, 0.8, 0.75, 0.7):
        if counted.exists():
            touch(safe, 0.75, y)
            time.sleep(0.7)
    while time.monotonic() < end and counted.exists():
        assert safe.poll() is None
        time.sleep(0.5)
    assert not counted.exists()

"""Reports at the desk by touch: earlier years from a stick, a report looked at, a weighing."""

from __future__ import annotations

import csv
import shutil
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.privacy.sealing import KEY_FILE, Cost, new_keypair, wrap
from kiosk.reports.kinds.years import a_year_before
from kiosk.settings import load
from screens.staff.reports.choose_report import period
from screens.staff.reports.months import last_months
from screens.widgets.charts import nice_top
from tests.screens.conftest import TUESDAY
from tests.screens.test_desk import PASSPHRASE, row
from tests.world import PIN

TABLE = "Pvm;Väki;Lapset;Kieli\n7.1.2025;31;9;\n14.1.2025;28;0;\n6.1.2026;40;12;\n32.1.2026;1;;\n"


@pytest.fixture
def stage(open_stage: Callable[..., Any], settings: Any, services: Any, tmp_path: Path) -> Any:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "2025.csv").write_bytes(TABLE.encode("cp1252"))
    (stick / "broken.xlsx").write_bytes(b"PK\x03\x04 no table")
    using = settings._replace(
        centre=settings.centre._replace(default_language="en"),
        reports=settings.reports._replace(folder=str(stick)),
    )
    anna = services.staff.add_first(name="Anna", pin=PIN, now=TUESDAY, language="en")
    stage = open_stage(using=using)
    stage.app.enter_desk(anna)
    stage.settle()
    stage.tap("Reports")
    stage.settle()
    return stage


def test_earlier_years_come_in_and_are_seen(stage: Any) -> None:
    stage.tap("Earlier years")
    stage.tap(row(stage, "broken.xlsx"))
    stage.see("This file cannot be read as a table.")
    stage.tap("OK")
    stage.tap(row(stage, "2025.csv"))
    stage.see("Are these the right columns?")
    stage.tap("Check the table")
    stage.see("First choose which column has the date")
    stage.tap("OK")
    stage.settle()
    stage.tap("Down")
    stage.settle()
    stage.tap(row(stage, "People in total"))
    stage.settle()
    stage.tap("Väki")
    stage.settle()
    stage.tap("Check the table")
    stage.see("3 new rows  ·  99 people  ·  Errors: 1")
    stage.see("This is not a date: 32.1.2026")
    assert stage.store.db.execute_sql("SELECT count(*) FROM earlier_count").fetchone() == (0,)
    stage.tap("Import the new rows")
    stage.see("3 rows imported")
    stage.tap("OK")
    stage.tap(row(stage, "2025.csv"))
    stage.settle()
    stage.app.shell.screen("earlier").set_column("people", "1")
    stage.tap("Check the table")
    stage.see("0 new rows  ·  0 people  ·  Already there: 3")
    stage.app.shell.home()
    stage.settle()
    stage.tap("Reports")
    stage.settle()
    stage.tap("Show the report")
    view = stage.app.shell.screen("report")
    stage.wait(lambda: view.parts, "the report")
    stage.settle()
    assert {"40", "The year before: 59"} <= set(stage.words())
    [bars] = [part for part in view.parts if getattr(part, "kind", "") == "bars"]
    assert [series.title for series in bars.series] == ["People", "The year before"]
    assert view.ids.chart.chart == bars
    assert len(view.ids.chart.canvas.children) > 50
    stage.tap("Previous chart")
    stage.settle()
    stage.see("Total")
    stage.tap("Save the report")
    stage.settle()
    stage.tap("Report pack: all reports")
    stage.see("You can take out the USB stick now")
    stage.tap("OK")
    [pack] = Path(stage.app.settings.reports.folder).glob("*.zip")
    assert "SHA256SUMS" in zipfile.ZipFile(pack).namelist()
    assert pack.name == "proof-2026-01-01-2026-11-24.zip"
    shutil.rmtree(pack.parent)
    stage.settle()
    stage.tap("Save the report")
    stage.settle()
    stage.tap("This report as CSV")
    stage.see("Is it still plugged in?")
    stage.app.end_session()
    stage.settle()
    assert (view.parts, view.ids.table.table) == ([], None)


def test_a_weighing_at_the_desk(stage: Any) -> None:
    stage.tap("Weights")
    stage.settle()
    stage.tap(row(stage, "Furniture: others"))
    stage.tap("We weighed some ourselves")
    stage.settle()
    for question, typed in (("How many things did you weigh?", "4"), ("How many kilograms are they in total?", "50")):
        stage.see(question)
        stage.app.shell.screen("ask").ids.entry.text = typed
        stage.tap("OK")
        stage.settle()
    stage.see("Weighed here, 4 things")
    stage.see("12.5 kg")
    assert stage.services.weights.table(stage.moment)["furniture"].mid == 12.5


def test_names_stand_on_the_talkoot_sheet_while_the_key_is_unlocked(stage: Any) -> None:
    key = new_keypair()
    (stage.store.folder / KEY_FILE).write_bytes(wrap(key.private, PASSPHRASE, Cost(passes=1, memory=8 * 1024 * 1024)))
    stage.store.set_recipients([key.public])
    services, now = stage.app.services, stage.moment
    aino = services.volunteers.register(name="Aino Ähtäri", now=now, who="shell")
    services.volunteers.sign_in(code=aino.code, task="yard", of_age=True, now=now - timedelta(hours=2))
    services.volunteers.sign_out(code=aino.code, now=now - timedelta(minutes=5))
    day = now.date()
    stage.app.shell.go("report", kind="talkoot", first=day, last=day, project=None)
    view = stage.app.shell.screen("report")
    stage.wait(lambda: view.parts, "the report")
    assert hand_over_csv(stage)[2] == ""  # to be written in by hand
    services.keyring.unlock(PASSPHRASE, now)
    assert hand_over_csv(stage)[2] == "Aino Ähtäri"
    assert "Aino" not in str(view.report)


def hand_over_csv(stage: Any) -> list[str]:
    """The line of the first shift, as it stands on the stick."""
    stage.settle()
    stage.tap("Save the report")
    stage.settle()
    stage.tap("This report as CSV")
    stage.see("You can take out the USB stick now")
    stage.tap("OK")
    [file] = Path(stage.app.settings.reports.folder).glob("talkoot-*.csv")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        [line] = [row for row in csv.reader(lines, delimiter=";") if row[1:2] == ["1"] and len(row) > 8]
    file.unlink()
    return line


PROJECT = """\
[[projects]]
number = "7"
names = {en = "Village"}
funder = "Leader"
since = 2026-01-01
until = 2027-12-31
"""


def test_a_goal_is_set_changed_and_removed(stage: Any) -> None:
    shell, screen = stage.app.shell, "goals"
    file = stage.app.services.preferences.file

    def lines() -> list[tuple[str, str]]:
        stage.wait(lambda: shell.current == screen and shell.screen(screen).lines is not None)
        return [(line.title, line.note) for line in shell.screen(screen).lines[1:]]

    def type_target(*keys: str) -> None:
        stage.tap("Set a goal")
        stage.settle()
        stage.tap("People")
        stage.settle()
        shell.screen("ask").choose("")
        for key in keys:
            stage.tap(key)
        stage.tap("OK")
        stage.settle()

    stage.tap("Goals")
    stage.see("No project is running. Projects are entered in the settings file.")
    assert not shell.screen(screen).may_set
    file.write_text(PROJECT, encoding="utf-8")
    stage.app.take_settings(load(file))
    shell.home()
    shell.go(screen)
    stage.see("No running project has goals.")
    type_target("4", "0")
    assert lines() == [("People", "0 of 40  ·  Behind")]
    type_target("4", "0", "0")
    assert lines() == [("People", "0 of 400  ·  Behind")]
    type_target("0")
    assert lines() == []
    assert load(file).projects[0].targets == {}
    assert "Village" in file.read_text(encoding="utf-8")


def test_a_month_is_closed(stage: Any) -> None:
    stage.tap("Close a month")
    stage.settle()
    stage.tap(row(stage, "November 2026"))
    stage.see("This month is not over yet.")
    stage.tap("OK")
    stage.tap(row(stage, "October 2026"))
    stage.see("Anything entered for this month later is shown in reports as a correction.")
    stage.tap("Not now")
    stage.settle()
    assert stage.services.reports.closings(stage.moment) == []
    stage.tap(row(stage, "October 2026"))
    stage.tap("Close the month")
    stage.settle()
    stage.see("Closed on Tue 24/11/2026")
    [closing] = stage.services.reports.closings(stage.moment)
    assert closing.month == "2026-10"
    stage.tap(row(stage, "October 2026"))
    stage.see("Its figures stay as they were.")


def test_the_last_months_go_over_new_year() -> None:
    months = last_months(date(2026, 2, 10), date(2025, 5, 5))
    assert months[:3] == [date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1)]
    assert (len(months), months[-1]) == (24, date(2024, 3, 1))
    assert last_months(date(2026, 2, 10), date(2021, 1, 15))[-1] == date(2021, 1, 1)  # lists of earlier years


def test_periods_end_today_or_with_the_one_before() -> None:
    today = date(2026, 2, 10)
    assert period("this_month", today) == (date(2026, 2, 1), today)
    assert period("last_month", today) == (date(2026, 1, 1), date(2026, 1, 31))
    assert period("last_quarter", today) == (date(2025, 10, 1), date(2025, 12, 31))
    assert period("this_year", today) == (date(2026, 1, 1), today)
    assert period("last_year", today) == (date(2025, 1, 1), date(2025, 12, 31))
    assert a_year_before(date(2028, 2, 29)) == date(2027, 2, 28)


def test_a_scale_has_round_steps() -> None:
    assert [nice_top(value) for value in (0, 3, 41, 121, 200, 201)] == [4, 4, 80, 160, 200, 400]
    assert nice_top(121, 2) == 200


def test_a_table_with_a_high_head_stays_in_its_card(stage: Any) -> None:
    day = stage.moment.date()
    stage.app.shell.go("report", kind="attendance", first=date(day.year, 1, 1), last=day, project=None)
    view = stage.app.shell.screen("report")
    stage.wait(lambda: view.parts, "the report")
    view.show(len(view.parts) - 4)
    stage.settle()
    table = view.ids.table
    columns = tuple(replace(column, title="People of so very many words") for column in table.table.columns)
    table.table = replace(table.table, columns=columns, rows=(table.table.total,) * 20)
    stage.settle()
    assert table.ids.rows.children[-1].height > table.row_height
    assert table.ids.rows.height <= table.height


def test_who_leaves_while_a_sheet_is_being_saved_leaves_no_trouble_behind(stage: Any) -> None:
    day = stage.moment.date()
    stage.app.shell.go("report", kind="talkoot", first=day, last=day, project=None)
    view = stage.app.shell.screen("report")
    stage.wait(lambda: view.parts, "the report")
    stage.settle()
    go_on = threading.Event()
    for _ in range(3):
        stage.app.workers.start(go_on.wait)  # each thread is busy until somebody else is at the screen
    view._hand_over("csv")
    stage.app.end_session()
    go_on.set()
    stage.settle()
    assert stage.app.shell.current == "welcome"
    assert stage.app.shell.dialog is None

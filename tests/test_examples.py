"""The files to start from do what docs/files.md says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.files.tables import read_table
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.services.desk.earlier_columns import guess, with_head
from kiosk.services.goods.goods_import import plan_goods
from tests.services.conftest import NOW, keys, services, settings, store

__all__ = ["keys", "services", "settings", "store"]
EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"


def test_the_list_of_goods(services: Services, tmp_path: Path) -> None:
    plan = plan_goods(services, Pictures(tmp_path), EXAMPLES / "goods.csv")
    assert [row.values["thing"] for row in plan.new] == ["pram", "pot"]
    assert [str(left.error) for left in plan.left_out] == ["This picture is not in the folder: kuvat/sohva.jpg"]
    assert plan.notices == ()


@pytest.mark.parametrize(
    ("name", "kind", "rows"), [("attendance.csv", "attendance", 2), ("goods-of-earlier-years.csv", "goods", 2)]
)
def test_tables_of_earlier_years(services: Services, name: str, kind: str, rows: int) -> None:
    table = with_head(read_table(EXAMPLES / name))
    found = guess(table)
    plan = services.earlier.plan(table=table, kind=found.kind, columns=found.columns, now=NOW, gathering="coffee")
    assert (plan.kind, len(plan.rows), plan.errors, plan.notices) == (kind, rows, (), ())


def test_the_programme(services: Services) -> None:
    answer = services.calendar_files.bring_in(data=(EXAMPLES / "programme.ics").read_bytes(), now=NOW, who="shell")
    assert (len(answer.taken), answer.left) == (1, ())

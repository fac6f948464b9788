"""The field table and the schema say the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from kiosk.journal import Store
from kiosk.privacy.fields import FIELDS, NOBODY
from kiosk.settings import load
from tests.world import NOW


def test_every_column_says_what_it_is_for(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "data", now=NOW)
    # The tables of the full-text search hold the words of `search_word` and `item_text` in another shape.
    others = ("search_trigram", "item_search", "sqlite_")
    tables = [table for table in store.db.get_tables() if not table.startswith(others)]
    schema = {f"{table}.{column.name}" for table in tables for column in store.db.get_columns(table)}
    said = Counter(f"{use.table}.{column}" for use in FIELDS for column in use.columns.split())
    assert schema - set(said) == set(), "add these columns to kiosk/privacy/fields.py"
    assert set(said) - schema == set(), "kiosk/privacy/fields.py speaks of columns that are gone"
    assert [column for column, times in said.items() if times > 1] == []
    assert all(all(use) for use in FIELDS)


@pytest.mark.parametrize(
    "file", sorted((Path(__file__).parents[2] / "docs" / "privacy").glob("*.md")), ids=lambda file: file.name
)
def test_the_documents_say_how_long_the_program_keeps_what(file: Path) -> None:
    text, rules = file.read_text(encoding="utf-8"), load(None).help
    assert f"{rules.keep_days} " in text
    assert f"{rules.longest_days} " in text
    if file.name.startswith("dpia"):
        personal = {use.table for use in FIELDS if use.basis != NOBODY}
        assert {table for table in personal if f"`{table}`" not in text} == set()

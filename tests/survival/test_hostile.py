"""Whatever is handed to the kiosk, it is read or it is told what is wrong: no other error, nothing half-done."""

from __future__ import annotations

import base64
import os
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.errors import KioskError
from kiosk.journal import Store
from kiosk.services import Services
from tests.services.conftest import keys, services, store
from tests.services.conftest import settings as kiosk_settings
from tests.survival.hostile import TOKENS, Table

__all__ = ["keys", "kiosk_settings", "services", "store"]
NAMES = (
    "picture", "calendar", "table", "goods", "settings", "translation", "invitation", "symbol", "key", "copy", "archive",
)  # fmt: skip
#: One change of what was whole: where (in parts of a million), what, how much.
CHANGES = st.tuples(
    st.integers(0, 999_999),
    st.sampled_from(("set", "insert", "cut", "again", "end")),
    st.one_of(st.sampled_from(TOKENS), st.binary(min_size=1, max_size=12)),
    st.integers(1, 64),
)


def damaged(data: bytes, changes: list[tuple[int, str, bytes, int]]) -> bytes:
    for where, how, what, count in changes:
        at = where * (len(data) + 1) // 1_000_000
        middle = {
            "set": what + data[at + len(what) :], "insert": what + data[at:], "cut": data[at + count :],
            "again": data[at : at + count] * 3 + data[at + count :], "end": what,
        }  # fmt: skip
        data = data[:at] + middle[how]
    return data


@pytest.fixture(name="settings")
def _settings(request: pytest.FixtureRequest) -> object:
    from kiosk.settings import load

    return load(None)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rounds", [25, pytest.param(5000, marks=pytest.mark.long)])
def test_only_told_errors_come_out(name: str, rounds: int, store: Store, services: Services, tmp_path: Path) -> None:
    whole, reading = Table(store, services, tmp_path).readers[name]
    rounds = int(os.environ.get("KIOSK_ROUNDS", rounds)) if rounds > 25 else rounds
    read = 0

    @settings(
        max_examples=rounds, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(
        st.sampled_from(whole), st.lists(CHANGES, max_size=5), st.one_of(st.none(), st.none(), st.binary(max_size=80))
    )
    def attack(data: bytes, changes: list[tuple[int, str, bytes, int]], instead: bytes | None) -> None:
        nonlocal read
        try:
            reading(damaged(data, changes) if instead is None else instead)
            read += 1
        except KioskError:
            pass

    for data in whole:
        try:
            reading(data)
            read += 1
        except KioskError:
            assert name in ("archive", "copy", "symbol", "goods")  # a copy of nothing, a code of nobody
    attack()
    assert store.db.execute_sql("PRAGMA quick_check").fetchall() == [("ok",)]


def test_what_chance_seldom_meets(store: Store, services: Services, tmp_path: Path) -> None:
    """Nesting deeper than Python goes, a number that is none, a head that does not end."""
    readers = Table(store, services, tmp_path).readers
    inside = zlib.compress(b"[" * 9000), zlib.compress(b'["h", Infinity, "d", "r", "p", "c"]')
    attacks = [("invitation", b"HUB" + base64.b32encode(body).rstrip(b"=")) for body in inside]
    attacks += [
        ("goods", b'"' + b"x" * 200_000),
        ("key", b"[" * 100_000),
        ("settings", b"a = " + b"[" * 5000),
        ("settings", b"a\n"),
    ]
    for name, data in attacks:
        with pytest.raises(KioskError):
            readers[name][1](data)


def test_every_reader_is_attacked(store: Store, services: Services, tmp_path: Path) -> None:
    assert set(Table(store, services, tmp_path).readers) == set(NAMES)

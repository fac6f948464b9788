"""Files written whole: their names cannot be guessed, links lead nowhere, and errors leave what was there."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk.files.atomic import atomic_file, write_atomic


def test_what_is_written_is_there_with_its_mode(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        write_atomic(tmp_path / "open", b"1")
        write_atomic(tmp_path / "secret", b"2", private=True)
    finally:
        os.umask(old)
    assert [
        (path.name, path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) for path in sorted(tmp_path.iterdir())
    ] == [
        ("open", b"1", 0o644),
        ("secret", b"2", 0o600),
    ]


def test_an_error_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"before")
    with pytest.raises(TypeError), atomic_file(path) as file:
        file.write("half")  # type: ignore[arg-type]
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"before")]


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    victim, stick = tmp_path / "victim", tmp_path / "stick"
    stick.mkdir()
    victim.write_bytes(b"mine")
    (stick / "a").symlink_to(victim)
    write_atomic(stick / "a", b"new")
    assert victim.read_bytes() == b"mine"
    assert not (stick / "a").is_symlink()
    assert (stick / "a").read_bytes() == b"new"


def test_temporary_names_cannot_be_guessed(tmp_path: Path) -> None:
    names = set()
    for _ in range(5):
        with atomic_file(tmp_path / "a") as file:
            names.add(Path(file.name).name)
    assert len(names) == 5
    assert {len(name) for name in names} == {38}


def test_what_a_power_cut_left_goes_and_what_is_written_stays(tmp_path: Path) -> None:
    code = "import os, sys; from pathlib import Path; from kiosk.files.atomic import atomic_file\n"
    code += "with atomic_file(Path(sys.argv[1])) as file: file.write(b'half'); file.flush(); os._exit(1)"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "a")], check=False)
    [left] = tmp_path.iterdir()
    assert left.name.endswith(".part")
    with atomic_file(tmp_path / "b") as slow:
        slow.write(b"slow")
        write_atomic(tmp_path / "c", b"quick")
        assert not left.exists()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"b": b"slow", "c": b"quick"}


def test_many_threads_write_the_same_file(tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def write(number: int) -> None:
        try:
            for _ in range(20):
                write_atomic(tmp_path / "a", bytes([number]) * 1000)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    [path] = tmp_path.iterdir()
    data = path.read_bytes()
    assert len(data) == 1000
    assert len(set(data)) == 1

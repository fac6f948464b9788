"""The firewall lets in the tablets to the hub, and nobody to anything else: in a network namespace of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "deploy/hub-port"
#: What a careful technician has set up: nothing comes in but by SSH. And another table, of another program.
RULES = """table inet filter {
    chain input {
        type filter hook input priority 0; policy drop;
        tcp dport 22 accept
    }
    chain forward { type filter hook forward priority 0; policy drop; }
}
table ip other {
    chain INPUT { type filter hook input priority 10; policy accept; }
}
"""


@pytest.fixture
def space() -> Iterator[list[str]]:
    """The words before a command that run it in a network namespace with a firewall."""
    if os.geteuid() or not shutil.which("nft") or not shutil.which("ip"):
        pytest.skip("a firewall of its own needs root and nftables")
    name = f"kiosk-port-{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode:
        pytest.skip("no network namespaces here")
    inside = ["ip", "netns", "exec", name]
    subprocess.run([*inside, "nft", "-f", "-"], input=RULES, text=True, check=True)
    yield inside
    subprocess.run(["ip", "netns", "del", name], check=True)


def rules(inside: list[str]) -> str:
    return subprocess.run([*inside, "nft", "list", "ruleset"], capture_output=True, text=True, check=True).stdout


def port(inside: list[str], root: Path, word: str) -> int:
    env = {**os.environ, "LUMIJOBI_ROOT": str(root)}
    return subprocess.run([*inside, str(SCRIPT), word], env=env, capture_output=True).returncode


def test_one_port_is_open_while_the_hub_runs(space: list[str], tmp_path: Path) -> None:
    switch = tmp_path / "var/lib/lumijobi/data/hub/on"
    switch.parent.mkdir(parents=True)
    before = rules(space)
    assert port(space, tmp_path, "open") != 0  # nobody said which
    switch.write_text("5440; flush ruleset\n")
    assert port(space, tmp_path, "open") != 0
    assert rules(space) == before
    switch.write_text("5440\n")
    for _ in range(2):  # a start after a crash
        assert port(space, tmp_path, "open") == 0
    now = rules(space)
    assert now.count("tcp dport 5440 accept") == 2
    assert now.split("forward")[1].split("}")[0].count("5440") == 0
    switch.write_text("22040\n")
    assert port(space, tmp_path, "open") == 0
    assert "5440" not in rules(space)
    assert rules(space).count("tcp dport 22040 accept") == 2
    assert port(space, tmp_path, "close") == 0
    assert rules(space) == before
    assert port(space, tmp_path, "shut") != 0

"""What is locked is gone from the memory of the process, not only from its variables."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kiosk.journal import Store
from kiosk.privacy.sealing import KEY_FILE, Cost, new_keypair, wrap
from tests.services.conftest import NOW

PASSPHRASE = "lumi talvi kuusi hanki ranta"
#: A kiosk that unlocks and opens, then looks for the key in all of its own memory. The key comes in masked, so that it is
#: nowhere but where the keyring puts it.
CHILD = """
import sys, json, gc
from datetime import datetime
from pathlib import Path
from kiosk.journal import Store
from kiosk.privacy.wiping import wipe
from kiosk.services import Services
from kiosk.settings import load

def found(masked):
    times = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps.read().splitlines():
            if " rw" not in line or "[v" in line:
                continue
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            memory.seek(start)
            chunk = bytearray(memory.read(end - start))
            at = -1
            while (at := chunk.find(masked[0] ^ 255, at + 1)) >= 0:
                times += all(at + n < len(chunk) and chunk[at + n] == byte ^ 255 for n, byte in enumerate(masked))
            wipe(chunk)
    return times

said = json.load(sys.stdin)
now, masked = datetime.fromisoformat(said["now"]), bytes.fromhex(said["masked"])
services = Services(Store.open(Path(said["folder"])), load(None))
services.keyring.unlock(said["passphrase"], now)
before = found(masked)
for _ in range(3):
    wipe(services.keyring.private(now))
services.keyring.lock()
gc.collect()
print(before, found(masked))
"""


def test_after_locking_the_key_is_nowhere_in_the_memory(store: Store, tmp_path: Path) -> None:
    pair = new_keypair()
    (store.folder / KEY_FILE).write_bytes(wrap(pair.private, PASSPHRASE, Cost(1, 8192)))
    said = {
        "folder": str(store.folder), "passphrase": PASSPHRASE, "now": NOW.isoformat(),
        "masked": bytes(byte ^ 255 for byte in pair.private).hex(),
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", CHILD], input=json.dumps(said), capture_output=True, text=True, check=True
    )
    before, after = map(int, run.stdout.split())
    assert before >= 1
    assert after == 0

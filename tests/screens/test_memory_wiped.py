"""What was typed and opened behind the desk is gone from the memory of the program's process after the desk was left."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from kiosk.journal import Store
from kiosk.privacy.sealing import KEY_FILE, Cost, new_keypair, wrap
from kiosk.services import Services, new_id
from kiosk.settings import load
from tests.screens.conftest import TUESDAY
from tests.world import PIN

PASSPHRASE = "lumi talvi kuusi hanki ranta"
#: A name in letters that Python keeps in two bytes each, and one in one byte.
MARKS = (PASSPHRASE.encode(), b"Markerina Virtanen-Savolainen", "Оксана Коваленко-Маркер".encode("utf-16-le"))
#: The program in a process of its own: a coordinator types the passphrase key by key, reads a request and leaves. What is
#: looked for comes in masked, so that it is nowhere but where the program puts it.
CHILD = """
import json, sys, time
from datetime import datetime
from pathlib import Path
from tests.display import start_display
display, stop = start_display((1280, 800))
from kiosk.journal import Store
from kiosk.language.keyboards import Key
from kiosk.privacy.wiping import wipe
from kiosk.settings import load
from tests.screens.stage import Stage

def found(masked):
    times = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps.read().splitlines():
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            if " rw" not in line or "[v" in line or "/dev/" in line or end - start > 1 << 30:
                continue
            try:
                memory.seek(start)
                chunk = bytearray(memory.read(end - start))
            except OSError:
                continue
            at = -1
            while (at := chunk.find(masked[0] ^ 255, at + 1)) >= 0:
                times += all(at + n < len(chunk) and chunk[at + n] == byte ^ 255 for n, byte in enumerate(masked))
            wipe(chunk)
    return times

said = json.load(sys.stdin)
now, marks = datetime.fromisoformat(said["now"]), [bytes.fromhex(mark) for mark in said["masked"]]
settings = load(None)
settings = settings._replace(centre=settings.centre._replace(default_language="en"))
stage = Stage(Store.open(Path(said["folder"])), settings, now)
app = stage.app
[member] = stage.services.staff.members()
app.enter_desk(member)
stage.settle()
app.shell.go("request", request=stage.services.help.by_id(said["request"]))
stage.settle()
app.shell.screen("request").read()
stage.wait(lambda: app.shell.current == "ask", "the question")
stage.settle()
ask = app.shell.screen("ask")
for byte in marks[0]:
    ask.ids.keyboard._struck(Key(chr(byte ^ 255)))
    stage.frames()
ask.go_on()
stage.wait(lambda: app.shell.current == "request" and app.shell.screen("request").opened, "what it says")
stage.settle()
typed = found(marks[0])
shown = [found(mark) for mark in marks[1:]]
app.end_session()
stage.wait(lambda: app.shell.current == "welcome", "the welcome screen")
del ask
end = time.monotonic() + 7  # app.SCRUB_AFTER, and the worker
while time.monotonic() < end:
    stage.frames()
stage.settle()
print(json.dumps([typed, shown, [found(mark) for mark in marks]]))
stage.close()
stop()
"""


def test_after_the_desk_was_left_neither_passphrase_nor_names_are_in_the_memory(tmp_path: Path) -> None:
    pair = new_keypair()
    store = Store.create(tmp_path / "data", now=TUESDAY)
    store.set_recipients([pair.public])
    (store.folder / KEY_FILE).write_bytes(wrap(pair.private, PASSPHRASE, Cost(1, 8192)))
    services = Services(store, load(None))
    services.gatherings.apply(load(None).gatherings, TUESDAY)
    services.staff.add_first(name="Anna", pin=PIN, now=TUESDAY, language="en")
    request = services.help.sign_up(
        request_id=new_id(TUESDAY),
        service="other",
        language="uk",
        now=TUESDAY,
        notice_version="1",
        details={"name": MARKS[1].decode(), "wish": MARKS[2].decode("utf-16-le")},
    )
    store.close()
    said = {
        "folder": str(store.folder),
        "now": TUESDAY.isoformat(),
        "request": request.id,
        "masked": [bytes(byte ^ 255 for byte in mark).hex() for mark in MARKS],
    }
    run = subprocess.run([sys.executable, "-c", CHILD], input=json.dumps(said), capture_output=True, text=True)
    assert run.returncode == 0, run.stderr[-3000:]
    _typed, shown, after = json.loads(run.stdout.splitlines()[-1])
    assert all(shown)  # it was read on the screen, and is found where it is
    assert after == [0, 0, 0]

"""What is tried on the machine, a step a function; each leaves pictures and raises AssertionError when something is not so.

It is a Tuesday, a little after one: the centre is open and the coffee meeting is on.
"""

from __future__ import annotations

import subprocess
import time
from array import array
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import zxingcpp
from mnemonic import Mnemonic

from kiosk.language.keyboards import PIN, keyboard_for
from tests import world
from tests.deploy.boot import image, sight
from tests.deploy.boot.machine import Machine
from tests.deploy.boot.person import Person

#: The coordinator's PIN.
SIX = world.PIN
DATA = "/var/lib/lumijobi/data"
#: X blanks after ten minutes where nobody forbids it; here nobody touches anything for longer, seconds.
UNTOUCHED = 11 * 60


def tuesday() -> datetime:
    """Return the next Tuesday, 11:05 UTC: a little after one in Finland, or after two in summer."""
    today = datetime.now(UTC).replace(hour=11, minute=5, second=0, microsecond=0)
    return today + timedelta(days=(1 - today.weekday()) % 7 or 7)


class Story:
    """Needs the folder with `installed.img`, kernel and initrd."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.machine = Machine(folder, image.disk(folder), tuesday())
        self.person = Person(self.machine, folder / "pictures")
        self._english, self._pin = keyboard_for("en").letters, PIN.letters

    def ask(self, command: str, fails: bool = False) -> str:
        """Return what a command line inside says."""
        code, said = self.machine.run(command)
        assert (code != 0) == fails, f"{command}: {code}: {said}"
        return said.strip()

    def kiosk(self, words: str) -> str:
        """Return what `kiosk WORDS` says to the kiosk's user."""
        return self.ask(f"runuser -u lumijobi -- kiosk {words} --data {DATA}")

    # the steps

    def first_start(self) -> None:
        """The first picture is the first start, from edge to edge; then the centre is set up by touch."""
        self.machine.start()
        picture = self.person.see("Language")[0]
        assert sight.filled(picture) > 0.99, "the screen is not used from edge to edge"
        self.person.tap("English")
        for question in ("Which languages", "What is this place called", "When is the centre open"):
            self.person.see(question)
            self.person.tap("Next")
        self.person.see("bank card")
        self.person.tap("Skip")
        self.person.see("No printer")
        self.person.tap("Next")
        self.person.see("Who is the coordinator here")
        self.person.type("anna", self._english)
        self.person.tap("Next")
        for question in ("Choose a PIN", "The same PIN again"):
            self.person.see(question)
            self.person.type(SIX, self._pin)

    def keys(self) -> None:
        """Both keys are made: the words are typed from the screen, the sheet goes to a stick, and its code is scanned by
        the keyboard."""
        self.person.tap("Create the two keys")
        words = self.person.see("I have written them down")[1]
        five = passphrase(words)
        self.person.tap("I have written them down")
        self.person.see("type the five words", "from your card")
        self.person.type(" ".join(five), self._english)
        self.person.tap("OK")
        self.person.see("I have it on paper")
        stick = image.stick(self.folder / "sheet.img", None, 64)
        plugged = self.machine.plug(stick)
        self.ask("until mountpoint -q /media/lumijobi-sd?; do sleep 1; done")
        self.person.tap("Save it to a USB")
        self.person.see("stick", "OK")
        self.person.tap("OK")
        self.machine.pull(plugged)
        self.machine.keys(_recovery_code(stick) + "\n")
        self.person.see("The kiosk is ready")
        self.person.tap("OK")

    def volume(self) -> None:
        """The volume is set at the desk: the card is as loud as that, and something is said at once. The recording does not
        tell how loud it was, as qemu leaves the card's volume out of it; tests/test_sound.py hears that."""
        self.person.go("Settings", "Printers, scanners and sound")
        for percent in (100, 25):
            before = recorded(self.machine.sound)
            self.person.go("Volume", "Change", f"{percent} %")
            self.person.see("Receipt printer")
            time.sleep(20)
            assert loudest(self.machine.sound, before) > 1000, "nothing is heard"
            said = self.kiosk("doctor")
            assert f"{percent} percent" in said, said

    def doctor(self) -> None:
        """The doctor says that all is well, and the service is as closed as it says."""
        said = self.kiosk("doctor")
        assert "NOT WELL" not in said, said
        exposed = self.ask("systemd-analyze security lumijobi-kiosk --no-pager | tail -1")
        assert float(exposed.split("kiosk.service:")[1].split()[0]) <= 3.0, exposed
        assert self.ask("swapon --noheadings") == ""
        print(said, exposed, sep="\n", flush=True)

    def visit(self) -> None:
        """A visitor checks in, and hears the screen; in the middle of it the plug is pulled."""
        self.person.tap("Finish")
        self.person.see("English", "Start")  # the desk names the language too, but starts nothing
        self.person.go("English", "I have come to an")  # the text has two lines
        self.person.see("You are counted")
        before = recorded(self.machine.sound)
        self.machine.press("f1")
        time.sleep(20)
        assert loudest(self.machine.sound, before) > 0, "nothing is heard"
        self.machine.cut()
        self.machine.start()
        picture = self.person.see("English", "Start")[0]
        assert sight.filled(picture) > 0.99
        assert " 1" in self.kiosk("attendance")

    def untouched(self) -> None:
        """Nobody touches anything for longer than a screen saver waits."""
        self.person.see("English", "Start")
        time.sleep(UNTOUCHED)
        inside = "nsenter -t $(pgrep -x Xorg) -m -- runuser -u lumijobi -- env DISPLAY=:0 xset q"
        said = self.ask(inside)
        assert "timeout:  0" in said, said
        assert "does not have the DPMS Extension" in said or "DPMS is Disabled" in said, said
        picture = self.person.see("English", "Start")[0]
        assert sight.filled(picture) > 0.99

    def updates(self, good: Path, broken: Path) -> None:
        """A stick brings the next version, and then one that does not come up."""
        for bundle, fails in ((good, False), (broken, True)):
            place = self.folder / "stick"
            subprocess.run(["rm", "-rf", str(place)], check=True)
            place.mkdir()
            bundle.rename(place / "bundle")
            plugged = self.machine.plug(image.stick(self.folder / "bundle.img", place, 512))
            (place / "bundle").rename(bundle)
            self.ask("until mountpoint -q /media/lumijobi-sd?; do sleep 1; done")
            said = self.ask("lumijobi-update /media/lumijobi-sd?/bundle", fails=fails)
            print(said, flush=True)
            assert "the version before runs again" in said if fails else "runs" in said
            self.machine.pull(plugged)
            assert good.name.removeprefix("bundle-") in self.ask("kiosk --version")
            self.person.see("English", "Start")
        assert " 1" in self.kiosk("attendance")


def recorded(file: Path) -> int:
    """Return how much was recorded by now, bytes."""
    return file.stat().st_size if file.exists() else 0


def loudest(file: Path, start: int) -> int:
    """Return the largest sample that was recorded after byte `start` of a file that is still written."""
    data = file.read_bytes()[max(start, 44) :]
    samples = array("h", data[: len(data) // 2 * 2])
    return max(map(abs, samples), default=0)


def passphrase(words: list[sight.Word]) -> list[str]:
    """Return the five words of the passphrase, each of which has a line of its own, from the top. The number before a word
    is at times read as part of it."""
    known = set(Mnemonic("english").wordlist)
    lines: dict[tuple[str, ...], list[sight.Word]] = {}
    for word in words:
        text = word.text.lstrip("12345")
        if text.isalpha():
            lines.setdefault(word.line, []).append(word._replace(text=text))
    alone = [line[0] for line in lines.values() if len(line) == 1 and line[0].text in known]
    # Below what is told above, of which a line may be one word.
    five = [word.text for word in sorted(alone, key=lambda word: word.y)][-5:]
    assert len(five) == 5, f"read {five}"
    return five


def _recovery_code(stick: Path) -> str:
    """Return the digits of the code on the sheet that lies on a stick."""
    sheet = stick.with_name("sheet.pdf")
    command = ["mcopy", "-n", "-i", str(stick), "::lumijobi-recovery-key.pdf", str(sheet)]
    sheet.unlink(missing_ok=True)
    subprocess.run(command, check=True)
    page = pypdfium2.PdfDocument(sheet)[0].render(scale=3).to_pil()
    [code] = [found.text for found in zxingcpp.read_barcodes(page) if found.text.isdigit()]
    return code

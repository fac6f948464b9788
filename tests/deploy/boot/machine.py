"""The machine: qemu with a screen, a touch pointer, a keyboard, a sound card and a USB port, and no network.

It is steered by qemu's monitor (QMP), like a hand; what happens inside is asked of the guest agent.
"""

from __future__ import annotations

import base64
import json
import socket
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

#: Screen of the machine, pixels.
SIZE = (1280, 800)
#: Full scale of qemu's absolute pointer.
SCALE = 0x7FFF
#: How long an emulated machine may take for anything, seconds.
PATIENCE = 900.0
#: Keys of qemu for characters that are no letter or digit.
KEYS = {"-": "minus", "\n": "ret", " ": "spc", ".": "dot"}


class Talk:
    """A JSON line each way over a socket of qemu's. Raises OSError when the machine is gone."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(60)
        self._socket.connect(str(path))
        self._file = self._socket.makefile("rw", encoding="utf-8", errors="replace", newline="\n")

    def ask(self, command: str, **arguments: Any) -> Any:
        """Return what `command` answers. Raises RuntimeError with the words of a refusal."""
        self._file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self._file.flush()
        while True:
            line = self._file.readline()
            if not line:
                raise ConnectionError(f"no answer to {command}")
            answer = json.loads(line[line.index("{") :])
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise RuntimeError(f"{command}: {answer['error']['desc']}")

    def close(self) -> None:
        self._file.close()
        self._socket.close()


class Machine:
    """One machine with the disk `disk` (qcow2), and the kernel and initrd in `folder`, where its sockets are made too. Its
    clock shows `clock` now, and goes on while it is off."""

    def __init__(self, folder: Path, disk: Path, clock: datetime) -> None:
        self.folder, self._disk = folder, disk
        self._ahead = clock - datetime.now(UTC)
        self.sound = folder / "sound.wav"

    def start(self) -> None:
        """Switch it on."""
        for name in ("monitor", "agent"):
            (self.folder / name).unlink(missing_ok=True)
        clock = (datetime.now(UTC) + self._ahead).strftime("%Y-%m-%dT%H:%M:%S")
        command = [
            *("nice", "qemu-system-x86_64", "-machine", "q35", "-cpu", "Nehalem"),
            *("-accel", "tcg,thread=multi", "-rtc", f"base={clock}"),
            *("-smp", "2", "-m", "2048", "-nic", "none", "-display", "none"),
            *("-kernel", str(self.folder / "vmlinuz"), "-initrd", str(self.folder / "initrd.img")),
            *("-append", "root=/dev/vda ro console=ttyS0 quiet"),
            *("-drive", f"file={self._disk},if=virtio,format=qcow2,cache=writethrough"),
            *("-device", f"VGA,edid=on,xres={SIZE[0]},yres={SIZE[1]}"),
            *("-device", "qemu-xhci,id=usb", "-device", "usb-tablet", "-device", "usb-kbd"),
            *("-audiodev", f"wav,id=sound,path={self.sound}", "-device", "intel-hda"),
            *("-device", "hda-output,audiodev=sound", "-device", "virtio-serial"),
            *("-chardev", f"socket,id=agent,path={self.folder / 'agent'},server=on,wait=off"),
            *("-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0"),
            *("-qmp", f"unix:{self.folder / 'monitor'},server=on,wait=off"),
            *("-serial", f"file:{self.folder / 'serial.log'}"),
        ]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        self._monitor = self._connect()
        self._sticks = 0

    def _connect(self) -> Talk:
        end = time.monotonic() + 60
        while True:
            try:
                talk = Talk(self.folder / "monitor")
                break
            except OSError:
                if self._process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.2)
        talk.ask("qmp_capabilities")
        return talk

    def cut(self) -> None:
        """Pull the plug."""
        self._process.kill()
        self._process.wait()
        self._monitor.close()

    # the screen

    def shot(self) -> Image.Image:
        """Return what is on the screen."""
        path = self.folder / "screen.ppm"
        self._monitor.ask("screendump", filename=str(path))
        with Image.open(path) as image:
            return image.convert("RGB")

    # the hand

    def touch(self, x: float, y: float) -> None:
        """Touch the screen at `x`, `y` (pixels from the upper left)."""
        width, height = SIZE
        place = [("x", round(x * SCALE / width)), ("y", round(y * SCALE / height))]
        moves = [{"type": "abs", "data": {"axis": axis, "value": value}} for axis, value in place]
        self._events(moves)
        for down in (True, False):
            time.sleep(0.3)
            self._events([{"type": "btn", "data": {"button": "left", "down": down}}])

    def keys(self, text: str) -> None:
        """Type `text` as a scanner does, as fast as an emulated machine takes it without losing a letter."""
        for character in text:
            code = {"type": "qcode", "data": KEYS.get(character, character.lower())}
            shift = [{"type": "qcode", "data": "shift"}] if character.isupper() else []
            for down, order in ((True, [*shift, code]), (False, [code, *shift])):
                self._events([{"type": "key", "data": {"down": down, "key": key}} for key in order])
            time.sleep(0.2)  # qemu's keyboard holds sixteen events, and drops what the machine does not take

    def press(self, key: str) -> None:
        """Press a key by its name in qemu."""
        for down in (True, False):
            self._events([{"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": key}}}])

    def _events(self, events: list[dict[str, Any]]) -> None:
        self._monitor.ask("input-send-event", events=events)

    def plug(self, image: Path) -> str:
        """Plug a USB stick in; returns its name."""
        self._sticks += 1
        name = f"stick{self._sticks}"
        drive = {"driver": "raw", "node-name": name, "file": {"driver": "file", "filename": str(image)}}
        self._monitor.ask("blockdev-add", **drive)
        self._monitor.ask("device_add", driver="usb-storage", bus="usb.0", id=name, drive=name, removable=True)
        return name

    def pull(self, name: str) -> None:
        """Pull a stick out."""
        self._monitor.ask("device_del", id=name)
        time.sleep(5)
        self._monitor.ask("blockdev-del", **{"node-name": name})

    # what happens inside

    def run(self, command: str, patience: float = PATIENCE) -> tuple[int, str]:
        """Run a command line as root inside; returns its exit code and what it said."""
        end = time.monotonic() + patience
        while True:
            try:
                return self._run(command, end)
            except (OSError, ValueError):  # not up yet
                if time.monotonic() > end or self._process.poll() is not None:
                    raise
                time.sleep(2)

    def _run(self, command: str, end: float) -> tuple[int, str]:
        agent = Talk(self.folder / "agent")
        try:
            agent.ask("guest-sync", id=int(time.monotonic() * 1000))
            started = agent.ask(
                "guest-exec", path="/bin/bash", arg=["-c", f"({command}) 2>&1"], **{"capture-output": True}
            )
            while not (state := agent.ask("guest-exec-status", pid=started["pid"]))["exited"]:
                if time.monotonic() > end:
                    raise TimeoutError(command)
                time.sleep(0.5)
            said = base64.b64decode(state.get("out-data", "")).decode(errors="replace")
            return int(state.get("exitcode", -1)), said
        finally:
            agent.close()

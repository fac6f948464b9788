"""The loudspeaker: unmutes it and sets its volume with ALSA's amixer (Debian's alsa-utils)."""

from __future__ import annotations

import io
import logging
import math
import os
import re
import subprocess
import wave
from array import array
from functools import cache
from pathlib import Path
from typing import NamedTuple

log = logging.getLogger(__name__)

#: Playback controls by their names in ALSA drivers; the first one that a card has is the volume.
CONTROLS = ("Master", "PCM", "Speaker", "Headphone", "Headset", "Digital", "Front", "Line Out")
#: Mixer devices of ALSA, one for each card.
DEVICES = Path("/dev/snd")
#: Timeout of amixer, seconds: it takes milliseconds, unless the card hangs.
PATIENCE = 10


class NoSound(OSError):
    """There is no usable sound; the message has cause and remedy."""


class Loudspeaker(NamedTuple):
    """A card with a mixer: `device` is ALSA's name, `controls` those of CONTROLS that it has."""

    device: str
    controls: tuple[str, ...]

    def set_volume(self, percent: int) -> None:
        """Unmute every control and set the perceived volume (amixer's mapped scale) in percent; 0 mutes. Raises
        NoSound."""
        switch = "unmute" if percent else "mute"
        for control in self.controls[1:]:
            _amixer("-D", self.device, "-q", "sset", control, switch, refused=True)
        _amixer("-D", self.device, "-q", "-M", "sset", self.controls[0], f"{percent}%", switch)

    def volume(self) -> int:
        """Return the perceived volume in percent; 0 if muted. Raises NoSound."""
        states = {control: _amixer("-D", self.device, "-M", "sget", control) for control in self.controls}
        if any("[off]" in state and "[on]" not in state for state in states.values()):
            return 0
        found = re.search(r"\[(\d+)%\]", states[self.controls[0]])
        return int(found[1]) if found else 0


def find() -> Loudspeaker:
    """Return the first card whose volume can be set. Raises NoSound."""
    cards = sorted(int(path.name.removeprefix("controlC")) for path in DEVICES.glob("controlC*"))
    if not cards:
        raise NoSound("no sound card: plug a loudspeaker in, or set the volume to 0 in the settings")
    if not any(os.access(DEVICES / f"controlC{card}", os.R_OK | os.W_OK) for card in cards):
        raise NoSound("this user may not use the sound card: add it to the group audio")
    for card in cards:
        if speaker := on(f"hw:{card}"):
            return speaker
    raise NoSound("the sound card has no volume that can be set: plug another loudspeaker in")


def on(device: str) -> Loudspeaker | None:
    """Return the loudspeaker of an ALSA device; None without any of CONTROLS. Raises NoSound."""
    names = re.findall(
        r"^Simple mixer control '(.+)',0$", _amixer("-D", device, "scontrols", refused=True), re.MULTILINE
    )
    controls = tuple(name for name in CONTROLS if name in names)
    return Loudspeaker(device, controls) if controls else None


def apply(percent: int) -> None:
    """Set the tablet's volume to `percent`; errors are logged."""
    try:
        speaker = find()
        os.environ["ALSA_CARD"] = speaker.device.removeprefix("hw:")  # child processes play on this card
        speaker.set_volume(percent)
    except NoSound as trouble:
        if percent:
            log.warning("sound: %s", trouble)


def chime() -> None:
    """Ring on the loudspeaker, without waiting; errors are logged. A muted tablet stays silent."""
    try:
        played = subprocess.Popen(
            ["aplay", "-q", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with played.stdin or io.BytesIO() as pipe:
            pipe.write(bell())
    except OSError as error:
        log.warning("sound: %s", type(error).__name__)


@cache
def bell() -> bytes:
    """Return the bell as a WAV file: two tones that fade, 0.9 s, 16 kHz mono."""
    rate, samples = 16_000, array("h")
    for tone, seconds in ((880.0, 0.3), (659.3, 0.6)):  # a5, e5
        for at in range(int(rate * seconds)):
            loud = math.exp(-4 * at / rate) * min(1.0, at / 80)
            samples.append(round(24_000 * loud * math.sin(2 * math.pi * tone * at / rate)))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def check(percent: int) -> str:
    """Return the doctor's line for an expected volume of `percent`. Raises NoSound."""
    if percent == 0:
        return "silent, as the settings say"
    speaker = find()
    if speaker.volume() == 0:
        raise NoSound("muted: set the volume in the settings anew")
    return f"{speaker.device}, {speaker.volume()} percent"


def _amixer(*words: str, refused: bool = False) -> str:
    """Return amixer's output; with `refused` an error is accepted, as of a control without a switch. Raises NoSound."""
    try:
        done = subprocess.run(
            ["amixer", *words], capture_output=True, text=True, errors="replace", timeout=PATIENCE, check=not refused
        )
    except FileNotFoundError as error:
        raise NoSound("nothing to set the volume with: install the package alsa-utils") from error
    except (OSError, subprocess.SubprocessError) as error:
        raise NoSound("the sound card does not answer: plug it in again") from error
    return done.stdout

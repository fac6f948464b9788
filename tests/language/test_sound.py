"""The loudspeaker of a real mixer: PulseAudio with a sink that leads nowhere stands for the card, through ALSA as on a
tablet."""

from __future__ import annotations

import io
import os
import subprocess
import time
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.language import sound
from kiosk.language.speech import Speech


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The ALSA name of a card that can be recorded."""
    for name in ("HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'native'}")
    monkeypatch.setenv("PULSE_SOURCE", "lobby.monitor")
    modules = (
        "module-null-sink sink_name=lobby",
        f"module-native-protocol-unix socket={tmp_path / 'native'} auth-anonymous=1",
    )
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--log-level=error"]
    server = subprocess.Popen([*command, *(word for module in modules for word in ("-L", module))])
    try:
        end = time.monotonic() + 60
        while not (tmp_path / "native").exists():
            assert server.poll() is None
            assert time.monotonic() < end, "no sound server"
            time.sleep(0.05)
        yield "pulse"
    finally:
        server.terminate()
        server.wait()


def loudest(file: Path, language: str = "fi") -> int:
    """Say something and return the largest sample of what came out of the card."""
    recorder = subprocess.Popen(
        ["arecord", "-q", "-D", "pulse", "-f", "S16_LE", "-r", "22050", "-d", "6", str(file)], env=os.environ
    )
    speech = Speech()
    while recorder.poll() is None:
        if not speech.speaking:
            speech.say("Tervetuloa", language)
        time.sleep(0.1)
    speech.stop()
    with wave.open(str(file)) as heard:
        return max(array("h", heard.readframes(heard.getnframes())))


def test_the_volume_is_what_is_heard(card: str, tmp_path: Path) -> None:
    speaker = sound.on(card)
    assert speaker is not None
    heard = {}
    for percent in (100, 50, 0):
        speaker.set_volume(percent)
        assert speaker.volume() == percent
        heard[percent] = loudest(tmp_path / f"{percent}.wav")
    assert heard[100] > 2 * heard[50] > 0
    assert heard[0] == 0
    speaker.set_volume(75)  # muted is no state for ever
    assert speaker.volume() == 75


def test_a_muted_card_is_unmuted(card: str) -> None:
    speaker = sound.on(card)
    assert speaker is not None
    subprocess.run(["amixer", "-q", "-D", card, "sset", "Master", "mute"], check=True)
    assert speaker.volume() == 0
    speaker.set_volume(25)
    assert speaker.volume() == 25


def devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *cards: str, mode: int = 0o666) -> None:
    monkeypatch.setattr(sound, "DEVICES", tmp_path)
    for name in cards:
        (tmp_path / name).touch(mode)


def test_the_doctor_says_why_nothing_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    devices(tmp_path, monkeypatch)
    assert "silent" in sound.check(0)
    with pytest.raises(sound.NoSound, match="plug a loudspeaker in"):
        sound.check(75)
    devices(tmp_path, monkeypatch, "controlC7")  # a card that is no card has no controls
    with pytest.raises(sound.NoSound, match="no volume that can be set"):
        sound.check(75)
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may everything
    with pytest.raises(sound.NoSound, match="group audio"):
        sound.check(75)


def test_without_a_mixer_nothing_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    devices(tmp_path, monkeypatch, "controlC0")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(sound.NoSound, match="alsa-utils"):
        sound.check(75)
    sound.apply(75)
    assert "alsa-utils" in caplog.text
    caplog.clear()
    sound.apply(0)  # nobody wants to hear anything
    assert caplog.text == ""


def test_a_silent_tablet_offers_no_voice() -> None:
    speech = Speech()
    speech.silent = True
    assert not speech.can_speak
    speech.say("one", "fi")
    assert not speech.speaking


def test_the_bell_is_short_and_never_clips() -> None:
    with wave.open(io.BytesIO(sound.bell())) as bell:
        samples = array("h", bell.readframes(bell.getnframes()))
        assert (bell.getnchannels(), bell.getframerate()) == (1, 16_000)
    assert 10_000 < max(map(abs, samples)) < 32_767
    assert 0.5 < len(samples) / 16_000 < 1.5
    assert abs(samples[0]) + abs(samples[-1]) < 3_000  # no click at either end


def test_a_tablet_without_a_player_says_so_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PATH", "")
    sound.chime()
    assert "sound: FileNotFoundError" in caplog.text

"""Every language has a voice that is heard."""

from __future__ import annotations

import subprocess
import wave
from array import array
from pathlib import Path

import pytest

from kiosk.language.speech import Speech
from kiosk.language.translation import TONGUES, Language


def spoken(speech: Speech, text: str, language: str, file: Path) -> array[int]:
    """Return what is heard, as 16-bit samples."""
    subprocess.run([*speech.command(language), "-w", str(file)], input=text.encode(), check=True, timeout=60)
    with wave.open(str(file)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
        assert sound.getnframes() > sound.getframerate() / 2
        return array("h", sound.readframes(sound.getnframes()))


@pytest.mark.parametrize("language", ["fi", "fi_selko", "sv", "uk", "en"])
def test_every_language_is_heard(language: str, tmp_path: Path) -> None:
    speech = Speech()
    assert speech.can_speak
    assert language in TONGUES
    text = Language(language).text(
        "Touch a picture to choose it. “Back” takes you one step back, “Home” to the first screen."
    )
    usual = spoken(speech, text, language, tmp_path / "usual.wav")
    assert max(usual) > 3000
    speech.volume = 200
    assert max(spoken(speech, text, language, tmp_path / "loud.wav")) > max(usual)


def test_what_is_said_next_interrupts_and_silence_is_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    speech = Speech()
    monkeypatch.setattr(speech, "command", lambda language: ["sleep", "30"])
    speech.say("one", "fi")
    first = speech._speaking
    assert speech.speaking
    speech.say("two", "fi")
    assert first is not None
    assert first.poll() is not None
    speech.stop()
    assert not speech.speaking


def test_without_a_voice_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    speech = Speech()
    assert not speech.can_speak
    speech.say("one", "fi")
    assert not speech.speaking

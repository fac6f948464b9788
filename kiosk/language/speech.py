"""Speaking aloud by espeak-ng (Debian's package), where it is installed; without it nothing is said."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from xml.sax.saxutils import escape

from .spoken import spoken
from .translation import ENGLISH, LANGUAGES, TONGUES

log = logging.getLogger(__name__)

#: Words a minute; slow enough for somebody new to the language.
PACE = 140
#: Words in Cyrillic letters, which a voice of Latin letters can only spell.
_CYRILLIC = r"[Ѐ-ӿ][Ѐ-ӿ’'-]*(?: [Ѐ-ӿ][Ѐ-ӿ’'-]*)*"


class Speech:
    """One voice: what is said next interrupts what is being said (EN 301 549, 5.1.3.5)."""

    def __init__(self) -> None:
        self._program = shutil.which("espeak-ng")
        self._speaking: subprocess.Popen[bytes] | None = None
        #: Loudness in percent of what the tablet is set to, 200 at most.
        self.volume = 100
        #: Whether the tablet is set to say nothing.
        self.silent = False

    @property
    def speaking(self) -> bool:
        """Whether something is being said."""
        return self._speaking is not None and self._speaking.poll() is None

    @property
    def can_speak(self) -> bool:
        """Whether there is a voice, and it may be heard."""
        return self._program is not None and not self.silent

    def say(self, text: str, language: str) -> None:
        """Begin to say `text`; does not wait. A language without a voice is said in English."""
        self.stop()
        if not self.can_speak or not text:
            return
        try:
            self._speaking = subprocess.Popen(
                self.command(language), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            if self._speaking.stdin is not None:
                self._speaking.stdin.write(marked(spoken(text, language), language).encode())
                self._speaking.stdin.close()
        except OSError as error:
            log.error("speech: %s", type(error).__name__)
            self._speaking = None

    def command(self, language: str) -> list[str]:
        """Return the program that says what it reads, and how."""
        voice = voice_of(language)
        return [self._program or "espeak-ng", "-v", voice, "-s", str(PACE), "-a", str(self.volume), "-m", "--stdin"]

    def stop(self) -> None:
        """Be silent."""
        if self._speaking is not None:
            self._speaking.terminate()
            self._speaking.wait()
            self._speaking = None


def voice_of(language: str) -> str:
    """Return espeak-ng's name of the voice of a language; that of English for one without."""
    return TONGUES.get(language, ENGLISH).voice


def marked(text: str, language: str) -> str:
    """Return `text` as SSML in which the languages' own names, and words in Cyrillic letters, have their own voices."""
    own = {name: voice_of(code) for code, name in reversed(LANGUAGES.items()) if voice_of(code) != voice_of(language)}
    names = "|".join(map(re.escape, own))
    others = [names] if names else []
    if voice_of(language) != "uk":
        others.append(_CYRILLIC)
    parts = re.split(rf"(?<!\w)({'|'.join(others)})(?!\w)", text) if others else [text]
    for at in range(1, len(parts), 2):
        parts[at] = f'<voice xml:lang="{own.get(parts[at], "uk")}">{escape(parts[at])}</voice>'
    parts[::2] = map(escape, parts[::2])
    return f"<speak>{''.join(parts)}</speak>"

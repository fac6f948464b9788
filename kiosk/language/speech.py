"""Speech output by espeak-ng (Debian's package), if it is installed."""

from __future__ import annotations

import logging
import re
import shutil
import subprocess
from xml.sax.saxutils import escape

from .spoken import spoken
from .translation import ENGLISH, LANGUAGES, TONGUES

log = logging.getLogger(__name__)

#: Words a minute: slow, for learners of the language.
PACE = 140
#: Words in Cyrillic letters, which a voice for a Latin script can only spell.
_CYRILLIC = r"[Ѐ-ӿ][Ѐ-ӿ’'-]*(?: [Ѐ-ӿ][Ѐ-ӿ’'-]*)*"


class Speech:
    """One voice: a new text interrupts the present one (EN 301 549, 5.1.3.5)."""

    def __init__(self) -> None:
        self._program = shutil.which("espeak-ng")
        self._speaking: subprocess.Popen[bytes] | None = None
        #: Volume in percent of the tablet's setting, 200 at most.
        self.volume = 100
        #: Whether the tablet is muted by its settings.
        self.silent = False

    @property
    def speaking(self) -> bool:
        """Whether speech is running."""
        return self._speaking is not None and self._speaking.poll() is None

    @property
    def can_speak(self) -> bool:
        """Whether there is a voice, and it is not muted."""
        return self._program is not None and not self.silent

    def say(self, text: str, language: str) -> None:
        """Start to speak `text`, without blocking. A language without a voice is spoken by the English one."""
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
        """Return the command line of the program that speaks its standard input."""
        voice = voice_of(language)
        return [self._program or "espeak-ng", "-v", voice, "-s", str(PACE), "-a", str(self.volume), "-m", "--stdin"]

    def stop(self) -> None:
        """Stop speaking."""
        if self._speaking is not None:
            self._speaking.terminate()
            self._speaking.wait()
            self._speaking = None


def voice_of(language: str) -> str:
    """Return the espeak-ng voice of a language; the English one as fallback."""
    return TONGUES.get(language, ENGLISH).voice


def marked(text: str, language: str) -> str:
    """Return `text` as SSML in which the languages' own names and Cyrillic words have their own voices."""
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

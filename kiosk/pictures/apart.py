"""Decodes one large picture in a separate process with limits on memory and time, and returns the reduced pixels.

Phones make HEIC of 12 to 50 megapixels, which its decoder can only decode whole: 265 MB for 50. The kiosk's heap must
not grow by that over months; a process returns it when it ends (measured: 310 MB for 60 megapixels). It reads the file
from standard input and writes a PPM to standard output. Exit codes: 0 success, DAMAGED.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING, BinaryIO

from .store import DamagedPicture

if TYPE_CHECKING:
    from PIL import Image

DAMAGED = 4
#: Limits of the process: bytes of address space (decoding and the program itself), seconds of CPU and of waiting.
ADDRESS_SPACE, SECONDS, PATIENCE = 900 * 1024 * 1024, 60, 120


def normalised(file: BinaryIO) -> Image.Image:
    """Return the result of `pixels.normalise` for an open file. Raises DamagedPicture, also when a limit is reached."""
    from PIL import Image

    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(command, **_input(file), capture_output=True, timeout=PATIENCE, check=True)  # type: ignore[call-overload]
    except (subprocess.SubprocessError, OSError) as error:
        raise DamagedPicture() from error
    image: Image.Image = Image.open(io.BytesIO(done.stdout), formats=("PPM",))
    image.load()
    return image


def _input(file: BinaryIO) -> dict[str, object]:
    """Return the subprocess arguments that pass a file as standard input: its descriptor if it is on a disk, else its
    content."""
    file.seek(0)
    try:
        descriptor = file.fileno()
    except OSError:
        return {"input": file.read()}
    os.lseek(descriptor, 0, os.SEEK_SET)
    return {"stdin": descriptor}


def main() -> int:
    """Read standard input, write the picture; return the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from .pixels import MEMORY_APART, normalise

    source = sys.stdin.buffer
    try:
        image = normalise(source if source.seekable() else source.read(), MEMORY_APART)
        image.convert("RGB").save(sys.stdout.buffer, "PPM")
    except Exception:  # decoders of damaged files raise many kinds of errors
        return DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main())

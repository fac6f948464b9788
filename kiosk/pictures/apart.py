"""Decodes one large picture by rows (`.rows`) in a separate process with limits on memory and time, and returns the
reduced pixels.

The kiosk's heap must not grow by what a decoder takes, over months; a process returns it when it ends. The process reads
the file from standard input and writes the pixels to standard output. Exit codes: 0 success, DAMAGED.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from . import rows
from .store import DamagedPicture

if TYPE_CHECKING:
    from PIL import Image

DAMAGED = 4
#: Limits of the process: bytes of addresses beside those of decoding, seconds of CPU and of waiting.
PROGRAM, SECONDS, PATIENCE = 200 * 1024 * 1024, 60, 120
#: Freed memory goes back at once, and nothing runs on a second thread with buffers of its own.
SPARING = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
    "VIPS_CONCURRENCY": "1",
}


def normalised(file: BinaryIO, space: int) -> Image.Image:
    """Return the result of `pixels.normalise` for an open file whose decoding takes `space` bytes of addresses. Raises
    DamagedPicture, also when a limit is reached."""
    from PIL import Image

    command = [sys.executable, "-m", __name__, str(space)]
    try:
        with _on_disk(file) as source:
            done = subprocess.run(
                command,
                stdin=source,
                capture_output=True,
                timeout=PATIENCE,
                check=True,
                env=os.environ | SPARING,
            )
    except (subprocess.SubprocessError, OSError) as error:
        raise DamagedPicture() from error
    image: Image.Image = Image.open(io.BytesIO(done.stdout), formats=("PNG",))
    image.load()
    return image


@contextmanager
def _on_disk(file: BinaryIO) -> Iterator[int]:
    """Yield a descriptor of the file at its start: the decoders look at its parts in any order."""
    file.seek(0)
    try:
        descriptor = file.fileno()
    except OSError:
        with tempfile.TemporaryFile() as copy:
            copy.write(file.read())
            copy.seek(0)
            yield copy.fileno()
    else:
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor


def main() -> int:
    """Read standard input, write the picture; return the exit code. The argument is the bytes of addresses that
    decoding takes."""
    most = int(sys.argv[1]) + PROGRAM
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        rows.write_reduced(sys.stdin.fileno(), sys.stdout.fileno())
    except Exception:  # decoders of damaged files raise many kinds of errors
        return DAMAGED
    return 0


if __name__ == "__main__":
    sys.exit(main())

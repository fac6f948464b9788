"""Pictures for the screen: decoded on worker threads to the exact size, uploaded within a budget per frame, kept in a
cache of bounded size."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any, NamedTuple

from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.texture import Texture

from kiosk.files.resources import asset

from .workers import PICTURE, WorkerJob, Workers

#: Limit of the texture cache for pictures that are not on the screen, bytes.
BUDGET = 24 * 1024 * 1024
#: Budget of texture uploads in one frame, pixels: about one screen; more would delay the frame.
PIXELS_A_FRAME = 1_000_000
#: How long loaded pictures wait for others, so that one frame shows them together, seconds.
TOGETHER = 0.1

#: Width, height, pixels from the top row down, "rgb" or "rgba".
Decoded = tuple[int, int, bytes, str]


class Wanted(NamedTuple):
    """A picture by its name: an item's photo (`photo`, content hash) or drawn art (`art`, file under assets/art),
    at `width` × `height` pixels, cut to fill the box (`fill`) or kept whole inside it; a photo with round corners of the
    radius `corner`, pixels."""

    width: int
    height: int
    photo: str = ""
    art: str = ""
    fill: bool = True
    corner: int = 0


class Photos:
    """Hands out textures. `pictures` is the store of item photos."""

    def __init__(self, pictures: Any, workers: Workers) -> None:
        self._pictures, self._workers = pictures, workers
        self._cache: OrderedDict[Wanted, Texture] = OrderedDict()
        self._bytes = 0
        self._arrived: deque[tuple[Wanted, WorkerJob, Decoded, Callable[[Texture | None], None]]] = deque()
        self._under_way: set[WorkerJob] = set()
        self._waits_since = 0.0
        self._upload = Clock.create_trigger(self._upload_some, -1)
        self._upload_later = Clock.create_trigger(lambda _: self._upload(), 0)

    def cached(self, wanted: Wanted) -> Texture | None:
        """Return the texture if it is in the cache."""
        texture = self._cache.get(wanted)
        if texture is not None:
            self._cache.move_to_end(wanted)
        return texture

    def request(self, wanted: Wanted, done: Callable[[Texture | None], None], priority: int = PICTURE) -> WorkerJob:
        """Load a picture; calls `done(texture)`, or `done(None)` when it does not exist. Cancel the returned job when
        it is no longer wanted."""
        job: WorkerJob

        def decoded(answer: Decoded) -> None:
            self._under_way.discard(job)
            if not self._arrived:
                self._waits_since = Clock.get_time()
            self._arrived.append((wanted, job, answer, done))
            self._upload()

        def failed(_error: Exception) -> None:
            self._under_way.discard(job)
            done(None)

        job = self._workers.start(lambda: self._decode(wanted), decoded, failed, priority)
        self._under_way.add(job)
        return job

    def _decode(self, wanted: Wanted) -> Decoded:
        from .pixels import drawn, rounded  # imports Pillow, on a worker thread

        if wanted.photo:
            size = "tile" if max(wanted.width, wanted.height) <= 340 else "page"
            width, height, data = self._pictures.decode(wanted.photo, size, (wanted.width, wanted.height))
            if wanted.corner:
                return width, height, rounded(width, height, data, wanted.corner), "rgba"
            return width, height, data, "rgb"
        return drawn(asset(f"art/{wanted.art}"), wanted.width, wanted.height, wanted.fill)

    def _upload_some(self, *_: object) -> None:
        if self._wait_for_more():
            self._upload_later()
            return
        pixels = 0
        while self._arrived and pixels < PIXELS_A_FRAME:
            wanted, job, decoded, done = self._arrived.popleft()
            if job.cancelled:
                continue
            texture = texture_of(*decoded)
            pixels += texture.width * texture.height
            self._keep(wanted, texture)
            done(texture)
        if self._arrived:
            self._upload_later()

    def _wait_for_more(self) -> bool:
        """Return whether to delay loaded pictures because others are about to arrive, so that one frame shows them all.
        If a frame is drawn anyway, as while scrolling, they are uploaded with it."""
        waited = Clock.get_time() - self._waits_since
        return self.busy and waited < TOGETHER and not Window.canvas.needs_redraw

    @property
    def busy(self) -> bool:
        """Whether pictures are being loaded."""
        self._under_way = {job for job in self._under_way if not job.cancelled}
        return bool(self._under_way)

    def _keep(self, wanted: Wanted, texture: Texture) -> None:
        if wanted not in self._cache:
            self._bytes += texture.width * texture.height * 4
        self._cache[wanted] = texture
        while self._bytes > BUDGET and len(self._cache) > 1:
            _, old = self._cache.popitem(last=False)
            self._bytes -= old.width * old.height * 4


def texture_of(width: int, height: int, data: bytes, colours: str) -> Texture:
    """Upload `data` (rows from the top, "rgb" or "rgba") and return the texture, upright."""
    texture = Texture.create(size=(width, height), colorfmt=colours)
    texture.blit_buffer(data, colorfmt=colours, bufferfmt="ubyte")
    texture.flip_vertical()
    return texture

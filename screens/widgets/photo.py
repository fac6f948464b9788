"""Pictures: an item's photo, or drawn art."""

from __future__ import annotations

from kivy.app import App
from kivy.clock import Clock
from kivy.graphics import Callback
from kivy.graphics.opengl import GL_BLEND, glDisable, glEnable
from kivy.graphics.texture import Texture
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from screens.tools.photos import Wanted
from screens.tools.workers import WorkerJob


class Picture(Widget):
    """Shows a texture of its exact size, empty until loaded; a new size requests a new texture."""

    texture = ObjectProperty(None, allownone=True)
    box = ListProperty([0, 0, 0, 0])  # position of the picture: x, y, width, height
    fill = BooleanProperty(True)
    shown = BooleanProperty(True)

    def __init__(self, **kwargs: object) -> None:
        self._job: WorkerJob | None = None
        self._asked: Wanted | None = None
        self._look = Clock.create_trigger(self._look_now, -1)
        self._ask = Clock.create_trigger(self._ask_now, 0)
        super().__init__(**kwargs)
        self.fbind("size", lambda *_: self._look())
        self.fbind("pos", lambda *_: self._place())

    def wanted(self) -> Wanted | None:
        raise LookupError("a Picture says what it wants")

    def _look_now(self, *_: object) -> None:
        wanted = self.wanted() if self.width >= 2 and self.height >= 2 else None
        if wanted == self._asked:
            return
        self._ask.cancel()
        if self._job:
            self._job.cancel()
            self._job = None
        if self._asked and (not wanted or (wanted.photo, wanted.art) != (self._asked.photo, self._asked.art)):
            self.texture = None
        self._asked = wanted
        if wanted is None:
            return
        texture = App.get_running_app().photos.cached(wanted)
        if texture is not None:
            self._show(texture)
        else:
            self._ask()  # in the next frame: the size may change again during the layout pass

    def _ask_now(self, *_: object) -> None:
        self._job = App.get_running_app().photos.request(self._asked, self._show)

    def _show(self, texture: Texture | None) -> None:
        self._job = None
        self.texture = texture
        self._place()

    def _place(self, *_: object) -> None:
        if self.texture is None:
            self.box = [self.x, self.y, 0, 0]
        else:
            width, height = self.texture.size
            self.box = [round(self.center_x - width / 2), round(self.center_y - height / 2), width, height]


class Art(Picture):
    """Art drawn by assets/make, by its file name under assets/art, or a `photo` by its content hash instead."""

    source = StringProperty()
    photo = StringProperty()
    corner = NumericProperty(0)  # radius of a photo's corners, pixels
    fill = BooleanProperty(False)

    def on_source(self, *_: object) -> None:
        self._look()

    def on_photo(self, *_: object) -> None:
        self._look()

    def wanted(self) -> Wanted | None:
        if self.photo:
            return Wanted(round(self.width), round(self.height), photo=self.photo, corner=round(self.corner))
        if not self.source:
            return None
        return Wanted(round(self.width), round(self.height), art=self.source, fill=self.fill)


class Backdrop(Art):
    """Art that covers everything behind it: drawn without blending, which would read every pixel first. So it has no
    opacity; to hide it, clear its source."""

    fill = BooleanProperty(True)

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.canvas.before.add(Callback(lambda _: glDisable(GL_BLEND)))
        self.canvas.after.add(Callback(lambda _: glEnable(GL_BLEND)))


class PhotoView(Picture):
    """An item's photo by its content hash, filling the box."""

    photo = StringProperty(allownone=True)
    corner = NumericProperty(0)  # radius of its corners, pixels
    bare = BooleanProperty(True)  # the box is not filled by a photo

    def on_photo(self, *_: object) -> None:
        self._look()

    def on_corner(self, *_: object) -> None:
        self._look()

    def on_texture(self, *_: object) -> None:
        self.bare = self.texture is None or not (self._asked and self._asked.photo)

    def wanted(self) -> Wanted | None:
        if not self.photo:
            return Wanted(round(self.width), round(self.height), art="no_photo.png", fill=False)
        return Wanted(round(self.width), round(self.height), photo=self.photo, corner=round(self.corner))


class Poster(PhotoView):
    """The picture of a gathering: photo or drawn art."""

    art = StringProperty()

    def on_art(self, *_: object) -> None:
        self._look()

    def wanted(self) -> Wanted | None:
        if self.photo or not self.art:
            return super().wanted()
        return Wanted(round(self.width), round(self.height), art=self.art, fill=False)

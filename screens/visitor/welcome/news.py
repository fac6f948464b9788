"""Today's news on the welcome screen, created after the data is loaded, so that the first frame does not wait."""

from __future__ import annotations

from dataclasses import dataclass

from kivy.animation import Animation
from kivy.app import App
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.anchorlayout import AnchorLayout

from screens.widgets.panels import Card
from screens.widgets.photo import Art, PhotoView

#: Seconds in which the words of a scene appear.
APPEARS = 0.25


@dataclass(frozen=True)
class Scene:
    """What the card tells at once: up to three texts beside a drawn `art` or `photos`; `alarming`: today is other than
    planned."""

    head: str
    body: str = ""
    note: str = ""
    art: str = ""
    photos: tuple[str, ...] = ()
    alarming: bool = False


class Scenes(Card):
    """One of the scenes at a time: the session, the newest things, help, notices. As wide as `about` at most; `room` is the
    height that is free for it, pixels."""

    about = ObjectProperty()
    room = NumericProperty(0)
    most = NumericProperty(0)
    told = ObjectProperty(None, allownone=True)
    head = StringProperty()
    body = StringProperty()
    note = StringProperty()
    alarming = BooleanProperty(False)
    pictured = BooleanProperty(True)
    over = BooleanProperty(False)
    shade = NumericProperty(1)
    pictures_width = NumericProperty(0)
    shown = ListProperty()

    def on_kv_post(self, base_widget: object) -> None:
        super().on_kv_post(base_widget)
        for name in ("told", "pictured", "width"):
            self.fbind(name, self._picture)
        self.ids.pictures.fbind("height", self._picture)

    def on_told(self, *_: object) -> None:
        scene, first = self.told or Scene(""), not self.head + self.body
        self.head, self.body, self.note, self.alarming = scene.head, scene.body, scene.note, scene.alarming
        if App.get_running_app().theme.motion and not first:
            self.shade = 0
            Animation(shade=1, duration=APPEARS).start(self)

    def _picture(self, *_: object) -> None:
        """Show the scene's photos, as many as have room, or its art."""
        scene, high = self.told or Scene(""), self.ids.pictures.height
        room = (self.width - 2 * self.padding[0]) * (1 if self.over else 0.5 if scene.photos else 0.42)
        wanted: list[tuple[str, str]] = []
        if self.pictured and high > 1:
            wanted = [("photo", one) for one in scene.photos[: max(1, round(room / high))]]
            wanted = wanted or ([("art", scene.art)] if scene.art else [])
        self.pictures_width = min(room, len(wanted) * high * (1 if scene.photos else 4 / 3))
        if self.shown != wanted:
            self.shown, box = wanted, self.ids.pictures
            box.clear_widgets()
            for kind, one in wanted:
                box.add_widget(PhotoView(photo=one) if kind == "photo" else Art(source=one))


class Serving(AnchorLayout):
    """The number being served."""

    welcome = ObjectProperty()

"""How one screen turns into the next."""

from __future__ import annotations

from typing import Any

from kivy.uix.screenmanager import FadeTransition, NoTransition


class Fade(FadeTransition):
    """A fade that lets go of its two pictures of the whole screen when it is over. Kivy leaves them to the screens that
    were in them, and the screens are kept: 8 MB for each of them at 1280 × 800."""

    def remove_screen(self, screen: Any) -> None:
        for picture in (self.fbo_in, self.fbo_out):
            picture.clear()
        super().remove_screen(screen)
        self.fbo_in = self.fbo_out = self.render_ctx = None


class AtOnce(NoTransition):
    """The next screen stands in the place of the one before. Kivy's own draws them over one another in a first frame."""

    def start(self, manager: Any) -> None:
        super().start(manager)
        self._anim.cancel(self)
        self._on_complete()

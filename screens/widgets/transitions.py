"""Transitions between screens."""

from __future__ import annotations

from typing import Any

from kivy.core.window import Window
from kivy.graphics import ClearBuffers, ClearColor, Color, Fbo, InstructionGroup, Rectangle, Translate
from kivy.uix.screenmanager import TransitionBase


class AtOnce(TransitionBase):
    """Switches without animation. Kivy's own NoTransition draws both screens in a first frame."""

    def start(self, manager: Any) -> None:
        super().start(manager)
        self.end()

    def add_screen(self, screen: Any) -> None:
        screen.pos = self.manager.pos
        super().add_screen(screen)

    def stop(self) -> None:
        if self.is_active:
            self.end()

    def end(self) -> None:
        """Finish the transition immediately."""
        self._anim.cancel(self)
        self._on_complete()


class Fade(AtOnce):
    """Shows the next screen at once, under a fading snapshot of the previous one. Kivy's own fades two textures with a
    shader compiled each time, and keeps the textures with the screens, 8 MB each at 1280 × 800."""

    def start(self, manager: Any) -> None:
        TransitionBase.start(self, manager)

    def add_screen(self, screen: Any) -> None:
        before = self.screen_out
        picture = Fbo(size=before.size, with_stencilbuffer=True)
        with picture:
            ClearColor(*Window.clearcolor)  # the background of the screens
            ClearBuffers()
            Translate(-before.x, -before.y, 0)
        self.manager.real_remove_widget(before)
        picture.add(before.canvas)
        picture.draw()
        picture.remove(before.canvas)
        super().add_screen(screen)
        self._veil, self._colour = InstructionGroup(), Color(1, 1, 1, 1)
        self._veil.add(self._colour)
        self._veil.add(Rectangle(texture=picture.texture, pos=before.pos, size=before.size))
        self.manager.canvas.after.add(self._veil)

    def on_progress(self, progress: float) -> None:
        self._colour.a = 1 - progress

    def remove_screen(self, screen: Any) -> None:
        self.manager.canvas.after.remove(self._veil)

"""What has left the screen is collected between frames, never while something else is worked out."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from screens.widgets.choices import Option, OptionWords


def test_a_button_that_is_gone_is_collected_by_the_screen_alone(stage: Any) -> None:
    stage.wait(lambda: stage.app.begun, "the start")
    assert not gc.isenabled()
    button = OptionWords(option=Option("snow", "Snow"))
    button.itself = button  # a circle, as bindings make them: no count falls to zero
    gone = weakref.ref(button)
    del button
    stage.app.theme.big = True  # its rules still run, and name what is still there
    stage.wait(lambda: gone() is None, "the collection")
    stage.close()
    assert gc.isenabled()

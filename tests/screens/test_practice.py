"""A first-timer practises, with taps alone."""

from __future__ import annotations

from tests.screens.stage import Stage


def test_a_first_timer_learns_to_touch_and_to_turn_a_list(stage: Stage) -> None:
    stage.tap("English")
    stage.settle()
    stage.tap("Help")
    stage.tap("Practise touching")
    stage.settle()
    for words in ("Touch the snowflake with one finger.", "Well done! Now the next one.", "And another one."):
        stage.see(words)
        stage.tap("Snowflake")
    stage.see("A long list has arrows")
    while "Cup of coffee" not in stage.words():
        stage.tap("Down")
    stage.tap(next(row for row in stage.widgets() if getattr(getattr(row, "line", None), "key", "") == "cup"))
    stage.see("Nothing can go wrong here.")
    stage.settle()
    stage.tap("Start")
    stage.see("What would you like to do?")

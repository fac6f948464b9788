"""The screen of a form: the panel of a step, the review, the consent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.gridlayout import GridLayout

from kiosk.errors import N_, KioskError
from kiosk.privacy.contact import looks_ukrainian, parse_phone
from screens.frame.screen import KioskScreen
from screens.frame.screen_reader import FILLED_IN
from screens.widgets.buttons import Touch
from screens.widgets.choices import Option

from . import place  # noqa: F401  (the head of the form, in the .kv file)
from .steps import Form, Step

#: Country choice of a phone number: a Ukrainian one may also be a valid Finnish one (DOMAIN.md section 7).
COUNTRIES = (Option("FI", "Suomi  +358"), Option("UA", "Україна  +380"), Option("other", N_("Other country")))
#: Privacy notice, short layer.
SKIPPED = N_("Not answered")


class AnswerRow(Touch):
    """A question with its answer in the review; a touch asks it again."""

    step = ObjectProperty(None, allownone=True)
    screen = ObjectProperty(None, allownone=True)


class Answers(GridLayout):
    """The `count` answers given, `fit` on a page."""

    count = NumericProperty(0)
    fit = NumericProperty(1)


class NextRow(BoxLayout):
    """The Next button, for answers that do not advance by themselves."""

    shown = BooleanProperty(True)


class FormScreen(KioskScreen):
    """A form. Subclasses set `steps`, `notice` and `save`."""

    steps: tuple[Step, ...] = ()
    notice: ClassVar[str] = ""
    #: Whether there is a review before saving.
    reviewed: ClassVar[bool] = True

    panel = StringProperty("choose")
    question = StringProperty()
    note = StringProperty()
    options = ListProperty()
    several = BooleanProperty(False)
    optional = BooleanProperty(False)
    columns = NumericProperty(3)
    most = NumericProperty(100)
    capitals = BooleanProperty(False)
    trouble = StringProperty()
    #: The present part of the form, 1 is the first; how many there are; its name.
    at = NumericProperty(1)
    count = NumericProperty(1)
    part = StringProperty()
    answer_pages = NumericProperty(1)
    busy = BooleanProperty(False)

    form: Form

    def open(self, **values: Any) -> None:
        self.form = Form(self.steps)
        self.busy = False
        self.ids.choose_grid.chosen = []
        self._ask()

    def save(self, answers: dict[str, Any]) -> None:
        """Save the form; implemented by subclasses."""
        raise LookupError(f"{type(self).__name__} saves nothing")

    def needs_consent(self, answers: dict[str, Any]) -> bool:
        """Return whether the answers have personal data."""
        return True

    def words(self, step: Step) -> str:
        """Return the formatted answer to `step`."""
        tr, value = self.app.tr, self.form.answers.get(step.key)
        if not value:
            return str(tr._(SKIPPED))
        if step.options and step.panel == "choose":
            keys = value if step.several else [value]
            return str(tr.language.listed(option.words(tr) for option in step.options if option.key in keys))
        return str(value)

    def said(self, step: Step | None) -> str:
        """Return the spoken text of a question and its answer; typed text is not spoken."""
        if step is None:
            return ""
        typed = step.panel in ("write", "phone") and self.form.answers.get(step.key)
        return f"{self.app.tr._(step.question)}. {self.app.tr._(FILLED_IN) if typed else self.words(step)}"

    # questions

    def _ask(self) -> None:
        step = self.form.step
        self.app.shell.turned()
        self.trouble = ""
        if step is None:
            self._review()
            return
        self.question, self.note = step.question, step.note
        self.several, self.optional, self.most = step.several, step.optional, step.most
        self.capitals = step.capitals
        self.columns = step.columns
        value = self.form.answers.get(step.key)
        if step.panel in ("choose", "read"):
            self.options = step.options
            self.ids.choose_grid.chosen = self._chosen(step, value)
        elif step.panel == "count":
            self.ids.counted.value = value or 1
        else:
            self.ids.write_entry.text = value or "" if step.panel == "write" else self.ids.write_entry.text
            if step.panel == "phone" and not value:
                self.ids.phone_entry.text = ""
                self.ids.countries.chosen = ["UA" if self.app.tr.code == "uk" else "FI"]
        self.panel = step.panel
        self.at, self.count, self.part = self.form.place(reviewed=self.reviewed)

    def _chosen(self, step: Step, value: Any) -> list[str]:
        """Return the keys of the options that are chosen when `step` is asked."""
        if value is None and step.own_language:
            return [option.key for option in step.options if option.key == self.app.tr.code.partition("_")[0]]
        return list(value or []) if step.several else ([value] if value else [])

    def chosen(self, key: str) -> None:
        """Handle a touched option; a single choice advances. After the last question a second finger may still release
        an option of the one before: that is ignored."""
        step = self.form.step
        if step is not None and not step.several and key in (option.key for option in step.options):
            self.form.answer(key)
            self._ask()

    def go_on(self) -> None:
        """Store the chosen or typed answer and advance."""
        step = self.form.step
        if step is None:
            return
        try:
            value = self._value(step)
        except KioskError as error:
            self.trouble = self.app.tr.error(error)
            return
        if not value and not step.optional:
            self.trouble = self.app.tr._("Please choose at least one.") if step.options else ""
            return
        self.form.answer(value)
        self._ask()

    def _value(self, step: Step) -> Any:
        if step.panel == "read":
            return True
        if step.panel == "count":
            return int(self.ids.counted.value)
        if step.panel == "choose":
            return list(self.ids.choose_grid.chosen)
        if step.panel == "phone":
            country = self.ids.countries.chosen[0] if self.ids.countries.chosen else "FI"
            return parse_phone(self.ids.phone_entry.text, country).international
        text = self.ids.write_entry.text.strip()
        return step.check(text) if text else ""

    def phone_typed(self) -> None:
        """Warn while typing if a Finnish number looks Ukrainian."""
        self.trouble = ""
        country = self.ids.countries.chosen[:1]
        if country == ["FI"] and looks_ukrainian(self.ids.phone_entry.text):
            self.trouble = self.app.tr._("Is this a Ukrainian number? Then choose +380.")

    # review

    def _review(self) -> None:
        if not self.reviewed:
            self.agree()
            return
        self.panel = "review"
        self.question, self.note = N_("Is everything right?"), N_("Touch an answer to change it.")
        self.at, self.count, self.part = self.form.place(reviewed=True)
        self._answer_page = 0
        self.turn_answers(0)

    def turn_answers(self, pages: int) -> None:
        """Turn the review by `pages`, cyclically; a page has as many answers as can be read and touched easily."""
        if self.panel != "review":
            return
        rows = self.ids.answers
        steps = [step for step in self.form.asked() if step.panel != "read"]
        rows.count = len(steps)
        fit = rows.fit
        self.answer_pages = -(-len(steps) // fit)
        self._answer_page = (self._answer_page + pages) % self.answer_pages
        rows.clear_widgets()
        for step in steps[self._answer_page * fit :][:fit]:
            row = AnswerRow(step=step, screen=self)
            row.bind(on_release=lambda row: self._change(row.step.key))
            rows.add_widget(row)

    def _change(self, key: str) -> None:
        self.form.change(key)
        self._ask()

    def ask_consent(self) -> None:
        """Ask for consent with the privacy notice; without personal data, save."""
        if not self.needs_consent(self.form.answers):
            self.agree()
            return
        self.app.shell.turned()
        self.panel = "consent"
        self.question, self.note = N_("May we save this?"), ""

    def say_notice(self, translate: Callable[[str], str]) -> str:
        """Return the privacy notice with the controller of the settings."""
        return translate(self.notice).format(controller=self.app.settings.help.controller) if self.notice else ""

    def agree(self) -> None:
        """Save, once."""
        if not self.busy:
            self.busy = True
            self.save(dict(self.form.answers))

    @property
    def unsaved(self) -> bool:  # type: ignore[override]
        """Whether there are answers that are not saved."""
        return bool(self.form.answers) and not self.busy

    def failed(self, error: KioskError) -> None:
        """Show the error of saving; all answers are kept."""
        self.busy = False
        self.app.show_error(error)
        if not self.reviewed and self.form.step is None:  # no review to stay on: the last question again
            self.form.back()
            self._ask()

    def step_back(self) -> bool:
        """Go back to the previous question."""
        if self.panel == "consent":
            self._review()
            return True
        if self.form.back():
            self._ask()
            return True
        return False

    def reset(self) -> None:
        self.form = Form(self.steps)
        self.busy = False
        self.trouble = ""
        for entry in (self.ids.write_entry, self.ids.phone_entry):
            entry.text = ""
        self.ids.choose_grid.chosen = []
        self.ids.countries.chosen = []
        self.ids.answers.clear_widgets()
        self.ids.keyboard.reset()
        self.options = []
        self.panel = "choose"

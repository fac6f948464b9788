"""Announcement of a donation: what, how much, and whether it must be fetched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from kiosk.errors import N_
from kiosk.services import CategoryView, new_id
from kiosk.vocabulary import words
from screens.forms.screen import FormScreen
from screens.forms.steps import CONTACT, WHAT, Step
from screens.visitor.guidance.take import YES_NO
from screens.visitor.help.sign_up import plain_words
from screens.widgets.choices import Option
from screens.words.desk import CATEGORIES, categories

AMOUNTS = (
    Option("one", N_("One thing"), "amount_one.png"),
    Option("few", N_("A few things"), "amount_few.png"),
    Option("bag", N_("A bag"), "amount_bag.png"),
    Option("box", N_("Boxes"), "amount_box.png"),
    Option("car", N_("A carload"), "amount_car.png"),
)


def fetched(answers: Any) -> bool:
    """Return whether it must be fetched, which needs a contact."""
    return bool(answers.get("fetch") == "yes")


#: Things that a centre may not accept; the settings choose among them.
NOT_TAKEN = tuple(Option(key, words, f"refused_{key}.png") for key, words in words.NOT_TAKEN.items())
#: Choices of amount other than one, and those that are a count.
COUNTED = ("few", "bag", "box")

STEPS = (
    Step(
        "categories",
        N_("What are you bringing?"),
        WHAT,
        note=N_("Clean and undamaged, please."),
        options=CATEGORIES,
        several=True,
        columns=5,
    ),
    Step("amount", N_("How much are you bringing?"), WHAT, options=AMOUNTS, columns=5),
    Step(
        "pieces",
        N_("About how many things?"),
        WHAT,
        panel="count",
        note=N_("A rough number is enough."),
        when=lambda answers: answers.get("amount") in COUNTED,
    ),
    Step("fetch", N_("Would you like us to collect it?"), CONTACT, options=YES_NO, columns=2),
    Step(
        "name",
        N_("What should we call you?"),
        CONTACT,
        panel="write",
        most=60,
        capitals=True,
        check=plain_words,
        when=fetched,
    ),
    Step(
        "where",
        N_("Where is it?"),
        CONTACT,
        panel="write",
        note=N_("Street and number"),
        most=100,
        check=plain_words,
        when=fetched,
    ),
    Step(
        "phone",
        N_("Your phone number"),
        CONTACT,
        panel="phone",
        note=N_("Check the country, then type your number."),
        when=fetched,
    ),
)
PERSONAL = ("name", "where", "phone")


class AnnounceDonationScreen(FormScreen):
    """Only the contact is personal data; without one there is no consent question and nothing is sealed."""

    notice: ClassVar[str] = N_(
        "Only the coordinator can read your name, address and number. They are encrypted immediately on this tablet, "
        "are used only to collect your donation, and are deleted afterwards. {controller} is responsible for your "
        "data."
    )

    def __init__(self, **kwargs: Any) -> None:
        refused = self.app.settings.donations.not_taken
        not_taken = tuple(option for option in NOT_TAKEN if option.key in refused)
        first = (
            (Step("not_taken", N_("We cannot take these"), WHAT, panel="read", options=not_taken),) if not_taken else ()
        )
        self._before = first
        self._sort([])
        super().__init__(**kwargs)
        self.donation_id = ""

    def open(self, **values: Any) -> None:
        self.donation_id = new_id(self.app.now())  # one id for this form, so that saving is idempotent
        super().open(**values)
        self.app.work(self.app.services.categories.offered, self.app.visitor.during(self._known))

    def _sort(self, own: list[CategoryView]) -> None:
        """Ask with the centre's categories and its `own` ones."""
        self.own = own
        self.steps = (*self._before, replace(STEPS[0], options=categories(self.app, own)), *STEPS[1:])

    def _known(self, own: list[CategoryView]) -> None:
        if own != self.own:
            self._sort(own)
            if not self.form.answers:
                super().open()

    def needs_consent(self, answers: dict[str, Any]) -> bool:
        return fetched(answers)

    def save(self, answers: dict[str, Any]) -> None:
        app, now, donation_id, language = self.app, self.app.now(), self.donation_id, self.app.tr.code
        contact = {key: answers[key] for key in PERSONAL if answers.get(key)} if fetched(answers) else None
        app.work(
            lambda: (
                app.services.donations.announce(
                    donation_id=donation_id,
                    categories=answers["categories"],
                    amount=answers["amount"],
                    pieces=1 if answers["amount"] == "one" else answers.get("pieces"),
                    language=language,
                    contact=contact,
                    now=now,
                ),
                app.services.donations.gifts(now),
            ),
            self._saved,
            self.failed,
        )

    def _saved(self, answer: Any) -> None:
        donation, gifts = answer
        app = self.app
        if app.shell.current == self.name:
            app.visitor.keep(donation.code)
            app.shell.go("announced", donation=donation, gifts=gifts)
        self.reset()

    def reset(self) -> None:
        super().reset()
        self.donation_id = ""

"""The sign-up form: asks for, or offers, friendship, neighbours' help, guidance or other help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from kiosk.errors import N_, NC_
from kiosk.privacy.contact import clean_text, refuse_personal_id
from kiosk.services import new_id
from kiosk.settings import Settings
from kiosk.vocabulary.states import RequestKind
from screens.forms.screen import FormScreen
from screens.forms.steps import CONTACT, WHAT, WHEN, YOU, Step
from screens.widgets.choices import Option

from . import pairing

#: Services requested, followed by those offered.
SERVICES = (
    Option(RequestKind.FRIEND, N_("I would like a friend"), "service_friend.png", note=N_("Company, a walk, a talk")),
    Option(RequestKind.NEIGHBOUR, N_("Neighbour help"), "service_neighbour.png", note=N_("Snow, carrying, errands")),
    Option(RequestKind.GUIDANCE, N_("Guidance"), "service_guidance.png", note=N_("Papers, housing, school, work")),
    Option(
        RequestKind.FRIEND_OFFER,
        N_("I want to be a friend"),
        "service_friend_offer.png",
        note=N_("To someone who is lonely"),
    ),
    Option(
        RequestKind.NEIGHBOUR_OFFER,
        N_("I want to help a neighbour"),
        "service_neighbour_offer.png",
        note=N_("Now and then"),
    ),
    Option(RequestKind.OTHER, N_("Something else"), "service_other.png", note=N_("Tell us in your own words")),
)
#: Languages by their own names.
SPOKEN = (
    Option("fi", "Suomi"),
    Option("uk", "Українська"),
    Option("en", "English"),
    Option("sv", "Svenska"),
    Option("ru", N_("Russian")),
    Option("other", N_("Another language")),
)
TIMES = (
    Option("weekday_morning", N_("Weekday mornings"), icon="weather_sunset_up"),
    Option("weekday_afternoon", N_("Weekday afternoons"), icon="white_balance_sunny"),
    Option("weekday_evening", N_("Weekday evenings"), icon="weather_night"),
    Option("weekend", N_("Weekends"), icon="calendar_weekend"),
    Option("tuesday", N_("At the coffee event"), icon="coffee"),
    Option("any", N_("Any time"), icon="clock_outline"),
)
REACH = (
    Option("phone", N_("Call me or send a message"), "reach_phone.png"),
    Option("desk", N_("I will ask at the desk"), "reach_desk.png"),
)


def plain_words(text: str) -> str:
    """Return `text` cleaned. Raises KioskError if it contains a personal identity code."""
    text = clean_text(text, limit=300)
    refuse_personal_id(text)
    return text


def steps(settings: Settings) -> tuple[Step, ...]:
    """Return the steps of the form for the services in `settings`."""
    offered: dict[str, bool] = {
        RequestKind.FRIEND: settings.services.friends,
        RequestKind.NEIGHBOUR: settings.services.neighbours,
        RequestKind.GUIDANCE: settings.services.guidance,
    }
    services = tuple(option for option in SERVICES if offered.get(option.key.removesuffix("_offer"), True))
    return (
        Step("service", N_("What is it about?"), WHAT, label=N_("Topic"), options=services),
        *pairing.task_steps(settings.help.areas),
        Step(
            "languages",
            N_("Which languages do you speak?"),
            YOU,
            label=N_("Languages"),
            note=N_("Touch all that apply."),
            options=SPOKEN,
            several=True,
            own_language=True,
        ),
        *pairing.pair_steps(),
        Step(
            "times",
            N_("When is a good time?"),
            WHEN,
            note=N_("Touch all that apply."),
            options=TIMES,
            several=True,
            when=lambda answers: not pairing.paired(answers),
        ),
        Step(
            "name",
            N_("What should we call you?"),
            CONTACT,
            label=NC_("person", "Name"),
            panel="write",
            note=N_("A first name is enough. You can skip this."),
            optional=True,
            most=60,
            capitals=True,
            check=plain_words,
        ),
        _wish("wish", N_("What would help you?"), lambda answers: not pairing.offers(answers)),
        _wish("offer", N_("Would you like to tell us something?"), pairing.offers),
        Step("reach", N_("How can we reach you?"), CONTACT, label=CONTACT, options=REACH, columns=2),
        Step(
            "phone",
            N_("Your phone number"),
            CONTACT,
            label=N_("Phone"),
            panel="phone",
            note=N_("Check the country, then type your number."),
            when=lambda answers: answers.get("reach") == "phone",
        ),
    )


def _wish(key: str, question: str, when: Callable[[Mapping[str, Any]], bool]) -> Step:
    note = N_("A few words are enough. You can skip this.")
    return Step(
        key,
        question,
        CONTACT,
        label=N_("In your own words"),
        panel="write",
        note=note,
        optional=True,
        most=200,
        check=plain_words,
        when=when,
    )


class SignUpScreen(FormScreen):
    """The sign-up form. Its personal part is sealed before it is written."""

    notice: ClassVar[str] = N_(
        "Only the coordinator can read what you told us. It is encrypted immediately on this tablet and is used only "
        "to arrange this help. It is deleted when the help is done. You can have it deleted at any time: tell us your "
        "code. {controller} is responsible for your data."
    )

    def __init__(self, **kwargs: Any) -> None:
        self.steps = steps(self.app.settings)
        super().__init__(**kwargs)
        self.request_id = ""

    def open(self, **values: Any) -> None:
        self.request_id = new_id(self.app.now())  # one id for this form, so that saving is idempotent
        super().open(**values)

    def save(self, answers: dict[str, Any]) -> None:
        app, now, request_id = self.app, self.app.now(), self.request_id
        service = answers.pop("service")
        app.work(
            lambda: app.services.help.sign_up(
                request_id=request_id,
                service=service,
                language=app.tr.code,
                details=answers,
                now=now,
                notice_version=app.settings.help.notice_version,
            ),
            lambda request: self._saved(request, answers.get("reach", "")),
            self.failed,
        )

    def _saved(self, request: Any, reach: str) -> None:
        app = self.app
        if app.shell.current == self.name:
            app.visitor.keep(request.code)
            app.shell.go("help_saved", request=request, reach=reach)
        self.reset()

    def reset(self) -> None:
        super().reset()
        self.request_id = ""

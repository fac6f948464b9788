"""Intake and editing of items: a sheet filled in by touch, in any order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty

from kiosk.codes.codes import display
from kiosk.errors import KioskError
from kiosk.services import CategoryView
from kiosk.services.goods.categories import category_name
from kiosk.services.goods.weights import weight_of
from kiosk.vocabulary import things
from kiosk.vocabulary.states import DonationState, SlipKind
from screens.frame.screen import told_by
from screens.words.desk import CONDITIONS, categories
from screens.words.goods import AGE_WORDS, AGES, CONDITION_WORDS

from .base import StaffScreen
from .item_draft import CHILD_SIZES, SIZES, ItemDraft, clean, draft_of, sorted_into, weight

#: Maximum number of suggested places.
PLACES = 5
#: Fields copied by "one more like it".
REPEATED = ("thing", "names", "category", "own", "size", "age_group", "condition", "place", "kg_each", "donation")


class TakeInScreen(StaffScreen):
    """Photo, name and details; a name from the vocabulary fills in the category."""

    draft = ObjectProperty(ItemDraft())
    thing_name = StringProperty()
    busy = BooleanProperty(False)

    def __init__(self, **kwargs: Any) -> None:
        self._last = ItemDraft()
        self._places: list[str] = []
        self._weights: Any = {}
        self._own: list[CategoryView] = []
        self.donation: Any = None
        self._begun = ItemDraft()  # the initial values of the sheet
        super().__init__(**kwargs)
        self.fbind("draft", lambda *_: self._show())

    def on_language_changed(self) -> None:
        self._show()

    def open(self, **values: Any) -> None:
        self.busy = False
        item = values.get("item")
        self.donation = values.get("donation")
        self._begin(draft_of(item) if item else self._fresh())
        now, services = self.app.now(), self.app.services
        self.load("hand_over", lambda who: (services.weights.table(now), services.categories.offered()), self._known)
        if not item and not self.member.may("goods"):
            self.app.staff_work("goods", lambda who: None, lambda answer: None)  # shows who has the right

    def _begin(self, draft: ItemDraft) -> None:
        self.draft = self._begun = draft
        self._show()

    @property
    def unsaved(self) -> bool:  # type: ignore[override]
        """Whether the sheet differs from its initial values."""
        return bool(self.draft != self._begun)

    def _known(self, found: tuple[Any, list[CategoryView]]) -> None:
        self._weights, self._own = found
        self._show()

    def _fresh(self) -> ItemDraft:
        """Return an empty sheet; for a donation with the first category of which nothing is in yet."""
        if self.donation is None:
            return ItemDraft(place=self._last.place)
        sheet = ItemDraft(donation=self.donation.code, place=self._last.place)
        announced = self.donation.rest or self.donation.chosen
        return sorted_into(sheet, announced[0]) if self.donation.rest or len(announced) == 1 else sheet

    def _change(self, **changes: Any) -> None:
        self.draft = replace(self.draft, **changes)

    def _show(self) -> None:
        tr, draft, ids = self.app.tr, self.draft, self.ids
        names = draft.names or (things()[draft.thing].names if draft.thing else {})
        self.thing_name = tr.name(names)
        ids.category.answer = category_name(draft.own or draft.category, tr.language) if draft.category else ""
        ids.size_fact.answer = draft.size
        ids.age.answer = tr._(AGE_WORDS[draft.age_group]) if draft.age_group else ""
        ids.condition.answer = tr._(CONDITION_WORDS[draft.condition])
        ids.place.answer = draft.place
        ids.weight.answer = tr.language.quantity(draft.kg_each, "kg") if draft.kg_each else self._estimate(draft)
        ids.quantity.value = draft.quantity

    def _estimate(self, draft: ItemDraft) -> str:
        """Return the text of the estimated weight, which reports use until the item is weighed."""
        if not self._weights or not draft.category:
            return ""
        mid = weight_of(self._weights, draft.thing, draft.category).mid
        return f"≈ {self.app.tr.language.quantity(mid, 'kg')}"

    # input

    def ask_name(self) -> None:
        """Ask for a thing of the vocabulary or a free name."""
        self.app.shell.go("pick_thing", done=self._named)

    def _named(self, thing: Any, names: dict[str, str]) -> None:
        if thing is None:
            self._change(thing=None, names=names, category=self.draft.category or "other")
        else:
            baby = "baby" if thing.category == "baby" else self.draft.age_group
            own = self.draft.own if self.draft.own and self.draft.own.part_of == thing.category else None
            self._change(thing=thing.key, names={}, category=thing.category, own=own, kg_each=None, age_group=baby)

    def ask_photo(self) -> None:
        """Ask for a picture."""
        self.app.shell.go("pick_photo", done=self._pictured)

    def _pictured(self, photo: str) -> None:
        self._change(photos=tuple(dict.fromkeys((photo, *self.draft.photos))))

    def drop_photo(self) -> None:
        """Remove the first picture."""
        self._change(photos=self.draft.photos[1:])

    def ask_category(self) -> None:
        self.pick(
            self.app.tr._("What kind of thing is it?"),
            categories(self.app, self._choices, self.draft.category),
            self._sort,
            self.draft.key,
        )

    @property
    def _choices(self) -> list[CategoryView]:
        """The own categories in use, and that of the item."""
        mine = self.draft.own
        return [*self._own, *([mine] if mine and mine.id not in {one.id for one in self._own} else [])]

    def _sort(self, key: str) -> None:
        self.draft = sorted_into(self.draft, next((one for one in self._choices if one.id == key), key))

    def ask_age(self) -> None:
        self.pick(self.app.tr._("For whom?"), AGES, lambda key: self._change(age_group=key), self.draft.age_group)

    def ask_condition(self) -> None:
        question = self.app.tr._("In what condition?")
        self.pick(question, CONDITIONS, lambda key: self._change(condition=key), self.draft.condition)

    def ask_size(self) -> None:
        draft = self.draft
        quick = (
            CHILD_SIZES if draft.category == "clothes" and draft.age_group == "child" else SIZES.get(draft.category, ())
        )
        self._ask_text(self.app.tr._("What size?"), "size", quick)

    def ask_place(self) -> None:
        self._ask_text(self.app.tr._("Where is it kept?"), "place", self._places[:PLACES])

    def _ask_text(self, question: str, name: str, quick: Any) -> None:
        self.ask(
            question,
            lambda text: self._change(**{name: clean(text)}),
            text=getattr(self.draft, name),
            quick=quick,
            optional=True,
            check=clean,
            most=30,
        )

    def ask_weight(self) -> None:
        kg = self.draft.kg_each
        self.ask(
            self.app.tr._("How many kilograms does each weigh?"),
            lambda text: self._change(kg_each=weight(text)),
            text=self.app.tr.language.decimal(kg) if kg else "",
            board="WEIGHT",
            optional=True,
            check=weight,
            most=7,
        )

    def turn_together(self) -> None:
        """Make a lot a set that is given only as a whole, or single things again."""
        self._change(together=not self.draft.together)

    def counted(self, quantity: int) -> None:
        """Set the quantity of a lot."""
        if quantity != self.draft.quantity:
            self._change(quantity=int(quantity))

    # saving

    def repeat(self) -> None:
        """Copy the values of the last item, except its picture."""
        self._begin(replace(self.draft, **{name: getattr(self._last, name) for name in REPEATED}))

    @property
    def can_repeat(self) -> bool:
        return self._last.ready

    def save(self) -> None:
        """Add the item, or save the changes."""
        draft, app, now = self.draft, self.app, self.app.now()
        if self.busy or not draft.ready:
            return
        self.busy = True
        said = {
            "category": draft.key,
            "thing": draft.thing,
            "names": draft.names or None,
            "size": draft.size,
            "age_group": draft.age_group,
            "condition": draft.condition,
            "place": draft.place,
            "quantity": draft.quantity,
            "kg": round(draft.kg_each * draft.quantity, 3) if draft.kg_each else None,
            "together": draft.together and draft.quantity > 1,
        }
        services = app.services
        if draft.item_id:
            self.do(
                "goods",
                lambda who: services.shelf.edit(item_id=draft.item_id, photos=draft.photos, now=now, who=who, **said),
                self._saved,
                self._failed,
            )
        else:
            self.do(
                "goods",
                lambda who: self._add(who, draft, now, said),
                self._saved,
                self._failed,
            )

    def _add(self, who: str, draft: ItemDraft, now: Any, said: dict[str, Any]) -> Any:
        """Add the item and reserve it for matching wishes; returns the item, those wishes, and the updated donation."""
        services = self.app.services
        donation, by = self.donation, {"photos": draft.photos, "now": now, "who": who}
        if donation is None:
            item = services.goods.add(**by, **said)
        else:
            item = services.donations.take_in(donation_id=donation.id, **by, **said)
            donation = services.donations.by_id(donation.id)
        return item, services.wishes.offer(item_id=item.id, now=now), donation

    def _saved(self, answer: Any) -> None:
        item, held, self.donation = answer if isinstance(answer, tuple) else (answer, [], None)
        app, draft = self.app, self.draft
        self.busy = False
        self._last = draft
        if draft.place:
            self._places = [draft.place, *(place for place in self._places if place != draft.place)]
        tr = app.tr
        if draft.item_id:
            self._begun = draft
            app.shell.back()
            return
        self._begin(self._fresh())
        choices = [
            (tr._("One more like it"), self.repeat, True),
            (tr._("Something else"), lambda: None, False),
            (tr._("To the staff area"), app.shell.home, False),
        ]
        if self.donation is not None:
            whole = bool(self.donation.pieces) and self.donation.came >= self.donation.pieces
            choices = [(words, then, first and not whole) for words, then, first in choices]
            choices.insert(2, (tr._("All of it is in"), self._all_in, whole))
        text = tr("Its label: {code}", code=display(item.label_code))
        if app.services.print_queue.address("label"):
            self._print_label(item)
            text += "\n" + tr._("The label is being printed.")
        if held:
            codes = ", ".join(display(wish.code) for wish in held)
            text += "\n" + tr("Reserved for a wish: {code}. Put it aside.", code=codes)
        if self.donation is not None:
            text += "\n" + self.donation_words
        app.shell.say(tr._("It is on the shelf"), text, choices)

    def _all_in(self) -> None:
        """Mark the donation as complete."""
        app, donation_id, now = self.app, self.donation.id, self.app.now()
        self.do(
            "goods",
            lambda who: app.services.donations.decide(
                donation_id=donation_id, state=DonationState.TAKEN_IN, now=now, who=who
            ),
            lambda donation: app.shell.home(),
        )

    def _print_label(self, item: Any) -> None:
        app, now = self.app, self.app.now()
        self.do(
            "print",
            lambda who: app.services.print_queue.add(
                kind=SlipKind.LABEL, subject=item.id, language="fi", now=now, who=who
            ),
            lambda job: app.background.spooler.wake(),
        )

    def _failed(self, error: KioskError) -> None:
        self.busy = False
        self.app.show_error(error)

    @told_by("draft")
    def donation_words(self) -> str:
        """Text of the donation and its number of items; "" without one."""
        tr, donation = self.app.tr, self.donation
        if donation is None:
            return ""
        code = display(donation.code)
        if donation.pieces:
            words = tr("Donation {code}: {came} of {count} in", code=code, came=donation.came, count=donation.pieces)
            return str(words)
        return str(tr("Donation {code}: {came} in", code=code, came=donation.came))

    @told_by("draft")
    def picture_words(self) -> str:
        """Label of the picture button."""
        tr, count = self.app.tr, len(self.draft.photos) if self.draft else 0
        return tr("One more ({count})", count=count) if count else tr._("Picture")

    def reset(self) -> None:
        self.donation = None
        self.draft = self._last = self._begun = ItemDraft()
        self._places = []
        self._weights, self._own = {}, []
        self.busy = False

"""The shell around all screens: navigation, the back stack and dialogs."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from kivy.factory import Factory
from kivy.input import MotionEvent
from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from screens.widgets import load, load_kv
from screens.widgets.dialogs import Choices, Dialog, appear
from screens.widgets.theme import MOTION
from screens.widgets.transitions import AtOnce, Fade

from .bar_dialogs import BarDialogs
from .screen import KioskScreen

if TYPE_CHECKING:
    pass

#: All screens: name -> (module under screens, class). A screen is imported and built when it is first opened.
SCREENS = {
    "welcome": ("visitor.welcome.welcome", "WelcomeScreen"),
    "home": ("visitor.welcome.home", "HomeScreen"),
    "practice": ("visitor.welcome.practice", "PracticeScreen"),
    "contact": ("visitor.welcome.contact", "ContactScreen"),
    "arrive": ("visitor.check_in.arrive", "ArriveScreen"),
    "party": ("visitor.check_in.party", "PartyScreen"),
    "thanks": ("visitor.check_in.thanks", "ThanksScreen"),
    "shelves": ("visitor.goods.shelves", "ShelvesScreen"),
    "goods": ("visitor.goods.goods", "GoodsScreen"),
    "item": ("visitor.goods.item", "ItemScreen"),
    "elsewhere": ("visitor.goods.elsewhere", "NeighbourItemScreen"),
    "ticket": ("visitor.tickets.ticket", "TicketScreen"),
    "mine": ("visitor.tickets.mine", "MineScreen"),
    "enter_code": ("visitor.tickets.enter_code", "EnterCodeScreen"),
    "help": ("visitor.help.sign_up", "SignUpScreen"),
    "help_saved": ("visitor.help.saved", "HelpSavedScreen"),
    "call_me": ("visitor.help.call_me", "CallMeScreen"),
    "calendar": ("visitor.gatherings.calendar", "CalendarScreen"),
    "gathering": ("visitor.gatherings.gathering", "GatheringScreen"),
    "programme": ("staff.programme.programme", "ProgrammeScreen"),
    "series": ("staff.programme.series", "SeriesScreen"),
    "calendar_files": ("staff.programme.files", "CalendarFilesScreen"),
    "partners": ("staff.partners.partners", "PartnersScreen"),
    "partner": ("staff.partners.partner", "PartnerScreen"),
    "pick_day": ("prompts.pick_day", "PickDayScreen"),
    "pick_time": ("prompts.pick_time", "PickTimeScreen"),
    "seat": ("visitor.gatherings.seat", "SeatScreen"),
    "guidance": ("visitor.guidance.take", "TakeNumberScreen"),
    "times": ("visitor.guidance.times", "AppointmentTimesScreen"),
    "number": ("visitor.guidance.number", "QueueNumberScreen"),
    "donate": ("visitor.donate.announce", "AnnounceDonationScreen"),
    "announced": ("visitor.donate.announced", "DonationAnnouncedScreen"),
    "volunteer": ("visitor.volunteer.number", "VolunteerNumberScreen"),
    "shift": ("visitor.volunteer.shift", "ShiftScreen"),
    "join": ("visitor.volunteer.join", "JoinScreen"),
    "volunteers": ("staff.desk.volunteers", "VolunteersScreen"),
    "paper_hours": ("staff.desk.paper_hours", "PaperHoursScreen"),
    "wish": ("visitor.wish.wish", "WishScreen"),
    "wished": ("visitor.wish.wished", "WishSavedScreen"),
    "queue": ("staff.desk.queue", "QueueScreen"),
    "donations": ("staff.desk.donations", "DonationsScreen"),
    "categories": ("staff.desk.categories", "CategoriesScreen"),
    "category": ("staff.desk.category", "CategoryScreen"),
    "reasons": ("staff.desk.reasons", "DeclineReasonsScreen"),
    "reason": ("staff.desk.reason", "DeclineReasonScreen"),
    "wishes": ("staff.desk.wishes", "WishesScreen"),
    "door": ("staff.desk.door", "DoorScreen"),
    "setup_language": ("staff.first_start.language", "SetupLanguageScreen"),
    "setup_languages": ("staff.first_start.languages", "SetupLanguagesScreen"),
    "setup_name": ("staff.first_start.name", "SetupNameScreen"),
    "setup_hours": ("staff.first_start.hours", "SetupHoursScreen"),
    "setup_printer": ("staff.first_start.printer", "SetupPrinterScreen"),
    "setup_coordinator": ("staff.first_start.coordinator", "SetupCoordinatorScreen"),
    "desk": ("staff.desk.desk", "DeskScreen"),
    "todo": ("staff.desk.todo", "ToDoScreen"),
    "scan": ("staff.desk.scan", "ScanScreen"),
    "found": ("staff.desk.found", "FoundScreen"),
    "choose": ("prompts.choose", "ChooseScreen"),
    "ask": ("prompts.ask", "AskScreen"),
    "set_pin": ("staff.desk.set_pin", "SetPinScreen"),
    "calibrate": ("staff.desk.calibrate", "CalibrateScreen"),
    "take_in": ("staff.desk.take_in", "TakeInScreen"),
    "inventory": ("staff.desk.inventory", "InventoryScreen"),
    "stock": ("staff.desk.stock", "StockCountScreen"),
    "import_goods": ("staff.desk.import_goods", "ImportGoods"),
    "pick_thing": ("prompts.pick_thing", "PickThingScreen"),
    "pick_photo": ("staff.desk.pick_photo", "PickPhotoScreen"),
    "waiting": ("staff.desk.waiting", "WaitingTicketsScreen"),
    "requests": ("staff.desk.requests", "RequestsScreen"),
    "request": ("staff.desk.request", "RequestScreen"),
    "rights": ("staff.desk.rights", "DataRequestScreen"),
    "calls": ("staff.desk.calls", "CallsScreen"),
    "pairs": ("staff.desk.pairs", "PairsScreen"),
    "pair": ("staff.desk.pair", "PairScreen"),
    "sessions": ("staff.desk.sessions", "SessionsScreen"),
    "correct": ("staff.desk.correct", "CorrectCountScreen"),
    "people": ("staff.desk.people", "PeopleScreen"),
    "reports": ("staff.reports.choose_report", "ChooseReportScreen"),
    "report": ("staff.reports.report", "ReportScreen"),
    "earlier": ("staff.reports.earlier", "EarlierYearsScreen"),
    "weights": ("staff.reports.weights", "WeightsScreen"),
    "goals": ("staff.reports.goals", "GoalsScreen"),
    "months": ("staff.reports.months", "ClosingMonthsScreen"),
    "prints": ("staff.desk.prints", "PrintQueueScreen"),
    "settings": ("staff.settings.overview", "SettingsScreen"),
    "settings_part": ("staff.settings.part", "SettingsPartScreen"),
    "public_page": ("staff.settings.public_page", "PublicPageScreen"),
    "keys": ("staff.keys.keys", "KeysScreen"),
    "restore": ("staff.keys.restore", "RestoreScreen"),
    "keys_why": ("staff.keys.why", "KeysWhyScreen"),
    "passphrase": ("staff.keys.passphrase", "PassphraseScreen"),
    "recovery": ("staff.keys.recovery", "RecoveryScreen"),
    "tablets": ("staff.desk.tablets", "TabletsScreen"),
    "invite_tablet": ("staff.desk.invite_tablet", "InviteTabletScreen"),
}

#: The screens on which a visit, or a turn at the desk, is ended from the bar.
ENDS = ("home", "desk")
#: How many screens are kept from one visit to the next; each takes megabytes (docs/decisions/flat-memory.md).
KEPT = 12


class Shell(BarDialogs, FloatLayout):
    """Owns the back stack. `go` shows a screen, `back` returns, `home` and `welcome` start again."""

    can_go_back = BooleanProperty(False)
    #: On the first screen of a visit, or the desk: the place of Back in the bar ends it.
    ends = BooleanProperty(False)
    bar_shown = BooleanProperty(False)
    current = StringProperty()
    dialog = ObjectProperty(None, allownone=True)
    #: The offset of the whole shell, pixels: see `burn_in`.
    shift = ListProperty((0, 0))
    #: The centre is closed and nobody is here: the screen is black.
    dark = BooleanProperty(False)
    #: Number of the present view: a touch that began on one view chooses nothing on the next.
    view = 0

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._stack: list[str] = []
        self._shown: dict[str, None] = {}  # screens in the order they were last shown
        self._corner: Any = None  # the touch in a corner during use without seeing

    def screen(self, name: str) -> KioskScreen:
        """Return the screen `name`; it is built if needed."""
        manager = self.ids.manager
        if not manager.has_screen(name):
            if name != "welcome":
                load()
            module_name, class_name = SCREENS[name]
            module = import_module(f"screens.{module_name}")
            load_kv(module.__file__)
            manager.add_widget(getattr(module, class_name)(name=name))
        screen: KioskScreen = manager.get_screen(name)
        return screen

    def go(self, name: str, **values: Any) -> None:
        """Open the screen `name` for `values`."""
        screen = self.screen(name)
        if screen.staff_only and self.app.member is None:
            return
        if self.app.first_start.runs and not screen.before_coordinator:
            self.app.first_start.refuse()
            return
        if name in self._stack:  # opening a screen of the stack goes back to it
            del self._stack[self._stack.index(name) :]
        self._stack.append(name)
        screen.drop_answers()
        screen.open(**values)
        self._show(name)

    def back(self, *, asking: bool = False) -> None:
        """Return to the previous screen, skipping `passing` ones; with `asking`, confirm if input would be lost."""
        if not self.can_go_back or self.screen(self.current).step_back():
            return
        if asking:
            self._leave(self._stack[-1:], self._go_back)
        else:
            self._go_back()

    def _go_back(self) -> None:
        self._stack.pop()
        while len(self._stack) > 1 and self.screen(self._stack[-1]).passing:
            self._stack.pop()
        self.screen(self._stack[-1]).on_return()
        self._show(self._stack[-1])

    def leave(self, then: Callable[[], None]) -> None:
        """Call `then`, which leaves all screens, after confirmation if input would be lost."""
        self._leave(self._stack, then)

    def _leave(self, left: list[str], then: Callable[[], None]) -> None:
        if not any(self.screen(name).unsaved for name in left):
            then()
            return
        _ = self.app.tr._
        self.say(
            _("Leave without saving?"),
            _("What you have filled in here will be lost."),
            [(_("Go on filling in"), lambda: None, True), (_("Leave without saving"), then, False)],
        )

    def begin(self, name: str, **values: Any) -> None:
        """Open the screen `name` with an empty back stack."""
        self._stack.clear()
        self.go(name, **values)

    def home(self) -> None:
        """Open the home screen in the same visit, the desk for staff."""
        if self.app.first_start.runs:
            self.app.first_start.open()
        else:
            self.begin("home" if self.app.member is None else "desk")

    def welcome(self) -> None:
        """Reset every screen and show the welcome screen, or the first start until it is finished."""
        self.close_dialog()
        for screen in self.ids.manager.screens:
            screen.drop_answers()
            screen.reset()
        if self.app.first_start.runs:
            self.app.first_start.open()
        else:
            self.begin("welcome")
            self._let_go()

    def _let_go(self) -> None:
        """Release all but the KEPT screens shown last."""
        manager = self.ids.manager
        for name in list(self._shown)[:-KEPT]:
            manager.remove_widget(manager.get_screen(name))
            del self._shown[name]

    def rebuild(self) -> None:
        """Release every screen; each is built again when it is next opened."""
        self.close_dialog()
        manager = self.ids.manager
        manager.transition.stop()
        for screen in sorted(manager.screens, key=lambda screen: screen is manager.current_screen):
            screen.drop_answers()
            screen.reset()
            manager.remove_widget(screen)
        self._stack.clear()
        self._shown.clear()
        self.current = ""

    def on_bar_shown(self, *_: object) -> None:
        self.bring_bar()

    def bring_bar(self) -> None:
        """Add the bar, once: the first frame has none and does not wait for it."""
        if "bar" not in self.ids:
            bar = Factory.ShellBar()
            self.ids.bar = bar.proxy_ref
            self.ids.frame.add_widget(bar)

    def _show(self, name: str) -> None:
        manager = self.ids.manager
        screen = self.screen(name)
        self.can_go_back = len(self._stack) > 1 and screen.back
        self.ends = name in ENDS
        self.bar_shown = screen.bar
        # Kivy does not lay screens out during a transition: the bar's space is reserved before it begins.
        manager.transition.stop()
        self.ids.frame.do_layout()
        manager.do_layout()
        moves = self.app.theme.motion and manager.current
        manager.transition = Fade(duration=MOTION) if moves else AtOnce()
        manager.current = name
        self.current = name
        self.turned()
        self._shown.pop(name, None)
        self._shown[name] = None

    def turned(self) -> None:
        """Begin a new view: touches that began on the previous one choose nothing."""
        self.view += 1

    # without seeing

    def on_touch_down(self, touch: MotionEvent) -> bool:
        if "woke" in touch.ud or getattr(touch, "button", "left") in ("right", "middle"):
            return True  # the touch woke the screen and was not meant for a control, or asks for a context menu
        if not self.app.screen_reader.corners:
            return bool(super().on_touch_down(touch))
        self._corner = self._corner or touch
        return True

    def on_touch_move(self, touch: MotionEvent) -> bool:
        return self.app.screen_reader.corners or bool(super().on_touch_move(touch))

    def on_touch_up(self, touch: MotionEvent) -> bool:
        if self._corner is None:
            return bool(super().on_touch_up(touch))
        if touch is self._corner:
            self._corner = None
            self.app.screen_reader.touched(touch.x, touch.y)
        return True

    # dialogs

    def say(self, heading: str, text: str, choices: Choices = (), art: str = "", count: int = 0) -> Dialog:
        """Show a dialog. `heading` and `text` are translated already."""
        self.close_dialog()
        tr = self.app.tr
        dialog = Dialog(heading=heading, text=text, art=art, count=count)
        dialog.choices = list(choices) or [(tr._("OK"), lambda: None, True)]
        self.add_widget(dialog)
        self.turned()
        appear(dialog, self.app.theme.motion)
        self.dialog = dialog
        return dialog

    def close_dialog(self) -> None:
        if self.dialog:
            self.remove_widget(self.dialog)
            self.dialog = None
            self.turned()

"""The on-screen keyboard and its text field. Typed text is stored nowhere else."""

from __future__ import annotations

from typing import Any

from kivy.app import App
from kivy.clock import Clock
from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.language import keyboards
from kiosk.language.keyboards import Act, Key
from kiosk.privacy.wiping import wipe_text

from .buttons import Touch

#: Icons of the keys that type nothing.
SIGNS = {
    Act.SHIFT: "apple_keyboard_shift",
    Act.ERASE: "backspace_outline",
    Act.SYMBOLS: "numeric",
    Act.LETTERS: "alphabetical",
    Act.OTHER: "earth",
}
#: Minimum key width, mm; below it the letters are laid out in alphabetical order in more rows.
NARROW = 14.0
#: Width of a key in that layout, gap included, mm.
ROOMY = 17.5


#: Characters shown of a longer text: its end, where it is typed.
TAIL = 120


class EntryField(BoxLayout):
    """Shows `text`, or as many dots if `masked`. It never takes the system's keyboard focus, so a scanner cannot type
    into it: `screens.frame.scanner_input` decides what is typed. Enter presses `confirmed_by`, a button."""

    text = StringProperty()
    tail = StringProperty()
    hint = StringProperty()
    most = NumericProperty(100)
    size_wanted = NumericProperty(20)
    face = StringProperty("Body")
    masked = BooleanProperty(False)
    #: A name: it begins with a capital letter, and so does each of its words.
    capitals = BooleanProperty(False)
    #: Where the caret is: x, y, width and height, pixels.
    caret = ListProperty([0, 0, 0, 0])
    confirmed_by = ObjectProperty(None, allownone=True)
    #: The text is a secret: each previous value is overwritten in memory.
    secret = BooleanProperty(False)
    _made = ""

    def on_kv_post(self, base_widget: object) -> None:
        for name in ("texture", "pos"):
            self.ids.shown.fbind(name, self._place_caret)

    def _place_caret(self, *_: object) -> None:
        """Put the caret behind the last letter, or before the hint."""
        shown = self.ids.shown
        lines = shown._label._cached_lines if self.text else []
        mm = App.get_running_app().theme.mm
        line = lines[-1].h if lines else shown.font_size * 1.3
        x = shown.x + (lines[-1].w + 2 * mm if lines else -2 * mm)
        middle = shown.center_y - max(0, len(lines) - 1) / 2 * line
        height = min(1.25 * line, self.height - 2 * mm)
        self.caret = [x, middle - height / 2, mm, height]

    def begins_word(self) -> bool:
        """Return whether the next letter is to be a capital."""
        return self.capitals and (not self.text or self.text[-1] in " -")

    def strike(self, sign: str) -> None:
        """Append a character."""
        self._take(self.text + sign)

    def erase(self) -> None:
        """Delete the last character."""
        self._take(self.text[:-1])

    def _take(self, text: str) -> None:
        self.text = text
        self._made = text if self.secret else ""

    def on_text(self, _entry: Any, text: str) -> None:
        self.tail = text if self.secret or len(text) <= TAIL else "…" + text[-TAIL:]
        made, self._made = self._made, ""
        if made is not text:
            wipe_text(made)


class KeyButton(Touch):
    """One key."""

    key = ObjectProperty(Key(" "))
    text = StringProperty()
    icon = StringProperty()


class KeyboardView(BoxLayout):
    """Types into `entry`. `board` is the key of a fixed keypad ("PHONE", "CODE"); without, it has the
    letters of `language`, if the field has one, or else of the visitor's. `compact` omits capitals and symbols, for search. If
    `snug` and compact, its height is that of its keys; otherwise it fills the space available."""

    entry = ObjectProperty(None, allownone=True)
    board = StringProperty()
    language = StringProperty()
    shown = BooleanProperty(False)
    compact = BooleanProperty(False)
    snug = BooleanProperty(False)
    lines = NumericProperty(3)

    def __init__(self, **kwargs: Any) -> None:
        self._page = 0  # 0 letters, 1 capitals, 2 symbols
        self._other = False
        self._laid_out: Any = None
        self.build_soon = Clock.create_trigger(self._build, -1)
        super().__init__(**kwargs)
        app = App.get_running_app()
        app.tr.bind(code=self.reset)  # bound methods: Kivy holds them weakly
        app.theme.bind(mm=self._build_soon)
        for name in ("width", "board", "language", "shown", "compact"):
            self.fbind(name, lambda *_: self.build_soon())

    def on_entry(self, _keyboard: Any, entry: EntryField) -> None:
        entry.fbind("text", self._name_typed)
        entry.fbind("capitals", self._turn_to_capitals)

    def _name_typed(self, entry: EntryField, _text: str) -> None:
        if entry.capitals:
            self._turn_to_capitals()

    def _turn_to_capitals(self, *_: object) -> None:
        """Show capitals where a word of a name begins, and small letters after it."""
        wanted = int(self.entry.begins_word())
        if self._page < 2 and wanted != self._page and not self.compact and not self.board:
            self._page = wanted
            self.build_soon()

    def _build_soon(self, *_: object) -> None:
        self.build_soon()

    def reset(self, *_: object) -> None:
        """Show the letters of the field's language, or the visitor's; capitals where a name begins."""
        self._page, self._other = int(bool(self.entry and self.entry.begins_word())), False
        self.build_soon()

    @property
    def layout(self) -> keyboards.KeyLayout:
        """The present layout."""
        if self.board:
            fixed: keyboards.KeyLayout = getattr(keyboards, self.board)
            return fixed
        language = self.language or App.get_running_app().tr.code
        own = keyboards.keyboard_for(language)
        return keyboards.other_alphabet(own, language) if self._other else own

    def _build(self, *_: object) -> None:
        if not self.shown or self.width < 10:
            return
        mm = App.get_running_app().theme.mm
        rows = self._rows(self.width / mm)
        if rows == self._laid_out:
            return
        self._laid_out = rows
        self.lines = len(rows)
        self.clear_widgets()
        columns = max(sum(key.width for key in row) for row in rows)
        for row in rows:
            line = BoxLayout(spacing=1.4 * mm)
            spare = (columns - sum(key.width for key in row)) / 2
            line.padding = (spare / columns * self.width, 0)
            for key in row:
                sign = "keyboard_space" if key.text == " " else SIGNS.get(key.act, "") if key.act else ""
                button = KeyButton(key=key, text=key.text.strip(), icon=sign, size_hint_x=key.width)
                button.spoken = "␣" if key.text == " " else (key.act.name if key.act else "")
                button.bind(on_release=lambda button: self._struck(button.key))
                line.add_widget(button)
            self.add_widget(line)

    def _rows(self, width_mm: float) -> keyboards.Rows:
        board = self.layout
        rows = board.pages[min(self._page, len(board.pages) - 1)]
        if self.compact:
            last = tuple(key for key in rows[2] if key.text and key.text != "’")
            rows = (*rows[:2], (*last, Key(act=Act.OTHER, width=1.5), Key(" ", width=1.5)))
        columns = max(sum(key.width for key in row) for row in rows)
        if board in keyboards.PADS or width_mm / columns >= NARROW:
            return rows
        letters = [key for row in rows for key in row if key.text.strip()]
        if board.alphabet and self._page < 2:
            letters.sort(key=lambda key: board.alphabet.find(key.text.lower()) % 99)
        across = max(5, int(width_mm // ROOMY))
        others = tuple(key for row in rows for key in row if not key.text.strip())
        spare = across - len(others)  # each is as wide as a letter key; the space bar takes the rest
        others = tuple(key._replace(width=1 + spare * (key.text == " ")) for key in others)
        lines = [tuple(letters[at : at + across]) for at in range(0, len(letters), across)]
        return (*lines, others)

    def _struck(self, key: Key) -> None:
        if key.act is Act.ERASE:
            self.entry.erase()
        elif key.act is Act.OTHER:
            self._other, self._page = not self._other, 0
            self.build_soon()
        elif key.act is Act.SHIFT:
            self._page = 0 if self._page == 1 else 1
            self.build_soon()
        elif key.act in (Act.SYMBOLS, Act.LETTERS):
            self._page = 2 if key.act is Act.SYMBOLS else 0
            self.build_soon()
        else:
            self._strike(key.text)
            if self._page == 1 and not self.entry.begins_word():
                self._page = 0
                self.build_soon()

    def _strike(self, sign: str) -> None:
        if len(self.entry.text) < self.entry.most:
            self.entry.strike(sign)

    def type(self, text: str) -> None:
        """Type `text` of a USB keyboard: on a fixed keypad only what its keys have."""
        for sign in filter(str.isprintable, text):
            if self.disabled:
                return  # the field is being checked
            sign = self._own(sign)
            if sign:
                self._strike(sign)

    def _own(self, sign: str) -> str:
        """Return `sign` as the fixed keypad types it, "" if it has no such key."""
        if not self.board:
            return sign
        keys = {key.text for row in self.layout.letters for key in row}
        return next((same for same in (sign, sign.upper(), sign.replace(".", ",")) if same in keys), "")

"""Column names of a list of goods, and parsers of its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

from kiosk.errors import N_, KioskError
from kiosk.language.glyphs import shown
from kiosk.services.desk.earlier_columns import HeadedTable, Vocabulary, open_table
from kiosk.vocabulary import CATEGORIES, Thing, things, words

from .cells import CATEGORY_NAMES, NoCategory, TotalRow, category_of, count_of, is_bare_total, key_of, weight_of
from .days import BadCell
from .goods import LARGEST_LOT
from .search import normalise

#: Fields of a list, named as the columns in docs/files.md.
FIELDS = (
    "name_fi",
    "name_uk",
    "name_en",
    "name_sv",
    "name",
    "thing",
    "category",
    "size",
    "age_group",
    "condition",
    "place",
    "quantity",
    "kg",
    "number",
    "photo",
)
NAMES = ("name_fi", "name_uk", "name_en", "name_sv")
#: Names of columns, the usual ones first.
HEADS = {
    "name": "nimi tuote tavara esine nimike name item article product namn vara sak föremål produkt artikel benämning назва річ товар "
    "предмет найменування наименование название",
    "name_fi": "fi suomeksi suomi finnish finska фінською",
    "name_uk": "uk ua укр ukrainaksi ukraina ukrainian ukrainska українською",
    "name_en": "en englanniksi englanti english engelska англійською",
    "name_sv": "sv ruotsiksi ruotsi swedish svenska шведською",
    "thing": "thing",
    "category": "luokka kategoria tavararyhmä tuoteryhmä ryhmä laji category kind kategori grupp категорія група вид",
    "size": "koko mitat mittasuhteet size dimensions storlek mått розмір розміри",
    "age_group": "ikäryhmä ikä age åldersgrupp ålder вік",
    "condition": "kunto condition skick стан якість",
    "place": "paikka sijainti hylly place location shelf plats hylla місце полиця место",
    "quantity": "määrä lukumäärä kpl quantity count qty pcs pieces amount antal st кількість ксть шт количество",
    "kg": "paino painokg kg weight vikt вага кг",
    "number": "numero nro nr id viite inventaarionumero number no nummer номер",
    "photo": "kuva kuvat kuvatiedosto valokuva tiedosto photo picture image file bild foto фото зображення файл",
}
GOODS = Vocabulary(HEADS)
#: What stands for one thing in a column of quantities; the sign beside a number.
TICKS = frozenset(["x", "х", "✓", "✔", "☑", "true"])
TIMES = re.compile(r"^[x×х]\s*(?=\d)|(?<=\d)\s*[x×х]$")
CONDITION_NAMES = {
    "new": "uusi uudenveroinen new ny nytt nyskick oanvänd новий нова нове нові",
    "good": "hyvä siisti ehjä good bra gott fint hel гарний добрий добре хороший",
    "worn": "kulunut käytetty worn used sliten slitet använd använt begagnad begagnat ношений потертий вживаний",
    "needs_repair": "korjattava korjattavaa rikki rikkinäinen broken repair trasig trasigt ремонт зламаний",
}
#: Words around that of a condition which say nothing more: "as new", "hyvä kunto".
FILLERS = frozenset(["i", "as", "like", "kuin", "som", "як", "in", "condition", "kunto", "kunnossa", "skick", "стан"])
AGE_NAMES = {
    "adult": "aikuinen aikuiset aikuisten adult adults vuxen vuxna дорослий доросла доросле дорослі",
    "child": "lapsi lapset lasten child children kid kids barn дитина діти дитячий дитяча дитяче",
    "baby": "vauva vauvat vauvan baby babies bebis немовля немовлята",
}


class NoNameColumn(KioskError):
    default = N_("No column with names was found. Its title can be: {titles}")


class NoName(KioskError):
    default = N_("This row has no name.")


class NoLetters(KioskError):
    default = N_("The kiosk has no letters for this name. Write it in other letters.")


class UnknownThing(BadCell):
    default = N_("This thing is not in the vocabulary: {value}")


class NoCondition(BadCell):
    default = N_("This is not a condition of a thing: {value}")


class NoAge(BadCell):
    default = N_("This is not an age group: {value}")


class NoQuantity(BadCell):
    default = N_("This is not a number of things from 1 to 1000: {value}")


class NoWeight(BadCell):
    default = N_("This is not a weight in kilograms: {value}")


def goods_table(path: Path, encoding: str = "") -> tuple[HeadedTable, dict[str, int]]:
    """Read a list of goods; returns it with the column of each field. Raises NoNameColumn and what `open_table` does."""
    table = open_table(path, encoding, GOODS, (FIELDS,))
    columns = GOODS.match(table.head, FIELDS)
    if not {"name", "thing", *NAMES} & set(columns):
        raise NoNameColumn(titles="Name, Nimi, Namn, Назва")
    return table, columns


def values_of(said: Mapping[str, str], own: Mapping[str, str]) -> dict[str, object]:
    """Return the arguments of `GoodsService.add`, except pictures and number, from the cells of a row by field; `own` are
    the ids of own categories by their normalised names. Raises BadCell and its subclasses, NoName, NoResult, TotalRow."""
    if is_bare_total(cell for field, cell in said.items() if field != "language"):
        raise TotalRow()
    thing = _thing(said)
    names = _names(said, thing)
    quantity = _quantity(said.get("quantity", ""))
    if quantity == 0:
        raise NoQuantity(said["quantity"])
    kg = weight_of(said.get("kg", ""))
    if kg is not None and not 0 < kg < 10_000:
        raise NoWeight(said["kg"])
    category = _sorted(said, own, thing)
    return {
        "thing": thing.key if thing else None,
        "names": names or None,
        "category": category,
        "size": said.get("size", ""),
        "age_group": key_of(said.get("age_group", ""), AGE_NAMES, NoAge, words.AGES),
        "condition": _condition(said.get("condition", "")) or "good",
        "place": said.get("place", ""),
        "quantity": quantity or 1,
        "kg": kg,
    }


def _quantity(text: str) -> int | None:
    """Parse a number of things: as `count_of` does, 6x, x6, or a tick, which says that it is there."""
    bare = text.strip().lower()
    if bare in TICKS:
        return 1
    return count_of(TIMES.sub("", bare) if TIMES.search(bare) else text, LARGEST_LOT)


def _condition(text: str) -> str:
    try:
        return key_of(text, CONDITION_NAMES, NoCondition, words.CONDITIONS)
    except NoCondition:
        core = " ".join(word for word in text.split() if word.lower() not in FILLERS)
        if not core:
            raise
        return key_of(core, CONDITION_NAMES, NoCondition)


def _sorted(said: Mapping[str, str], own: Mapping[str, str], thing: Thing | None) -> str:
    """Return the category that a row names, an own one by its id; else that of its thing."""
    if said.get("category"):
        kept_in = own.get(normalise(said["category"]).strip())
        return kept_in or category_of(said["category"])
    return thing.category if thing else general_category(_named(said))


def _named(said: Mapping[str, str]) -> str:
    """Return the first name of a row; "" for none."""
    return next((said[field] for field in ("name", *NAMES, "thing") if said.get(field)), "")


def _thing(said: Mapping[str, str]) -> Thing | None:
    """Return the thing of the vocabulary that a row names: by its key, or by a name that is a word for it. A word that
    means more than one kind names none."""
    if said.get("thing"):
        key = said["thing"].strip()
        found = things().get(key) or thing_named(key, _category(said))
        if found is None and not any(said.get(field) for field in ("name", *NAMES)) and not _wider(key):
            raise UnknownThing(key)
        return found
    named = (thing_named(said[field], _category(said)) for field in ("name", *NAMES) if said.get(field))
    return next((thing for thing in named if thing), None)


def _category(said: Mapping[str, str]) -> str:
    try:
        return category_of(said.get("category", ""))
    except NoCategory:
        return ""


def _names(said: Mapping[str, str], thing: Thing | None) -> dict[str, str]:
    """Return the names by language; none when they equal the vocabulary's. Languages that a row lacks are filled from
    the vocabulary."""
    own = {field.removeprefix("name_"): said[field] for field in NAMES if said.get(field)}
    if name := said.get("name") or (thing is None and not own and said.get("thing")):
        own.setdefault("uk" if _is_cyrillic(name) else said.get("language", "fi"), name)
    if not own and thing is None:
        raise NoName()
    if not any(shown(name).strip() for name in (own or thing.names).values()):  # type: ignore[union-attr]
        raise NoLetters()
    if thing is None or not own:
        return own
    same = all(normalise(name) == normalise(thing.names.get(language, "")) for language, name in own.items())
    return {} if same else thing.names | own


def _is_cyrillic(text: str) -> bool:
    return any("а" <= sign <= "я" or sign in "іїєґ" for sign in text.lower())


def thing_named(name: str, category: str = "") -> Thing | None:
    """Return the thing that a name, or its part before a comma or bracket, denotes. If several match, prefer the one in
    `category`, then the one whose first name it is."""
    for part in _parts(name):
        found = _by_word().get(part, ())
        found = tuple(thing for thing in found if not category or thing.category == category)
        first = tuple(thing for thing in found if part in map(normalise, thing.names.values()))
        if len(found) == 1 or len(first) == 1:
            return (first if len(first) == 1 else found)[0]
    return None


def _parts(name: str) -> list[str]:
    """Return a name and what stands before a comma or bracket, normalised."""
    return [normalise(part).strip() for part in (name, *(name.partition(sign)[0] for sign in ",(–"))]


def general_category(name: str) -> str:
    """Return the category of a name that means more than one kind of thing ("Pelit"): of most of the kinds that it
    finds; "other" for a name that is not known."""
    for part in _parts(name):
        with suppress(NoCategory):
            if key := key_of(part, CATEGORY_NAMES, NoCategory, words.CATEGORIES):
                return key
        if found := _wider(part):
            return found
    return "other"


def _wider(word: str) -> str:
    """Return the category in which a wider word finds the most things, the first of equals; "" for none."""
    wanted = normalise(word).strip()
    found = Counter(thing.category for thing in things().values() if wanted in map(normalise, thing.wider))
    return found.most_common(1)[0][0] if found else ""


@cache
def _by_word() -> dict[str, tuple[Thing, ...]]:
    found: dict[str, tuple[Thing, ...]] = {}
    for thing in things().values():
        for word in {normalise(word) for word in thing.meant}:
            found[word] = (*found.get(word, ()), thing)
    return found


def category_of_folder(name: str, own: Mapping[str, str]) -> str:
    """Return the category named by a folder in any language; "" for none. The name of an own one stays as it is."""
    if normalise(name).strip() in own:
        return name
    try:
        return category_of(name)
    except KioskError:
        return name.lower() if name.lower() in CATEGORIES else ""

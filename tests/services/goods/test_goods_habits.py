"""Lists and folders of goods with the habits of offices, phones and other programs: taken whole, or told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kiosk.files.tables import parse_table
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.services.goods import goods_folder
from kiosk.services.goods.cells import category_of, weight_of
from kiosk.services.goods.goods_columns import values_of
from kiosk.services.goods.goods_folder import Folder, NoPicture
from kiosk.services.goods.search import normalise
from kiosk.vocabulary import things
from tests.services.conftest import TODAY
from tests.services.goods.test_goods_import import left, picture, pictures, run, stick, written

__all__ = ["pictures", "stick"]


def items(services: Services) -> list[Any]:
    return [services.goods.item(one) for one in reversed(services.goods.find(today=TODAY))]


def book(path: Path, sheets: dict[str, list[list[Any]]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return made


def test_pictures_whose_names_begin_with_a_sign_are_no_litter(
    services: Services, pictures: Pictures, stick: Path
) -> None:
    for number, name in enumerate(("#1 pannu.jpg", "@kotona.jpg", "$5.jpg")):
        picture(stick / "Keittiö" / name, number)
    for name in ("#recycle/a.jpg", "@eaDir/b.jpg", "$RECYCLE.BIN/c.jpg", "._d.jpg"):
        picture(stick / name, 9)
    (stick / "~$items.xlsx").write_bytes(b"the lock of an office program")
    report = run(services, pictures, stick)
    assert (report.added, report.left_out) == (3, [])


@pytest.mark.parametrize(
    ("said", "file"),
    [
        ("img_2041.jpg", "IMG_2041.HEIC"), ("sohva.jpeg", "Sohva.JPG"), ("lamppu.jpg", "lamppu .jpg"), ("IMG%201.jpg", "IMG 1.jpg"),
        ("IMG  1.jpg", "IMG 1.jpg"), ('"photo.jpg"', "photo.jpg"), ("tyyny.jpg", "tyyny.jpg.jpg"), ("a+b.jpg", "a+b.jpg"),
        ("file:///C:/Users/Anna/photo.jpg", "photo.jpg"), ("100%.jpg", "100%.jpg"), ("STRASSE.PNG", "straße.png"),
    ],
)  # fmt: skip
def test_pictures_by_another_ending_and_by_other_signs(stick: Path, said: str, file: str) -> None:
    (stick / file).write_bytes(b"x")
    assert Folder(stick).pictures(said) == (stick / file,)


def test_the_ending_decides_where_there_are_both(stick: Path) -> None:
    for name in ("a.jpg", "a.heic"):
        (stick / name).write_bytes(b"x")
    assert Folder(stick).pictures("A.HEIC") == (stick / "a.heic",)


@pytest.mark.parametrize("sign", [", ", ";", " | ", " ", "\n"])
def test_several_pictures_in_a_cell(services: Services, pictures: Pictures, stick: Path, sign: str) -> None:
    for number, name in enumerate(("IMG 1.jpg", "IMG 2.jpg")):
        picture(stick / name, number)
    run(services, pictures, written(stick, f'nimi;kuvat\nSohva;"IMG 1.jpg{sign}img 2.jpg"\n'))
    assert [len(one.photos) for one in items(services)] == [2]
    with pytest.raises(NoPicture, match=r"img 3\.jpg"):
        Folder(stick).pictures(f"IMG 1.jpg{sign}img 3.jpg")


def test_a_folder_within_names_the_category_and_a_list_of_another_name_is_told(
    services: Services, pictures: Pictures, stick: Path
) -> None:
    for number, name in enumerate(
        ("Vaatteet/lapset/a.jpg", "Vaatteet (aikuiset)/b.jpg", "Lelut ja pelit/c.jpg", "x/d.jpg")
    ):
        picture(stick / name, number)
    written(stick, "nimi\nSohva\n", name="tavarat.csv")
    report = run(services, pictures, stick)
    assert sorted(one.category for one in items(services)) == ["clothes", "clothes", "other", "toys"]
    assert left(report) == [(0, "tavarat.csv", "OtherList")]


def test_several_words_name_a_category_only_if_they_agree() -> None:
    assert category_of("Huonekalut, isot") == "furniture"
    with pytest.raises(Exception, match="category"):
        category_of("kirjat ja lelut")


@pytest.mark.parametrize("text", ["x", "X", "✓", "TRUE", "1 x", "x1"])
def test_a_tick_is_one_thing(text: str) -> None:
    assert values_of({"name": "A", "quantity": text}, {})["quantity"] == 1


def test_times_and_grams() -> None:
    assert values_of({"name": "A", "quantity": "6x"}, {})["quantity"] == 6
    assert (weight_of("500 g"), weight_of("1,5 kg"), weight_of("")) == (0.5, 1.5, None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sak;Antal;Skick\nFåtölj;2 st;Använt\n", ["Fåtölj"]), ("Назва;К-сть;Стан\nГойдалка;3;добрий\n", ["Гойдалка"]),
        # signs without width, and a hyphen at the end of a narrow column's line
        ("Ni\u00admi;\u200bKpl\nSoh\u200bvan\u00adpäällinen;2\n", ["Sohvanpäällinen"]),
        ('"Tavaran\nnimi *";"Kate-\ngoria"\nHyllykkö;Huonekalut\n', ["Hyllykkö"]),
        # one column, whose texts have commas
        ("Nimi\nHylly, sininen\nTaulu, puinen\nRuukku\n", ["Hylly, sininen", "Taulu, puinen", "Ruukku"]),
        # two lists, one under the other
        ("Nimi;Kpl\nHyllykkö;1\nNimi;Kpl\nTaulu, vanha;1\n", ["Hyllykkö", "Taulu, vanha"]),
    ],
)  # fmt: skip
def test_heads_and_lines_of_other_programs(
    services: Services, pictures: Pictures, stick: Path, text: str, names: list[str]
) -> None:
    report = run(services, pictures, written(stick, text))
    assert (report.left_out, report.notices) == ([], [])
    told = [{one.names.get(code) for code in ("fi", "sv", "uk")} for one in items(services)]
    assert all(name in said for name, said in zip(names, told, strict=True))


def test_the_words_of_a_total_beside_others(services: Services, pictures: Pictures, stick: Path) -> None:
    text = "nimi;kpl\nPipo;2\nTavaroita yhteensä;2\nYhteensä 1 tuote;2\nKaikki yhdessä -peli;1\n"
    report = run(services, pictures, written(stick, text))
    assert (report.added, [row for row, _, _ in left(report)]) == (2, [3, 4])


def test_many_other_files_do_not_hide_the_pictures(
    services: Services, pictures: Pictures, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(goods_folder, "MOST_FILES", 5)
    for number in range(9):
        (stick / f"{number}.txt").write_bytes(b"x")
    picture(stick / "sohva.jpg")
    report = run(services, pictures, stick)
    assert (report.added, len(report.left_out), len(report.notices)) == (1, 5, 1)


def test_a_name_that_no_font_has_is_told(services: Services, pictures: Pictures, stick: Path) -> None:
    report = run(
        services, pictures, written(stick, "nimi\n\U00010330\U00010331\nSohva \U00010330\nصوفا رمادية\nספה אפורה\n")
    )
    assert (report.added, [kind for _, _, kind in left(report)]) == (3, ["NoLetters"])


LIST = [["Nimi", "Luokka", "Määrä"], ["Hyllykkö", "Huonekalut", 2], ["Räsy", "Tekstiilit", 1]]


@pytest.mark.parametrize(
    "before",
    [
        {"Ohje": [["Täytä tavarat seuraavalle sivulle."], ["Kysy Annalta."]]},
        # what Numbers writes first: the names of its sheets
        {"Vienti": [["Numbers-sivun nimi", "Excel-työsivun nimi"], ["Sivu 1", "Тавари"]]},
    ],
)
def test_a_sheet_that_says_how_is_not_the_list(
    services: Services, pictures: Pictures, stick: Path, before: dict[str, list[list[Any]]]
) -> None:
    book(stick / "items.xlsx", before | {"Тавари": LIST})
    report = run(services, pictures, stick)
    assert (report.added, report.left_out) == (2, [])
    [notice] = report.notices
    assert next(iter(before)) in str(notice)


def test_hidden_rows_and_pictures_inside_are_told(services: Services, pictures: Pictures, stick: Path) -> None:
    made = book(stick / "items.xlsx", {"Apu": [["x"]], "Lista": LIST})
    made["Apu"].sheet_state = "hidden"
    made["Lista"].row_dimensions[3].hidden = True
    made["Lista"]["C2"] = "=1+1"
    made.save(stick / "items.xlsx")
    with zipfile.ZipFile(stick / "items.xlsx", "a") as archive:
        archive.writestr("xl/media/image1.png", b"x")
    report = run(services, pictures, stick)
    assert (report.added, left(report)) == (1, [(2, "Hyllykkö", "NoResult")])
    assert [str(one) for one in report.notices] == [
        "The file hides rows, by a filter or by hand. They were read too: 3",
        "Pictures inside the table are not read. Save them as files beside it, and write their names in a column.",
    ]


def test_hidden_rows_of_an_ods() -> None:
    def row(text: str, more: str = "") -> str:
        return f'<table:table-row{more}><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell></table:table-row>'

    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    hidden = row("Tuoli", ' table:visibility="filter" table:number-rows-repeated="2"')
    table = f'<table:table table:name="A">{row("Nimi")}{hidden}{row("Sohva")}</table:table>'
    content = f"<office:document-content{spaces}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    found = parse_table(out.getvalue(), "x.ods")
    assert [cells[0] for _, cells in found.rows] == ["Nimi", "Tuoli", "Tuoli", "Sohva"]
    assert (found.hidden, found.sheet) == ((2, 3), "A")


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("Pelit", "toys"), ("Sukat", "clothes"), ("Шкарпетки", "clothes"), ("Strumpor", "clothes"), ("Kirjat", "books"), ("Books", "books"),
        ("Книжки", "books"), ("Bok", "books"), ("Chair", "furniture"), ("Tuoli", "furniture"), ("Tuolit", "furniture"), ("Стіл", "furniture"), ("Pöytä", "furniture"), ("Bord", "furniture"),
        ("Shelf", "furniture"), ("Шафа", "furniture"), ("Lampa", "furniture"), ("Kengät, koko 40", "clothes"), ("Shoes", "clothes"),
        ("Взуття", "clothes"), ("Jacka", "clothes"), ("Gloves", "clothes"), ("Чоботи", "clothes"), ("Astiat", "kitchen"), ("Посуд", "kitchen"), ("Lelut", "toys"),
        ("Leksaker", "toys"), ("Іграшки", "toys"), ("Clothes", "clothes"), ("Одяг", "clothes"), ("Möbler", "furniture"), ("Spel", "toys"), ("Ігри", "toys"), ("Games", "toys"), ("Socks", "clothes"), ("Sockor", "clothes"), ("Helmet", "sport"), ("Doll", "toys"), ("Tåg", "toys"),
        ("Computer", "electronics"), ("Pillow", "textiles"), ("Clock", "other"), ("Шолом", "sport"), ("Horse", "other"),
    ],
)  # fmt: skip
def test_a_general_word_is_no_special_kind(name: str, category: str) -> None:
    values = values_of({"name": name}, {})
    assert (values["thing"], list(values["names"].values()), values["category"]) == (None, [name], category)


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("sohvat", "sofa"), ("Couch", "sofa"), ("Housut", "trousers"), ("Villasukat", "socks"), ("Palapeli", "jigsaw"), ("Ліжко", "bed"), ("Puzzle", "jigsaw"),
        ("Pallo", "ball"), ("Pesukone", "washing_machine"), ("Пальто", "wool_coat"), ("Rattaat", "stroller"), ("Haarukka", "cutlery"),
    ],
)  # fmt: skip
def test_a_word_for_a_kind_is_that_kind(name: str, thing: str) -> None:
    assert values_of({"name": name}, {})["thing"] == thing


def test_a_general_word_keeps_the_category_that_the_row_names_and_may_stand_as_the_thing() -> None:
    assert values_of({"name": "Pelit", "category": "Elektroniikka"}, {})["category"] == "electronics"
    said = values_of({"thing": "Sukat", "quantity": "5"}, {})
    assert (said["thing"], said["names"], said["category"]) == (None, {"fi": "Sukat"}, "clothes")


def test_no_word_means_a_kind_and_more_than_it() -> None:
    for thing in things().values():
        assert not set(map(normalise, thing.wider)) & set(map(normalise, thing.meant)), thing.key


def test_heads_ages_and_pairs_as_offices_of_other_countries_write_them(
    services: Services, pictures: Pictures, stick: Path
) -> None:
    text = "Наименование\tКоличество\tМесто\tВік\nДиван\t1\tА1\tдоросла\nЧеревики\t2 пари\tА2\tдитяче\n"
    report = run(services, pictures, written(stick, text, "utf-16"))
    assert (report.added, report.left_out) == (2, [])
    assert [(one.quantity, one.place, one.age_group) for one in items(services)] == [
        (1, "А1", "adult"),
        (2, "А2", "child"),
    ]
    for said in ("1 pari", "3 paria", "2 par", "2 pairs", "1 пара"):
        assert values_of({"name": "Kengät", "quantity": said}, {})["quantity"] == int(said[0])

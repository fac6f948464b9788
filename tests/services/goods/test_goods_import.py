"""Goods from lists and folders: as offices and phones make them, twice, mended, and with everything that is left out named."""

from __future__ import annotations

import io
import os
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.language.translation import LANGUAGES, Language
from kiosk.pictures.store import Pictures
from kiosk.services import Services
from kiosk.services.goods.cells import category_of
from kiosk.services.goods.goods_columns import NoNameColumn, values_of
from kiosk.services.goods.goods_import import (
    GoodsPlan,
    ImportReport,
    NothingToImport,
    bring_in,
    import_goods,
    plan_goods,
)
from kiosk.vocabulary import words
from tests.services.conftest import NOW, TODAY


@pytest.fixture
def pictures(tmp_path: Path) -> Pictures:
    return Pictures(tmp_path / "stored")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def picture(path: Path, seed: int = 0, kind: str = "JPEG") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (64, 48), (seed * 40 % 256, 90, 120)).save(path, kind)
    return path


def run(services: Services, pictures: Pictures, source: Path, **how: Any) -> ImportReport:
    """Bring in, after a dry run that must say the same."""
    dry = import_goods(services, pictures, source, now=NOW, dry_run=True, progress=lambda done, of: None, **how)
    assert not pictures.names() or pictures.folder.is_dir()
    real = import_goods(services, pictures, source, now=NOW, progress=lambda done, of: None, **how)
    assert (dry.added, dry.known, left(dry)) == (real.added, real.known, left(real))
    assert list(map(str, dry.notices)) == list(map(str, real.notices))
    return real


def shelf(services: Services) -> list[dict[str, str]]:
    ids = services.goods.find(today=TODAY)
    return [services.goods.item(item_id).names for item_id in reversed(ids)]


def left(report: ImportReport | GoodsPlan) -> list[tuple[int, str, str]]:
    return [(one.row, one.name, type(one.error).__name__) for one in report.left_out]


def written(stick: Path, text: str, encoding: str = "utf-8", name: str = "items.csv") -> Path:
    (stick / name).write_bytes(text.encode(encoding))
    return stick / name


def test_the_same_list_twice_adds_nothing_and_a_mended_one_the_rest(
    services: Services, pictures: Pictures, stick: Path
) -> None:
    text = (
        "name_fi;category;quantity\nSohva, harmaa;furniture;1\nKeittiön tuoli;furniture;4\nKeittiön tuoli;furniture;4\n"
    )
    bad = "Pöytä;furniture;monta\n;furniture;1\n"
    first = run(services, pictures, written(stick, text + bad))
    assert (first.added, first.known, left(first)) == (3, 0, [(5, "Pöytä", "NoCount"), (6, "furniture", "NoName")])
    again = run(services, pictures, written(stick, text + bad))
    assert (again.added, again.known) == (0, 3)
    mended = run(services, pictures, written(stick, text + "Pöytä;furniture;2\n", name="mended.csv"))
    assert (mended.added, mended.known, mended.left_out) == (1, 3, [])
    assert len(shelf(services)) == 4


def test_two_things_that_share_a_picture_are_two(services: Services, pictures: Pictures, stick: Path) -> None:
    picture(stick / "tuolit.jpg")
    written(stick, "name_fi;category;photo\nTuoli sininen;furniture;tuolit.jpg\nTuoli punainen;furniture;tuolit.jpg\n")
    assert run(services, pictures, stick).added == 2
    assert run(services, pictures, stick).known == 2
    assert len(pictures.names()) == 1


def test_a_number_identifies_a_thing(services: Services, pictures: Pictures, stick: Path) -> None:
    assert run(services, pictures, written(stick, "nimi;nro\nA;7\nB;7\nC;8\n")).added == 2
    assert run(services, pictures, written(stick, "nimi;nro\nA mended;7\nD;9\n")).added == 1


@pytest.mark.parametrize("kind", ["HEIF", "AVIF", "WEBP", "TIFF", "GIF", "BMP", "PNG", "JPEG"])
def test_a_folder_of_pictures_of_any_kind(services: Services, pictures: Pictures, stick: Path, kind: str) -> None:
    from kiosk.pictures import pixels

    pixels._know_formats()
    ending = {"HEIF": "HEIC", "JPEG": "jfif"}.get(kind, kind)
    picture(stick / "Huonekalut" / f"sohva.{ending}", kind=kind)
    assert run(services, pictures, stick).added == 1
    [item] = [services.goods.item(one) for one in services.goods.find(today=TODAY)]
    assert (item.thing, item.category, item.names["uk"], len(item.photos)) == ("sofa", "furniture", "Диван", 1)


def test_an_own_category_is_named_in_a_list_and_by_a_folder(
    services: Services, pictures: Pictures, stick: Path
) -> None:
    own = services.categories.add(names={"fi": "Polkupyörät"}, part_of="sport", now=NOW, who="shell")
    run(services, pictures, written(stick, "Nimi;Luokka\nJopo;POLKUPYÖRÄT\nSukset;urheilu\n"))
    (stick / "bikes" / "Polkupyörät").mkdir(parents=True)
    picture(stick / "bikes" / "Polkupyörät" / "Tunturi.jpg")
    run(services, pictures, stick / "bikes")
    items = {item.names["fi"]: item for item in map(services.goods.item, services.goods.find(today=NOW.date()))}
    assert {name: (item.category, item.own == own) for name, item in items.items()} == {
        "Jopo": ("sport", True),
        "Sukset": ("sport", False),
        "Tunturi": ("sport", True),
    }


def test_every_file_of_a_folder_is_taken_or_named(services: Services, pictures: Pictures, stick: Path) -> None:
    whole = picture(stick / "furniture" / "IMG_0001.JPG").read_bytes()
    (stick / "furniture" / "half.jpg").write_bytes(whole[: len(whole) // 2])
    for name in ("notes.txt", "._IMG_0001.JPG", "Thumbs.db", ".DS_Store", "desktop.ini"):
        (stick / name).write_bytes(b"x")
    for folder in ("@eaDir", "__MACOSX", "$RECYCLE.BIN", ".Trashes", "System Volume Information"):
        picture(stick / folder / "SYNOPHOTO_THUMB_M.jpg")
    (stick / "away.jpg").symlink_to("/etc/passwd")
    os.mkfifo(stick / "pipe.jpg")
    report = run(services, pictures, stick)
    assert (report.added, left(report)) == (
        1,
        [(0, "furniture/half.jpg", "DamagedPicture"), (0, "notes.txt", "OtherFile")],
    )
    assert run(services, pictures, stick).known == 1


def test_another_picture_of_the_same_name_is_another_thing(services: Services, pictures: Pictures, stick: Path) -> None:
    picture(stick / "toys" / "IMG_0001.jpg", 1)
    assert run(services, pictures, stick).added == 1
    picture(stick / "toys" / "IMG_0001.jpg", 3)
    assert run(services, pictures, stick).added == 1


@pytest.mark.parametrize(
    ("said", "file"),
    [
        ("sänky.jpg", unicodedata.normalize("NFD", "sänky.jpg")), (unicodedata.normalize("NFD", "sänky.jpg"), "sänky.jpg"),
        ("img_0007.jpg", "IMG_0007.JPG"), ("kuvat\\a.jpg", "kuvat/a.jpg"), ("C:\\Users\\me\\kuvat\\a.jpg", "kuvat/a.jpg"),
        ("a", "a.jpg"), ("./a.jpg", "a.jpg"), ("Kuvat/A.JPG", "kuvat/a.jpg"),
    ],
)  # fmt: skip
def test_pictures_are_found_by_forgiving_names(
    services: Services, pictures: Pictures, stick: Path, said: str, file: str
) -> None:
    picture(stick / file)
    report = run(services, pictures, written(stick, f"name;photo\nBed;{said}\n"))
    assert (report.added, report.left_out) == (1, [])


def test_pictures_that_are_not_there_or_doubtful_are_told(services: Services, pictures: Pictures, stick: Path) -> None:
    picture(stick / "one" / "a.jpg")
    picture(stick / "two" / "a.jpg")
    report = run(
        services, pictures, written(stick, "name;photo\nA;a.jpg\nB;one/a.jpg\nC;../secret.jpg\nD;/etc/passwd\n")
    )
    assert report.added == 1
    assert left(report) == [(2, "A", "SeveralPictures"), (4, "C", "NoPicture"), (5, "D", "NoPicture")]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nimi;Luokka;Määrä\nSohva;Huonekalut;2\n", "cp1252"), ("sep=;\nNimi;Luokka;kpl\nSohva;huonekalut;2,0\n", "utf-8-sig"),
        ("Namn\tKategori\tAntal\nSoffa\tMöbler\t2\n", "utf-16"), ("Назва;Категорія;Кількість\nДиван;меблі;2\n", "cp1251"),
        ("name,category,quantity\rSofa,furniture,2\r", "ascii"), ("name;category;quantity;;\nSofa;furniture;2;;\n", "ascii"),
        ("Tavarat 2024;;\n\nNimi;Luokka;Määrä\nSohva;Kalusteet;2 kpl\n", "utf-8"),
    ],
)  # fmt: skip
def test_lists_as_offices_write_them(
    services: Services, pictures: Pictures, stick: Path, text: str, encoding: str
) -> None:
    report = run(services, pictures, written(stick, text, encoding))
    assert (report.added, report.left_out, report.notices) == (1, [], [])
    [item] = [services.goods.item(one) for one in services.goods.find(today=TODAY)]
    assert (item.thing, item.category, item.quantity) == ("sofa", "furniture", 2)
    assert (item.names["fi"], item.names["uk"], item.names["en"]) == ("Sohva", "Диван", "Sofa")


def test_all_columns_and_what_is_wrong_in_them(services: Services, pictures: Pictures, stick: Path) -> None:
    head = "Nimi suomeksi;Nimi (uk);Luokka;Koko;Ikäryhmä;Kunto;Hylly;Kpl;Paino (kg);Väri\n"
    good = "Haalari;Комбінезон;vaatteet;110;lasten;uusi;B2;3;1,5 kg;sininen\n"
    bad = "A;;autot;;;;;;;\nA;;;;vanhus;;;;;\nA;;;;;outo;;;;\nA;;;;;;;0;;\nA;;;;;;;;-2;\nA;;;;;;;=?;;\n"
    report = run(services, pictures, written(stick, head + good + bad))
    [item] = [services.goods.item(one) for one in services.goods.find(today=TODAY)]
    assert (item.names["fi"], item.names["uk"]) == ("Haalari", "Комбінезон")
    assert (item.category, item.size, item.age_group, item.condition) == ("clothes", "110", "child", "new")
    assert (item.place, item.quantity, item.kg) == ("B2", 3, 1.5)
    assert [name for _, _, name in left(report)] == [
        "NoCategory", "NoAge", "NoCondition", "NoQuantity", "NoNumber", "NoResult",
    ]  # fmt: skip
    assert [str(notice) for notice in report.notices] == ["This column is not used: Väri"]


def test_a_name_in_one_language_is_filled_up_from_the_vocabulary(
    services: Services, pictures: Pictures, stick: Path
) -> None:
    run(services, pictures, written(stick, "nimi\nSohva, harmaa\nМій стіл\nVempain\n"))
    sofa, table, gadget = shelf(services)
    assert (sofa["fi"], sofa["uk"], sofa["en"]) == ("Sohva, harmaa", "Диван", "Sofa")
    assert table == {"uk": "Мій стіл"}
    assert gadget == {"fi": "Vempain"}


@pytest.mark.parametrize(
    "total",
    ["Yhteensä;;3;", "YHTEENSÄ 3 kpl;;;", "Summa:;;;", "Разом;;3;", "Total;;3;4,5", ";Yhteensä;3;", ";;Yht. 3;"],
)
def test_a_row_that_adds_up_is_no_thing(services: Services, pictures: Pictures, stick: Path, total: str) -> None:
    text = f"nimi;luokka;kpl;paino\nPipo;vaatteet;2;\nTotal Gym;urheilu;1;\nSumma summarum;kirjat;1;\n{total}\n"
    report = run(services, pictures, written(stick, text))
    assert report.added == 3
    assert [(row, kind) for row, _, kind in left(report)] == [(5, "TotalRow")]


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_kiosk_writes_itself_is_read(code: str) -> None:
    """Names of categories, conditions and ages as they stand on its screens, in every language."""
    text = Language(code).text
    for key, name in words.CATEGORIES.items():
        assert category_of(text(name)) == key
    for field, names in (("condition", words.CONDITIONS), ("age_group", words.AGES)):
        for key, name in names.items():
            assert values_of({"name": "X", field: text(name).upper()}, {})[field] == key


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("kuin uusi", "new"), ("як новий", "new"), ("like new", "new"), ("hyvä kunto", "good"), ("хороший стан", "good"),
        ("hyvässä kunnossa", "good"), ("korjattavaa", "needs_repair"), ("потребує ремонту", "needs_repair"),
    ],
)  # fmt: skip
def test_a_condition_of_several_words(said: str, key: str) -> None:
    assert values_of({"name": "X", "condition": said}, {})["condition"] == key


def test_control_signs_and_long_texts_do_not_reach_the_shelf(
    services: Services, pictures: Pictures, stick: Path
) -> None:
    run(services, pictures, written(stick, f'nimi;hylly\n"Tuo\x07\x1b[2Jli\nx";{"y" * 100_000}\n'))
    [item] = [services.goods.item(one) for one in services.goods.find(today=TODAY)]
    assert item.names["fi"] == "Tuo [2Jli x"
    assert len(item.place) == 200


def test_without_names_or_files_nothing_is_planned(services: Services, pictures: Pictures, stick: Path) -> None:
    with pytest.raises(NothingToImport):
        plan_goods(services, pictures, stick)
    with pytest.raises(NoNameColumn):
        plan_goods(services, pictures, written(stick, "x;y\n1;2\n"))


def test_a_stick_pulled_out_between_is_told_and_the_rest_comes_in(
    services: Services, pictures: Pictures, stick: Path
) -> None:
    for name in ("a", "b"):
        picture(stick / "toys" / f"{name}.jpg", ord(name))
    plan = plan_goods(services, pictures, stick)
    (stick / "toys" / "a.jpg").unlink()
    report = bring_in(services, pictures, plan, now=NOW, who="shell")
    assert (report.added, left(report)) == (1, [(0, "toys/a.jpg", "MissingPicture")])


def test_progress_can_end_it(services: Services, pictures: Pictures, stick: Path) -> None:
    picture(stick / "a.jpg")

    def stop(done: int, of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        plan_goods(services, pictures, stick, progress=stop)
    assert not shelf(services)


def test_an_xlsx_list(services: Services, pictures: Pictures, stick: Path) -> None:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (["Nimi", "Määrä", "Paino"], ["Sohva", 1, 45.5]):
        book.active.append(row)
    book.save(out)
    (stick / "items.xlsx").write_bytes(out.getvalue())
    assert run(services, pictures, stick).added == 1


def test_names_of_files_that_are_no_text_and_signs_in_them_do_no_harm(
    services: Services, pictures: Pictures, stick: Path
) -> None:
    whole = picture(stick / "a.jpg").read_bytes()
    (stick / "a.jpg").unlink()
    for name in (b"s\xe4nky.jpg", b"tuo\x07\x1bli.jpg", "\u202egpj.jpg".encode()):
        Path(os.fsdecode(os.fsencode(stick) + b"/" + name)).write_bytes(whole)
    Path(os.fsdecode(os.fsencode(stick) + b"/\xff.txt")).write_bytes(b"x")
    report = run(services, pictures, stick)
    assert (report.added, [one.row for one in report.left_out]) == (3, [0])
    for names in shelf(services):
        assert all(name.isprintable() and name.encode() for name in names.values())


def test_a_stick_with_very_many_files_is_listed_and_said(
    services: Services, pictures: Pictures, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kiosk.services.goods import goods_folder, goods_import

    monkeypatch.setattr(goods_folder, "MOST_FILES", 5)
    monkeypatch.setattr(goods_import.usb, "MOST_FILES", 5)
    for number in range(9):
        picture(stick / "toys" / f"{number}.jpg", number)
    report = run(services, pictures, stick)
    assert report.added == 5
    assert [str(notice) for notice in report.notices] == [
        "There are more than 5 files here. Only these were looked at."
    ]
    [source] = goods_import.sources(str(stick))
    assert (source.path, source.pictures) == (stick / "toys", 5)

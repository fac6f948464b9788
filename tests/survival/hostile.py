"""What strangers may hand to the kiosk, whole and damaged: files on a stick, scans, copies, translations."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pillow_heif
import qrcode
from babel import Locale
from babel.dates import format_date
from PIL import Image
from qrcode.util import MODE_8BIT_BYTE, QRData

from kiosk.backup.offsite import unpack
from kiosk.backup.sealed_file import SealedWriter
from kiosk.codes import camera
from kiosk.data.store import FILE
from kiosk.files.resources import locales
from kiosk.hub.invitation import Access, invite_text, read_invite
from kiosk.journal import Store
from kiosk.language.translation import find_languages
from kiosk.pictures.pixels import normalise
from kiosk.pictures.store import Pictures
from kiosk.privacy.sealing import Cost, KeyPair, new_keypair, unwrap, wrap
from kiosk.services import Services
from kiosk.services.desk.earlier_years import KINDS
from kiosk.services.goods.goods_import import import_goods
from kiosk.settings import default_toml
from kiosk.settings.toml_reader import read
from tests.services.conftest import NOW
from tests.services.programme.test_calendar_files import calendar, event

KEYS: KeyPair = new_keypair()
pillow_heif.register_heif_opener()
CERTIFICATE = "-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n"


def picture(kind: str, mode: str = "RGB", **how: Any) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").resize((48, 40)).convert(mode).save(out, kind, **how)
    return out.getvalue()


def pictures() -> list[bytes]:
    exif = Image.Exif()
    exif[0x0112] = 6
    profile = Image.open(io.BytesIO(picture("PNG"))).info.get("icc_profile")
    kinds = [
        picture("JPEG", exif=exif, progressive=True),
        picture("JPEG", "CMYK"),
        picture("PNG", "P"),
        picture("WEBP"),
    ]
    return [*kinds, picture("PNG", "I;16"), picture("PNG", "LA", icc_profile=profile), picture("HEIF")]


def tables() -> list[bytes]:
    out, book = io.BytesIO(), openpyxl.Workbook()
    book.active.append(["pvm", "henkilöt"])
    book.active.append(["1.2.2024", 3])
    book.save(out)
    text = "pvm;henkilöt;kieli\n1.2.2024;5;fi\n2024-03-01;7;uk\n"
    return [text.encode(), text.encode("utf-16"), out.getvalue()]


def archive() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for name in (FILE, "settings.toml"):
            member = tarfile.TarInfo(name)
            member.size = 600
            packed.addfile(member, io.BytesIO(b"SQLite format 3\0".ljust(600)))
    return out.getvalue()


class Table:
    """Every reader by name: what it is given whole, and the reading of what it is given damaged. Only a KioskError may
    come out of a reading."""

    def __init__(self, store: Store, services: Services, folder: Path) -> None:
        self.store, self.services, self.folder = store, services, folder
        po = (locales() / "sv" / "LC_MESSAGES" / "kiosk.po").read_bytes()
        head, entry = (
            po[: po.index(b"\nmsgid", 10)],
            b'\n\nmsgid "{n} item"\nmsgid_plural "{n} items"\nmsgstr[0] "{n}"\n',
        )
        goods = (
            "thing;name_fi;category;quantity;kg;photo;number\ndining_chair;;furniture;2;3,5;;7\n;Tuoli;toys;1;;a.jpg;\n"
        )
        access = Access("localhost", 5432, "kiosk", "tablet_1", "x" * 20, "", "Lumijoki")
        self.readers: dict[str, tuple[list[bytes], Callable[[bytes], object]]] = {
            "picture": (pictures(), normalise),
            "calendar": (
                [calendar(event(), event("b", RRULE="FREQ=WEEKLY;COUNT=9", EXDATE="20261210T180000"))], self._calendar
            ),
            "table": (tables(), self._table),
            "goods": ([goods.encode(), goods.encode("cp1252")], self._goods),
            "settings": ([default_toml().encode()], lambda data: read(data.decode("utf-8", "replace"), "x")),
            "translation": ([head + entry], self._translation),
            "invitation": (
                [invite_text(access).encode(), invite_text(Access(*("h", 1, "d", "r", "p"), CERTIFICATE)).encode()],
                lambda data: read_invite(data.decode("latin-1")),
            ),
            "symbol": ([b"TXGN6ZGXMN82", b"https://example.org", "привіт".encode()], self._symbol),
            "key": ([wrap(KEYS.private, "lumi", Cost(1, 8 * 1024 * 1024))], lambda data: unwrap(data, "lumi")),
            "copy": ([self._sealed(archive())], self._copy),
            "archive": ([archive()], lambda data: self._copy(self._sealed(data))),
        }  # fmt: skip

    def _calendar(self, data: bytes) -> None:
        self.services.calendar_files.bring_in(data=data, now=NOW, who="shell")

    def _table(self, data: bytes) -> None:
        from kiosk.files.tables import parse_table
        from kiosk.services.desk.earlier_columns import guess, with_head

        table = with_head(parse_table(data, "x"))
        kind, columns = guess(table).kind, guess(table).columns
        self.services.earlier.plan(
            table=table, kind=kind or next(iter(KINDS)), columns=columns, now=NOW, gathering="coffee"
        )

    def _goods(self, data: bytes) -> None:
        (self.folder / "items.csv").write_bytes(data)
        import_goods(
            self.services,
            Pictures(self.folder / "p"),
            self.folder,
            now=NOW,
            dry_run=True,
            progress=lambda done, of: None,
        )

    def _translation(self, data: bytes) -> None:
        """A kiosk starts with whatever catalogue lies there, and leaves out a language it cannot speak."""
        from kiosk.language import translation

        place = self.folder / "locales" / "xx" / "LC_MESSAGES"
        place.mkdir(parents=True, exist_ok=True)
        (place / "kiosk.po").write_bytes(data)
        try:
            find_languages(self.folder / "locales")
            for tongue in translation.TONGUES.values():
                format_date(NOW.date(), "full", locale=Locale.parse(tongue.locale))
        finally:
            find_languages(locales())

    def _symbol(self, data: bytes) -> None:
        code = qrcode.QRCode(border=4, box_size=3)
        code.add_data(QRData(data[:200] or b"x", mode=MODE_8BIT_BYTE))
        camera.read(code.make_image().get_image())

    def _sealed(self, data: bytes) -> bytes:
        out = io.BytesIO()
        with SealedWriter(out, [KEYS.public]) as sealed:
            sealed.write(data)
        return out.getvalue()

    def _copy(self, data: bytes) -> None:
        (self.folder / "kiosk-1.sealed").write_bytes(data)
        (self.folder / "erased.json").write_text(json.dumps(["x"]))
        unpack(self.folder / "kiosk-1.sealed", KEYS.private, self.folder)


#: What is put into texts and bytes: signs that end, open or stretch something, numbers nobody counts to, far dates.
TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n", b"\n\n", b"\t", b'"', b"'", b'"""', b";", b",", b"=", b"\\", b"[[", b"]]",
    b"{", b"}", b"[" * 3000, b"9" * 400, b"-1", b"0x", b"1e999", b"inf", b"nan", b"true", b"9999-12-31", b"0000-00-00",
    b"[[gatherings]]\n", b"[centre]\nname = 1\n", b"RRULE:FREQ=SECONDLY;COUNT=999999999\r\n", b"RRULE:FREQ=YEARLY;BYDAY=-99XX\r\n",
    b"DTSTART;TZID=../../etc/passwd:20261203T180000\r\n", b"DTSTART:99991231T235959Z\r\n", b"DURATION:P9999999W\r\n",
    b"EXDATE:x\r\n", b"BEGIN:VEVENT\r\n", b"END:VCALENDAR\r\n", b"A" * 5000, "\u202e\u0000\ud7ff".encode(), b"=HYPERLINK(1)",
    b"../../../etc/passwd", b"%s%n", b"{0.__class__}", b"# Keys: a\n", b"# Locale: ../x\n", b"# Name: \n", b'msgid ""\n',
)  # fmt: skip

"""Partners at the desk: taken in by touch, their contact sealed and opened, thanked, a gift from them taken in."""

from __future__ import annotations

from typing import Any

from kiosk.privacy.sealing import KEY_FILE, Cost, new_keypair, wrap
from tests.screens.test_desk import PASSPHRASE, anna, desk, english, fact  # noqa: F401 - fixtures
from tests.screens.test_programme import touch, write


def test_a_partner_from_the_first_name_to_the_thanks(desk: Any) -> None:  # noqa: F811
    key = new_keypair()
    (desk.store.folder / KEY_FILE).write_bytes(wrap(key.private, PASSPHRASE, Cost(1, 8192 * 1024)))
    desk.store.set_recipients([key.public])
    touch(desk, "Donations", "Partners", "New partner")
    write(desk, "What is the partner called?", "K-Market Lumijoki")
    touch(desk, "Business")
    desk.see("May be thanked in public")
    desk.settle()
    sheet = desk.app.shell.screen("partner")
    desk.tap(fact(sheet, "May be thanked in public"))
    desk.see("Yes, since Tue 24/11/2026")
    desk.settle()
    desk.tap(fact(sheet, "Contact, sealed"))
    write(desk, "Who is the contact?", "Maija Virtanen")
    write(desk, "Phone or e-mail?", "maija@example.fi")
    desk.see("Sealed")
    stored = b"".join(path.read_bytes() for path in desk.store.folder.rglob("*") if path.is_file())
    assert b"Maija" not in stored
    touch(desk, "Open the contact details")
    write(desk, "The coordinator’s passphrase", PASSPHRASE)
    desk.see("Maija Virtanen  ·  maija@example.fi")
    kinds = [kind for (kind,) in desk.store.db.execute_sql("SELECT kind FROM journal").fetchall()]
    assert kinds.count("request.opened") == 1
    touch(desk, "Take in things from them")
    desk.wait(lambda: desk.app.shell.current == "take_in", "the sheet")
    desk.settle()
    desk.app.shell.screen("take_in")._named(None, {"en": "Bread box"})
    desk.settle()
    desk.tap("Save")
    desk.see("It is on the shelf")
    [partner] = desk.services.partners.all()
    assert (partner.donations, partner.pieces) == (1, 1)
    assert desk.services.partners.thanked() == ["K-Market Lumijoki"]

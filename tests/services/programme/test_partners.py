"""Partners: a register of names, contacts that are sealed, what each gave, and thanks for those who agreed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kiosk.data.models import JournalEntry
from kiosk.errors import BadValue, KioskError, NameTaken, RequestErased, UnknownPartner
from kiosk.journal import Store
from kiosk.privacy.sealing import KeyPair
from kiosk.services import PartnerView, Services
from tests.services.conftest import NOW

CONTACT = {"name": "Maija Meikäläinen", "wish": "maija@example.fi"}


@pytest.fixture
def shop(services: Services) -> PartnerView:
    return services.partners.add(name=" K-Market  Lumijoki ", kind="company", now=NOW, who="shell")


def test_a_register_with_consent_to_be_thanked(services: Services, shop: PartnerView) -> None:
    change = services.partners.change
    assert (shop.name, shop.thanked_on, services.partners.thanked()) == ("K-Market Lumijoki", None, [])
    services.partners.add(name="4H", kind="association", now=NOW, who="shell")
    assert change(partner_id=shop.id, thanked=True, now=NOW, who="shell").thanked_on == date(2026, 11, 24)
    later = change(partner_id=shop.id, thanked=True, now=NOW + timedelta(days=3), who="shell")
    assert later.thanked_on == date(2026, 11, 24)
    assert services.partners.thanked() == ["K-Market Lumijoki"]
    change(partner_id=shop.id, active=False, now=NOW, who="shell")
    assert services.partners.thanked() == []
    assert [partner.name for partner in services.partners.all()] == ["4H"]
    assert [partner.active for partner in services.partners.all(retired=True)] == [True, False]
    change(partner_id=shop.id, active=True, thanked=False, now=NOW, who="shell")
    assert services.partners.thanked() == []


def test_what_cannot_be_is_refused(services: Services, shop: PartnerView) -> None:
    add = services.partners.add
    with pytest.raises(NameTaken):
        add(name="k-market lumijoki", kind="company", now=NOW, who="shell")
    with pytest.raises(BadValue):
        add(name="Koulu", kind="shop", now=NOW, who="shell")
    for name in ("", "131052-308T"):
        with pytest.raises(KioskError):
            add(name=name, kind="school", now=NOW, who="shell")
    with pytest.raises(UnknownPartner):
        services.partners.change(partner_id="nobody", active=False, now=NOW, who="shell")
    services.partners.change(partner_id=shop.id, active=False, now=NOW, who="shell")
    add(name="K-Market Lumijoki", kind="company", now=NOW, who="shell")
    with pytest.raises(NameTaken):
        services.partners.change(partner_id=shop.id, active=True, now=NOW, who="shell")


def test_the_contact_is_sealed_and_its_opening_is_noted(
    services: Services, shop: PartnerView, store: Store, keys: KeyPair
) -> None:
    partner = services.partners.set_contact(partner_id=shop.id, details=CONTACT, now=NOW, who="shell")
    stored = b"".join(path.read_bytes() for path in store.folder.rglob("*") if path.is_file())
    assert b"Maija" not in stored
    assert b"maija@" not in stored
    assert services.help.list() == []
    assert services.help.new_count() == 0
    assert partner.request is not None
    opened = services.help.open(request_id=partner.request, private=keys.private, now=NOW, who="shell")
    assert opened["name"] == CONTACT["name"]
    kinds = [row.kind for row in JournalEntry.select().execute(store.db)]
    assert kinds.count("request.opened") == 1
    new = services.partners.set_contact(partner_id=shop.id, details={"name": "Ville"}, now=NOW, who="shell")
    with pytest.raises(RequestErased):
        services.help.open(request_id=partner.request, private=keys.private, now=NOW, who="shell")
    assert new.request not in (None, partner.request)
    assert services.partners.set_contact(partner_id=shop.id, details={}, now=NOW, who="shell").request is None


def test_what_each_took_part_in_is_counted(services: Services, shop: PartnerView) -> None:
    announce, decide = services.donations.announce, services.donations.decide
    given = announce(
        donation_id="a", categories=["toys"], amount="box", language="fi", now=NOW, partner=shop.id, who="shell"
    )
    own = announce(donation_id="b", categories=["toys"], amount="box", language="fi", now=NOW)
    for donation in (given, own):
        services.goods.add(
            now=NOW, who="shell", category="toys", names={"fi": "Peli"}, quantity=3, donation=donation.code
        )
        decide(donation_id=donation.id, state="taken_in", now=NOW, who="shell")
    volunteer = services.volunteers.register(name="Eino", now=NOW, who="shell", partner=shop.id)
    services.volunteers.sign_in(code=volunteer.code, task="yard", of_age=True, now=NOW)
    services.volunteers.sign_out(code=volunteer.code, now=NOW + timedelta(hours=2, minutes=30))
    services.programme.change(gathering_id="coffee", partner_id=shop.id, now=NOW, who="shell")
    partner = services.partners.by_id(shop.id)
    counts = (partner.gatherings, partner.donations, partner.pieces, partner.volunteers, partner.hours)
    assert counts == (1, 1, 3, 1, 2.5)
    [session] = services.gatherings.sessions_on(date(2026, 11, 24))
    assert session.partner == "K-Market Lumijoki"
    services.donations.give(donation_id=own.id, partner=shop.id, now=NOW, who="shell")
    assert services.partners.by_id(shop.id).pieces == 6
    for call in (
        lambda: services.donations.give(donation_id=own.id, partner="nobody", now=NOW, who="shell"),
        lambda: services.volunteers.register(name="Eino", now=NOW, who="shell", partner="nobody"),
        lambda: announce(
            donation_id="c", categories=["toys"], amount="box", language="fi", now=NOW, partner="nobody", who="shell"
        ),
    ):
        with pytest.raises(UnknownPartner):
            call()

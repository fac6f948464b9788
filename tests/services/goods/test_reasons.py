"""Own reasons to decline a donation: said to the donor with where to go instead, kept for old donations."""

from __future__ import annotations

import pytest

from kiosk.data import new_id
from kiosk.errors import BadValue, TooManyInUse, UnknownReason
from kiosk.journal import Store
from kiosk.language.translation import Language
from kiosk.privacy.contact import LongText, PersonalId
from kiosk.services import DonationView, ReasonView, Services
from kiosk.services.desk.slip_lines import donation_told
from kiosk.services.goods.reasons import MOST_REASONS
from tests.services.conftest import NOW

NAMES = {"fi": "Patjoja emme ota", "en": "We do not take mattresses", "uk": ""}
INSTEAD = {"fi": "Limingan kierrätyskeskus, puh. 08 123 4567"}


def reason(services: Services) -> ReasonView:
    return services.reasons.add(names=NAMES, instead=INSTEAD, now=NOW, who="shell")


def donation(services: Services) -> DonationView:
    return services.donations.announce(
        donation_id=new_id(NOW), categories=["furniture"], amount="one", language="fi", now=NOW
    )


def decline(services: Services, why: str) -> DonationView:
    return services.donations.decide(
        donation_id=donation(services).id, state="declined", reason=why, now=NOW, who="shell"
    )


def test_the_donor_is_told_why_and_where_to_go(services: Services) -> None:
    declined = decline(services, reason(services).id)
    told = donation_told(declined, Language("fi"))
    assert told[-2] == NAMES["fi"]
    assert INSTEAD["fi"] in told[-1]
    assert NAMES["en"] in donation_told(declined, Language("en"))


def test_a_reason_not_in_use_is_not_offered_and_keeps_its_meaning(services: Services) -> None:
    own = reason(services)
    declined = decline(services, own.id)
    services.reasons.change(reason_id=own.id, names=NAMES, instead={}, active=False, now=NOW, who="shell")
    assert services.reasons.offered() == []
    with pytest.raises(BadValue):
        decline(services, own.id)
    assert NAMES["fi"] in donation_told(services.donations.by_id(declined.id), Language("fi"))


def test_bad_input_changes_nothing(services: Services, store: Store) -> None:
    for names, error in (
        ({"en": "Only English"}, BadValue),
        ({"fi": "x" * 101}, LongText),
        ({"fi": "131052-308T"}, PersonalId),
    ):
        with pytest.raises(error):
            services.reasons.add(names=names, instead={}, now=NOW, who="shell")
    with pytest.raises(UnknownReason):
        services.reasons.change(reason_id="none", names=NAMES, instead={}, active=True, now=NOW, who="shell")
    with pytest.raises(BadValue):
        decline(services, "none")
    assert store.db.execute_sql("SELECT count(*) FROM decline_reason").fetchone() == (0,)


def test_the_list_stays_short(services: Services) -> None:
    first, *_ = [reason(services) for _ in range(MOST_REASONS)]
    with pytest.raises(TooManyInUse, match=str(MOST_REASONS)):
        reason(services)
    said = {"reason_id": first.id, "names": NAMES, "instead": INSTEAD, "now": NOW, "who": "shell"}
    services.reasons.change(active=False, **said)
    reason(services)
    with pytest.raises(TooManyInUse):
        services.reasons.change(active=True, **said)


def test_a_donation_from_elsewhere_whose_reason_is_not_here_yet_is_shown(services: Services, store: Store) -> None:
    own = reason(services)
    declined = decline(services, own.id)
    store.db.execute_sql("DELETE FROM decline_reason")
    assert services.donations.by_id(declined.id).own is None
    assert donation_told(services.donations.by_id(declined.id), Language("fi"))

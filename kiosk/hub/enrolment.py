"""Enrolment of a tablet at a hub."""

from __future__ import annotations

import secrets
from contextlib import closing
from dataclasses import replace

from kiosk import __version__
from kiosk.data.models import Meta
from kiosk.journal import Store, hub_clock

from .connection import HubConnection
from .errors import HubRefuses, JoinedAlready, NotJoined
from .invitation import PENDING, Access, is_joined, read_invite, save, saved
from .short_invitation import is_short, pinned, read_short


def join(store: Store, text: str) -> Access:
    """Join the hub of an invitation. The invitation has a one-time password; the tablet replaces it by one that it
    generates itself. Raises BadInvite, JoinedAlready, HubAway, WrongHub, HubRefuses."""
    folder = store.folder
    if is_joined(folder):
        raise JoinedAlready()
    invited = pinned(*read_short(text)) if is_short(text) else read_invite(text)
    pending = replace(invited, password=secrets.token_urlsafe(24))
    link, known = None, False
    try:  # an earlier attempt may have succeeded without our knowing
        before = saved(folder, PENDING)
        if before.role == invited.role:
            link, known, pending = HubConnection(before, folder), True, before
    except (NotJoined, HubRefuses):
        known = False
    link = link or HubConnection(invited, folder)
    # Written before the hub gets it: after a power cut in between the tablet can still log in.
    save(pending, folder, PENDING)
    with closing(link), link.whole():
        answer = link.value("SELECT kiosk.join_in(%s)", (__version__,))
        if not known:
            link.set_password(pending.password)
        hub = round(link.value("SELECT extract(epoch FROM clock_timestamp()) * 1000"))
    hub_clock.note(store.db, hub)
    access = replace(pending, centre=answer["centre"], number=answer["number"], lane=answer["lane"])
    with store.db.atomic("IMMEDIATE"):
        Meta.replace(key="tablet_number", value=str(access.number)).execute(store.db)
        Meta.replace(key="tablet_lane", value=str(access.lane)).execute(store.db)
    save(access, folder)
    (folder / PENDING).unlink()
    return access

"""Where the hub is: the list of hosts that it tells, and what is found in the network."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import HubAway, InsecureHub
from .invitation import Access, check_plain, save, saved

if TYPE_CHECKING:
    from .connection import HubConnection

#: Oldest schema version of the hub that tells its hosts.
SINCE = 10
#: Seconds between searches in the network.
SEARCH = 60.0
#: A host name or an address; and how many are kept.
_HOST, _MOST = re.compile(r"[0-9A-Za-z.:-]{1,253}"), 8


class Whereabouts:
    """Connects the tablet with a data folder to its hub, wherever that is. Used by one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._search_due = folder, 0.0

    def reach(self) -> HubConnection:
        """Connect. If the hub is at none of its addresses, connect to where it is found in the network, and keep that
        once the server there has proved to be the hub. Raises HubAway, HubRefuses, NotJoined."""
        from .connection import HubConnection

        access = saved(self._folder)
        try:
            return HubConnection(access, self._folder)
        except HubAway:
            found = self._search(access)
            if found == access:
                raise
        link = HubConnection(found, self._folder)
        save(found, self._folder)
        return link

    def follow(self, link: HubConnection) -> None:
        """Keep the hosts that the hub tells, if they are others than before."""
        access = saved(self._folder)
        now = with_hosts(access, str(link.value("SELECT kiosk.hosts()")))
        if now != access:
            save(now, self._folder)

    def _search(self, access: Access) -> Access:
        """Return `access` with the addresses found in the network; unchanged when it is too early to search again."""
        if not access.addresses or time.monotonic() < self._search_due:
            return access
        from .nearby import search

        self._search_due = time.monotonic() + SEARCH
        found = search(access.ca)
        return with_addresses(access, found) if found else access


def with_hosts(access: Access, said: str) -> Access:
    """Return `access` with the hosts in a list; unchanged for a list that cannot be used."""
    found = [one.strip() for one in said.split(",")]
    if not 1 <= len(found) <= _MOST or not all(_HOST.fullmatch(one) for one in found):
        return access
    if access.addresses:
        try:
            return with_addresses(access, found)
        except ValueError:
            return access
    if not access.ca:
        try:
            check_plain(",".join(found))
        except InsecureHub:
            return access
    return replace(access, host=",".join(found))


def with_addresses(access: Access, found: list[str]) -> Access:
    """Return `access` with numeric addresses; an address of this machine itself stays. Raises ValueError."""
    here = [one for one in access.addresses.split(",") if ip_address(one).is_loopback]
    numeric = [str(ip_address(one)) for one in found]
    return replace(access, addresses=",".join(dict.fromkeys([*here, *numeric])))

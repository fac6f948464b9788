"""Finding the hub in the same network by multicast DNS (RFC 6762, 6763) when its address has changed. An answer is only a
place to try: the connection accepts nothing but the pinned certificate."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

import ifaddr
from zeroconf import IPVersion, ServiceInfo, Zeroconf

from .short_invitation import fingerprint

#: Type of the service. Its instance has the fingerprint of the hub's certificate as its name.
TYPE = "_lumijobi-hub._tcp.local."
#: Seconds to wait for an answer.
PATIENCE = 3.0
#: Most addresses that are taken from an answer.
MOST = 8


def own_addresses() -> list[str]:
    """Return the addresses by which others reach this machine, those of a router's network first."""
    found = [str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    found += [str(ip.ip[0]) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv6]
    known = [
        one for one in map(ip_address, found) if not one.is_loopback and not (one.version == 6 and one.is_link_local)
    ]
    return [str(one) for one in sorted(known, key=lambda one: (one.is_link_local, one.version))]


class Announcement:
    """Says in the network where the hub with the certificate `ca` is, until it is closed."""

    def __init__(self, ca: str, port: int, addresses: Iterable[str]) -> None:
        name = fingerprint(ca)
        self._zeroconf = Zeroconf(ip_version=IPVersion.V4Only)
        self._info = ServiceInfo(
            TYPE, f"{name}.{TYPE}", port, server=f"{name}.local.", parsed_addresses=list(addresses)[:MOST]
        )
        self._zeroconf.register_service(self._info)

    def close(self) -> None:
        """Say that it is gone."""
        self._zeroconf.close()


def search(ca: str, seconds: float = PATIENCE) -> list[str]:
    """Return the addresses that an answer gives for the hub with the certificate `ca`; none without an answer."""
    try:
        zeroconf = Zeroconf(ip_version=IPVersion.V4Only)
    except OSError:  # no network at all
        return []
    try:
        info = zeroconf.get_service_info(TYPE, f"{fingerprint(ca)}.{TYPE}", round(seconds * 1000))
        return info.parsed_addresses()[:MOST] if info else []
    finally:
        zeroconf.close()

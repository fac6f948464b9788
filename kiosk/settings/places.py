"""Where the public page can be brought, as one text of the settings."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from kiosk.errors import N_, KioskError

#: Setting value for the first writable USB stick.
USB = "usb"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]*")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-f:]+")
#: Letters of a folder on a server: the same name without quotes in a shell, a batch of sftp and a web address.
_PATH = re.compile(r"(?:/[A-Za-z0-9_.~-]+)*/?")
#: Hosts that may be spoken to without TLS.
_HERE = ("127.0.0.1", "localhost", "::1")


class PlaceKind(StrEnum):
    """How the page is brought there."""

    FOLDER = "folder"
    USB = "usb"
    SFTP = "sftp"
    WEBDAV = "https"
    RSYNC = "rsync"


class Place(NamedTuple):
    """A parsed place. `path` begins with "/" for a server; `port` is 0 for the usual one; `tls` is False only on this
    machine."""

    kind: PlaceKind
    path: str
    host: str = ""
    user: str = ""
    port: int = 0
    tls: bool = True


class BadPlace(KioskError):
    default = N_("{place} is no folder and no address such as sftp://name@host/folder")


def parse_place(text: str) -> Place:
    """Return the place named by a setting. Raises BadPlace."""
    if text == USB:
        return Place(PlaceKind.USB, "")
    if text.startswith("/") and "\0" not in text and ".." not in text.split("/"):
        return Place(PlaceKind.FOLDER, text)
    try:
        parts = urlsplit(text)
        place = _server(parts.scheme, parts.hostname or "", unquote(parts.username or ""), parts.port or 0, parts.path)
    except ValueError:
        raise BadPlace(place=text) from None
    if place is None or parts.query or parts.fragment or parts.password:
        raise BadPlace(place=text)
    return place


def _server(scheme: str, host: str, user: str, port: int, path: str) -> Place | None:
    if not _HOST.fullmatch(host) or (user and not _NAME.fullmatch(user)):
        return None
    if not _PATH.fullmatch(path) or ".." in path.split("/"):
        return None
    if scheme == "http" and host in _HERE:
        return Place(PlaceKind.WEBDAV, path, host, user, port, False)
    if scheme in (PlaceKind.SFTP, PlaceKind.WEBDAV, PlaceKind.RSYNC):
        return Place(PlaceKind(scheme), path, host, user, port)
    return None

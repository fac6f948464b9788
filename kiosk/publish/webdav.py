"""A WebDAV folder (RFC 4918) as the place of the site: nginx, Apache, Nextcloud and others."""

from __future__ import annotations

import http.client
import ssl
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from kiosk.settings.places import Place

from .errors import PlaceFull, PlaceRefused, PlaceTrouble, PlaceUnreachable

#: Seconds for one answer.
SECONDS = 60
_THERE = (200, 201, 204)
_FULL = 507


class WebDavTarget:
    """One connection, which is opened again when the server has closed it."""

    def __init__(self, place: Place, secret: str) -> None:
        kind = http.client.HTTPSConnection if place.tls else http.client.HTTPConnection
        port = place.port or (443 if place.tls else 80)
        self._connection = kind(place.host, port, timeout=SECONDS)
        scheme, host = ("https" if place.tls else "http"), f"[{place.host}]" if ":" in place.host else place.host
        self._site, self._root = f"{scheme}://{host}:{port}", f"{place.path.rstrip('/')}/"
        self._made: set[str] = set()
        words = b64encode(f"{place.user}:{secret}".encode()).decode()
        self._headers = {"Authorization": f"Basic {words}"} if place.user else {}

    def read(self, path: str) -> bytes | None:
        status, data = self._ask("GET", path, expected=(200, 404))
        return data if status == 200 else None

    def put(self, folder: Path, paths: Sequence[str], *, whole: bool) -> None:
        for path in paths:
            self._make_folders(path)
            data = (folder / path).read_bytes()
            if whole:
                self._ask("PUT", f"{path}.part", data)
                to = {"Destination": f"{self._site}{self._root}{path}", "Overwrite": "T"}
                self._ask("MOVE", f"{path}.part", headers=to)
            else:
                self._ask("PUT", path, data)

    def remove(self, paths: Sequence[str]) -> None:
        for path in paths:
            self._ask("DELETE", path, expected=(*_THERE, 404))

    def close(self) -> None:
        self._connection.close()

    def _make_folders(self, path: str) -> None:
        """Make the folders of a file: 405 means that one is there."""
        for folder in [str(parent) for parent in reversed(Path(path).parents)]:
            if folder not in self._made:
                self._ask("MKCOL", "" if folder == "." else f"{folder}/", expected=(201, 405, 301))
                self._made.add(folder)

    def _ask(
        self,
        method: str,
        path: str,
        data: bytes = b"",
        headers: dict[str, str] | None = None,
        expected: tuple[int, ...] = _THERE,
    ) -> tuple[int, bytes]:
        for last in (False, True):
            try:
                sent = self._headers | (headers or {})
                self._connection.request(method, self._root + path, body=data or None, headers=sent)
                answer = self._connection.getresponse()
                status, text = answer.status, answer.read()
                break
            except ssl.SSLError as error:
                raise PlaceTrouble(reason=error.reason or str(error)) from error
            except (http.client.HTTPException, OSError) as error:
                self._connection.close()
                if last or not isinstance(
                    error, http.client.RemoteDisconnected | ConnectionResetError | BrokenPipeError
                ):
                    raise PlaceUnreachable(reason=str(error)) from error
        if status not in expected:
            raise _meaning(status, answer.reason)
        return status, text


def _meaning(status: int, reason: str) -> PlaceTrouble:
    if status in (401, 403):
        return PlaceRefused()
    return PlaceFull() if status == _FULL else PlaceTrouble(reason=f"{status} {reason}")

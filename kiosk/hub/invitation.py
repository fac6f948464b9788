"""An invitation: everything a tablet needs to reach its hub, as text a scanner can type; and what the tablet keeps of it."""

from __future__ import annotations

import base64
import binascii
import json
import ssl
import zlib
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from kiosk.files.atomic import write_atomic

from .errors import BadInvite, InsecureHub, NotJoined

#: What every invitation begins with; the alphabet after it is that of base 32.
MARK = "HUB"
#: Longer than any invitation with a certificate of a usual size.
LONGEST = 4000
#: The tablet's own key to the hub, in the data folder.
FILE = "hub.json"
#: The same while it is not known yet whether the hub has taken it.
PENDING = "hub-pending.json"


@dataclass(frozen=True)
class Access:
    """Where the hub is and as whom a tablet speaks to it. `ca` is the certificate of the hub's authority (PEM), "" for
    a hub on the same machine."""

    host: str
    port: int
    database: str
    role: str
    password: str
    ca: str = ""
    centre: str = ""
    number: int = 0
    lane: int = 0

    def parameters(self, folder: Path) -> dict[str, Any]:
        """Return the parameters of libpq. The certificate is pinned: no other authority counts. Raises InsecureHub."""
        found: dict[str, Any] = {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": self.role,
            "password": self.password,
        }
        if not self.ca:
            check_plain(self.host)
            return found | {"sslmode": "disable"}
        path = folder / "hub-ca.pem"
        if not path.is_file() or path.read_text() != self.ca:
            write_atomic(path, self.ca.encode(), private=True)
        return found | {"sslmode": "verify-full", "sslrootcert": str(path)}


def check_plain(host: str) -> None:
    """Raise InsecureHub unless `host` is on this machine, where nobody listens on the line."""
    try:
        local = host in ("", "localhost") or host.startswith("/") or ip_address(host).is_loopback
    except ValueError:
        local = False
    if not local:
        raise InsecureHub(host=host)


def invite_text(access: Access) -> str:
    """Return the invitation for `access`: letters and digits a QR code holds and every keyboard has."""
    plain = [access.host, access.port, access.database, access.role, access.password, access.centre]
    certificate = ssl.PEM_cert_to_DER_cert(access.ca) if access.ca else b""
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False).encode() + b"\n" + certificate, 9)
    return MARK + base64.b32encode(packed).decode().rstrip("=")


def read_invite(text: str) -> Access:
    """Return what an invitation says; spaces and line breaks are left out. Raises BadInvite."""
    bare = "".join(text.split()).upper()
    try:
        if not bare.startswith(MARK) or len(bare) > LONGEST:
            raise ValueError("no invitation")
        body = bare[len(MARK) :]
        inflate = zlib.decompressobj()
        plain = inflate.decompress(base64.b32decode(body + "=" * (-len(body) % 8)), 16_384)
        if not inflate.eof:
            raise ValueError("not whole")
        head, _, certificate = plain.partition(b"\n")
        host, port, database, role, password, centre = json.loads(head)
        ca = ssl.DER_cert_to_PEM_cert(certificate) if certificate else ""
        access = Access(str(host), int(port), str(database), str(role), str(password), ca, str(centre))
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error, zlib.error):
        raise BadInvite() from None
    if not ca:
        check_plain(access.host)
    return access


def save(access: Access, folder: Path, name: str = FILE) -> None:
    """Keep the access in the data folder, for nobody else to read, whole or not at all."""
    write_atomic(folder / name, json.dumps(asdict(access)).encode(), private=True)


def is_joined(folder: Path) -> bool:
    """Tell whether the tablet with this data folder belongs to a hub."""
    return (folder / FILE).is_file()


def saved(folder: Path, name: str = FILE) -> Access:
    """Return the access kept in the data folder. Raises NotJoined."""
    try:
        return Access(**json.loads((folder / name).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        raise NotJoined() from None

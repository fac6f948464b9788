"""An invitation: everything a tablet needs to connect to its hub, as text that a scanner can type. And the credentials
that the tablet keeps. The short invitation of a hub on a tablet is in `short_invitation`."""

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

#: Prefix of every invitation; base 32 follows.
MARK = "HUB"
#: The longest text that is parsed, characters; an invitation with a usual certificate is shorter.
LONGEST = 4000
#: File of the credentials, in the data folder.
FILE = "hub.json"
#: The same until the hub has confirmed the new password.
PENDING = "hub-pending.json"


@dataclass(frozen=True)
class Access:
    """Address and credentials of the hub. `host` is the name in the hub's certificate, or several, separated by commas:
    servers that stand in for each other. `addresses` are numeric addresses, in the order to try, where that name is
    not one of the network's; "" to look the name up. `ca` is the certificate of the authority that signed the
    certificate of the hub (PEM), "" for a hub on the same machine."""

    host: str
    port: int
    database: str
    role: str
    password: str
    ca: str = ""
    centre: str = ""
    number: int = 0
    lane: int = 0
    addresses: str = ""

    def parameters(self, folder: Path) -> dict[str, Any]:
        """Return the connection parameters of libpq. The certificate is pinned: no other authority is accepted. Raises
        InsecureHub."""
        found: dict[str, Any] = {
            "host": self.host,
            "port": self.port,
            "dbname": self.database,
            "user": self.role,
            "password": self.password,
            # Of several servers the one that takes entries: a standby that was promoted is found by itself.
            "target_session_attrs": "read-write",
        }
        if self.addresses:
            found |= {"host": ",".join([self.host] * len(self.addresses.split(","))), "hostaddr": self.addresses}
        if not self.ca:
            check_plain(self.addresses or self.host)
            return found | {"sslmode": "disable"}
        path = folder / "hub-ca.pem"
        if not path.is_file() or path.read_text() != self.ca:
            write_atomic(path, self.ca.encode(), private=True)
        return found | {"sslmode": "verify-full", "sslrootcert": str(path)}


def check_plain(host: str) -> None:
    """Raise InsecureHub unless `host`, or each of a list, is this machine, where nothing need be encrypted."""
    if not all(_is_here(one) for one in host.split(",")):
        raise InsecureHub(host=host)


def _is_here(host: str) -> bool:
    try:
        return host in ("", "localhost") or host.startswith("/") or ip_address(host).is_loopback
    except ValueError:
        return False


def invite_text(access: Access) -> str:
    """Return the invitation for `access`, in characters that a QR code holds in alphanumeric mode and that every
    keyboard has."""
    plain = [access.host, access.port, access.database, access.role, access.password, access.centre]
    certificate = ssl.PEM_cert_to_DER_cert(access.ca) if access.ca else b""
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False).encode() + b"\n" + certificate, 9)
    return MARK + base64.b32encode(packed).decode().rstrip("=")


def read_invite(text: str) -> Access:
    """Parse an invitation; white space is ignored. Raises BadInvite."""
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
    """Write the credentials to the data folder, atomically and readable by the owner only."""
    write_atomic(folder / name, json.dumps(asdict(access)).encode(), private=True)


def is_joined(folder: Path) -> bool:
    """Return whether the tablet with this data folder has joined a hub."""
    return (folder / FILE).is_file()


def saved(folder: Path, name: str = FILE) -> Access:
    """Return the credentials in the data folder. Raises NotJoined."""
    try:
        return Access(**json.loads((folder / name).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        raise NotJoined() from None

"""The short invitation of a hub on a tablet: short enough to be typed from the screen, in the alphabet of our codes. It has the fingerprint of the hub's
certificate; the certificate itself is fetched from the hub and compared before anything is sent."""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import ssl
import struct
import zlib
from dataclasses import replace
from ipaddress import ip_address

from kiosk.codes.codes import ALPHABET

from .errors import BadInvite, HubAway, WrongHub
from .invitation import MARK, Access

#: The name in the certificate of every hub on a tablet. It is in no name service: tablets know the address.
HOST_NAME = "kiosk-hub.local"
#: Database of a hub on a tablet.
DATABASE = "kiosk"
#: What a short invitation begins with: no long one does, as base 32 has no 0.
SHORT = MARK + "0"
#: First byte of the content; later formats have another.
_FORMAT = 1
#: Bytes of the fingerprint (80 bits: a certificate with the same ones cannot be found), of the secret, of the check sum.
_FINGERPRINT, _SECRET, _CHECK = 10, 10, 2
#: Addresses in an invitation.
MOST = 3
#: Letters of the longest one: the rest of a longer text is not looked at, and its check sum is wrong.
_LONGEST = 140
#: Timeout of the fetch, seconds, for each address.
_TIMEOUT = 5
#: PostgreSQL's request to continue in TLS: length, and the number of the request (protocol, SSLRequest).
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)
#: Letters that the alphabet of our codes lacks, read as the digits they look like.
_LOOKALIKES = str.maketrans("OIL", "011", "-")


def new_login() -> tuple[str, str]:
    """Return (role, one-time password) for an invitation. Both are derived from one secret, the password itself."""
    password = base64.b32encode(secrets.token_bytes(_SECRET)).decode()
    return role_of(password), password


def role_of(password: str) -> str:
    """Return the role that belongs to a one-time password."""
    return f"kiosk_t_{hashlib.sha256(password.encode()).hexdigest()[:10]}"


def fingerprint(certificate: str) -> str:
    """Return the fingerprint (hex) of a certificate (PEM)."""
    return _digest(ssl.PEM_cert_to_DER_cert(certificate)).hex()


def short_text(access: Access) -> str:
    """Return the short invitation for `access`, whose login is one of `new_login`."""
    addresses = [ip_address(one).packed for one in access.addresses.split(",")][:MOST]
    body = bytes([_FORMAT, len(addresses)]) + b"".join(bytes([len(one)]) + one for one in addresses)
    body += access.port.to_bytes(2, "big") + bytes.fromhex(fingerprint(access.ca)) + base64.b32decode(access.password)
    return SHORT + _letters(body + _check(body))


def typed_text(text: str) -> str:
    """Return a short invitation as it is shown to be typed: in groups of four, without the mark for scanners."""
    bare = text.removeprefix(MARK)
    return " ".join(bare[at : at + 4] for at in range(0, len(bare), 4))


def is_short(text: str) -> bool:
    """Return whether `text` begins as a short invitation does."""
    return _bare(text).startswith(SHORT)


def read_short(text: str) -> tuple[Access, str]:
    """Parse a short invitation; white space and hyphens are ignored. Returns the access, which has no certificate yet,
    and the certificate's fingerprint. Raises BadInvite."""
    try:
        whole = _bytes(_bare(text).removeprefix(SHORT))
        body, check = whole[:-_CHECK], whole[-_CHECK:]
        if check != _check(body) or body[0] != _FORMAT:
            raise ValueError("no invitation")
        rest, addresses = body[2:], []
        for _ in range(body[1]):
            addresses.append(str(ip_address(rest[1 : 1 + rest[0]])))
            rest = rest[1 + rest[0] :]
        port, pin, secret = rest[:2], rest[2 : 2 + _FINGERPRINT], rest[2 + _FINGERPRINT :]
        if not addresses or len(secret) != _SECRET:
            raise ValueError("not whole")
    except (ValueError, IndexError):
        raise BadInvite() from None
    password = base64.b32encode(secret).decode()
    access = Access(HOST_NAME, int.from_bytes(port, "big"), DATABASE, role_of(password), password)
    return replace(access, addresses=",".join(addresses)), pin.hex()


def pinned(access: Access, pin: str) -> Access:
    """Return `access` with the hub's certificate, fetched from the first address that has the one with the fingerprint
    `pin`. Nothing but the TLS handshake is sent. Raises HubAway, WrongHub."""
    troubles: list[HubAway] = []
    for address in access.addresses.split(","):
        try:
            certificate = _fetch(address, access.port)
        except OSError as error:
            troubles.append(HubAway(reason=error.strerror or error))
            continue
        if _digest(certificate).hex() == pin:
            return replace(access, ca=ssl.DER_cert_to_PEM_cert(certificate))
        troubles.insert(0, WrongHub())
    raise troubles[0]


def _fetch(address: str, port: int) -> bytes:
    """Return the certificate (DER) of the PostgreSQL server at an address. Raises OSError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # what is fetched is compared with the pin
    with socket.create_connection((address, port), _TIMEOUT) as line:
        line.sendall(_SSL_REQUEST)
        if line.recv(1) != b"S":
            raise ConnectionError("no TLS")
        with context.wrap_socket(line) as secure:
            return secure.getpeercert(True) or b""


def _letters(body: bytes) -> str:
    number, found = int.from_bytes(body, "big"), ""
    while number:
        number, value = divmod(number, len(ALPHABET))
        found = ALPHABET[value] + found
    return found


def _bytes(letters: str) -> bytes:
    """Inverse of `_letters`, for a body whose first byte is not 0. Raises ValueError."""
    number = 0
    for letter in letters[:_LONGEST]:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _bare(text: str) -> str:
    return "".join(text.split()).upper().translate(_LOOKALIKES)


def _digest(certificate: bytes) -> bytes:
    return hashlib.sha256(certificate).digest()[:_FINGERPRINT]


def _check(body: bytes) -> bytes:
    return zlib.crc32(body).to_bytes(4, "big")[-_CHECK:]

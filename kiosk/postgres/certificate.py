"""The certificate of a hub on a tablet: signed by itself, and pinned by every tablet that joins."""

from __future__ import annotations

from pathlib import Path

from .programs import run

#: Days for which it is good, longer than a tablet lasts: it is trusted because it is pinned.
DAYS = 30 * 365
CERTIFICATE, KEY = "hub.crt", "hub.key"


def ensure(folder: Path, name: str) -> str:
    """Make key and certificate for `name` in `folder` unless they are there; returns the certificate (PEM). Raises
    PostgresFailed."""
    if not (folder / CERTIFICATE).is_file():
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", DAYS)
        named = ("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}")
        run(folder, "openssl", "req", "-x509", *curve, *named, "-keyout", folder / KEY, "-out", folder / CERTIFICATE)
        for name in (KEY, CERTIFICATE):
            (folder / name).chmod(0o600)
    return (folder / CERTIFICATE).read_text()

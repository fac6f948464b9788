"""SFTP and rsync by the programs of the system: keys, ciphers and their updates are Debian's."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from kiosk.files.atomic import write_atomic
from kiosk.settings.places import Place

from .errors import ChangedServer, PlaceFull, PlaceRefused, PlaceTrouble, PlaceUnreachable, ProgramMissing
from .file import SCRATCH

#: Files in the data folder: the key by which this tablet is known at servers, and the keys of servers it has seen.
KEY, KNOWN_HOSTS = "publish_key", "publish_known_hosts"
#: Seconds for a connection, and for one batch of files on a slow line.
CONNECT, BATCH = 20, 1800
#: The environment variable from which the answer to a password prompt comes; `ps` does not show it.
SECRET = "KIOSK_PLACE_SECRET"
#: What rsync says of a file that the server does not have.
_MISSING = "No such file or directory"
_ASK = f'#!/bin/sh\nprintf "%s\\n" "${SECRET}"\n'


def make_key(data: Path) -> str:
    """Return the public half of this tablet's key, which is made on first use. Raises ProgramMissing."""
    key = data / KEY
    if not key.exists():
        _run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "lumijobi-kiosk", "-f", str(key)], {}, b"", data)
    return key.with_suffix(".pub").read_text(encoding="ascii").strip()


class _Server:
    """A server over SSH, with the options of the connection."""

    def __init__(self, place: Place, data: Path, secret: str) -> None:
        self.place, self._data, self._secret = place, data, secret
        self.where = f"{place.user}@{place.host}" if place.user else place.host
        self.root = place.path.removeprefix("/~/").rstrip("/") or "/"

    def options(self) -> list[str]:
        """Return options for ssh and sftp. A first server is remembered; one that changes is refused."""
        chosen = {
            "StrictHostKeyChecking": "accept-new",
            "UserKnownHostsFile": str(self._data / KNOWN_HOSTS),
            "GlobalKnownHostsFile": "/dev/null",
            "ConnectTimeout": str(CONNECT),
            "ServerAliveInterval": "15",
            "BatchMode": "no" if self._secret else "yes",
            "NumberOfPasswordPrompts": "1",
            "IdentitiesOnly": "yes",
            "IdentityFile": str(self._data / KEY),
            "LogLevel": "ERROR",
        }
        chosen |= {"Port": str(self.place.port)} if self.place.port else {}
        return ["-F", "/dev/null", *(f"-o{name}={value}" for name, value in chosen.items())]

    def run(self, command: list[str], text: str = "") -> None:
        """Run a program with `text` as its input. Raises PlaceTrouble."""
        with self._environment() as environment:
            _run(command, environment, text.encode(), self._data)

    @contextmanager
    def _environment(self) -> Iterator[dict[str, str]]:
        if not self._secret:
            yield {}
            return
        with tempfile.TemporaryDirectory(dir=self._data / SCRATCH, prefix="page-ask-") as name:
            ask = Path(name) / "ask"
            write_atomic(ask, _ASK.encode(), private=True)
            ask.chmod(0o700)
            yield {SECRET: self._secret, "SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":"}


class SftpTarget(_Server):
    """A server that speaks SFTP."""

    def read(self, path: str) -> bytes | None:
        with tempfile.TemporaryDirectory(dir=self._data / SCRATCH, prefix="page-get-") as name:
            file = Path(name) / "got"
            self._batch([f"-get {self._at(path)} {shlex.quote(str(file))}"])
            return file.read_bytes() if file.exists() else None

    def put(self, folder: Path, paths: Sequence[str], *, whole: bool) -> None:
        lines = [f"-mkdir {self._at(part)}" for part in _folders(paths)]
        for path in paths:
            local, remote = shlex.quote(str(folder / path)), self._at(path)
            lines += (
                [f"put {local} {remote}.part", f"rename {remote}.part {remote}"] if whole else [f"put {local} {remote}"]
            )
        self._batch(lines)

    def remove(self, paths: Sequence[str]) -> None:
        if paths:
            self._batch(
                [
                    *(f"-rm {self._at(path)}" for path in paths),
                    *(f"-rmdir {self._at(part)}" for part in _emptied(paths)),
                ]
            )

    def close(self) -> None:
        """Nothing is kept open."""

    def _at(self, path: str) -> str:
        return f"{self.root.rstrip('/')}/{path}" if path else self.root

    def _batch(self, lines: Sequence[str]) -> None:
        self.run(["sftp", *self.options(), "-b", "-", self._bracketed()], "".join(f"{line}\n" for line in lines))

    def _bracketed(self) -> str:
        return self.where if ":" not in self.place.host else self.where.replace(self.place.host, f"[{self.place.host}]")


class RsyncTarget(_Server):
    """A server with rsync, reached over SSH."""

    def read(self, path: str) -> bytes | None:
        with tempfile.TemporaryDirectory(dir=self._data / SCRATCH, prefix="page-get-") as name:
            file = Path(name) / "got"
            try:
                self._rsync([f"{self._remote()}{path}", str(file)])
            except PlaceTrouble as error:
                if _MISSING not in str(error):
                    raise
            return file.read_bytes() if file.exists() else None

    def put(self, folder: Path, paths: Sequence[str], *, whole: bool) -> None:
        self._rsync(["-I", "--mkpath", "--files-from=-", f"{folder}/", self._remote()], paths)

    def remove(self, paths: Sequence[str]) -> None:
        if paths:
            with tempfile.TemporaryDirectory(dir=self._data / SCRATCH, prefix="page-none-") as name:
                for folder in _folders(paths):  # only a file that is missing in a folder that is there is removed
                    (Path(name) / folder).mkdir(exist_ok=True)
                self._rsync(["--delete-missing-args", "--files-from=-", f"{name}/", self._remote()], paths)

    def close(self) -> None:
        """Nothing is kept open."""

    def _remote(self) -> str:
        host = f"[{self.place.host}]" if ":" in self.place.host else self.place.host
        return f"{self.where.removesuffix(self.place.host)}{host}:{self.root.rstrip('/')}/"

    def _rsync(self, words: list[str], lines: Sequence[str] = ()) -> None:
        shell = shlex.join(["ssh", *self.options()])
        options = ["-r", "--chmod=D755,F644", f"--timeout={CONNECT * 3}", "-e", shell]
        self.run(["rsync", *options, *words], "".join(f"{line}\n" for line in lines))


def _folders(paths: Sequence[str]) -> list[str]:
    """Return the folders of `paths`, outer ones first, the site's own as ""."""
    found = {str(parent) for path in paths for parent in Path(path).parents}
    return sorted("" if folder == "." else folder for folder in found)


def _emptied(paths: Sequence[str]) -> list[str]:
    """Return the folders that may be empty now, inner ones first. A server refuses to remove one that is not."""
    return [folder for folder in reversed(_folders(paths)) if folder]


def _run(command: list[str], environment: dict[str, str], text: bytes, data: Path) -> None:
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, timeout=BATCH, env=os.environ | environment, check=False
        )
    except FileNotFoundError:
        raise ProgramMissing(program=command[0]) from None
    except subprocess.TimeoutExpired:
        raise PlaceUnreachable(reason=f"{BATCH} s") from None
    if done.returncode:
        raise _meaning(done.stderr.decode("utf-8", "replace"), data)


def _meaning(said: str, data: Path) -> PlaceTrouble:
    """Return the error that a program's words mean. The reason comes last, but before rsync's summaries."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    first = next((line for line in lines if line.startswith(("rsync: [", "ssh: "))), "")
    last = first or (lines[-1] if lines else "")
    if "Host key verification failed" in said or "HOST IDENTIFICATION HAS CHANGED" in said:
        return ChangedServer(file=data / KNOWN_HOSTS)
    if "Permission denied (" in said or "Too many authentication failures" in said:
        return PlaceRefused()
    if any(
        words in said
        for words in (
            "Connection refused",
            "timed out",
            "Could not resolve",
            "No route",
            "unreachable",
            "Connection closed",
        )
    ):
        return PlaceUnreachable(reason=last)
    if "No space left" in said or "quota" in said.lower():
        return PlaceFull()
    return PlaceTrouble(reason=last)

"""Real servers on loopback: OpenSSH's sshd, and nginx with WebDAV."""

from __future__ import annotations

import getpass
import shlex
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Seconds for a server to begin.
PATIENCE = 60

SSHD = """
ListenAddress 127.0.0.1
Port {port}
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/authorized_keys
PidFile {folder}/sshd.pid
StrictModes no
UsePAM no
PasswordAuthentication {password}
KbdInteractiveAuthentication no
PermitRootLogin yes
Subsystem sftp internal-sftp
"""
NGINX = """
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 10m;
    server {{
        listen 127.0.0.1:{port};
        root {folder};
        location /www/ {{
            auth_basic "site";
            auth_basic_user_file {folder}/users;
            dav_methods PUT DELETE MKCOL COPY MOVE;
        }}
        location /public/ {{ alias {folder}/www/; }}
    }}
}}
"""


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"{process.args!r} ended"
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"{process.args!r} does not answer")


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port, process)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _with_password(folder: Path, password: str) -> list[str]:
    """Return what is put before a command so that it alone sees `password` as that of its user; needs root."""
    told = subprocess.run(
        ["openssl", "passwd", "-6", "-stdin"], input=password, capture_output=True, text=True, check=True
    )
    own, user = folder / "shadow", getpass.getuser()
    others = [line for line in Path("/etc/shadow").read_text().splitlines() if not line.startswith(f"{user}:")]
    own.touch(0o600)
    own.write_text("\n".join([f"{user}:{told.stdout.strip()}:20000:0:99999:7:::", *others, ""]))
    script = f'mount --bind {shlex.quote(str(own))} /etc/shadow && exec "$0" "$@"'
    return ["unshare", "--mount", "sh", "-c", script]


@contextmanager
def sshd(folder: Path, public_key: str, *, password: str = "") -> Iterator[tuple[str, int]]:
    """Run an sshd that lets the owner of `public_key` in, or whoever knows `password`; yields user and port."""
    folder.mkdir(exist_ok=True)
    if not (folder / "host_key").exists():
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "host_key")], check=True)
    (folder / "authorized_keys").write_text(public_key + "\n")
    port = free_port()
    conf = folder / "sshd_config"
    conf.write_text(SSHD.format(folder=folder, port=port, password="yes" if password else "no"))
    is_root = getpass.getuser() == "root"
    if is_root:
        Path("/run/sshd").mkdir(exist_ok=True)
    before = _with_password(folder, password) if password and is_root else []
    with _running([*before, "/usr/sbin/sshd", "-D", "-e", "-f", str(conf)], port):
        yield getpass.getuser(), port


@contextmanager
def nginx(folder: Path, password: str) -> Iterator[int]:
    """Run an nginx whose folder /www/ is written by WebDAV as anna, and read by anybody under /public/; yields the port."""
    (folder / "www").mkdir(parents=True)
    folder.chmod(0o755)
    port = free_port()
    (folder / "users").write_text(f"anna:{{PLAIN}}{password}\n")
    user = "user root;" if getpass.getuser() == "root" else ""
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user=user))
    with _running(["/usr/sbin/nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")], port):
        yield port

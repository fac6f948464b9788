"""The disk: a Debian made by debootstrap with a bundle installed on it by its own installer, as on a tablet."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUITE = "bookworm"
#: What a Debian without a desktop has, the kernel, and the agent by which the machine is looked into.
PACKAGES = (
    "systemd,systemd-sysv,udev,dbus,sudo,kmod,e2fsprogs,procps,python3,python3-venv,ca-certificates,initramfs-tools,"
    "linux-image-amd64,qemu-guest-agent"
)
#: Size of the disk, bytes.
DISK = 6 * 1024**3
#: Emulation is fifty times slower than a tablet: what systemd waits for, and the pause between two letters of a scanner, are
#: longer here, and nothing else is different.
SLOW = "[Service]\nWatchdogSec=600\nTimeoutStartSec=1800\n"
RULE = "/etc/systemd/system/lumijobi-kiosk.service.d/emulated.conf"


def mirror() -> str:
    """Return the address that apt on this machine fetches Debian from; LUMIJOBI_MIRROR may name another. Raises
    SystemExit when there is none."""
    if named := os.environ.get("LUMIJOBI_MIRROR"):
        return named
    command = ["apt-get", "indextargets", "--format", "$(ORIGIN) $(CODENAME) $(REPO_URI)"]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"^Debian [a-z]+ (\S+)$", lines, re.MULTILINE)  # security updates are "bookworm-security"
    if found is None:
        raise SystemExit("apt knows no mirror of Debian here: name one in LUMIJOBI_MIRROR")
    return found[1]


def debian(folder: Path) -> Path:
    """Return a Debian in `folder`, made when it is not there."""
    made = folder / "debian"
    if not made.is_dir():
        part = folder / "debian.part"
        shutil.rmtree(part, ignore_errors=True)
        command = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, str(part), mirror()]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        part.rename(made)
    return made


@contextmanager
def inside(root: Path) -> Iterator[list[str]]:
    """Give the words that a command in the Debian `root` begins with; nothing is started in there."""
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    policy = root / "usr/sbin/policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    mounts = [(("-t", "proc", "proc"), "proc"), (("--bind", "/dev"), "dev"), (("--bind", "/sys"), "sys")]
    done: list[str] = []
    try:
        for how, place in mounts:
            subprocess.run(["mount", *how, str(root / place)], check=True)
            done.append(place)
        yield ["chroot", str(root), "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"]
    finally:
        for place in reversed(done):
            subprocess.run(["umount", str(root / place)], check=True)
        policy.unlink()


def install(folder: Path, bundle: Path) -> str:
    """Make the disk image, kernel and initrd in `folder` from a fresh Debian with `bundle`; returns what the installer said."""
    root = folder / "root"
    shutil.rmtree(root, ignore_errors=True)
    subprocess.run(["cp", "-a", str(debian(folder)), str(root)], check=True)
    shutil.copytree(bundle, root / "bundle")
    with inside(root) as begin:
        said = subprocess.run([*begin, "/bundle/install"], capture_output=True, text=True)
        if said.returncode:
            raise SystemExit(said.stdout + said.stderr)
        subprocess.run([*begin, "apt-get", "clean"], check=True)
    shutil.rmtree(root / "bundle")
    rule = root / RULE.lstrip("/")
    rule.parent.mkdir(exist_ok=True)
    rule.write_text(SLOW)
    settings = root / "var/lib/lumijobi/data/settings.toml"
    slow, count = re.subn(r"^#? ?scan_gap_ms = \d+", "scan_gap_ms = 900", settings.read_text(), flags=re.MULTILINE)
    if count != 1:
        raise SystemExit(f"no scan_gap_ms in {settings}")
    settings.write_text(slow)
    (root / "etc/fstab").write_text("/dev/vda / ext4 errors=remount-ro 0 1\n")
    (root / "etc/hostname").write_text("kiosk\n")
    for name in ("vmlinuz", "initrd.img"):
        [newest] = sorted(root.glob(f"boot/{name}-*"))[-1:]
        shutil.copy(newest, folder / name)
    disk = folder / "installed.img"
    disk.unlink(missing_ok=True)
    with disk.open("wb") as file:
        file.truncate(DISK)
    subprocess.run(["mkfs.ext4", "-q", "-d", str(root), str(disk)], check=True)
    shutil.rmtree(root)
    return said.stdout + said.stderr


def disk(folder: Path) -> Path:
    """Return a fresh disk that begins as it was installed."""
    made = folder / "disk.qcow2"
    made.unlink(missing_ok=True)
    command = ["qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", str(folder / "installed.img"), str(made)]
    subprocess.run(command, check=True)
    return made


def stick(path: Path, content: Path | None, mebibytes: int) -> Path:
    """Make the image of a FAT stick with what lies in the folder `content` on it."""
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        file.truncate(mebibytes * 1024**2)
    subprocess.run(["mkfs.vfat", "-n", "STICK", str(path)], check=True, stdout=subprocess.DEVNULL)
    if content is not None:
        for each in sorted(content.iterdir()):
            subprocess.run(["mcopy", "-s", "-i", str(path), str(each), "::"], check=True)
    return path

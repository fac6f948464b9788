"""A real CUPS of its own on a socket in a folder of its own: no queue of the machine is seen or touched."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

#: cupsd refuses to work as root for its jobs; as anybody else it works as who started it.
LIKELY = ("lp", "daemon", "nobody")
CONF = """
LogLevel warn
Listen {place}/socket
Browsing No
DefaultAuthType None
WebInterface No
JobRetryInterval 1
PreserveJobFiles {keeps}
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
FILES = """
User {user}
Group {group}
SystemGroup sys
ServerRoot {place}/root
RequestRoot {place}/spool
TempDir {place}/spool/tmp
CacheDir {place}/cache
StateDir {place}/state
AccessLog {place}/access_log
ErrorLog {place}/error_log
PageLog {place}/page_log
FileDevice Yes
Sandboxing relaxed
"""
#: The description of a printer with a driver: what is not raw goes through a filter that gives nothing.
DRIVER = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "T.PPD"
*Manufacturer: "Test"
*Product: "(Test)"
*ModelName: "Test"
*ShortNickName: "Test"
*NickName: "Test"
*PSVersion: "(3010.000) 0"
*ColorDevice: False
*DefaultColorSpace: Gray
*cupsVersion: 2.2
*cupsFilter: "application/octet-stream 0 /bin/true"
*cupsFilter: "application/pdf 0 /bin/true"
*OpenUI *PageSize/Page Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
"""


class Cups:
    """Runs until closed. `keeps` is whether files of printed jobs are kept, as CUPS does by itself."""

    def __init__(self, *, keeps: bool = True) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="kiosk-cups-"))
        self.place.chmod(0o755)  # filters and backends run as another user
        for name in ("root/ppd", "root/ssl", "spool/tmp", "cache", "state"):
            (self.place / name).mkdir(parents=True)
        me = pwd.getpwuid(os.getuid()).pw_name
        user = me if os.getuid() else next(name for name in LIKELY if _known(name))
        values = {
            "place": self.place, "user": user, "group": _group(user), "keeps": "Yes" if keeps else "No",
        }  # fmt: skip
        for name, text in (("cupsd.conf", CONF), ("cups-files.conf", FILES)):
            (self.place / name).write_text(text.format(**values))
        self._process = subprocess.Popen(
            [_cupsd(), "-f", "-c", str(self.place / "cupsd.conf"), "-s", str(self.place / "cups-files.conf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.server = str(self.place / "socket")
        for _ in range(200):
            if self._run("lpstat", "-r", check=False).startswith("scheduler is running"):
                break
            time.sleep(0.05)
        else:
            log = (self.place / "error_log").read_text()
            self.close()
            raise RuntimeError(f"cupsd did not start: {log}")

    @property
    def spool(self) -> Path:
        return self.place / "spool"

    def documents(self) -> list[str]:
        """What it keeps of what it was given to print."""
        return sorted(path.name for path in self.spool.iterdir() if path.name.startswith("d"))

    def add(self, queue: str, device: str, *, driver: bool = False) -> None:
        """Set up a queue to a device, raw or with a driver."""
        how = []
        if driver:
            (self.place / "t.ppd").write_text(DRIVER)
            how = ["-P", str(self.place / "t.ppd")]
        self._run("lpadmin", "-p", queue, "-E", "-v", device, *how)

    def tell(self, program: str, queue: str) -> None:
        """Say something to a queue, by `cupsdisable`, `cupsenable`, `cupsreject` or `cupsaccept`."""
        self._run(program, queue)

    def waiting(self) -> list[str]:
        """The jobs that have not left their queues."""
        return [line.split()[0] for line in self._run("lpstat", "-o").splitlines()]

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)
        shutil.rmtree(self.place, ignore_errors=True)

    def _run(self, *command: str, check: bool = True) -> str:
        environment = os.environ | {
            "CUPS_SERVER": self.server,
            "LC_ALL": "C",
            "PATH": f"{os.environ['PATH']}:/usr/sbin",
        }
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=check, timeout=20).stdout


def _cupsd() -> str:
    found = shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, "the package cups is missing: deploy/system-packages test"
    return found


def _known(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _group(user: str) -> str:
    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name

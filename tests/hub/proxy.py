"""A line that fails: a TCP proxy on loopback that cuts, holds back, repeats late, and refuses."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from pathlib import Path

#: What can happen to a message: it is lost before the server has it; the answer is lost; the message is held back until
#: the tablet has long tried again; nothing comes or goes, and nobody says so.
FAULTS = ("lose_request", "lose_answer", "hold", "black_hole")


class Proxy:
    """Passes on to the server's `socket_path` until `fault` is armed, which happens to the n-th message from then."""

    def __init__(self, socket_path: Path) -> None:
        self._path, self.fault, self._after = socket_path, "", 0
        self.open = True
        self._lock = threading.Lock()
        self._held: list[tuple[socket.socket, bytes]] = []
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, fault: str, after: int) -> None:
        """Let `fault` happen once, to the message that follows `after` others."""
        with self._lock:
            self.fault, self._after = fault, after

    def disarm(self) -> None:
        """No fault is to come."""
        self.fault = ""

    def part(self) -> None:
        """Nobody comes through; whoever was connected is cut off."""
        self.open = False
        self.cut()

    def heal(self) -> None:
        """Whoever comes, comes through."""
        self.open = True
        self.disarm()

    def cut(self) -> None:
        """Cut every line."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                _close(end)

    def release(self) -> int:
        """Deliver what was held back, long after; returns how many messages."""
        held, self._held = self._held, []
        for server, message in held:
            with contextlib.suppress(OSError):
                server.sendall(message)
                server.settimeout(5)
                server.recv(65536)
            _close(server)
        return len(held)

    def stop(self) -> None:
        self.release()
        self.cut()
        _close(self._door)

    def _accept(self) -> None:
        while True:
            try:
                client, _address = self._door.accept()
            except OSError:
                return
            if not self.open:
                _close(client)
                continue
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _due(self) -> str:
        """Return the fault that happens to this message, if one does."""
        with self._lock:
            if not self.fault:
                return ""
            self._after -= 1
            if self._after >= 0:
                return ""
            fault, self.fault = self.fault, ""
            return fault

    def _carry(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(str(self._path))
        except OSError:
            _close(client)
            return
        with self._lock:
            self._pairs.append((client, server))
        try:
            while self._once(client, server):
                pass
        except (OSError, ValueError):  # cut off from outside
            pass
        finally:
            _close(client)
            if not any(server is held for held, _message in self._held):
                _close(server)

    def _once(self, client: socket.socket, server: socket.socket) -> bool:
        ready, _, _ = select.select([client, server], [], [])
        if server in ready:
            answer = server.recv(1 << 20)
            client.sendall(answer)
            return bool(answer)
        message = client.recv(1 << 20)
        if not message:
            return False
        fault = self._due()
        if fault == "hold":
            self._held.append((server, message))
            return False
        if fault == "lose_request":
            return False
        if fault == "black_hole":
            while client.recv(1 << 20):
                pass
            return False
        server.sendall(message)
        if fault == "lose_answer":
            server.recv(1 << 20)
            return False
        return True


def _close(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        line.close()

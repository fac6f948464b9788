"""A receipt printer on loopback: it takes ESC/POS bytes, answers status requests and renders what would be on paper."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field

from PIL import Image

#: The raster command GS v 0 with its mode byte, before width and height.
RASTER = b"\x1dv0"
CUT = b"\x1dV"
WELL = 0x12


@dataclass
class PaperPrinter:
    """Listens until closed. What it can be told is said by its fields; `papers` are the pieces cut off so far."""

    out_of_paper: bool = False
    cover_open: bool = False
    silent: bool = False
    hang_up_after: int | None = None
    stall_after: int | None = None
    lingers: bool = False
    out_of_paper_after: int | None = None
    unasked: bytes = b""
    received: bytearray = field(default_factory=bytearray)
    papers: list[Image.Image] = field(default_factory=list)
    connections: int = 0
    questions: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._changed = threading.Condition()
        threading.Thread(target=self._serve, daemon=True).start()

        self._ended = threading.Event()

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def close(self) -> None:
        self._ended.set()
        self._server.close()

    def wait(self, papers: int) -> list[Image.Image]:
        """Return the papers once there are so many."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.papers) >= papers, timeout=20), len(self.papers)
        return self.papers

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        data = bytearray()
        piece: list[Image.Image] = []
        with connection:
            while True:
                try:
                    more = connection.recv(4096)
                except OSError:
                    return
                if not more:
                    if self.lingers:
                        self._ended.wait(30)
                    return
                data += more
                self.received += more
                if self.hang_up_after is not None and len(self.received) > self.hang_up_after:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                    return
                if self.stall_after is not None and len(self.received) > self.stall_after:
                    self._ended.wait(30)
                    return
                self._read(connection, data, piece)

    def _read(self, connection: socket.socket, data: bytearray, piece: list[Image.Image]) -> None:
        """Take every whole command off the front of `data`."""
        while data:
            if data[:2] == b"\x10\x04":
                if len(data) < 3:
                    return
                self._answer(connection, data[2])
                del data[:3]
            elif data[:3] == RASTER:
                if len(data) < 8:
                    return
                across, down = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
                if len(data) < 8 + across * down:
                    return
                dots = Image.frombytes("1", (across * 8, down), bytes(data[8 : 8 + across * down]), "raw", "1;I")
                piece.append(dots)
                del data[: 8 + across * down]
            elif data[:2] == CUT:
                if len(data) < 3:
                    return
                self._cut(piece)
                del data[:3]
            elif data[:2] == b"\x1bd":
                if len(data) < 3:
                    return
                del data[:3]
            elif data[:2] == b"\x1b@":
                del data[:2]
            elif data[:1] in (b"\x1b", b"\x1d", b"\x10") and len(data) < 3:
                return
            else:
                del data[:1]

    def _answer(self, connection: socket.socket, question: int) -> None:
        self.questions.append(question)
        if self.silent:
            return
        answer = WELL
        if self.out_of_paper_after is not None:
            self.out_of_paper_after -= 1
            self.out_of_paper = self.out_of_paper_after <= 0
        if question == 4 and self.out_of_paper:
            answer |= 0x60
        if question == 2:
            answer |= (0x20 if self.out_of_paper else 0) | (0x04 if self.cover_open else 0)
        connection.sendall(self.unasked + bytes((answer,)))

    def _cut(self, piece: list[Image.Image]) -> None:
        paper = Image.new(
            "1", (max((dots.width for dots in piece), default=8), sum(dots.height for dots in piece) or 1), 1
        )
        y = 0
        for dots in piece:
            paper.paste(dots, (0, y))
            y += dots.height
        piece.clear()
        with self._changed:
            self.papers.append(paper)
            self._changed.notify_all()

"""Row 7: what is drawn and worked while nobody touches the tablet."""

from __future__ import annotations

from benchmarks.rig import Rig
from benchmarks.table import head


def measure(rig: Rig, sizes: tuple[int, ...], years: int) -> None:
    head("7. Nobody touches it: pictures drawn a second; seconds of processor a minute (drawing by software)")
    for found in (rig.kivy("idle", "empty_kivy"), rig.kiosk("idle", 1000, years)):
        for name, (draws, cpu) in found["idle"].items():
            print(f"{name:52} {draws:9.2f} {cpu * 60:9.1f}", flush=True)

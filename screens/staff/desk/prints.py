"""The print queue: unfinished jobs with errors."""

from __future__ import annotations

from typing import Any

from kivy.clock import Clock
from kivy.properties import ListProperty

from kiosk.errors import N_
from kiosk.vocabulary.states import PrintState
from screens.frame.screen import told_by
from screens.widgets.lists import Line

from .base import StaffScreen

STATE_WORDS = {
    PrintState.QUEUED: N_("Waiting to be printed"),
    PrintState.SENDING: N_("Is being printed"),
    PrintState.UNSURE: N_("Check whether it came out of the printer"),
}
#: Refresh interval, seconds.
FRESH = 3


class PrintQueueScreen(StaffScreen):
    """Shows open jobs. Jobs that may be on paper already wait for a person's decision."""

    lines = ListProperty(None, allownone=True)
    jobs: dict[str, Any]

    def __init__(self, **kwargs: Any) -> None:
        self._refresh = Clock.create_trigger(lambda dt: self.look(), FRESH, interval=True)
        super().__init__(**kwargs)
        self.bind(on_leave=lambda *_: self._refresh.cancel())

    def open(self, **values: Any) -> None:
        self.look()
        self._refresh()

    def on_return(self) -> None:
        self.open()

    def look(self) -> None:
        """Reload the queue."""
        self.load("print", lambda who: self.app.services.print_queue.open(), self._show)

    def _show(self, jobs: Any) -> None:
        tr = self.app.tr
        self.jobs = {job.id: job for job in jobs}
        lines = [
            Line(
                job.id,
                tr._(job.words) + (f"  ({tr('Copy {number}', number=job.copy)})" if job.copy > 1 else ""),
                tr._(job.error) if job.error else tr._(STATE_WORDS[job.state]),
                tr.time(job.made_at),
                icon="printer_outline",
                alarm=bool(job.error) or job.state == PrintState.UNSURE,
            )
            for job in jobs
        ]
        if lines != self.lines:
            self.lines = lines

    def choose(self, job_id: str) -> None:
        """Ask for the outcome of a job."""
        tr, job = self.app.tr, self.jobs[job_id]
        if job.state == PrintState.SENDING:
            return
        self.app.shell.say(
            tr._(job.words),
            tr._(job.error) if job.error else tr._(STATE_WORDS[job.state]),
            [
                (tr._("Print now"), lambda: self._retry(job_id), True),
                (tr._("Yes, it was printed"), lambda: self._settle(job_id, True), False),
                (tr._("Not needed"), lambda: self._settle(job_id, False), False),
            ],
        )

    def _retry(self, job_id: str) -> None:
        app, now = self.app, self.app.now()

        def queued(_job: Any) -> None:
            app.background.spooler.wake()
            self.look()

        self.do("print", lambda who: app.services.print_queue.retry(job_id=job_id, now=now, who=who), queued)

    def _settle(self, job_id: str, printed: bool) -> None:
        app, now = self.app, self.app.now()
        self.do(
            "print",
            lambda who: app.services.print_queue.settle(job_id=job_id, printed=printed, now=now, who=who),
            lambda job: self.look(),
        )

    @told_by()
    def empty(self) -> str:
        """Text of an empty queue."""
        tr = self.app.tr
        if self.has_printer:
            return tr._("Everything has been printed.")
        return tr._("No printer is set up. The code on the screen is enough.")

    @told_by("lines")
    def empty_art(self) -> str:
        """Art of an empty queue."""
        return "all_done.png" if self.has_printer else "no_printer.png"

    @property
    def has_printer(self) -> bool:
        """Return whether there is a printer for slips or labels."""
        printers = self.app.settings.printers
        return bool(printers.receipt or printers.label)

    def reset(self) -> None:
        self._refresh.cancel()
        self.lines = None
        self.jobs = {}

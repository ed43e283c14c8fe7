"""Work on a visitor's documents: done one after the other for each visitor, and few at once on the whole server."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from uploads import standby
from uploads.answers import Answers
from uploads.limited import Ended, Limits, Process

STAGES = ("waiting", "reading", "extracting", "comparing")
AT_ONCE = max(2, (os.cpu_count() or 2) // 2)
"""Extractions that the server runs at once."""
LIMITS = standby.LIMITS
SAVING = replace(LIMITS, seconds=600, cpu=600)
"""Limits of a build that may read all documents of the server."""

_ROOM = threading.BoundedSemaphore(AT_ONCE)
_LINE: list[Job] = []


@dataclass(eq=False)
class Job:
    """One piece of work, as it stands. `name` is the file as the visitor calls it, `work` does it in a thread.

    What changes the files of everybody is not `stoppable`: it ends by itself or by its limits.
    """

    name: str
    work: Callable[[Job], None]
    stoppable: bool = True
    stage: str = STAGES[0]
    done: bool = False
    stopped: bool = False
    began: float = field(default_factory=time.monotonic)
    process: Process | None = None

    @property
    def seconds(self) -> float:
        """Since it was asked for."""
        return time.monotonic() - self.began

    @property
    def ahead(self) -> int:
        """How many of the server come before it, while it waits for room."""
        line = list(_LINE)
        return AT_ONCE + line.index(self) if self in line else 0

    def stop(self) -> None:
        """End it, wherever it is."""
        if self.stoppable:
            self.stopped = True
        if self.stopped and self.process is not None:
            self.process.stop()

    def run(self) -> None:
        """Wait for room, and do it."""
        _LINE.append(self)
        try:
            with _ROOM:
                _LINE.remove(self)
                if not self.stopped:
                    self.stage = STAGES[1]
                    self.work(self)
        finally:
            self.done = True

    def extract(self, arguments: Sequence[str], folder: Path, limits: Limits = LIMITS) -> Answers:
        """Run `python -m extract` in a folder, within limits, and hear what it says."""
        answers = Answers(self.name)
        self.process = Process(partial(standby.begin, arguments, folder, limits), limits.seconds)
        if self.stopped:
            self.process.stop()

        def hear(line: str) -> None:
            self.stage = answers.hear(line) or self.stage

        ended: Ended = self.process.run(hear)
        answers.end(ended)
        return answers


class Queue:
    """The jobs of one visitor, done one after the other."""

    def __init__(self) -> None:
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._jobs: list[Job] = []

    @property
    def jobs(self) -> list[Job]:
        """Those that are not done yet."""
        with self._lock:
            return [job for job in self._jobs if not job.done]

    def add(self, job: Job) -> None:
        """Do a job, in a thread, as soon as those before it are done."""
        with self._lock:
            self._jobs.append(job)
        threading.Thread(target=self._in_turn, args=(job,), daemon=True).start()

    def stop(self) -> None:
        """Stop all."""
        for job in self.jobs:
            job.stop()

    def _in_turn(self, job: Job) -> None:
        with self._turn:
            job.run()
        with self._lock:
            self._jobs.remove(job)

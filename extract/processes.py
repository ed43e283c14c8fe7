"""Work in this process, or in several ones of this machine.

A process that dies (killed, out of memory) takes no other document with it: what it was at is tried once more in a
process of its own, and reported where that dies too. Worker processes end when the one that started them does.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Self

from extract.engines import AHEAD, Item, Result
from extract.settling import settle

APART = 2
"""The fewest jobs with which each item is done in another process."""


class Local:
    """An engine: so many processes; where it is one, this process.

    As a context it keeps its processes from one run to the next, and what they have loaded with them.
    """

    far = False

    def __init__(self, jobs: int = 1) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None
        self._stays = False

    def __enter__(self) -> Self:
        self._stays = True
        return self

    def __exit__(self, *_: object) -> None:
        self._stays = False
        self._end()

    def run(
        self, work: Callable[[Item], Result], items: Sequence[Item], died: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """Results of `work` for all items, in their order; see engines.Engine."""
        if self.jobs < APART or not items:
            yield from map(work, items)
            return
        waiting: list[Future[Result]] = []
        try:
            for i, item in enumerate(items):
                while len(waiting) < self.jobs * AHEAD and i + len(waiting) < len(items):
                    waiting.append(self._submit(work, items[i + len(waiting)]))
                try:
                    yield waiting.pop(0).result()
                except BrokenProcessPool:
                    self._end()
                    waiting = []
                    yield _alone(work, item, died)
        finally:
            for future in waiting:
                future.cancel()
            if not self._stays:
                self._end()

    def _submit(self, work: Callable[[Item], Result], item: Item) -> Future[Result]:
        self._pool = self._pool or _started(self.jobs)
        try:
            return self._pool.submit(work, item)
        except BrokenProcessPool as reason:
            broken: Future[Result] = Future()
            broken.set_exception(reason)
            return broken

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


HERE = Local()
"""The engine that is this process."""


def _alone(work: Callable[[Item], Result], item: Item, died: Callable[[Item], Result]) -> Result:
    with _started(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return died(item)


def _started(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare)


def _prepare() -> None:
    """In a worker: settle in, leave Ctrl-C to the parent, and end when the parent is gone."""
    settle()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()

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
from dataclasses import dataclass

from extract.engines import AHEAD, Item, Result

APART = 2
"""The fewest jobs with which each item is done in another process."""


@dataclass(frozen=True, slots=True)
class Local:
    """An engine: so many processes; where it is one, this process."""

    jobs: int = 1
    far = False

    def run(
        self, work: Callable[[Item], Result], items: Sequence[Item], died: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """Results of `work` for all items, in their order; see engines.Engine."""
        if self.jobs < APART or not items:
            yield from map(work, items)
            return
        pool = _pool(min(self.jobs, len(items)))
        waiting: list[Future[Result]] = []
        try:
            for i, item in enumerate(items):
                while len(waiting) < self.jobs * AHEAD and i + len(waiting) < len(items):
                    waiting.append(_submit(pool, work, items[i + len(waiting)]))
                try:
                    yield waiting.pop(0).result()
                except BrokenProcessPool:
                    pool.shutdown(wait=False, cancel_futures=True)
                    yield _alone(work, item, died)
                    pool, waiting = _pool(min(self.jobs, len(items))), []
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


HERE = Local()
"""The engine that is this process."""


def _submit(pool: ProcessPoolExecutor, work: Callable[[Item], Result], item: Item) -> Future[Result]:
    try:
        return pool.submit(work, item)
    except BrokenProcessPool as reason:
        broken: Future[Result] = Future()
        broken.set_exception(reason)
        return broken


def _alone(work: Callable[[Item], Result], item: Item, died: Callable[[Item], Result]) -> Result:
    with _pool(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return died(item)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare)


def _prepare() -> None:
    """In a worker: leave Ctrl-C to the parent, and end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()

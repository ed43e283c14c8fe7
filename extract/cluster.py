"""Work on the workers of a Dask scheduler, which may be other machines: `--engine dask --scheduler tcp://…`.

Dask hands out the items and reruns those of a worker that dies, as often as its setting allowed-failures says; what is
given up then is tried once more with nothing beside it, and reported where that worker dies too. Scheduler and workers
must know this project in the same version: the sum of the rules is compared before the first item, and with each.
"""

from __future__ import annotations

import logging
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from extract.engines import AHEAD, EngineError, Item, Result
from extract.rule_version import rule_version

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT = 5.0
"""Seconds in which the scheduler must answer, and have a worker."""
PATIENCE = 60.0
"""Seconds after which work is broken off when all workers are gone."""
ADDRESS = re.compile(r"[a-z]{2,8}://[^\s/]+:\d+")
BEAT = 1.0
"""Seconds between two looks at the workers while a result is waited for."""
START = "start scheduler and workers in a copy of this project of the same version (docs/cluster.md)"
LOGS = "distributed", "distributed.client", "tornado.application"
"""What Dask logs of its own accord, and is told here in a sentence where it matters."""
ONE_AT_A_TIME = threading.Lock()


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """The cluster of the scheduler at an address (tcp://host:port, tls://host:port).

    Raises EngineError where Dask is not installed, where nothing answers, where there are no workers or other rules.
    """
    try:
        from distributed import Client
    except ImportError:
        words = "--engine dask: Dask is not installed; pip install -r requirements-cluster.txt"
        raise EngineError(words) from None
    if not ADDRESS.fullmatch(address):
        raise EngineError(f"--scheduler: {address} is no address of a scheduler; write tcp://host:port")
    for name in LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=CONNECT)
    except Exception as reason:
        words = f"--scheduler: nothing answers at {address}; check the address, or start a scheduler there"
        raise EngineError(words) from reason
    with client:
        _hold_version(client, address)
        yield Cluster(client, address)


def _hold_version(client: Client, address: str) -> None:
    """Raises EngineError where there is no worker, or scheduler or a worker knows other rules."""
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except TimeoutError:
        raise EngineError(f"--scheduler: {address} has no workers; start some (dask worker {address})") from None
    told: dict[str, object] = client.run(rule_version, on_error="return")
    told = {place: version for place, version in told.items() if not isinstance(version, OSError)}  # has just ended
    try:
        told[address] = client.run_on_scheduler(rule_version)
    except Exception as reason:
        told[address] = reason
    for place, version in told.items():
        if isinstance(version, Exception):
            raise EngineError(f"{place}: does not know this project ({_sentence(version)}); {START}")
        if version != rule_version():
            raise EngineError(_other_rules(place))


def _other_rules(place: str) -> str:
    return f"{place}: has other rules, another Python or other libraries than this machine; {START}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """An engine: the workers of one scheduler."""

    client: Client
    address: str
    far = True

    def run(
        self, work: Callable[[Item], Result], items: Sequence[Item], died: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """Results of `work` for all items, in their order; see engines.Engine."""
        sent = partial(_on_worker, work, rule_version())
        waiting: deque[Future] = deque()
        for i, item in enumerate(items):
            while len(waiting) < self._ahead() and i + len(waiting) < len(items):
                waiting.append(self.client.submit(sent, items[i + len(waiting)], pure=False))
            future = waiting.popleft()
            self._finished([future])
            yield self._alone(sent, item, died, waiting) if _killed(future) else future.result()

    def _ahead(self) -> int:
        return AHEAD * max(1, sum(self._workers().values()))

    def _workers(self) -> dict[str, int]:
        """The addresses of the workers, each with its number of threads."""
        try:
            threads: dict[str, int] = self.client.nthreads()
        except (OSError, CancelledError):
            raise self._lost() from None
        return threads

    def _alone(self, sent: Any, item: Item, died: Callable[[Item], Result], others: Sequence[Future]) -> Result:
        """Try once more when all others that were handed out are done, so that only this one can end its worker."""
        self._finished(others)
        with suppress(TimeoutError):
            self.client.wait_for_workers(1, timeout=PATIENCE)
        _hold_version(self.client, self.address)
        worker = next(iter(self._workers()), "")
        if not worker:
            raise self._lonely()
        future = self.client.submit(sent, item, pure=False, workers=[worker], allow_other_workers=False)
        ended = self._finished([future], worker)
        return future.result() if ended and not _killed(future) else died(item)

    def _finished(self, futures: Sequence[Future], on: str = "") -> bool:
        """Wait for futures; False where the worker `on` is gone before. Raises EngineError where nothing will come."""
        from distributed import wait

        seen = monotonic()
        while futures:
            try:
                wait(futures, timeout=BEAT)
                break
            except TimeoutError:
                workers = self._workers()
            except CancelledError:
                raise self._lost() from None
            if on and on not in workers:
                return False
            seen = monotonic() if workers else seen
            if monotonic() - seen > PATIENCE:
                raise self._lonely()
        return True

    def _lost(self) -> EngineError:
        return EngineError(f"the scheduler at {self.address} is gone; start it again, and build again")

    def _lonely(self) -> EngineError:
        return EngineError(f"all workers of {self.address} are gone; start some, and build again")


def _killed(future: Future) -> bool:
    from distributed import KilledWorker

    return isinstance(future.exception(), KilledWorker)


def _on_worker(work: Callable[[Item], Result], version: str, item: Item) -> Result:
    """Do an item on a worker: by these rules only, and one at a time, however many threads the worker has."""
    if rule_version() != version:
        from distributed import get_worker

        raise EngineError(_other_rules(get_worker().address))
    with ONE_AT_A_TIME:
        return work(item)


def _sentence(reason: Exception) -> str:
    return " ".join(str(reason).split())[:200]

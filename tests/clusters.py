"""A Dask cluster and an S3 server, each of real processes on 127.0.0.1: for tests and benchmarks."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALONE = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
"""Nothing listens but on this machine: without an address of its own the page of the dashboard would."""

READY = "Registered to:"
"""What a worker says when the scheduler knows it."""


@dataclass
class Workers:
    """A scheduler with workers that can be killed. `logs` is a folder for what they say and write."""

    address: str
    logs: Path
    environment: Mapping[str, str]
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, count: int, *flags: str, folder: Path = ROOT) -> None:
        """Start workers in a folder that holds the project, and wait until the scheduler has them."""
        log = self.logs / "workers.log"
        known = log.read_text().count(READY) if log.exists() else 0
        for _ in range(count):
            where = ["--local-directory", str(self.logs)]
            command = ["worker", self.address, "--no-nanny", "--nthreads", "1", *where, *ALONE, *flags]
            self.running.append(_dask(command, log, self.environment, folder))
        while log.read_text().count(READY) < known + count:
            if any(worker.poll() is not None for worker in self.running):
                raise OSError(log.read_text())
            time.sleep(0.05)

    def kill(self, pid: int) -> None:
        """End a worker as the system does where memory runs out."""
        worker = next(worker for worker in self.running if worker.pid == pid)
        worker.kill()
        worker.wait()
        self.running.remove(worker)

    def heal(self, count: int, *flags: str) -> None:
        """Bring the number of workers back to what it was."""
        self.running = [worker for worker in self.running if worker.poll() is None]
        self.start(count - len(self.running), *flags)


@contextmanager
def dask(logs: Path, environment: Mapping[str, str]) -> Iterator[Workers]:
    """A scheduler on a free port, with no workers yet. It gives an item up when it has ended two workers."""
    address = f"127.0.0.1:{free_port()}"
    variables = {**environment, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    command = ["scheduler", "--port", address.rpartition(":")[2], *ALONE]
    scheduler = _dask(command, logs / "scheduler.log", variables, ROOT)
    workers = Workers(f"tcp://{address}", logs, environment)
    try:
        _answers(address, scheduler)
        yield workers
    finally:
        for process in [*workers.running, scheduler]:
            process.kill()
            process.wait()


@contextmanager
def s3() -> Iterator[dict[str, str]]:
    """An S3 server, empty, and the environment in which its clients find it."""
    address = f"127.0.0.1:{free_port()}"
    host, port = address.split(":")
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", host, "-p", port],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _answers(address, server)
        yield {
            "AWS_ENDPOINT_URL": f"http://{address}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
    finally:
        server.kill()
        server.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _dask(command: list[str], log: Path, environment: Mapping[str, str], folder: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as said:
        return subprocess.Popen(
            [sys.executable, "-m", "dask", *command], cwd=folder, env=dict(environment), stdout=said, stderr=said
        )


def _answers(address: str, process: subprocess.Popen[bytes]) -> None:
    host, port = address.split(":")
    for _ in range(600):
        try:
            socket.create_connection((host, int(port)), 1).close()
            return
        except OSError:
            time.sleep(0.05)
        if process.poll() is not None:
            break
    raise OSError(f"nothing came up at {address}")

"""What a cluster does with a made-up corpus: python -m tests.bench.cluster --documents 60 --kilobytes 50 --workers 3.

Scheduler, workers and an S3 server are processes of this machine, so this shows what a cluster costs beside the local
engine, not how fast many machines are. The last run loses a worker by SIGKILL when a third of the partitions are there.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from extract import locations
from extract.locations import place
from tests.bench import corpus
from tests.clusters import ROOT, Workers, dask, s3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--kilobytes", type=float, default=50)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--part", type=int, default=8)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="plan-cluster-"))
    try:
        return _measured(folder, options)
    finally:
        shutil.rmtree(folder)


def _measured(folder: Path, options: argparse.Namespace) -> int:
    size = corpus.write(folder / "sources", options.documents, options.kilobytes)
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"{options.documents} documents, {size / 1e6:.1f} MB; {cores} cores, load {load:.1f} before", flush=True)
    seconds = _built(options, folder / "sources", folder / "tables", "--jobs", str(cores))
    told(f"local, {cores} processes, folders", seconds, folder / "tables", folder / "tables")
    with s3() as variables:
        os.environ.update(variables)
        bucket = place("s3://plans")
        bucket.mkdir()
        for path in locations.files(folder / "sources"):
            (bucket / "sources" / path.relative_to(folder / "sources").as_posix()).write_bytes(path.read_bytes())
        with dask(folder, os.environ) as workers:
            workers.start(options.workers)
            for words, victim in (("", None), (", one killed", workers)):
                tables = bucket / ("killed" if victim else "tables")
                seconds = _built(
                    options, bucket / "sources", tables, "--engine", "dask", "--scheduler", workers.address, kill=victim
                )
                told(f"Dask, {options.workers} workers{words}, S3 → S3", seconds, tables, folder / "tables")
    return 0


def _built(options: argparse.Namespace, sources: Path, tables: Path, *flags: str, kill: Workers | None = None) -> float:
    """Seconds of a build. Args: `kill`, workers that lose one on the way."""
    places = ["--sources", str(sources), "--tables", str(tables), "--no-cache"]
    command = [sys.executable, "-m", "extract", "build", "--format", "parquet", "--part", str(options.part)]
    start = time.perf_counter()
    build = subprocess.Popen([*command, *places, *flags], cwd=ROOT, stdout=subprocess.DEVNULL)
    while kill and build.poll() is None:
        if len(locations.files(tables / "documents")) * 3 * options.part > options.documents:
            kill.kill(kill.running[0].pid)
            break
        time.sleep(0.1)
    build.wait()
    return time.perf_counter() - start


def told(words: str, seconds: float, tables: Path, same_as: Path) -> None:
    same = "the same bytes" if _sum(tables) == _sum(same_as) else "OTHER BYTES"
    print(f"{words}: {seconds:.1f} s, {same}", flush=True)


def _sum(folder: Path) -> str:
    total = sha256()
    for path in sorted(locations.files(folder), key=lambda path: locations.below(path, folder)):
        if path.name != "lock":
            total.update(locations.below(path, folder).as_posix().encode() + path.read_bytes())
    return total.hexdigest()


if __name__ == "__main__":
    sys.exit(main())

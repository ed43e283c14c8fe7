"""How a corpus of thousands of documents scales: `make scale`. Prints a page and writes it; nothing passes or fails.

A made-up corpus (tests.bench.corpus) is built into partitions: one of each size in one process that has loaded
everything, by processor time, for the growth; by the command, with one process and with two, beside what two processes
that share nothing reach on this machine; and few and many short documents for the memory of all processes together,
sampled while the command runs.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

from tests.bench import corpus
from tests.bench.page import machine, write
from tests.serving import ROOT

PACKAGES = ("jieba", "rjieba", "ahocorasick_rs", "numpy", "scipy", "pyarrow")
KILOBYTES, SHORT = 50, 4
"""Sizes of a document: as plans are, and short, so that many of them are read in minutes."""
FEW = 100
EVERY = 0.25
"""Seconds between two looks at the memory."""
ALONE = """
numbers = {}
for i in range(12_000_000):
    numbers[i % 1000] = i * i % 7
"""
"""Work of a process that shares nothing with any other."""
ROUNDS = 3


class Built(NamedTuple):
    """What a build took and left: seconds on the wall, seconds of the processor (of one process), rows of its tables,
    bytes of peak memory of all processes together."""

    seconds: float
    processor: float
    rows: int
    peak: int = 0


def warm(folders: Sequence[Path]) -> list[Built]:
    """Builds of several corpora one after another in one process: after the first, everything is loaded."""
    command = ["-m", "tests.bench.scale", "--child", *map(str, folders)]
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True)
    return [Built(*one) for one in json.loads(done.stdout)]


def child(folders: Sequence[str]) -> None:
    """The process of `warm`: prints what each build took."""
    from extract.settling import settle

    settle()
    found = []
    with tempfile.TemporaryDirectory() as place:
        for i, folder in enumerate(folders):
            began, spent = time.perf_counter(), time.process_time()
            _build(Path(folder), Path(place, str(i)))
            wall, processor = time.perf_counter() - began, time.process_time() - spent
            found.append((wall, processor, _rows(Path(place, str(i)))))
    print(json.dumps(found))


def _build(sources: Path, tables: Path) -> None:
    from extract import cache
    from extract import corpus as corpora
    from extract.config import load_config

    with cache.opened(None) as at_hand:
        corpora.build(load_config(ROOT / "config.yaml"), [sources], tables, at_hand)


def timed(sources: Path, tables: Path, jobs: int) -> float:
    """Seconds of one build by the command."""
    began = time.perf_counter()
    with _command(sources, tables, jobs) as process:
        process.wait()
    return time.perf_counter() - began


def watched(sources: Path, tables: Path, jobs: int) -> Built:
    """One build by the command, and the most memory that all its processes together had at a time."""
    began, peak = time.perf_counter(), 0
    with _command(sources, tables, jobs) as process:
        one = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _resident(one))
            time.sleep(EVERY)
    return Built(time.perf_counter() - began, 0, _rows(tables), peak)


def _command(sources: Path, tables: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "extract", "build", "--format", "parquet", "--no-cache", "--jobs", str(jobs)]
    places = ["--sources", str(sources), "--tables", str(tables)]
    return subprocess.Popen([*command, *places], cwd=ROOT, stdout=subprocess.DEVNULL)


def ceiling(jobs: int) -> float:
    """How many times as fast so many processes that share nothing are as one that does their work in turn.

    That is what the machine has to give: its cores share caches, memory and heat, if not more.
    """

    def once(together: int) -> float:
        began = time.perf_counter()
        for process in [subprocess.Popen([sys.executable, "-c", ALONE]) for _ in range(together)]:
            process.wait()
        return time.perf_counter() - began

    return statistics.median(jobs * once(1) / once(jobs) for _ in range(ROUNDS))


def together(sources: Path, place: Path, jobs: int) -> tuple[float, float, float]:
    """Seconds of a build by one process and by several, and the ceiling: the median of what was measured around them.

    The builds take turns, and the least of each counts: what else the machine does meanwhile makes both slower.
    """
    ceilings, ones, several = [ceiling(jobs)], list[float](), list[float]()
    for number in range(ROUNDS):
        ones.append(timed(sources, place / f"one-{number}", 1))
        several.append(timed(sources, place / f"several-{number}", jobs))
        ceilings.append(ceiling(jobs))
    return min(ones), min(several), statistics.median(ceilings)


def _resident(process: psutil.Process) -> int:
    total = 0
    with suppress(psutil.Error):
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.Error):
                total += one.memory_info().rss
    return total


def _rows(tables: Path) -> int:
    """Rows of all tables that grow with the documents."""
    import pyarrow.parquet as pq

    found = (path for path in tables.glob("[a-z]*/part-*.parquet") if path.parent.name not in ("indicators", "topics"))
    return sum(int(pq.read_metadata(path).num_rows) for path in found)


def page(sizes: Sequence[float], shared: float, many: int, jobs: int) -> str:
    """All figures as Markdown.

    Args: megabytes of the corpora that grow, of the one that several processes share; documents of the one of short
    documents. What is loaded at first use is loaded by a corpus of 1 MB before these.
    """
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        growing = {
            root / f"grows-{seed}": _written(root / f"grows-{seed}", size, seed)
            for seed, size in enumerate([1, *sizes])
        }
        grown = list(zip(growing.values(), warm([*growing]), strict=True))[1:]
        size = _written(root / "shared", shared, 0)
        for name, documents in (("few", FEW), ("many", many)):
            corpus.write(root / name, documents, SHORT)
        one, both, most = together(root / "shared", root, jobs)
        few, lots = (watched(root / name, root / f"{name}-tables", jobs) for name in ("few", "many"))
    return "\n".join(
        [
            "# How a corpus scales",
            "",
            f"Written by `make scale` (tests/bench/scale.py): documents made up from the lexicon, about {KILOBYTES} kB",
            f"each (for memory {SHORT} kB), built into partitions. {machine(PACKAGES)}",
            "",
            "One process that has loaded everything with another text before, one corpus after the other:",
            "",
            "| text | seconds of the processor | MB/s | rows of tables | against the first: text | time | rows |",
            "|---|---|---|---|---|---|---|",
            *(_growth(megabytes, built, *grown[0]) for megabytes, built in grown),
            "",
            "| | | goal |",
            "|---|---|---|",
            f"| {size:.1f} MB, by the command | {one:.1f} s, with {jobs} processes {both:.1f} s | |",
            f"| {jobs} processes that share nothing, against one | {most:.2f} × as fast: this machine has no more | |",
            f"| {jobs} processes against one | {one / both:.2f} × as fast, {one / both / most:.0%} of that | "
            f"≥ {0.9 * jobs:.1f} × |",
            f"| memory, {FEW} documents | {few.peak / 1e6:.0f} MB | |",
            f"| memory, {many:,} documents ({lots.seconds:.0f} s) | {lots.peak / 1e6:.0f} MB | |",
            f"| {many / FEW:.0f} × the documents: memory | {lots.peak / few.peak:.2f} × | ≤ 1.5 × |",
            "",
        ]
    )


def _growth(megabytes: float, built: Built, first_megabytes: float, first: Built) -> str:
    """A line of the table of growth: a corpus, and how many times the first one it is."""
    times = (megabytes / first_megabytes, built.processor / first.processor, built.rows / first.rows)
    told = [f"{megabytes:,.1f} MB", f"{built.processor:,.1f}", f"{megabytes / built.processor:.2f}", f"{built.rows:,}"]
    return "| " + " | ".join([*told, *(f"{one:.1f} ×" for one in times)]) + " |"


def _written(folder: Path, megabytes: float, seed: int) -> float:
    """Megabytes of a corpus that was written."""
    return corpus.write(folder, round(megabytes * 1000 / KILOBYTES), KILOBYTES, seed) / 1e6


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="the page is written here too")
    parser.add_argument("--sizes", type=float, nargs="+", default=[1, 10, 100], help="megabytes of what grows")
    parser.add_argument("--shared", type=float, default=50, help="megabytes of what several processes share")
    parser.add_argument("--many", type=int, default=10_000, help="documents of the corpus that memory is measured with")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child)
        return 0
    words = page(options.sizes, options.shared, options.many, options.jobs)
    print(words)
    if options.file:
        write(options.file, "scale", words)
    return 0


if __name__ == "__main__":
    sys.exit(main())

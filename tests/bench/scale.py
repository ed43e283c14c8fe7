"""How a corpus of thousands of documents scales: `make scale`. Prints a page and writes it; nothing passes or fails.

A made-up corpus (tests.bench.corpus) is built into partitions: by the command, with one process and with two; a small
corpus and the large one in one process that has loaded everything, by processor time, for the growth; and few and many
short documents for the memory of all processes together, sampled while the command runs.
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
FEW, SMALL_ROUNDS = 100, 3
EVERY = 0.1
"""Seconds between two looks at the memory."""


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
    from extract.__main__ import settle

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


def watched(sources: Path, tables: Path, jobs: int) -> Built:
    """One build by the command, and the most memory that all its processes together had at a time."""
    command = [sys.executable, "-m", "extract", "build", "--format", "parquet", "--no-cache", "--jobs", str(jobs)]
    began, peak = time.perf_counter(), 0
    with subprocess.Popen(
        [*command, "--sources", str(sources), "--tables", str(tables)], cwd=ROOT, stdout=subprocess.DEVNULL
    ) as process:
        one = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _resident(one))
            time.sleep(EVERY)
    return Built(time.perf_counter() - began, 0, _rows(tables), peak)


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


def page(small: float, large: float, many: int, jobs: int) -> str:
    """All figures as Markdown. Args: megabytes of the two corpora, documents of the one of short documents."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        sizes = {
            name: corpus.write(root / name, round(megabytes * 1000 / KILOBYTES), KILOBYTES) / 1e6
            for name, megabytes in (("small", small), ("large", large))
        }
        for name, documents in (("few", FEW), ("many", many)):
            corpus.write(root / name, documents, SHORT)
        _, *short, long = warm([*[root / "small"] * (SMALL_ROUNDS + 1), root / "large"])
        one, both = (watched(root / "large", root / f"large-{count}", count) for count in (1, jobs))
        few, lots = (watched(root / name, root / f"{name}-tables", jobs) for name in ("few", "many"))
    text = sizes["large"] / sizes["small"]
    command = f"{one.seconds:.1f} s, with {jobs} processes {both.seconds:.1f} s"
    once = statistics.median(one.processor for one in short)
    rate = f"{sizes['large'] / long.processor:.2f} MB/s"
    return "\n".join(
        [
            "# How a corpus scales",
            "",
            f"Written by `make scale` (tests/bench/scale.py): documents made up from the lexicon, about {KILOBYTES} kB",
            f"each (for memory {SHORT} kB), built into partitions. {machine(PACKAGES)}",
            "",
            "| | | goal |",
            "|---|---|---|",
            f"| {sizes['small']:.1f} MB, one process | {once:.2f} s of the processor (median of {SMALL_ROUNDS}) | |",
            f"| {sizes['large']:.1f} MB, one process | {long.processor:.1f} s of the processor, {rate} | |",
            f"| {text:.1f} × the text: time | {long.processor / once:.1f} × | {0.95 * text:.0f}–{1.1 * text:.0f} × |",
            f"| {text:.1f} × the text: rows of tables | {long.rows / short[0].rows:.1f} × | |",
            f"| {sizes['large']:.1f} MB, by the command | {command} | |",
            f"| {jobs} processes against one | {one.seconds / both.seconds:.2f} × as fast | ≥ {0.9 * jobs:.1f} × |",
            f"| memory, {FEW} documents | {few.peak / 1e6:.0f} MB | |",
            f"| memory, {many:,} documents ({lots.seconds:.0f} s) | {lots.peak / 1e6:.0f} MB | |",
            f"| {many / FEW:.0f} × the documents: memory | {lots.peak / few.peak:.2f} × | ≤ 1.5 × |",
            "",
        ]
    )


def main() -> int:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="the page is written here too")
    parser.add_argument("--small", type=float, default=0.25, help="megabytes of the small corpus")
    parser.add_argument("--large", type=float, default=25, help="megabytes of the large one (1000: more than an hour)")
    parser.add_argument("--many", type=int, default=10_000, help="documents of the corpus that memory is measured with")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child)
        return 0
    words = page(options.small, options.large, options.many, options.jobs)
    print(words)
    if options.file:
        write(options.file, "scale", words)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Many mutated documents through reading and all stages: python -m tests.fuzz [--documents N] [--seed N] [--only N].

Prints what became of them and the seed of each that fails, with its file made as small as it fails; `--only SEED` runs
one again. Exit status 1 where one fails.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tqdm import tqdm

from tests.fuzz.checks import check
from tests.fuzz.documents import PDF, document

HANG = 60
"""Seconds after which a document counts as hanging."""
TRIES = 300
"""Attempts to make a failing file smaller."""


def outcome(name: str, data: bytes) -> str:
    """ "extracted", "refused", or what went wrong."""

    def hanging(*_: object) -> None:
        raise TimeoutError(f"hangs: {HANG} s are over")

    signal.signal(signal.SIGALRM, hanging)
    signal.alarm(HANG)
    try:
        with tempfile.TemporaryDirectory() as folder:
            return check(name, data, Path(folder))
    except Exception as reason:
        trace = reason.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
        return f"{type(reason).__name__} ({place}): {str(reason)[:150]}"
    finally:
        signal.alarm(0)


def run(seed: int, pdfs: float) -> tuple[int, str, str]:
    name, data = document(seed, pdfs)
    return seed, name, outcome(name, data)


def shrunk(name: str, data: bytes, wrong: str) -> bytes:
    """The file without the parts that do not matter for what goes wrong (only its kind is compared)."""
    kind = wrong.split(":")[0]
    size, tries = len(data) // 2, 0
    while size and tries < TRIES:
        at = 0
        while at < len(data) and tries < TRIES:
            tries += 1
            smaller = data[:at] + data[at + size :]
            if outcome(name, smaller).split(":")[0] == kind:
                data = smaller
            else:
                at += size
        size //= 2
    return data


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0, help="of the first document")
    parser.add_argument("--only", type=int, help="run the document of this seed alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--pdfs", type=float, default=PDF, help="share of PDF files")
    options = parser.parse_args()
    seeds = [options.only] if options.only is not None else range(options.seed, options.seed + options.documents)
    start, kinds, failed = time.monotonic(), Counter[tuple[str, str]](), []
    with ProcessPoolExecutor(options.jobs) as pool:
        done = pool.map(run, seeds, [options.pdfs] * len(seeds), chunksize=20)
        for seed, name, became in tqdm(done, total=len(seeds), mininterval=5, unit="doc", disable=None):
            good = became in ("extracted", "refused")
            kinds[name.removeprefix("plan"), became if good else "failed"] += 1
            if not good:
                failed.append((seed, name, became))
                tqdm.write(f"seed {seed}, {name}: {became}")
    print(", ".join(f"{suffix} {count} {became}" for (suffix, became), count in sorted(kinds.items())))
    print(f"{len(seeds)} documents in {time.monotonic() - start:.0f} s, {len(failed)} failed")
    for seed, name, became in failed[:5]:
        data = shrunk(name, document(seed, options.pdfs)[1], became)
        print(f"seed {seed}, {name} shrunk to {len(data)} bytes: {data[:300]!r}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

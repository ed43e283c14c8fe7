"""How the time of every stage grows with a document, on texts that are hard on it: python -m tests.bench.growth.

For each shape and each stage, texts of n, 2n, 4n and 8n characters give the exponent of growth: 1 is linear, 2 square.
The process is settled as that of the command is: where the collector of garbage looks at all there is after every few
hundred objects, its time grows with what the stages before have made and is booked on whichever stage it falls into.
Exit status 1 where a stage that takes any time to speak of grows faster than `MOST`.
"""

from __future__ import annotations

import argparse
import gc
import sys
from concurrent.futures import ProcessPoolExecutor
from math import log2

from extract.settling import settle
from tests.hostile.shapes import NAMES, shape
from tests.hostile.stages import Seconds, seconds_of

FROM = 20_000
STEPS = 4
MOST = 1.3
SLOW = 0.3
"""Seconds at the largest size below which a stage takes no time to speak of."""
FLOOR = 0.002


def exponent(seconds: list[float]) -> float:
    """The growth over the last two doublings, where caches are warm and limits of pieces are reached."""
    first, last = seconds[-3], seconds[-1]
    return log2(max(last, FLOOR) / max(first, FLOOR)) / 2


def grown(name: str, start: int) -> tuple[str, list[Seconds]]:
    """Seconds by stage at each size of a shape."""
    settle()
    seconds_of(*shape(name, 2_000))
    steps = []
    for step in range(STEPS):
        gc.collect()
        steps.append(seconds_of(*shape(name, start << step)))
    return name, steps


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=int, default=FROM, help="characters of the smallest text")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shapes", nargs="*", default=NAMES)
    options = parser.parse_args()
    largest = options.start << (STEPS - 1)
    print(f"{largest:,} characters; stages that grow faster than n^{MOST} and take over {SLOW} s are marked")
    bad = 0
    with ProcessPoolExecutor(options.jobs) as pool:
        for name, steps in pool.map(grown, options.shapes, [options.start] * len(options.shapes)):
            growth = {stage: exponent([step.get(stage, 0) for step in steps]) for stage in steps[-1]}
            marked = [s for s, e in growth.items() if e > MOST and steps[-1][s] > SLOW]
            bad += bool(marked)
            slowest = sorted(steps[-1], key=lambda s: -steps[-1][s])[1:4]
            shown = [f"{s} {steps[-1][s]:.2f} s n^{growth[s]:.2f}" for s in dict.fromkeys((*marked, *slowest))]
            sign = "!" if marked else " "
            print(f"{sign} {name:<24} {steps[-1]['all']:6.2f} s n^{growth['all']:.2f}   {'; '.join(shown)}", flush=True)
    print(f"{bad} of {len(options.shapes)} shapes grow too fast" if bad else "every stage is linear")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

"""How the time of every single pattern grows, on texts that follow from the pattern: python -m tests.bench.patterns.

Exit status 1 where four times the text takes more than `MOST` times the time.
"""

from __future__ import annotations

import argparse
import sys

from tests.hostile.patterns import grows, patterns, texts

FROM = 4_000
MOST = 6.5
"""Growth by n^1.35."""
FLOOR = 0.01


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=int, default=FROM, help="characters of the shorter text")
    options = parser.parse_args()
    found, bad, tried = patterns(), 0, 0
    for name, pattern in found.items():
        pieces = texts(pattern)
        tried += len(pieces)
        times, piece = max((grows(pattern, piece, options.start, MOST, FLOOR), piece) for piece in pieces)
        if times:
            bad += 1
            print(f"! {name}: {times:.1f} times as long for four times {piece[:30]!r}", flush=True)
    print(
        f"{len(found)} patterns on {tried} texts of {options.start:,} and {4 * options.start:,} characters: "
        + (f"{bad} grow too fast" if bad else "every one is linear")
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

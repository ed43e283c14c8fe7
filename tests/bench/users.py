"""How a server bears many users at once: `make users`. Prints figures; nothing here passes or fails.

Each user is a session over the websocket of a real server. He opens a page, looks at it for a while (2 to 5 seconds,
uniformly), then changes a filter or goes to another page, and so on; all begin at the same moment. A rerun is timed
from the request to the end of its script, as the server says it. The first page of each user counts apart: it is when
the tables are read and all charts are drawn for the first time. The processor time of the server tells how much of it
is work: the rest is waiting, on a busy machine for others.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import resource
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import streamlit

from tests.serving import ROOT, serving
from tests.visiting import Visitor, visiting

THINKING = (2.0, 5.0)
"""Seconds between what a user sees and what he does next: least and most."""

FILTERS = ("region", "plan", "years", "kind", "attribute")
MOVES = 0.4
"""Share of what users do that is going to another page."""


@dataclass
class Seen:
    """What the users have seen: seconds of first pages, of reruns by page; faults; bytes."""

    first: list[float] = field(default_factory=list)
    reruns: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    heard: int = 0


async def act(visitor: Visitor, page: str, dice: random.Random, seen: Seen) -> str:
    """Do one thing; returns the page that is then looked at."""
    filters = [key for key in FILTERS if key in visitor.widgets]
    if dice.random() < MOVES or not filters:
        page = dice.choice(sorted(visitor.pages))
        took = await visitor.open(page)
    else:
        key = dice.choice(filters)
        words = [option.content for option in visitor.widgets[key].options]
        least = 1 if key in ("region", "plan") else 0
        took = await visitor.choose(key, dice.sample(words, dice.randint(least, len(words))))
    seen.reruns[page or "overview"].append(took)
    return page


async def user(address: str, number: int, seconds: float, thinking: tuple[float, float], seen: Seen) -> None:
    """One user, for so many seconds."""
    dice, clock = random.Random(number), asyncio.get_running_loop().time
    end, page = clock() + seconds, ""
    try:
        async with visiting(address) as visitor:
            seen.first.append(visitor.took)
            while clock() < end:
                await asyncio.sleep(dice.uniform(*thinking))
                page = await act(visitor, page, dice, seen)
            seen.faults += visitor.faults
            seen.heard += len(visitor.heard)
    except (OSError, TimeoutError, RuntimeError) as error:
        seen.faults.append(f"{type(error).__name__}: {error}")


async def crowd(address: str, users: int, seconds: float, thinking: tuple[float, float] = THINKING) -> Seen:
    """Many users at the same time."""
    seen = Seen()
    await asyncio.gather(*(user(address, number, seconds, thinking, seen) for number in range(users)))
    return seen


def told(name: str, times: Iterable[float]) -> str:
    """Count, median, 95th percentile and maximum in a line."""
    found = sorted(times)
    if len(found) < 2:
        return f"{name:12} {len(found):5}"
    p95 = statistics.quantiles(found, n=20)[-1]
    return f"{name:12} {len(found):5} {statistics.median(found):8.2f} s {p95:8.2f} s {found[-1]:8.2f} s"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    os.chdir(ROOT)
    print(f"Python {platform.python_version()}, Streamlit {streamlit.__version__}, {os.cpu_count()} cores")
    with serving() as address:
        seen = asyncio.run(crowd(address, options.users, options.seconds))
    print(f"{options.users} users, {THINKING[0]:g} to {THINKING[1]:g} s between two reruns, {options.seconds:g} s")
    print(f"{'':12} {'count':>5} {'median':>10} {'p95':>10} {'most':>10}")
    print(told("first page", seen.first))
    print(told("reruns", [took for times in seen.reruns.values() for took in times]))
    for page, times in sorted(seen.reruns.items()):
        print(told(f"  {page}", times))
    print(f"faults: {len(seen.faults)}", *seen.faults[:5], sep="\n  ")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    work, runs = spent.ru_utime + spent.ru_stime, len(seen.first) + sum(map(len, seen.reruns.values()))
    print(f"{seen.heard / 1e6:.0f} MB sent; the server worked {work:.1f} s, {work / max(runs, 1) * 1000:.0f} ms a run")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

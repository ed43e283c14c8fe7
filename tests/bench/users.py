"""How a server bears many users at once: `make users`. Prints figures; nothing here passes or fails.

Each user is a session over the websocket of a real server. He opens a page, looks at it for a while (2 to 5 seconds,
uniformly), then changes a filter or goes to another page, and so on; all begin at the same moment. Some bring a
document of their own first, where the dashboard has the page for it; nobody else may ever hear of it. A rerun is
timed from the request to the end of its script, as the server says it. The first page of each user counts apart: it
is when the tables are read and all charts are drawn for the first time. The processor time of the server tells how
much is work: the rest is waiting, on a busy machine for others.
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

import requests
import streamlit
from websockets.exceptions import WebSocketException

from tests.serving import ROOT, serving
from tests.visiting import Visitor, visiting

THINKING = (2.0, 5.0)
"""Seconds between what a user sees and what he does next: least and most."""

FILTERS = ("region", "plan", "years", "kind", "attribute")
BRINGING = "add"
"""Address of the page to which documents are brought."""

PATIENCE = 120.0
"""Seconds until a document that was brought must be there."""

WORDS = """临江市{region}国民经济和社会发展第十四个五年规划和2035年远景目标纲要
第一章 主要目标
第一节 到2025年的目标
到2025年，{region}地区生产总值达到480亿元，年均增长7%左右。新增公办学位1.2万个。
"""
MOVES = 0.4
"""Share of what users do that is going to another page."""


@dataclass(frozen=True)
class Plan:
    """How many users, for how many seconds each, how they think, and how many bring a document."""

    users: int
    seconds: float
    thinking: tuple[float, float] = THINKING
    bringing: int = 0


@dataclass
class Seen:
    """What users have seen: seconds of first pages, of reruns by page, until a document was there; faults; bytes."""

    first: list[float] = field(default_factory=list)
    reruns: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    brought: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    heard: int = 0


def region(number: int) -> str:
    """A name that no document and no other user has."""
    return f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'子丑寅卯辰巳午未申酉戌亥'[number // 10]}区"


async def bring(visitor: Visitor, number: int, seen: Seen) -> str:
    """Bring a document and wait until it is there; returns the page that is then looked at."""
    clock = asyncio.get_running_loop().time
    await visitor.open(BRINGING)
    began = clock()
    await visitor.upload(
        next(key for key in visitor.widgets if key.startswith("add_files")),
        "plan.txt",
        WORDS.format(region=region(number)).encode(),
    )
    while not visitor.heard_of(region(number)):
        if clock() - began > PATIENCE:
            raise TimeoutError("the document that was brought is not there")
        await asyncio.sleep(0.5)
        await visitor.open(BRINGING)
    seen.brought.append(clock() - began)
    return BRINGING


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


async def user(address: str, number: int, plan: Plan, seen: Seen) -> None:
    """One user, from his first page on."""
    dice, clock = random.Random(number), asyncio.get_running_loop().time
    try:
        async with visiting(address) as visitor:
            seen.first.append(visitor.took)
            end, page = clock() + plan.seconds, ""
            if number < plan.bringing and BRINGING in visitor.pages:
                page = await bring(visitor, number, seen)
            while clock() < end:
                await asyncio.sleep(dice.uniform(*plan.thinking))
                page = await act(visitor, page, dice, seen)
            seen.faults += visitor.faults
            seen.faults += [
                f"user {number} heard of the document of {other}"
                for other in range(plan.users)
                if other != number and visitor.heard_of(region(other))
            ]
            seen.heard += len(visitor.heard)
    except (OSError, TimeoutError, RuntimeError, WebSocketException, requests.RequestException) as error:
        seen.faults.append(f"{type(error).__name__}: {error}")


async def crowd(address: str, plan: Plan) -> Seen:
    """Many users at the same time."""
    seen = Seen()
    await asyncio.gather(*(user(address, number, plan, seen) for number in range(plan.users)))
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
    parser.add_argument("--bringing", type=int, default=5)
    options = parser.parse_args()
    os.chdir(ROOT)
    print(f"Python {platform.python_version()}, Streamlit {streamlit.__version__}, {os.cpu_count()} cores")
    with serving() as address:
        seen = asyncio.run(crowd(address, Plan(options.users, options.seconds, bringing=options.bringing)))
    print(f"{options.users} users, {THINKING[0]:g} to {THINKING[1]:g} s between two reruns, {options.seconds:g} s")
    print(f"{'':12} {'count':>5} {'median':>10} {'p95':>10} {'most':>10}")
    print(told("first page", seen.first))
    print(told("reruns", [took for times in seen.reruns.values() for took in times]))
    if seen.brought:
        print(told("documents", seen.brought))
    for page, times in sorted(seen.reruns.items()):
        print(told(f"  {page}", times))
    print(f"faults: {len(seen.faults)}", *seen.faults[:5], sep="\n  ")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    work, runs = spent.ru_utime + spent.ru_stime, len(seen.first) + sum(map(len, seen.reruns.values()))
    print(f"{seen.heard / 1e6:.0f} MB sent; the server worked {work:.1f} s, {work / max(runs, 1) * 1000:.0f} ms a run")
    print(f"load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

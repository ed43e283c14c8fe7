"""How the dashboard bears a nation: `make national`. Prints figures and puts them into docs/performance.md.

The tables of 3,000 regions are made by code (tests/nation.py). On a real server, over its websocket, a visitor opens
every page and changes one thing after another: a kind, a period, a region taken back, a region found by the search and
chosen, the figure that is ranked. A rerun is timed from the request to the end of its script, as the server says it.
Then visitors with a choice of their own each go through all pages at once, which shows what the memory of the server
depends on: on what is looked at, not on what is there. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import resource
import statistics
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tests import nation
from tests.bench import page
from tests.serving import APP, ROOT, serving
from tests.visiting import Visitor, visiting

PAGES = sorted(path.stem for path in (APP.parent / "app_pages").glob("*.py"))
ROUNDS = 4
CROWD = 10
"""Visitors with a choice of regions each, who look at all pages at once."""

PACKAGES = ("streamlit", "duckdb", "pandas", "pyarrow")


@dataclass
class Seen:
    """Seconds of reruns by page; of first visits of a page; faults; bytes that came."""

    reruns: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    opened: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    heard: int = 0


def regions(number: int, count: int) -> list[str]:
    """Ids of `number` districts that are spread over all of `count` regions, others for another dice."""
    dice = random.Random(count)
    return [f"d{dice.randrange(count * 8 // 10):04}" for _ in range(number)]


async def change(visitor: Visitor, name: str, dice: random.Random) -> list[float]:
    """One round of changes on a page; the seconds of each."""
    took = []
    for key in ("kind", "years"):
        words = [option.content for option in visitor.widgets[key].options]
        took.append(await visitor.choose(key, [dice.choice(words)]))
        took.append(await visitor.choose(key, []))
    chosen = [option.content for option in visitor.widgets["region"].options]
    took.append(await visitor.choose("region", chosen[1:]))
    took.append(await visitor.choose("region_search", [dice.choice(nation.FIRST)]))
    hits = [option.content for option in visitor.widgets["region_found"].options]
    took.append(await visitor.choose("region_found", [dice.choice(hits)]))
    if name == "ranking":
        for key in ("rk_indicator", "rk_figure"):
            took.append(await visitor.choose(key, [dice.choice(list(visitor.widgets[key].options))]))
    return took


async def alone(address: str, known: int, count: int) -> Seen:
    """One visitor on every page, each with `count` regions chosen out of `known` at first."""
    seen, dice = Seen(), random.Random(count)
    for number, name in enumerate(PAGES):
        async with visiting(address) as visitor:
            chosen = regions(count, known + number)
            seen.opened[name] = await visitor.open("" if name == "overview" else name, region=chosen)
            for _ in range(ROUNDS):
                seen.reruns[name] += await change(visitor, name, dice)
                await visitor.open("" if name == "overview" else name, region=chosen)
            seen.faults += visitor.faults
            seen.heard += len(visitor.heard)
    return seen


async def one_of_many(address: str, number: int, known: int, seen: Seen) -> None:
    """A visitor with four regions of his own, page after page."""
    async with visiting(address) as visitor:
        for name in PAGES:
            took = await visitor.open("" if name == "overview" else name, region=regions(4, known + 100 + number))
            seen.reruns[name].append(took)
        seen.faults += visitor.faults


async def crowd(address: str, known: int) -> Seen:
    """Many visitors at once."""
    seen = Seen()
    await asyncio.gather(*(one_of_many(address, number, known, seen) for number in range(CROWD)))
    return seen


def peak(server: int) -> float:
    """The most memory that a process has held, in MB."""
    status = Path(f"/proc/{server}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def p95(times: list[float]) -> float:
    """95th percentile in milliseconds."""
    return statistics.quantiles(times, n=20)[-1] * 1000


def sizes(folder: Path) -> dict[str, int]:
    """Rows of each table in parts."""
    return {
        path.name: int(duckdb.sql(f"select count(*) from '{path}/part-*.parquet'").fetchall()[0][0])
        for path in sorted((folder / "tables").iterdir())
        if path.is_dir()
    }


def server() -> int:
    """The process of the server: the only child of this one."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return int(children[-1])


def told(few: Seen, many: Seen, all_at_once: Seen, memory: list[float], rows: dict[str, int], made: float) -> str:
    """The figures as a part of docs/performance.md."""
    lines = [
        "# The dashboard over a nation",
        "",
        "Written by `make national` (tests/bench/national.py). Seconds from a request over the websocket of a real server "
        "to the end of its script, 95th percentile after a change: kind, period, a region taken back, the search for one, "
        "a region chosen that nobody has looked at before; on the page of rankings an indicator and a figure as well.",
        "",
        page.machine(PACKAGES),
        "",
        "Made by code in {:.0f} s, as Parquet in parts: {}.".format(
            made, ", ".join(f"{name} {count:,}" for name, count in rows.items())
        ),
        "",
        "| page | 4 regions: median | p95 | first sight | 12 regions: median | p95 | first sight |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in PAGES:
        cells = []
        for seen in (few, many):
            times = seen.reruns[name]
            cells += [statistics.median(times) * 1000, p95(times), seen.opened[name] * 1000]
        lines.append(f"| {name} | " + " | ".join(f"{cell:.0f} ms" for cell in cells) + " |")
    every = [took for times in all_at_once.reruns.values() for took in times]
    lines += [
        "",
        f"Memory of the server, the most it ever held: {memory[0]:.0f} MB when the first page stood, {memory[1]:.0f} MB after "
        f"one visitor with 4 regions and one with 12 had been through all pages, {memory[2]:.0f} MB after {CROWD} more "
        f"visitors at once, each with a choice of regions of his own, had been through all of them (a page took "
        f"{statistics.median(every):.1f} s then, 95th percentile {p95(every) / 1000:.1f} s).",
        "",
        f"Faults: {len(few.faults) + len(many.faults) + len(all_at_once.faults)}.",
    ]
    return "\n".join(lines)


async def first(address: str) -> None:
    async with visiting(address):
        pass


def main() -> None:
    """Make the tables, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", type=Path, nargs="?", help="the page that the figures are written into")
    parser.add_argument("--regions", type=int, default=3000)
    parser.add_argument("--folder", type=Path, help="where the tables are, or are made; they stay there")
    options = parser.parse_args()
    os.chdir(ROOT)
    with TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        began = time.perf_counter()
        if not (folder / "config.yaml").exists():
            nation.make(folder, options.regions)
        made = time.perf_counter() - began
        with serving(environment=os.environ | {"PLAN_CONFIG": str(folder / "config.yaml")}) as address:
            asyncio.run(first(address))
            memory = [peak(server())]
            few, many = (asyncio.run(alone(address, options.regions, count)) for count in (4, 12))
            memory.append(peak(server()))
            all_at_once = asyncio.run(crowd(address, options.regions))
            memory.append(peak(server()))
        words = told(few, many, all_at_once, memory, sizes(folder), made)
    print(words)
    for fault in (few.faults + many.faults + all_at_once.faults)[:5]:
        print(f"  {fault}")
    if options.page:
        page.write(options.page, "national", words)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"the server worked {spent.ru_utime + spent.ru_stime:.0f} s; load of the machine {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()

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
import statistics
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
ROUNDS = 3
CROWD = 10
"""Visitors with a choice of regions each, who look at all pages at once."""

PACKAGES = ("streamlit", "duckdb", "pandas", "pyarrow")


@dataclass
class Seen:
    """Of reruns by page: seconds, and seconds of the server's processor; of the first sight of each page; faults."""

    reruns: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    worked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    opened: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def regions(number: int, count: int) -> list[str]:
    """Ids of `number` districts that are spread over all of `count` regions, others for another dice."""
    dice = random.Random(count)
    return [f"d{dice.randrange(count * 8 // 10):04}" for _ in range(number)]


class Timed:
    """A visitor on a page, whose reruns are timed."""

    def __init__(self, visitor: Visitor, name: str, seen: Seen) -> None:
        self.visitor, self.name, self.seen = visitor, name, seen

    async def choose(self, key: str, words: list[str]) -> None:
        """Choose, and note how long the rerun took and how long the server worked."""
        before = processor()
        self.seen.reruns[self.name].append(await self.visitor.choose(key, words))
        self.seen.worked[self.name].append(processor() - before)

    def options(self, key: str) -> list[str]:
        """The words to choose from."""
        return [getattr(option, "content", option) for option in self.visitor.widgets[key].options]


async def change(page: Timed, chosen: list[str], dice: random.Random) -> None:
    """One round of changes on a page. `chosen`: names of the regions that are chosen."""
    for key in ("kind", "years"):
        await page.choose(key, [dice.choice(page.options(key))])
        await page.choose(key, [])
    await page.choose("region", chosen[1:])
    await page.choose("region_search", [dice.choice(nation.FIRST)])
    await page.choose("region_found", [dice.choice(page.options("region_found"))])
    if page.name == "ranking":
        for key in ("rk_indicator", "rk_figure"):
            await page.choose(key, [dice.choice(page.options(key))])


async def alone(address: str, known: int, count: int) -> Seen:
    """One visitor on every page, each with `count` regions chosen out of `known` at first."""
    seen, dice = Seen(), random.Random(count)
    for number, name in enumerate(PAGES):
        async with visiting(address) as visitor:
            there, chosen = "" if name == "overview" else name, regions(count, known + number)
            timed = Timed(visitor, name, seen)
            seen.opened.append(await visitor.open(there, region=chosen))
            names = timed.options("region")[-count:]
            for _ in range(ROUNDS):
                await change(timed, names, dice)
                await visitor.open(there, region=chosen)
            seen.faults += visitor.faults
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


def server() -> Path:
    """What the system tells of the server, the only child of this process."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return Path("/proc", children[-1])


def peak() -> float:
    """The most memory that the server has held, in MB."""
    status = (server() / "status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def processor() -> float:
    """Seconds that the server has worked so far, to a hundredth."""
    fields = (server() / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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


ABOUT = """# The dashboard over a nation

Written by `make national` (tests/bench/national.py). From a request over the websocket of a real server to the end of
its script, and what of it the server's processor worked, after a change: kind, period, a region taken back, a search
for one, one found that nobody has looked at before; on the page of rankings an indicator and a figure as well. Where
the machine is busy with other things, the processor tells more than the clock.

{machine}

Tables in parts: {rows}.

| page | 4 regions: median | p95 | processor p95 | 12 regions: median | p95 | processor p95 |
|---|---|---|---|---|---|---|
{table}

First sight of a page with regions that nobody has looked at, median: {few:.1f} s with 4, {many:.1f} s with 12.

The most memory that the server held: {memory[0]:.0f} MB when the first page stood, {memory[1]:.0f} MB after one
visitor had been through all pages with 4 and with 12 regions, {memory[2]:.0f} MB after {crowd} more visitors at once,
each with a choice of his own, had been through all of them (a page took {half:.1f} s then, p95 {most:.1f} s).

Faults: {faults}.
"""


def told(few: Seen, many: Seen, at_once: Seen, memory: list[float], rows: dict[str, int]) -> str:
    """The figures as a part of docs/performance.md."""
    lines = []
    for name in PAGES:
        cells = []
        for seen in (few, many):
            times = seen.reruns[name]
            cells += [statistics.median(times) * 1000, p95(times), p95(seen.worked[name])]
        lines.append(f"| {name} | " + " | ".join(f"{cell:.0f} ms" for cell in cells) + " |")
    every = [took for times in at_once.reruns.values() for took in times]
    return ABOUT.format(
        machine=page.machine(PACKAGES),
        rows=", ".join(f"{name} {count:,}" for name, count in rows.items()),
        table="\n".join(lines),
        few=statistics.median(few.opened),
        many=statistics.median(many.opened),
        memory=memory,
        crowd=CROWD,
        half=statistics.median(every),
        most=p95(every) / 1000,
        faults=sum(len(seen.faults) for seen in (few, many, at_once)),
    )


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
        if not (folder / "config.yaml").exists():
            nation.make(folder, options.regions)
        with serving(environment=os.environ | {"PLAN_CONFIG": str(folder / "config.yaml")}) as address:
            asyncio.run(first(address))
            memory = [peak()]
            few, many = (asyncio.run(alone(address, options.regions, count)) for count in (4, 12))
            memory.append(peak())
            all_at_once = asyncio.run(crowd(address, options.regions))
            memory.append(peak())
        words = told(few, many, all_at_once, memory, sizes(folder))
    print(words)
    for fault in (few.faults + many.faults + all_at_once.faults)[:5]:
        print(f"  {fault}")
    if options.page:
        page.write(options.page, "national", words)


if __name__ == "__main__":
    main()

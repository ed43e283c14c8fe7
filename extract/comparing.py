"""The comparing tables of a partitioned corpus: what all documents say is added up once, then each partition is held
against the sums.

A partition reads, beside its own documents, those of the same regions (what a region says itself is no part of the
rest) and the plans of the regions below; never all documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from extract import carryover, emphasis, marked, parquet, parts, tables
from extract.carryover import Matched
from extract.emphasis import Group, Sum, group_of
from extract.log_odds import MIN_MENTIONS
from extract.parquet import Growing
from extract.regions import Place
from extract.schema import Columns, Row, schema
from extract.tally import UNITS, Cells, Mentions, Name, Sheet, Tally, tally_of

if TYPE_CHECKING:
    import pyarrow as pa

TOTALS = "totals"
TOTALS_FILE = f"{marked.MARKS}/totals.parquet"
COLUMNS = {
    "term": ("term", "theme", "topic", "count", "chapters"),
    "topic": ("name", "theme", "topic", "times", "chapters"),
}
"""By unit, where its mentions say what."""
MERGED = 500_000
"""Sums of partitions are put together each time they have so many rows."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A piece of work: the documents of a partition, and what they are held against.

    `near` are all documents of their regions, `others` those that they are compared with one by one, `matched` the
    upper plans among them with the plans below; `homes` says in which partition each of all these is. `totals` is the
    key of the sums, and of the work.
    """

    number: int
    folder: Path
    documents: tuple[Sheet, ...]
    near: tuple[Sheet, ...]
    others: tuple[Sheet, ...]
    matched: tuple[Matched, ...]
    homes: Mapping[str, int]
    groups: Mapping[str, Group]
    totals: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A piece of work: all partitions, the names of the regions of their documents, and the key of their sums."""

    folder: Path
    numbers: tuple[int, ...]
    regions: frozenset[str]
    key: str


class Whole(NamedTuple):
    """The names of a unit that are compared, and what the documents of each group say together."""

    names: list[Name]
    sums: dict[str, Sum]


def add_up(task: Addition) -> bool:
    """Write what all partitions say together, name by name; names that are not compared are added up as one.

    True where that is done. Raises OSError where the folder cannot be written.
    """
    if marked.told(task.folder, TOTALS, task.key) is None:
        merged, growing = _merged(task.folder, task.numbers), Growing(parts.SUMS)
        for unit in UNITS:
            growing.add(list(_added(unit, merged, task.regions)))
        marked.write(task.folder, TOTALS, task.key, {TOTALS_FILE: growing.whole()}, {})
    return True


def comparisons(
    folder: Path, found: Mapping[int, Sequence[Sheet]], places: Sequence[Place], totals: str
) -> Iterator[Comparison]:
    """The work of each partition. Args: `places`, which tell whose plan is held against whose."""
    documents = [one for of in found.values() for one in of]
    homes = {one.doc_id: number for number, of in found.items() for one in of}
    groups, others = emphasis.grouped(documents), tuple(emphasis.paired(documents))
    regions, matches = defaultdict[object, list[Sheet]](list), defaultdict[int, list[Matched]](list)
    for one in documents:
        if (name := group_of(one.doc_type)) and groups[name].types_beside(one.region_id):
            regions[name, one.region_id].append(one)
    for match in carryover.matched(documents, places):
        matches[homes[match.above.doc_id]].append(match)
    for number, of in found.items():
        own = sorted({(group_of(one.doc_type), one.region_id) for one in of})
        near = tuple(one for region in own for one in regions.get(region, ()))
        matched = tuple(sorted(matches[number], key=lambda match: match.above.doc_id))
        needed = (*near, *others, *(one for match in matched for one in match.plans))
        at = {one.doc_id: homes[one.doc_id] for one in needed}
        yield Comparison(number, folder, tuple(of), near, others, matched, at, groups, totals)


def name_of(part: str) -> str:
    """The name of the work on the partition of that name."""
    return f"{part}.compared"


def done(task: Comparison) -> bool:
    """True where the work is done and was made from the same tables."""
    return marked.told(task.folder, name_of(parts.name(task.number)), task.totals) is not None


def work(task: Comparison) -> bool:
    """Write the comparing tables of a partition. True where that is done.

    Raises OSError where the folder cannot be written.
    """
    if not done(task):
        _make(task)
    return True


def died(_: object) -> NoReturn:
    """Where the process died twice. Raises MemoryError: without these tables the corpus is not whole."""
    raise MemoryError


def _make(task: Comparison) -> None:
    made = [name for name, table in schema().tables.items() if table.compares]
    growing = {name: Growing(schema().tables[name].columns) for name in made}
    whole = sums_of(task.folder, task.totals)
    ids = {one.doc_id for one in (*task.near, *task.others)}
    tallies = {unit: Tally(unit, whole[unit].names, cells(task, unit, whole[unit].names, ids)) for unit in UNITS}
    names = growing["emphasis"].columns
    found: dict[str, Columns] = {one.doc_id: {name: [] for name in names} for one in task.documents}
    for unit, tally in tallies.items():
        fit, sums = [True] * len(tally.names), whole[unit].sums
        for columns in emphasis.compared(task.documents, task.near, task.others, task.groups, tally, sums, fit):
            for doc_id in columns["doc_id"][:1]:  # one document's, or nothing
                for name, values in columns.items():
                    found[str(doc_id)][name] += values
    for of in found.values():
        growing["emphasis"].extend(tables.arranged("emphasis", of))
    for match in task.matched:
        plans = {one.doc_id for one in match.plans}
        counted = {unit: tally_of(unit, topical(task, unit, plans)) for unit in UNITS}
        for name_, rows in carryover.compared([match], counted, carryover.aims_of(targets(task, plans))).items():
            growing[name_].add(tables.ordered(name_, rows))
    files = {parts.file(table, task.number): grown.whole() for table, grown in growing.items()}
    marked.write(task.folder, name_of(parts.name(task.number)), task.totals, files, {})


def cells(task: Comparison, unit: str, names: Sequence[Name], doc_ids: Iterable[str]) -> Iterator[Cells]:
    """The mentions of documents as cells among the names."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    known = pa.array([one.name for one in names], pa.string())
    name, times = COLUMNS[unit][0], COLUMNS[unit][3]
    for doc_id, found in _of_unit(task, unit, doc_ids, (name, times, "chapters")):
        places = pc.fill_null(pc.index_in(found[name], known), len(names))
        cells = (np.array(column.to_pylist()) for column in (places, found[times], found["chapters"]))
        yield Cells(doc_id, *cells)


def topical(task: Comparison, unit: str, doc_ids: Iterable[str]) -> Iterator[Mentions]:
    """The mentions of topics, or of terms that signal one, in documents."""
    for doc_id, found in _of_unit(task, unit, doc_ids, COLUMNS[unit]):
        for name, theme, topic, times, chapters in zip(*(column.to_pylist() for column in found), strict=True):
            if topic or unit == "topic":
                yield Mentions(doc_id, name, theme or "", topic or "", times, chapters)


def _of_unit(
    task: Comparison, unit: str, doc_ids: Iterable[str], columns: Sequence[str]
) -> Iterator[tuple[str, pa.Table]]:
    for number, ids in _by_home(task, doc_ids):
        file = parts.file("terms", number) if unit == "term" else parts.topics_file(number)
        for doc_id, found in parquet.of_documents(task.folder / file, ids, columns):
            yield doc_id, found.select(columns)


def targets(task: Comparison, doc_ids: Iterable[str]) -> Iterator[Row]:
    """Kind and topic of the targets of documents."""
    for number, ids in _by_home(task, doc_ids):
        for _, found in parquet.of_documents(task.folder / parts.file("targets", number), ids, ["kind", "topic"]):
            yield from found.to_pylist()


def _by_home(task: Comparison, doc_ids: Iterable[str]) -> list[tuple[int, list[str]]]:
    homes = defaultdict[int, list[str]](list)
    for doc_id in doc_ids:
        homes[task.homes[doc_id]].append(doc_id)
    return sorted(homes.items())


def _merged(folder: Path, numbers: Iterable[int]) -> pa.Table:
    """The sums of all partitions, added up."""
    import pyarrow as pa

    waiting: list[pa.Table] = []
    for number in numbers:
        waiting.append(parquet.table(folder / parts.sums_file(number)))
        if sum(len(one) for one in waiting[1:]) > max(MERGED, len(waiting[0])):
            waiting = [_summed(pa.concat_tables(waiting))]
    return _summed(pa.concat_tables(waiting))


def _summed(table: pa.Table, by: Sequence[str] = ("group", "unit", "name", "theme", "topic")) -> pa.Table:
    """One row for all that have the same words in these columns, their numbers added up."""
    import numpy as np

    alike = np.zeros(len(table), np.int64)
    for name in by:
        places, words = parquet.coded(table[name])
        alike = alike * words + places
    _, first, alike = np.unique(alike, return_index=True, return_inverse=True)
    found = table.select(by).take(parquet.numbers(first))
    for name in ("times", "chapters"):
        sums = np.bincount(alike, weights=parquet.values(table[name]), minlength=len(first))
        found = found.append_column(name, parquet.numbers(sums.astype(np.int64)))
    return found


def _added(unit: str, merged: pa.Table, regions: Iterable[str]) -> Iterator[Row]:
    """Rows of the sums of all: group by group the names that are compared, then what is left as a row without name."""
    import pyarrow as pa
    import pyarrow.compute as pc

    of_unit = merged.filter(pc.equal(merged["unit"], unit))
    by_name = _summed(of_unit, ["name", "theme", "topic"])
    often = by_name.filter(pc.greater_equal(by_name["times"], MIN_MENTIONS[unit]))
    names = [Name(**row) for row in often.select(["name", "theme", "topic"]).to_pylist()]
    fit = emphasis.comparable(unit, names, regions)
    compared = [one.name for one, fits in zip(names, fit, strict=True) if fits]
    inside = pc.is_in(of_unit["name"], pa.array(compared, pa.string()))
    yield from sorted(of_unit.filter(inside).to_pylist(), key=lambda row: (row["group"], row["name"]))
    left = _summed(of_unit.filter(pc.invert(inside)), ["group"]).to_pylist()
    for row in sorted(left, key=lambda row: str(row["group"])):
        yield {**row, "unit": unit, "name": None, "theme": None, "topic": None}


@lru_cache(1)
def sums_of(folder: Path, key: str) -> dict[str, Whole]:
    """What add_up wrote by that key, for this process to use again and again."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    table = parquet.table(folder / TOTALS_FILE)
    found: dict[str, Whole] = {}
    for unit in UNITS:
        mine = table.filter(pc.equal(table["unit"], unit))
        named = mine.filter(pc.is_valid(mine["name"]))
        told = (pc.fill_null(named[field], "").to_pylist() for field in Name._fields)
        names = [Name._make(one) for one in sorted(dict.fromkeys(zip(*told, strict=True)))]
        places = pc.index_in(mine["name"], pa.array([one.name for one in names], pa.string()))
        at = parquet.values(pc.fill_null(places, len(names)).cast(pa.int64()))
        sums = {group: Sum(*np.zeros((2, len(names) + 1))) for group in emphasis.LIKE}
        for group, sum_ in sums.items():
            own = np.array(pc.equal(mine["group"], group).to_pylist(), bool)
            for name, total in zip(("times", "chapters"), sum_, strict=True):
                np.add.at(total, at[own], parquet.values(mine[name])[own])
        found[unit] = Whole(names, sums)
    return found

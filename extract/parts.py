"""Many documents as partitions: some documents extracted, and their rows of every table written, as one piece of work.

Which documents stand together follows from their ids alone, so that each number of processes gives the same bytes, and
a document that comes or goes changes little but its own partition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from extract import marked, remembered, tables
from extract.counts import Counts
from extract.emphasis import group_of
from extract.parquet import Growing
from extract.processes import APART, Local
from extract.remembered import Outcome, Task
from extract.schema import Column, Row, schema
from extract.table_rows import issue_rows, unique
from extract.tally import UNITS, Sheet, mentions, sheets

ABOUT = 64
"""So many documents a partition has, give or take half."""
MOST_TOLD = 20
"""So many errors of a partition are told on the screen; all stand in the table of issues."""


def _columns(**kinds: str) -> dict[str, Column]:
    return {name: Column.model_validate({"type": kind, "about": "-", "null": True}) for name, kind in kinds.items()}


TOPICS = _columns(doc_id="str", name="str", theme="str", topic="str", times="int", chapters="int")
"""Mentions of topics by document."""
SUMS = _columns(group="str", unit="str", name="str", theme="str", topic="str", times="int", chapters="int")
"""Mentions of names in all documents of a partition that are held against one another."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of work: documents in the order of their ids, and the folder of the tables."""

    number: int
    folder: Path
    tasks: tuple[Task, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a partition: counts, the errors (some of them) in words, what the comparisons need to know of its
    documents, and the sum of all its files."""

    counts: Counts
    told: Sequence[str]
    sheets: Sequence[Sheet]
    sum: str


def cut(doc_ids: Sequence[str], about: int) -> Iterator[slice]:
    """Where sorted ids are cut into partitions of `about` so many, give or take half.

    Each ends before the id whose hash is the least among those where it may end: a new id moves no other cut, unless
    it is such an id itself.
    """
    start, least, most = 0, about - about // 2, about + about // 2
    while len(doc_ids) - start > most:
        end = min(range(start + least, start + most + 1), key=lambda i: sha256(doc_ids[i].encode()).digest())
        yield slice(start, end)
        start = end
    if start < len(doc_ids):
        yield slice(start, len(doc_ids))


def name(number: int) -> str:
    """The name of a partition."""
    return f"part-{number:05d}"


def file(table: str, number: int) -> str:
    """The file of a table in a partition, below the folder of the tables."""
    return f"{table}/{name(number)}.parquet"


def topics_file(number: int) -> str:
    """Where the mentions of topics by document are."""
    return f"{marked.MARKS}/{name(number)}.topics.parquet"


def sums_file(number: int) -> str:
    """Where the mentions of a whole partition are."""
    return f"{marked.MARKS}/{name(number)}.sums.parquet"


def done(part: Part) -> Done | None:
    """What became of the partition, where it stands in the folder and was made from the same documents and rules."""
    told = marked.told(part.folder, name(part.number), part.key)
    if told is None:
        return None
    return Done(**told | {"counts": Counts(**told["counts"]), "sheets": [Sheet(*sheet) for sheet in told["sheets"]]})


def work(part: Part) -> Done:
    """Extract the documents and write the partition. What goes wrong with a document becomes an issue.

    Raises OSError where the folder cannot be written.
    """
    return done(part) or _made(part, map(_tried, part.tasks))


def died(part: Part) -> Done:
    """The same where a process died over it: each document by itself, so that one takes no other with it."""
    return _made(part, Local(APART).run(_tried, part.tasks, _lost))


def _tried(task: Task) -> Outcome:
    """The outcome of a document, that of a second attempt where the first failed."""
    outcome = remembered.extracted(task)
    return outcome if outcome.tables else remembered.extracted(task)


def _lost(task: Task) -> Outcome:
    return remembered.failed(task, remembered.DIED)


def _made(part: Part, outcomes: Iterable[Outcome]) -> Done:
    """Write the rows of the documents, which are held one document at a time, and packed."""
    facts = {name: table for name, table in schema().tables.items() if not (table.names or table.compares)}
    growing = {name: Growing(table.columns) for name, table in facts.items()}
    topics, sums = Growing(TOPICS), _Sums()
    counts, told = Counts(), list[str]()
    whole, known = True, list[Sheet]()
    for task, outcome in zip(part.tasks, outcomes, strict=True):
        issues = unique("issues", [*outcome.tables.get("issues", ()), *issue_rows(outcome.issues)])
        for table, rows in (outcome.tables | {"issues": tables.ordered("issues", issues)}).items():
            growing[table].add(rows)
        if outcome.tables:
            known += sheets(outcome.tables)
            topics.add(sums.add(outcome))
        whole = whole and outcome.sha256 == task.sha256
        counts += Counts(
            documents=int(bool(outcome.tables)),
            failed=int(not outcome.tables),
            targets=len(outcome.tables.get("targets", ())),
            corrections=len(task.corrections),
            severities=Counts.by_severity(str(row["severity"]) for row in issues),
        )
        told += [f"{row['doc_id']}: {row['message']}" for row in issues if row["severity"] == "error"]
    files = {file(table, part.number): grown.whole() for table, grown in growing.items()}
    files |= {topics_file(part.number): topics.whole(), sums_file(part.number): sums.whole()}
    total = sha256(b"".join(sha256(data).digest() for data in files.values())).hexdigest()
    made = Done(counts, told[:MOST_TOLD], known, total)
    marked.write(part.folder, name(part.number), part.key if whole else "", files, asdict(made))
    return made


class _Sums:
    """Mentions of names, added up by what is held against one another."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])

    def add(self, outcome: Outcome) -> list[Row]:
        """Count a document in; returns its mentions of topics."""
        group = group_of(str(outcome.tables["documents"][0]["doc_type"]))
        topics: list[Row] = []
        for unit in UNITS:
            for one in mentions(outcome.tables, unit):
                sum_ = self._sums[group, unit, one.name, one.theme, one.topic]
                sum_[0] += one.times
                sum_[1] += one.chapters
                if unit == "topic":
                    topics.append(dict(zip(TOPICS, one, strict=True)))
        return topics

    def whole(self) -> bytes:
        growing = Growing(SUMS)
        growing.add([dict(zip(SUMS, (*key, *sum_), strict=True)) for key, sum_ in sorted(self._sums.items())])
        return growing.whole()

"""Documents beside a corpus in partitions: which regions it knows, what it has already, what they stress against it.

The corpus is read, never written, and little of it: what all its documents are, the sums of what they say, and the
mentions in documents of the same regions and of the regions below. Its own rows stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from extract import carryover, comparing, emphasis, marked, parquet, tables
from extract.comparing import Comparison
from extract.regions import Place, joined
from extract.schema import Row, Tables, schema
from extract.tally import UNITS, Cells, Mentions, Name, Sheet, Tally, mentions, sheets, tally_of

if TYPE_CHECKING:
    from extract.config_text import Entry

DOCUMENTS = (
    "doc_id",
    "region_id",
    "plan_id",
    "doc_type",
    "period_start",
    "period_end",
    "title",
    "source_sha256",
    "chars",
)
TOLD = ("region", "plan", "type", "period")
"""What an entry of config.yaml says of a document that two plans of one region never share."""


@dataclass(frozen=True)
class Corpus:
    """The tables of a corpus, in a folder: partitions, or one file each."""

    folder: Path

    @cached_property
    def documents(self) -> list[Row]:
        """What all its documents are: DOCUMENTS, and `home`, the number of the partition, None outside of any."""
        return [{**row, "home": home} for home, row in self._rows("documents", DOCUMENTS)]

    @cached_property
    def places(self) -> list[Place]:
        """Its regions."""
        return joined((), (row for _, row in self._rows("regions", Place._fields)))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its documents."""
        return frozenset(str(row["doc_id"]) for row in self.documents)

    def twin(self, entry: Entry, by_title: bool) -> str:
        """Id of the document that is the one of an entry, or its region's for the same plan, type and years; or "".

        Args: `by_title`, whether the title must be the same as well.
        """
        wanted = [entry[name] for name in TOLD]
        for row in self.documents:
            told = [row["region_id"], row["plan_id"], row["doc_type"], [row["period_start"], row["period_end"]]]
            same = told == wanted and (not by_title or row["title"] == entry["title"])
            if same or row["source_sha256"] == entry["sha256"]:
                return str(row["doc_id"])
        return ""

    def regions(self, names: Sequence[str]) -> list[Place]:
        """Its regions that these names may mean: that of a region, behind those of regions that it lies in."""
        known = {one.region_id: one for one in self.places}
        found = []
        for one in self.places:
            above, at = [], one
            while (parent := known.get(at.parent)) and parent not in above:
                above.append(at := parent)
            if one.name == names[-1] and (not above or {*names[:-1]} <= {place.name for place in above}):
                found.append(one)
        return found

    def region(self, region_id: str) -> Place | None:
        """Its region of that id."""
        return next((one for one in self.places if one.region_id == region_id), None)

    @cached_property
    def state(self) -> str:
        """The key of the sums of what its documents say; "" where they are not there: a build leaves them, a copy of
        the tables may not."""
        return marked.key(self.folder, comparing.TOTALS)

    @property
    def sheets(self) -> list[Sheet]:
        """What the comparisons need to know of its documents."""
        chance = (row for _, row in self._rows("chance", ("doc_id", "unit", "z95", "together")))
        return sheets({"documents": self.documents, "chance": list(chance)})

    def _rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[int | None, Row]]:
        """Rows of a table, with the number of their partition."""
        for path in tables.partitions(self.folder, table):
            number = path.stem.removeprefix("part-")
            home = int(number) if number.isdecimal() else None
            yield from ((home, row) for row in parquet.table(path).select(columns).to_pylist())
        single = self.folder / schema().files()[table]
        for row in tables.read_file(single, table):
            yield None, {name: row[name] for name in columns}


def compared(own: Tables, corpus: Corpus, places: Sequence[Place]) -> Tables:
    """Rows of the comparing tables for documents of one's own: what each stresses against the corpus without its own
    region, and what its plan carries on from the plans below, those of the corpus among them.

    None where the corpus has no sums. Names that the corpus does not compare are not compared. Args: `own`, all tables
    of these documents; `places`, all regions.
    """
    made: Tables = {"emphasis": [], "carryover": [], "stressed": []}
    if not corpus.state:
        return made
    documents, others = sheets(own), corpus.sheets
    work = _work(documents, others, corpus, places)
    for unit, whole in comparing.sums_of(corpus.folder, corpus.state).items():
        near = comparing.cells(work, unit, whole.names, (one.doc_id for one in work.near))
        tally = Tally(unit, whole.names, [*near, *_cells(whole.names, mentions(own, unit))])
        fit = [True] * len(whole.names)
        for columns in emphasis.compared(documents, work.near, (), work.groups, tally, whole.sums, fit):
            made["emphasis"] += (
                dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
            )
    for match in work.matched:
        ids = {one.doc_id for one in match.plans}
        counted = {unit: tally_of(unit, _topical(work, own, unit, ids)) for unit in UNITS}
        aims = carryover.aims_of([*own["targets"], *comparing.targets(work, ids & corpus.ids)])
        for name, rows in carryover.compared([match], counted, aims).items():
            made[name] += rows
    return made


def _work(documents: Sequence[Sheet], others: Sequence[Sheet], corpus: Corpus, places: Sequence[Place]) -> Comparison:
    """The documents as if they were one more partition of the corpus."""
    ids, regions = {one.doc_id for one in documents}, {one.region_id for one in documents}
    near = tuple(one for one in others if one.region_id in regions)
    matches = (one for one in carryover.matched([*documents, *others], places) if one.above.doc_id in ids)
    homes = {str(row["doc_id"]): int(row["home"]) for row in corpus.documents if row["home"] is not None}
    return Comparison(
        -1, corpus.folder, tuple(documents), near, (), tuple(matches), homes, emphasis.grouped(others), ""
    )


def _cells(names: Sequence[Name], found: Iterator[Mentions]) -> Iterator[Cells]:
    """Mentions as cells among names, all others in the one behind the last."""
    import numpy as np

    place: Mapping[str, int] = {one.name: i for i, one in enumerate(names)}
    by_document: dict[str, list[tuple[int, int, int]]] = {}
    for one in found:
        by_document.setdefault(one.doc_id, []).append((place.get(one.name, len(names)), one.times, one.chapters))
    for doc_id, of in by_document.items():
        places, counts, chapters = zip(*of, strict=True)
        yield Cells(doc_id, np.array(places), np.array(counts, float), np.array(chapters, float))


def _topical(work: Comparison, own: Tables, unit: str, doc_ids: set[str]) -> Iterator[Mentions]:
    """The mentions of topics, or of terms that signal one, in documents of one's own and of the corpus."""
    mine = {one.doc_id for one in work.documents} & doc_ids
    yield from (one for one in mentions(own, unit) if one.doc_id in mine and (one.topic or unit == "topic"))
    yield from comparing.topical(work, unit, doc_ids - mine)

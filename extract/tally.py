"""Rows of the tables → how often each term or topic stands in each document, as arrays.

One order of names for all documents: alphabetical, so that nothing depends on which document was read first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from extract.chapters import chapters
from extract.log_odds import NOMINAL
from extract.schema import Row, Tables

if TYPE_CHECKING:
    from extract.log_odds import Floats

RECENT = 16
"""So many sums are remembered: a pair of documents, and the sum of all that each is taken from."""


class Mentions(NamedTuple):
    """How often a name stands in a document, and in how many of its chapters."""

    doc_id: str
    name: str
    theme: str
    topic: str
    times: int
    chapters: int


class Tally:
    """The mentions of all names of one unit: `names` in alphabetical order, `themes` and `topics` beside them."""

    def __init__(self, unit: str, found: Iterable[Mentions]) -> None:
        import numpy as np

        self.unit = unit
        ordered = sorted(found)
        about = {one.name: (one.theme, one.topic) for one in reversed(ordered)}
        self.names = sorted(about)
        self.themes = [about[name][0] for name in self.names]
        self.topics = [about[name][1] for name in self.names]
        place = {name: i for i, name in enumerate(self.names)}
        by_document: dict[str, list[Mentions]] = defaultdict(list)
        for one in ordered:
            by_document[one.doc_id].append(one)
        self._places = {doc_id: np.array([place[o.name] for o in of]) for doc_id, of in by_document.items()}
        self._counts = {doc_id: np.array([float(o.times) for o in of]) for doc_id, of in by_document.items()}
        self._chapters = {doc_id: np.array([float(o.chapters) for o in of]) for doc_id, of in by_document.items()}
        self.counts = lru_cache(RECENT)(partial(self._sum, self._counts))
        """Mentions of each name in documents (a tuple of ids) together. Shared: never change them."""
        self.chapters = lru_cache(RECENT)(partial(self._sum, self._chapters))
        """Chapters of documents in which each name stands. Shared too."""

    def _sum(self, values: dict[str, Floats], doc_ids: tuple[str, ...]) -> Floats:
        import numpy as np

        whole = np.zeros(len(self.names))
        for doc_id in doc_ids:
            if doc_id in values:
                np.add.at(whole, self._places[doc_id], values[doc_id])
        return whole


def tallies(tables: Tables) -> dict[str, Tally]:
    """Both units, from the tables `coverage` and `sections`, `terms`."""
    terms = (
        Mentions(_text(r["doc_id"]), _text(r["term"]), _text(r["theme"]), _text(r["topic"]), *_counts(r))
        for r in tables["terms"]
    )
    return {"topic": Tally("topic", _topics(tables)), "term": Tally("term", terms)}


def chance(tables: Tables, unit: str, column: str, doc_ids: Iterable[str], default: float = NOMINAL) -> float:
    """The largest value of a column of the table `chance` among these documents; `default` where it knows none."""
    wanted = set(doc_ids)
    found = [row[column] for row in tables["chance"] if row["unit"] == unit and row["doc_id"] in wanted]
    return max((float(value) for value in found if value is not None), default=default)


def _topics(tables: Tables) -> list[Mentions]:
    chapter = chapters((_text(row["section_id"]), _text(row["parent_id"])) for row in tables["sections"])
    counts, places = Counter[tuple[str, str, str]](), defaultdict[tuple[str, str, str], set[str]](set)
    for row in tables["coverage"]:
        if row["topic"] and row["mentions"]:
            key = _text(row["doc_id"]), _text(row["topic"]), _text(row["theme"])
            counts[key] += int(row["mentions"])
            places[key].add(chapter.get(_text(row["section_id"]), ""))
    return [Mentions(*key, "", count, len(places[key] - {""})) for key, count in counts.items()]


def _counts(row: Row) -> tuple[int, int]:
    return int(row["count"] or 0), int(row["chapters"] or 0)


def _text(value: object) -> str:
    return str(value or "")

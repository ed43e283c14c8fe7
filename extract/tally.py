"""Rows of the tables → how often each term or topic stands in each document, as arrays; and what is known of these.

One order of names for all documents: alphabetical, so that nothing depends on which document was read first.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from extract.chapters import chapters
from extract.log_odds import NOMINAL
from extract.schema import Tables

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extract.log_odds import Floats

UNITS = ("topic", "term")
RECENT = 16
"""So many sums are remembered: a pair of documents, and those of one region."""


class Mentions(NamedTuple):
    """How often a name stands in a document, and in how many of its chapters."""

    doc_id: str
    name: str
    theme: str
    topic: str
    times: int
    chapters: int


class Name(NamedTuple):
    """A term or topic, its theme, and the topic that a term signals."""

    name: str
    theme: str
    topic: str


class Sheet(NamedTuple):
    """What the comparisons need to know of a document; `z95` and `together` by unit, as in the table chance."""

    doc_id: str
    region_id: str
    doc_type: str
    period_start: int
    chars: int
    z95: Mapping[str, float]
    together: Mapping[str, float]


class Cells(NamedTuple):
    """The mentions in a document as arrays: their places among the names, one behind the last for any other name."""

    doc_id: str
    places: NDArray[np.intp]
    counts: Floats
    chapters: Floats


class Tally:
    """The mentions of names of one unit in some documents, as arrays over `names` with one more cell at their end.

    That last cell counts what stands under none of the names.
    """

    def __init__(self, unit: str, names: Sequence[Name], cells: Iterable[Cells]) -> None:
        self.unit, self.names = unit, names
        add_up = partial(_sum, {one.doc_id: one for one in cells}, len(names) + 1)
        self.counts = lru_cache(RECENT)(partial(add_up, attrgetter("counts")))
        """Mentions of each name in documents (a tuple of ids) together. Shared: never change them."""
        self.chapters = lru_cache(RECENT)(partial(add_up, attrgetter("chapters")))
        """Chapters of documents in which each name stands. Shared too."""


def _sum(cells: Mapping[str, Cells], size: int, values: Callable[[Cells], Floats], doc_ids: tuple[str, ...]) -> Floats:
    import numpy as np

    whole = np.zeros(size)
    for one in map(cells.get, doc_ids):
        if one is not None:
            np.add.at(whole, one.places, values(one))
    return whole


def names_of(found: Iterable[Mentions]) -> list[Name]:
    """The names that are mentioned, in alphabetical order."""
    about: dict[str, Name] = {}
    for one in found:
        about.setdefault(one.name, Name(one.name, one.theme, one.topic))
    return sorted(about.values())


def tallies(tables: Tables) -> dict[str, Tally]:
    """Both units, from the tables `coverage` and `sections`, `terms`."""
    return {unit: tally_of(unit, mentions(tables, unit)) for unit in UNITS}


def tally_of(unit: str, found: Iterable[Mentions]) -> Tally:
    """Mentions over all names that are found."""
    ordered = sorted(found)
    names = names_of(ordered)
    return Tally(unit, names, _cells(names, ordered))


def _cells(names: Sequence[Name], found: Iterable[Mentions]) -> Iterator[Cells]:
    """Args: `found`, those of one document next to one another, under no other names."""
    import numpy as np

    place = {one.name: i for i, one in enumerate(names)}
    for doc_id, of in groupby(found, attrgetter("doc_id")):
        places, counts, standing = zip(*((place[one.name], one.times, one.chapters) for one in of), strict=True)
        yield Cells(doc_id, np.array(places), np.array(counts, float), np.array(standing, float))


def mentions(tables: Tables, unit: str) -> Iterator[Mentions]:
    """The mentions of one unit, from the tables `coverage` and `sections`, or `terms`."""
    return _topics(tables) if unit == "topic" else _terms(tables)


def sheets(tables: Tables) -> list[Sheet]:
    """What is known of the documents, from the tables `documents` and `chance`; in the order of their ids."""
    chance: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in tables["chance"]:
        for column in ("z95", "together"):
            value = row.get(column)
            if value is not None:
                chance[_text(row["doc_id"]), column][_text(row["unit"])] = float(value)
    found = (
        Sheet(
            _text(row["doc_id"]),
            _text(row["region_id"]),
            _text(row["doc_type"]),
            int(row["period_start"] or 0),
            int(row["chars"] or 0),
            chance[_text(row["doc_id"]), "z95"],
            chance[_text(row["doc_id"]), "together"],
        )
        for row in tables["documents"]
    )
    return sorted(found, key=lambda one: one.doc_id)


def threshold(unit: str, documents: Iterable[Sheet]) -> float:
    """|z| that one name in twenty passes by chance in any of the documents."""
    return max((one.z95[unit] for one in documents if unit in one.z95), default=NOMINAL)


def _topics(tables: Tables) -> Iterator[Mentions]:
    chapter = chapters((_text(row["section_id"]), _text(row["parent_id"])) for row in tables["sections"])
    counts, places = Counter[tuple[str, str, str]](), defaultdict[tuple[str, str, str], set[str]](set)
    for row in tables["coverage"]:
        if row["topic"] and row["mentions"]:
            key = _text(row["doc_id"]), _text(row["topic"]), _text(row["theme"])
            counts[key] += int(row["mentions"])
            places[key].add(chapter.get(_text(row["section_id"]), ""))
    return (Mentions(*key, "", count, len(places[key] - {""})) for key, count in counts.items())


def _terms(tables: Tables) -> Iterator[Mentions]:
    told = itemgetter("doc_id", "term", "theme", "topic", "count", "chapters")
    for doc_id, term, theme, topic, times, places in map(told, tables["terms"]):
        yield Mentions(doc_id, term, theme or "", topic or "", times or 0, places or 0)


def _text(value: object) -> str:
    return str(value or "")

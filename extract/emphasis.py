"""After all documents: which terms and topics a document stresses more than others do.

Each plan is held against the plans of the other regions together, and, while the documents are few, every document
against every other. Work reports are another kind of text and never stand in the rest of a plan; the rest of a work
report is the work reports of other regions. The measure is that of log_odds.py, beside it what chance gives.

The rest of a document is what all documents of its kind have together, less what its own region has: no document is
held against each of the others, so the work grows with their number, not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from extract.config import Config
from extract.log_odds import MIN_MENTIONS, NOMINAL, compare
from extract.schema import Columns, Row, Tables, Value
from extract.tally import Name, Sheet, Tally, sheets, tallies, threshold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extract.log_odds import Floats

LIKE = {"plans": ("规划纲要", "规划建议", "专项规划"), "reports": ("政府工作报告",)}
"""Kinds of documents that are held against one another."""
REST = "rest"
MOST_PAIRED = 12
"""Pairs are compared only while there are no more documents than this; they grow with the square of it."""
MOST_TERMS = 100
"""So many terms of each comparison are kept on each side, the strongest; topics are kept all."""
DIGITS = 4


@dataclass
class Group:
    """Documents of like kinds taken together: what one of them is held against, when its own region is taken out."""

    chars: int = 0
    types: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Kind of document → regions that have one: two are enough to know whether another region does."""
    z95: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: defaultdict(list))
    """By unit, what chance gives and in which region: the largest of each of two regions."""

    def add(self, one: Sheet) -> None:
        self.chars += one.chars
        regions = self.types[one.doc_type]
        if len(regions) < 2 and one.region_id not in regions:
            regions.append(one.region_id)
        for unit, z95 in one.z95.items():
            best = dict(sorted((region, z) for z, region in [*self.z95[unit], (z95, one.region_id)]))
            self.z95[unit] = sorted(((z, region) for region, z in best.items()), reverse=True)[:2]

    def types_beside(self, region_id: str) -> str:
        """Kinds of the documents of other regions, as the column `types` has them."""
        return "|".join(sorted(kind for kind, regions in self.types.items() if {*regions} - {region_id}))

    def threshold_beside(self, unit: str, region_id: str) -> float | None:
        """The largest |z| that chance gives in a document of another region; None where none tells."""
        return next((z for z, region in self.z95[unit] if region != region_id), None)


class Sum(NamedTuple):
    """Mentions of each name in some documents together, and the chapters in which they stand."""

    counts: Floats
    chapters: Floats


class Side(NamedTuple):
    """Documents taken together as one text."""

    sum: Sum
    types: str
    chars: int


def rows(tables: Tables, config: Config, counted: Mapping[str, Tally] | None = None) -> list[Row]:
    """Rows of the table `emphasis`, from the tables of all documents; `counted` are their tallies."""
    documents, groups = sheets(tables), grouped(sheets(tables))
    own = region_names(documents, config)
    found: list[Row] = []
    for unit, tally in (counted or tallies(tables)).items():
        whole = {name: _sum(tally, tuple(_ids(_like(name, documents)))) for name in groups}
        fit = comparable(unit, tally.names, own)
        for columns in compared(documents, documents, paired(documents), groups, tally, whole, fit):
            found += (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return found


def paired(documents: Sequence[Sheet]) -> Sequence[Sheet]:
    """The documents that are compared each with each: all of them, while they are few."""
    return documents if len(documents) <= MOST_PAIRED else ()


def grouped(documents: Iterable[Sheet]) -> dict[str, Group]:
    """The documents by what they are held against, each group added up."""
    groups = {name: Group() for name in LIKE}
    for one in documents:
        if name := group_of(one.doc_type):
            groups[name].add(one)
    return groups


def group_of(doc_type: str) -> str:
    """The group of a kind of document, "" where such documents are held against none."""
    return next((name for name, kinds in LIKE.items() if doc_type in kinds), "")


def region_names(documents: Iterable[Sheet], config: Config) -> set[str]:
    """The names of the regions that the documents are of."""
    names = {region.id: region.name for region in config.regions}
    return {names.get(one.region_id, one.region_id) for one in documents}


def comparable(unit: str, names: Sequence[Name], regions: Iterable[str]) -> list[bool]:
    """Whether each name is compared. Every region names itself most: that stresses nothing.

    Left out is the name of a region, and a part of it that is no word of the field.
    """
    if unit == "topic":
        return [True] * len(names)
    parts = {region[i:j] for region in regions for i in range(len(region)) for j in range(i + 1, len(region) + 1)}
    return [bool(one.topic) or one.name not in parts for one in names]


def compared(
    documents: Sequence[Sheet],
    near: Sequence[Sheet],
    others: Sequence[Sheet],
    groups: Mapping[str, Group],
    tally: Tally,
    whole: Mapping[str, Sum],
    fit: Sequence[bool],
) -> Iterator[Columns]:
    """Rows of the documents, comparison by comparison: each against the rest, and each of the `others` that follows it.

    Args: `near` are at least all documents of the same regions. The tally counts these and the others. `groups` and
    `whole` add up all documents there are, `fit` says which names are compared.
    """
    import numpy as np

    mask = np.array([*fit, False], dtype=bool)
    by_region = defaultdict[tuple[str, str], list[Sheet]](list)
    for one in near:
        by_region[group_of(one.doc_type), one.region_id].append(one)
    for one in documents:
        mine, name = _side(tally, [one]), group_of(one.doc_type)
        own = by_region[name, one.region_id]
        if name and (types := groups[name].types_beside(one.region_id)):
            less = _sum(tally, tuple(_ids(own)))
            left = Sum(whole[name].counts - less.counts, whole[name].chapters - less.chapters)
            rest = Side(left, types, groups[name].chars - sum(other.chars for other in own))
            known = [one.z95.get(tally.unit), groups[name].threshold_beside(tally.unit, one.region_id)]
            bound = max((z for z in known if z is not None), default=NOMINAL)
            yield from _compared(tally, one, mine, REST, rest, mask, bound)
        for other in others:
            if one.doc_id < other.doc_id:
                bound = threshold(tally.unit, [one, other])
                yield from _compared(tally, one, mine, other.doc_id, _side(tally, [other]), mask, bound)


def _like(group: str, documents: Iterable[Sheet]) -> list[Sheet]:
    return [one for one in documents if one.doc_type in LIKE[group]]


def _ids(documents: Iterable[Sheet]) -> Iterator[str]:
    return (one.doc_id for one in documents)


def _sum(tally: Tally, doc_ids: tuple[str, ...]) -> Sum:
    return Sum(tally.counts(doc_ids), tally.chapters(doc_ids))


def _side(tally: Tally, documents: Sequence[Sheet]) -> Side:
    types = "|".join(sorted({one.doc_type for one in documents}))
    return Side(_sum(tally, tuple(_ids(documents))), types, sum(one.chars for one in documents))


def _compared(
    tally: Tally, document: Sheet, one: Side, against: str, other: Side, mask: NDArray[np.bool_], bound: float
) -> Iterator[Columns]:
    import numpy as np

    counts, others = one.sum.counts, other.sum.counts
    total, total_others = counts.sum(keepdims=True), others.sum(keepdims=True)
    often = np.flatnonzero((counts + others >= MIN_MENTIONS[tally.unit]) & mask)
    if not (len(often) and total.all() and total_others.all()):
        return
    found = compare(counts[often], others[often], total, total_others)
    strength = found.z.round(DIGITS)
    chosen = np.arange(len(often)) if tally.unit == "topic" else np.array(_strongest(strength), dtype=int)
    at, many = often[chosen], len(chosen)
    names = [tally.names[i] for i in at.tolist()]
    yield {
        "unit": [tally.unit] * many,
        "name": [name for name, _, _ in names],
        "topic": [name if tally.unit == "topic" else topic or None for name, _, topic in names],
        "theme": [theme or None for _, theme, _ in names],
        "doc_id": [document.doc_id] * many,
        "against": [against] * many,
        "types": [other.types] * many,
        "count": _whole(counts[at]),
        "count_against": _whole(others[at]),
        "total": [int(total[0])] * many,
        "total_against": [int(total_others[0])] * many,
        "per_10k": _rounded(1e4 * counts[at] / max(one.chars, 1)),
        "per_10k_against": _rounded(1e4 * others[at] / max(other.chars, 1)),
        "chapters": _whole(one.sum.chapters[at]),
        "chapters_against": _whole(other.sum.chapters[at]),
        "log_odds": _rounded(found.log_odds[chosen]),
        "error": _rounded(found.error[chosen]),
        "z": strength[chosen].tolist(),
        "chance": [round(bound, DIGITS)] * many,
    }


def _whole(values: Floats) -> list[Value]:
    return list(map(int, values.tolist()))


def _rounded(values: Floats) -> list[Value]:
    return [round(value, DIGITS) for value in values.tolist()]


def _strongest(strength: Floats) -> list[int]:
    """Where the strongest of each side stand; names of one strength come in the order of the alphabet, as given."""
    import numpy as np

    sides = (np.argsort(-strength * sign, kind="stable")[:MOST_TERMS] for sign in (1, -1))
    return [int(n) for side, sign in zip(sides, (1, -1), strict=True) for n in side if strength[n] * sign > 0]

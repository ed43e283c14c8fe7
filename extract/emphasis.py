"""After all documents: which terms and topics a document stresses more than others do.

Each plan is held against the plans of the other regions together, and, while the documents are few, every document
against every other. Work reports are another kind of text and never stand in the rest of a plan; the rest of a work
report is the work reports of other regions. The measure is that of log_odds.py, beside it what chance gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from extract.config import Config
from extract.log_odds import MIN_MENTIONS, compare
from extract.schema import Row, Tables
from extract.tally import Tally, chance, tallies

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extract.log_odds import Floats

PLANS = ("规划纲要", "规划建议", "专项规划")
REPORTS = ("政府工作报告",)
REST = "rest"
MOST_PAIRED = 12
"""Pairs are compared only while there are no more documents than this; they grow with the square of it."""
MOST_TERMS = 100
"""So many terms of each comparison are kept on each side, the strongest; topics are kept all."""
DIGITS = 4


class Side(NamedTuple):
    """Documents taken together as one text: those of `doc_ids` without those of `but`."""

    doc_ids: tuple[str, ...]
    but: tuple[str, ...]
    types: str
    chars: int

    def of(self, sums: Callable[[tuple[str, ...]], Floats]) -> Floats:
        """Sums over these documents. What all have is added up once, and what a region has is taken from it."""
        return sums(self.doc_ids) - sums(self.but)


def rows(tables: Tables, config: Config, counted: Mapping[str, Tally] | None = None) -> list[Row]:
    """Rows of the table `emphasis`, from the tables of all documents; `counted` are their tallies."""
    import numpy as np

    documents = sorted(tables["documents"], key=lambda row: str(row["doc_id"]))
    names = {region.id: region.name for region in config.regions}
    own = {names.get(str(row["region_id"]), str(row["region_id"])) for row in documents}
    found: list[Row] = []
    for unit, tally in (counted or tallies(tables)).items():
        named = zip(tally.names, tally.topics, strict=True)
        left_out = np.array([unit == "term" and _of_region(name, topic, own) for name, topic in named], dtype=bool)
        for one, against, other in _comparisons(documents):
            found += _compared(tally, one, against, other, left_out, chance(tables, unit, "z95", _all(one, other)))
    return found


def _comparisons(documents: Sequence[Row]) -> Iterator[tuple[Side, str, Side]]:
    """(document, name of what it is held against, that): the rest first, then pairs in alphabetical order."""
    for kinds in (PLANS, REPORTS):
        like = [row for row in documents if row["doc_type"] in kinds]
        for row in like:
            own = [other for other in like if other["region_id"] == row["region_id"]]
            if len(own) < len(like):
                yield _side([row]), REST, _side(like, own)
    if len(documents) <= MOST_PAIRED:
        for one, other in combinations(documents, 2):
            yield _side([one]), str(other["doc_id"]), _side([other])


def _side(documents: Sequence[Row], but: Sequence[Row] = ()) -> Side:
    ids, without = (tuple(str(row["doc_id"]) for row in rows) for rows in (documents, but))
    left = [row for row in documents if row["doc_id"] not in without]
    types = "|".join(sorted({str(row["doc_type"]) for row in left}))
    return Side(ids, without, types, sum(int(row["chars"] or 0) for row in left))


def _compared(
    tally: Tally, one: Side, against: str, other: Side, left_out: NDArray[np.bool_], threshold: float
) -> Iterator[Row]:
    import numpy as np

    counts, others = one.of(tally.counts), other.of(tally.counts)
    total, total_others = counts.sum(keepdims=True), others.sum(keepdims=True)
    often = np.flatnonzero((counts + others >= MIN_MENTIONS[tally.unit]) & ~left_out)
    if not (len(often) and total.all() and total_others.all()):
        return
    found = compare(counts[often], others[often], total, total_others)
    strength = found.z.round(DIGITS)
    in_one, in_others = one.of(tally.chapters), other.of(tally.chapters)
    for n in range(len(often)) if tally.unit == "topic" else _strongest(strength):
        i = often[n]
        name = tally.names[i]
        yield {
            "unit": tally.unit,
            "name": name,
            "topic": name if tally.unit == "topic" else tally.topics[i] or None,
            "theme": tally.themes[i] or None,
            "doc_id": one.doc_ids[0],
            "against": against,
            "types": other.types,
            "count": int(counts[i]),
            "count_against": int(others[i]),
            "total": int(total[0]),
            "total_against": int(total_others[0]),
            "per_10k": round(1e4 * float(counts[i]) / max(one.chars, 1), DIGITS),
            "per_10k_against": round(1e4 * float(others[i]) / max(other.chars, 1), DIGITS),
            "chapters": int(in_one[i]),
            "chapters_against": int(in_others[i]),
            "log_odds": round(float(found.log_odds[n]), DIGITS),
            "error": round(float(found.error[n]), DIGITS),
            "z": float(strength[n]),
            "chance": round(threshold, DIGITS),
        }


def _strongest(strength: Floats) -> list[int]:
    """Where the strongest of each side stand; names of one strength come in the order of the alphabet, as given."""
    import numpy as np

    sides = (np.argsort(-strength * sign, kind="stable")[:MOST_TERMS] for sign in (1, -1))
    return [int(n) for side, sign in zip(sides, (1, -1), strict=True) for n in side if strength[n] * sign > 0]


def _of_region(name: str, topic: str, own: set[str]) -> bool:
    """Every region names itself most: its name, and a part of it that is no word of the field, stresses nothing."""
    return not topic and any(name in region for region in own)


def _all(one: Side, other: Side) -> set[str]:
    return {*one.doc_ids, *other.doc_ids} - {*other.but} | {*one.doc_ids}

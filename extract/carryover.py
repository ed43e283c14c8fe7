"""After all documents: what a plan takes over from the earlier plans of the regions below it (承接).

Who is compared follows from config.yaml: for each region that is the parent of others, its latest plan against the
latest earlier plan of each of those. A plan *stresses* a topic where it more likely than not speaks of it, per
character, at least as much

- as all compared plans do together: it gives the topic its usual share or more; or
- as they speak of a topic on average: nobody would say of 人才, a leading subject everywhere, that the plan which
  speaks of it a little less than others has dropped it.

The easier one of the two, the topic's `usual` rate, is the mark for every plan. Stressed above and below is carried,
above alone new, below alone left behind; what all mention rarely and alike is neither. One mention may suffice where no
one else speaks of a rare topic; how little that proves is in `p`.

Mentions are taken for a Poisson count with a rate of its own in each plan; beforehand, the rate has a Gamma
distribution around the common rate that weighs half a mention, as Jeffreys' prior does. Mentions come in clusters: n of
them weigh as n / (1 + (n - 1) r), where r is how often two of one name stand together (`together` of the table chance;
the design effect of Kish, Survey Sampling, 1965). `p` of a class is the probability that the upper plan is on its side
of the mark, times that of the plans below: of the surest of those that stress the name, or, where none does, of all
taken together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from extract.config import Config
from extract.emphasis import DIGITS
from extract.log_odds import MIN_MENTIONS, NOMINAL, compare
from extract.schema import Row, Tables
from extract.tally import Tally, chance, tallies

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extract.log_odds import Floats

COMPARED = ("规划建议", "规划纲要")
"""Plans of a whole region, the weightier last: of one period the outline (纲要) stands for the region."""
AIMS = ("target", "qualitative")
"""Kinds of rows of `targets` that say what will be reached."""
PRIOR = 0.5
"""So many mentions the common rate weighs."""
LIKELY = 0.5
"""A plan stresses a name where this is at least as probable."""
INTERVAL = 0.95
CLASSES = {(True, True): "carried", (True, False): "new", (False, True): "left_behind", (False, False): "neither"}
"""By whether a name is stressed above, below."""
STRONG, FAIR = 0.95, 0.8
"""From this probability of the class on the evidence is strong, fair; below it is weak."""


class Plan(NamedTuple):
    """A compared document."""

    doc_id: str
    chars: int


class Judged(NamedTuple):
    """Of a plan, name by name: mentions, whether it stresses the name, how likely that is, interval of its rate."""

    doc_id: str
    chars: int
    counts: Floats
    stressed: NDArray[np.bool_]
    p: Floats
    low: Floats
    high: Floats


def rows(tables: Tables, config: Config, counted: Mapping[str, Tally] | None = None) -> Tables:
    """Rows of the tables `carryover` and `stressed`, from the tables of all documents; `counted` are their tallies."""
    found: Tables = {"carryover": [], "stressed": []}
    counted = counted or tallies(tables)
    aims = Counter((str(r["doc_id"]), str(r["topic"])) for r in tables["targets"] if r["kind"] in AIMS and r["topic"])
    for above, below in _matched(tables["documents"], config):
        for unit, tally in counted.items():
            usual, each, together = _judged(tables, tally, [above, *below])
            found["carryover"] += _carried(tables, tally, usual, each, together, aims)
            if unit == "topic":
                found["stressed"] += _parts(tally, each, aims)
    return found


def _matched(documents: Sequence[Row], config: Config) -> Iterator[tuple[Plan, list[Plan]]]:
    """(latest plan of a region, the latest earlier plans of the regions below it), where there are both."""
    for region in config.regions:
        above = _latest(documents, region.id, 9999)
        if above is None:
            continue
        inner = sorted(one.id for one in config.regions if one.parent == region.id)
        below = [found for one in inner if (found := _latest(documents, one, _number(above, "period_start")))]
        if below:
            yield _plan(above), [_plan(one) for one in below]


def _latest(documents: Sequence[Row], region_id: str, before: int) -> Row | None:
    """The latest plan of a region for a period that begins before a year."""
    plans = [
        row
        for row in documents
        if row["region_id"] == region_id and row["doc_type"] in COMPARED and 0 < _number(row, "period_start") < before
    ]
    order = {name: i for i, name in enumerate(COMPARED)}
    return max(
        plans,
        key=lambda row: (_number(row, "period_start"), order[str(row["doc_type"])], str(row["doc_id"])),
        default=None,
    )


def _judged(tables: Tables, tally: Tally, plans: Sequence[Plan]) -> tuple[Floats, list[Judged], Judged]:
    """The usual rate of each name, per character; each plan judged by it, and all but the first taken together."""
    import numpy as np

    known = np.array([bool(topic) or tally.unit == "topic" for topic in tally.topics])
    counts = [np.where(known, tally.counts((plan.doc_id,)), 0.0) for plan in plans]
    common = np.sum(counts, axis=0) / max(sum(plan.chars for plan in plans), 1)
    usual = np.minimum(common, common.sum() / max(np.count_nonzero(common), 1))
    close = [chance(tables, tally.unit, "together", [plan.doc_id], 0.0) for plan in plans]
    each = [_one(plan, of, common, usual, r) for plan, of, r in zip(plans, counts, close, strict=True)]
    below = Plan("", sum(plan.chars for plan in plans[1:]))
    return usual, each, _one(below, np.sum(counts[1:], axis=0), common, usual, max(close[1:]))


def _one(plan: Plan, counts: Floats, common: Floats, usual: Floats, together: float) -> Judged:
    import numpy as np
    from scipy.special import gammaincc, gammaincinv

    said = common > 0
    spread = 1 + together * np.maximum(np.maximum(counts, common * plan.chars) - 1, 0)
    shape = PRIOR + counts / spread
    rate = np.divide(PRIOR, common, out=np.ones_like(common), where=said) + plan.chars / spread
    low, high = (gammaincinv(shape, tail) / rate for tail in ((1 - INTERVAL) / 2, (1 + INTERVAL) / 2))
    p = np.where(said, gammaincc(shape, rate * usual), 0.0).round(DIGITS)
    return Judged(*plan, counts, p >= LIKELY, p, low, high)


def _carried(
    tables: Tables, tally: Tally, usual: Floats, each: Sequence[Judged], below: Judged, aims: Counter[tuple[str, str]]
) -> Iterator[Row]:
    """Rows of `carryover`: all topics, and the terms that the upper plan mentions or that are frequent enough."""
    import numpy as np

    above, ids = each[0], [one.doc_id for one in each]
    least = MIN_MENTIONS["term"] if tally.unit == "term" else 1
    shown = np.flatnonzero((above.counts > 0) | (below.counts >= least))
    total, total_below = above.counts.sum(keepdims=True), below.counts.sum(keepdims=True)
    if not (len(shown) and total.all() and total_below.all()):
        return
    measure = compare(above.counts[shown], below.counts[shown], total, total_below)
    threshold = chance(tables, tally.unit, "z95", ids)
    reach = max(threshold, NOMINAL) * measure.error
    for n, i in enumerate(shown):
        name, stressing = tally.names[i], [one for one in each[1:] if one.stressed[i]]
        p = float(above.p[i] if above.stressed[i] else 1 - above.p[i])
        p *= max((float(one.p[i]) for one in stressing), default=1 - float(below.p[i]))
        is_topic = tally.unit == "topic"
        yield {
            "doc_id": above.doc_id,
            "unit": tally.unit,
            "name": name,
            "topic": name if is_topic else tally.topics[i],
            "theme": tally.themes[i],
            "class": CLASSES[bool(above.stressed[i]), bool(stressing)],
            "p": round(p, DIGITS),
            "evidence": "strong" if p >= STRONG else "fair" if p >= FAIR else "weak",
            "stressed_below": "|".join(one.doc_id for one in stressing) or None,
            "mentions": int(above.counts[i]),
            "mentions_below": int(below.counts[i]),
            "per_10k": _per_10k(above.counts[i] / above.chars),
            "per_10k_below": _per_10k(below.counts[i] / below.chars),
            "usual": _per_10k(usual[i]),
            "log_odds": round(float(measure.log_odds[n]), DIGITS),
            "low": round(float(measure.log_odds[n] - reach[n]), DIGITS),
            "high": round(float(measure.log_odds[n] + reach[n]), DIGITS),
            "z": round(float(measure.z[n]), DIGITS),
            "chance": round(threshold, DIGITS),
            "targets": aims[above.doc_id, name] if is_topic else None,
            "targets_below": sum(aims[id_, name] for id_ in ids[1:]) if is_topic else None,
        }


def _parts(tally: Tally, each: Sequence[Judged], aims: Counter[tuple[str, str]]) -> Iterator[Row]:
    """Rows of `stressed`: each topic that any of the compared plans mentions, in each of them."""
    for i, name in enumerate(tally.names):
        for one in each if any(other.counts[i] for other in each) else ():
            yield {
                "upper": each[0].doc_id,
                "doc_id": one.doc_id,
                "topic": name,
                "theme": tally.themes[i],
                "stressed": "yes" if one.stressed[i] else "no",
                "p": round(float(one.p[i]), DIGITS),
                "mentions": int(one.counts[i]),
                "per_10k": _per_10k(one.counts[i] / one.chars),
                "low": _per_10k(one.low[i]),
                "high": _per_10k(one.high[i]),
                "targets": aims[one.doc_id, name],
            }


def _per_10k(rate: float) -> float:
    return round(1e4 * float(rate), DIGITS)


def _plan(row: Row) -> Plan:
    return Plan(str(row["doc_id"]), max(_number(row, "chars"), 1))


def _number(row: Row, column: str) -> int:
    return int(row[column] or 0)

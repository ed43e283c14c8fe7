"""After all documents: what a plan takes over from the earlier plans of the regions below it (承接).

Who is compared follows from where regions lie: for each region that others lie in, its latest plan against the latest
earlier plan of each of those. A plan *stresses* a topic where it more likely than not speaks of it, per
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

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from extract.emphasis import DIGITS
from extract.log_odds import MIN_MENTIONS, NOMINAL, compare
from extract.regions import Place
from extract.schema import Row, Tables
from extract.tally import Sheet, Tally, sheets, tallies, threshold

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


class Matched(NamedTuple):
    """The latest plan of a region, and the latest earlier plans of the regions below it."""

    above: Sheet
    below: tuple[Sheet, ...]

    @property
    def plans(self) -> tuple[Sheet, ...]:
        return (self.above, *self.below)


class Judged(NamedTuple):
    """Of a plan, name by name: mentions, whether it stresses the name, how likely that is, interval of its rate."""

    doc_id: str
    chars: int
    counts: Floats
    stressed: NDArray[np.bool_]
    p: Floats
    low: Floats
    high: Floats


def rows(tables: Tables, places: Sequence[Place], counted: Mapping[str, Tally] | None = None) -> Tables:
    """Rows of the tables `carryover` and `stressed`, from the tables of all documents; `counted` are their tallies."""
    counted = counted or tallies(tables)
    return compared(matched(sheets(tables), places), counted, aims_of(tables["targets"]))


def aims_of(targets: Iterable[Row]) -> Counter[tuple[str, str]]:
    """Aims by document and topic."""
    return Counter((str(r["doc_id"]), str(r["topic"])) for r in targets if r["kind"] in AIMS and r["topic"])


def matched(documents: Iterable[Sheet], places: Sequence[Place]) -> list[Matched]:
    """What is compared, where a region and regions below it have plans."""
    plans, inner = defaultdict[str, list[Sheet]](list), defaultdict[str, list[str]](list)
    for one in documents:
        if one.doc_type in COMPARED and one.period_start > 0:
            plans[one.region_id].append(one)
    for place in places:
        inner[place.parent].append(place.region_id)
    found = []
    for place in places:
        above = _latest(plans[place.region_id], 9999)
        if above is not None:
            earlier = (_latest(plans[id_], above.period_start) for id_ in sorted(inner[place.region_id]))
            below = tuple(one for one in earlier if one is not None)
            found += [Matched(above, below)] if below else []
    return found


def compared(found: Iterable[Matched], counted: Mapping[str, Tally], aims: Counter[tuple[str, str]]) -> Tables:
    """Rows of the two tables; the tallies count at least the plans that are compared, `aims` are theirs."""
    made: Tables = {"carryover": [], "stressed": []}
    for plans in (one.plans for one in found):
        for unit, tally in counted.items():
            usual, each, together = _judged(tally, plans)
            made["carryover"] += _carried(plans, tally, usual, each, together, aims)
            if unit == "topic":
                made["stressed"] += _parts(tally, each, aims)
    return made


def _latest(plans: Iterable[Sheet], before: int) -> Sheet | None:
    """The latest plan for a period that begins before a year."""
    order = {name: i for i, name in enumerate(COMPARED)}
    return max(
        (one for one in plans if one.period_start < before),
        key=lambda one: (one.period_start, order[one.doc_type], one.doc_id),
        default=None,
    )


def _judged(tally: Tally, plans: Sequence[Sheet]) -> tuple[Floats, list[Judged], Judged]:
    """The usual rate of each name, per character; each plan judged by it, and all but the first taken together."""
    import numpy as np

    known = np.array([*(bool(one.topic) or tally.unit == "topic" for one in tally.names), False])
    counts = [np.where(known, tally.counts((plan.doc_id,)), 0.0) for plan in plans]
    sizes = [max(plan.chars, 1) for plan in plans]
    mentions, chars = np.sum(counts, axis=0), sum(sizes)
    common = mentions / chars
    usual = np.minimum(common, mentions.sum() / chars / max(np.count_nonzero(common), 1))
    close = [plan.together.get(tally.unit, 0.0) for plan in plans]
    each = [
        _one(plan.doc_id, size, of, common, usual, r)
        for plan, size, of, r in zip(plans, sizes, counts, close, strict=True)
    ]
    return usual, each, _one("", sum(sizes[1:]), np.sum(counts[1:], axis=0), common, usual, max(close[1:]))


def _one(doc_id: str, chars: int, counts: Floats, common: Floats, usual: Floats, together: float) -> Judged:
    import numpy as np
    from scipy.special import gammaincc, gammaincinv

    said = common > 0
    spread = 1 + together * np.maximum(np.maximum(counts, common * chars) - 1, 0)
    shape = PRIOR + counts / spread
    rate = np.divide(PRIOR, common, out=np.ones_like(common), where=said) + chars / spread
    low, high = (gammaincinv(shape, tail) / rate for tail in ((1 - INTERVAL) / 2, (1 + INTERVAL) / 2))
    p = np.where(said, gammaincc(shape, rate * usual), 0.0).round(DIGITS)
    return Judged(doc_id, chars, counts, p >= LIKELY, p, low, high)


def _carried(
    plans: Sequence[Sheet],
    tally: Tally,
    usual: Floats,
    each: Sequence[Judged],
    below: Judged,
    aims: Counter[tuple[str, str]],
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
    bound = threshold(tally.unit, plans)
    reach = max(bound, NOMINAL) * measure.error
    for n, i in enumerate(shown):
        (name, theme, topic), stressing = tally.names[int(i)], [one for one in each[1:] if one.stressed[i]]
        p = float(above.p[i] if above.stressed[i] else 1 - above.p[i])
        p *= max((float(one.p[i]) for one in stressing), default=1 - float(below.p[i]))
        is_topic = tally.unit == "topic"
        yield {
            "doc_id": above.doc_id,
            "unit": tally.unit,
            "name": name,
            "topic": name if is_topic else topic,
            "theme": theme,
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
            "chance": round(bound, DIGITS),
            "targets": aims[above.doc_id, name] if is_topic else None,
            "targets_below": sum(aims[id_, name] for id_ in ids[1:]) if is_topic else None,
        }


def _parts(tally: Tally, each: Sequence[Judged], aims: Counter[tuple[str, str]]) -> Iterator[Row]:
    """Rows of `stressed`: each topic that any of the compared plans mentions, in each of them."""
    for i, (name, theme, _) in enumerate(tally.names):
        for one in each if any(other.counts[i] for other in each) else ():
            yield {
                "upper": each[0].doc_id,
                "doc_id": one.doc_id,
                "topic": name,
                "theme": theme,
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

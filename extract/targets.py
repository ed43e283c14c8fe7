"""Stage 6: passages → rows of facts, and the numbers that are none, each with the rule that says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extract.admission import Admission
from extract.canonical import Canonical
from extract.measures import Measures
from extract.model import Document, Exclusion, Passage, Target
from extract.naming import Naming
from extract.periods import Mention, Periods
from extract.quantities import Quantities
from extract.row import Row
from extract.stances import OUTLOOK, PLAIN, REVIEW, Stance, Stances
from extract.statement import Statement
from extract.statements import Statements
from extract.tables_in_text import Tables
from extract.times import Times
from extract.units import Units

CONFIDENCE = {
    "indicator.before": 0.9,
    "indicator.after": 0.85,
    "indicator.list": 0.8,
    "indicator.distributed": 0.8,
    "indicator.inherited": 0.75,
    "indicator.part": 0.75,
    "indicator.repeated": 0.6,
}


@dataclass(frozen=True, slots=True)
class Tools:
    """What turns words into facts: built once from the lexicon."""

    quantities: Quantities
    periods: Periods
    statements: Statements
    naming: Naming
    stances: Stances
    admission: Admission
    measures: Measures
    times: Times
    tables: Tables
    units: Units
    canonical: Canonical


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of a document, and the excluded numbers of each passage by its id."""

    targets: tuple[Target, ...]
    exclusions: dict[str, tuple[Exclusion, ...]]


def extract(
    document: Document, passages: Sequence[Passage], themes: Callable[[str, Passage], tuple[str, str]], tools: Tools
) -> Facts:
    """Facts of a document: of its sentences, and of its tables.

    Args: passages in order; `themes` gives theme and topic of an indicator in its passage.
    """
    stances = tools.stances.of(passages, document)
    tables = tools.tables.read(passages, document, stances)
    targets: list[Target] = []
    exclusions: dict[str, tuple[Exclusion, ...]] = {}
    for passage in passages:
        if passage.body.cells:
            rows, out = tables.rows.get(passage.passage_id, []), tuple(tables.exclusions[passage.passage_id])
        else:
            rows, out = _of_passage(document, passage, stances[passage.passage_id], tools)
        targets += [finished(row, document, passage, themes, tools) for row in rows]
        exclusions[passage.passage_id] = out
    return Facts(tuple(targets), exclusions)


def _of_passage(
    document: Document, passage: Passage, stance: Stance, tools: Tools
) -> tuple[list[Row], tuple[Exclusion, ...]]:
    text = passage.text
    mentions = tools.periods.find(text, document)
    if mentions:
        mentions = _in_place(text, mentions, stance, document, tools.periods)
    found = tools.quantities.find(text, [(m.start, m.end) for m in mentions])
    if not mentions and not found.quantities:
        return [], found.exclusions
    exclusions = [*found.exclusions, *(_of_time(m) for m in mentions)]
    if passage.kind == "heading":
        exclusions += [Exclusion(q.start, q.end, "excluded.heading") for q in found.quantities]
        return [], tuple(sorted(exclusions, key=lambda e: e.start))
    descriptors = tools.statements.descriptors.find(text, found.quantities)
    exclusions += [Exclusion(q.start, q.end, rule) for q, rule in descriptors.items()]
    rows = []
    stated = [q for q in found.quantities if q not in descriptors]
    for statement in tools.statements.read(text, stated, mentions):
        rule = tools.admission.refused(statement, text, stance.tense)
        if rule:
            exclusions.append(Exclusion(statement.quantity.start, statement.quantity.end, rule))
        else:
            rows.append(_row(statement, text, mentions, document, stance, tools))
    return rows, tuple(sorted(exclusions, key=lambda e: e.start))


def _in_place(
    text: str, mentions: tuple[Mention, ...], stance: Stance, document: Document, periods: Periods
) -> tuple[Mention, ...]:
    """The times of a passage as they are meant where it stands."""
    if stance.tense == REVIEW and stance.period and stance.period.year:
        mentions = periods.reviewed(text, mentions, stance.period.year)
    if stance.tense == REVIEW:
        mentions = periods.looked_back(text, mentions, document)
    if _plans(stance, [m for m in mentions if not periods.is_either(text, m)], document):
        mentions = periods.planned(text, mentions, document)
    return mentions


def _plans(stance: Stance, mentions: Sequence[Mention], document: Document) -> bool:
    """True of a passage that plans: under an outlook, or in a plan where it names no time before it."""
    start, end = document.period_start, document.period_end
    if stance.tense != PLAIN or start is None or start == end:
        return stance.tense == OUTLOOK
    named = [m.period.year or m.period.end for m in mentions]
    return all(last is None or last >= start for last in named)


def _of_time(mention: Mention) -> Exclusion:
    return Exclusion(mention.start, mention.end, mention.rule)


def _row(
    statement: Statement, text: str, mentions: Sequence[Mention], document: Document, stance: Stance, tools: Tools
) -> Row:
    measure, name = tools.measures.of(statement, text), tools.naming.of(statement, text)
    kind, period = tools.times.of(statement, text, mentions, document, stance, measure)
    return Row(
        tools.statements.reached(statement.quantity, text) if kind == "baseline" else statement.quantity,
        name,
        kind,
        measure,
        period,
        rule=f"{statement.quantity.rule}+{statement.rule}",
        said=statement.beside + (name if tools.naming.is_funding(statement) else statement.indicator),
    )


def finished(
    row: Row, document: Document, passage: Passage, themes: Callable[[str, Passage], tuple[str, str]], tools: Tools
) -> Target:
    """A row with its place, theme, canonical indicator and standard unit: one line of the table of targets."""
    q, period = row.quantity, row.period
    theme, topic = themes(row.said or row.indicator, passage)
    digit = q.digits[0][0] if q.digits else q.start
    value = None if row.value_text else q.value
    known = _known(row.indicator, value, q.value_high, q.unit, row.measure, document.region, tools, q.counted)
    own = tools.canonical.themes.get(known.indicator_id, theme)
    return Target(
        doc_id=document.doc_id,
        region_id=document.region_id,
        plan_id=document.plan_id,
        kind=row.kind,
        theme=own,
        topic=topic if own == theme else "",
        indicator=row.indicator,
        indicator_id=known.indicator_id,
        value=value,
        value_high=q.value_high,
        qualifier=q.qualifier,
        unit=q.unit,
        value_text=row.value_text,
        value_std=known.value,
        value_high_std=known.high,
        unit_std=known.unit,
        measure=row.measure,
        year=period.year,
        period_start=period.start,
        period_end=period.end,
        attribute=row.attribute,
        section_id=passage.section_id,
        passage_id=passage.passage_id,
        line=passage.body.place(digit).line,
        origin=row.origin,
        rule=row.rule,
        confidence=CONFIDENCE.get(row.rule.rpartition("+")[2], 0.95),
        start=q.start,
        end=q.end,
        digits=q.digits,
    )


def completed(row: Target, region: str, tools: Tools) -> Target:
    """A row with what follows from its fields: canonical indicator, the theme of that, and standard unit."""
    known = _known(row.indicator, row.value, row.value_high, row.unit, row.measure, region, tools)
    theme = tools.canonical.themes.get(known.indicator_id, row.theme)
    return replace(
        row,
        indicator_id=known.indicator_id,
        theme=theme,
        topic=row.topic if theme == row.theme else "",
        value_std=known.value,
        value_high_std=known.high,
        unit_std=known.unit,
    )


class _Known(NamedTuple):
    """What follows from the words and the unit of a row: its canonical indicator, its value in the standard unit."""

    indicator_id: str
    value: float | None
    high: float | None
    unit: str


def _known(
    indicator: str,
    value: float | None,
    high: float | None,
    unit: str,
    measure: str,
    region: str,
    tools: Tools,
    counted: str = "",
) -> _Known:
    """`counted` is what the unit, a multiplier alone, leaves out; where it is unknown the indicator may tell it."""
    indicator_id = tools.canonical.of(indicator, unit, measure, region)
    whole = unit + counted if counted else tools.units.whole(unit, indicator)
    standard, standard_high, name = tools.units.standard_range(value, high, whole)
    return _Known(indicator_id, standard, standard_high, name if tools.units.of_what(whole, indicator) else "")

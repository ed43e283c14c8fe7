"""Cards of the page 时间线: values and targets by year, a yearly report against the plan's path, targets by year."""

from __future__ import annotations

import pandas as pd

import chart_pace
import chart_timeline
import chart_years
import citing
import compare_cards
import labels
import plots
import timeline_points
import wording
from card import Card, unit_line
from pace import Check
from panels import Panel
from plot import Plot
from view import View

SAID = {"baseline": "measured", "past_target": "past"}
"""Roles of values that are no aims of the plan, and the word that says so."""

SHOWN = 4
"""Values that a title names at most."""


def panel_card(panel: Panel, label: str, view: View) -> Card | None:
    """The card of a panel of the indicator called `label`; None where none of its values says its year."""
    dated = timeline_points.points(panel)
    if dated.empty:
        return None
    paths = timeline_points.paths(dated, panel.measure)
    finding = title(panel, dated, paths, label, view)
    drawn = [labels.word(f"timeline.path_{panel.measure}")] if len(paths) else []
    drawn += [labels.word("timeline.not_from_zero")] if chart_timeline.bounds(dated)[0] > 0 else []
    left_out = timeline_points.undated(panel)
    notes = [labels.word("timeline.undated", count=left_out)] if left_out else []
    measure = labels.word("card.measure", measure=panel.measure_words)
    return Card(
        id=f"timeline-{wording.short_id(label, panel.axis)}",
        title=finding,
        subtitle=unit_line(panel.unit, measure, view.describe()),
        source=compare_cards.source(panel, view),
        version=view.tables.version,
        table=compare_cards.table(panel, label, view),
        body=chart_timeline.draw(panel, dated, paths, view.directory),
        alt=finding,
        notes=tuple(notes),
        drawn=tuple(drawn),
        plot=plots.course(dated, panel.unit, view.directory),
        facts=tuple(panel.facts["target_id"]),
    )


def title(panel: Panel, dated: pd.DataFrame, paths: pd.DataFrame, label: str, view: View) -> str:
    """The finding: each region's way from its measured value to its target, or what it aims at or has measured."""
    at = dated.drop_duplicates("target_id").set_index("target_id")[["label", "when"]].to_dict("index")
    said = []
    order = list(view.directory.regions)
    paths = paths.sort_values(
        ["region_id", "aim_year"], key=lambda c: c.map(order.index) if c.name == "region_id" else c, kind="stable"
    )
    for path in paths.itertuples():
        start, aim = at[path.start_id], at[path.aim_id]
        said.append(
            labels.word(
                f"timeline.way_{'paced' if path.required else 'plain'}",
                region=view.directory.region(path.region_id),
                start=start["label"],
                start_when=start["when"],
                aim=aim["label"],
                aim_when=aim["when"],
                required=path.required,
            )
        )
    aims = dated[dated["role"].eq("target") & ~dated["target_id"].isin(paths["aim_id"])]
    shown = aims if len(aims) or said else dated.drop_duplicates("region_id", keep="last")
    shown = shown.sort_values("region_id", key=lambda ids: ids.map(order.index), kind="stable")
    said += [
        labels.word(
            f"timeline.value_{SAID.get(mark.role, 'aimed')}",
            region=view.directory.region(mark.region_id),
            value=mark.label,
            when=mark.when,
        )
        for mark in [*shown.itertuples(), *timeline_points.worded(panel).itertuples()]
    ]
    values = labels.word("timeline.parted").join(said[:SHOWN])
    values = labels.word("compare.title_more", values=values) if len(said) > SHOWN else values
    return labels.word("timeline.title", label=label, values=values)


def pace_card(found: list[Check], label: str, view: View) -> Card:
    """The card of checks of one region against one aim of its plan."""
    told = [_told(check, view) for check in found]
    last = max(range(len(found)), key=lambda number: (found[number].year, found[number].role != "baseline"))
    aim, unit = found[0].aim, chart_pace.unit(found[0])[0]
    finding = labels.word(
        "timeline.pace_title", region=view.directory.region(aim["region_id"]), label=label, said=told[last]
    )
    facts = [aim, *(check.said for check in found), *(check.before for check in found if check.before is not None)]
    facts += [found[0].start] if found[0].start is not None else []
    ids = tuple(dict.fromkeys(str(fact["target_id"]) for fact in facts))
    stated = view.facts.loc[view.facts["target_id"].isin(ids), ["doc_id", "line", "chapter"]]
    notes = [labels.word(f"timeline.pace_note_{found[0].how}")]
    drawn = [labels.word("timeline.not_from_zero")] if chart_pace.bounds(found)[0] > 0 else []
    if any(check.role == "implied" for check in found):
        notes.append(labels.word("timeline.pace_note_implied"))
    return Card(
        id=f"pace-{wording.short_id(aim['target_id'], *(str(check.said['target_id']) for check in found))}",
        title=finding,
        subtitle=unit_line(unit, labels.word("timeline.pace_head"), view.describe()),
        source=citing.facts(stated["doc_id"], stated, view),
        version=view.tables.version,
        table=_pace_table(found, label, view),
        body=chart_pace.draw(found, [(_asked(check), _short(check)) for check in found], view.directory),
        alt=labels.word("words.stop").join([finding, *told]),
        notes=tuple(notes),
        drawn=tuple(drawn),
        facts=ids,
    )


def amount(x: float, check: Check) -> str:
    """A value of standard units in the unit of the plan, rounded for reading."""
    unit, factor = chart_pace.unit(check)
    value = x / factor
    return f"{wording.number(round(value, 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2))}{unit}"


def expected(check: Check) -> str:
    """What the path asks for: one value, or the two that equal rates and equal steps give."""
    low, high = amount(check.low, check), amount(check.high, check)
    if low == high:
        return low
    unit = chart_pace.unit(check)[0]
    return labels.word("words.range", low=low.removesuffix(unit), high=high)


def _asked(check: Check) -> str:
    return labels.word("timeline.asked", value=expected(check))


def _reported(check: Check) -> str:
    """The value of the report, or what its growth target comes to."""
    if check.before is None:
        return str(check.said["value_words"])
    sign = labels.name("qualifiers", str(check.before["qualifier"]))
    return labels.word("timeline.about", sign=sign, value=amount(check.x, check))


def _short(check: Check) -> str:
    return labels.word(f"timeline.short_{check.role}", value=_reported(check), rate=check.said["value_words"])


def _told(check: Check, view: View) -> str:
    """A check as a sentence without its stop."""
    before = check.before
    return labels.word(
        f"timeline.pace_{check.how if check.role != 'implied' else 'implied'}",
        year=check.year,
        expected=expected(check),
        aim=check.aim["value_words"],
        document=view.directory.label(check.said["doc_id"]),
        kind=labels.word(f"timeline.kind_{check.role}"),
        value=_reported(check),
        rate=check.said["value_words"],
        before="" if before is None else before["value_words"],
        before_when="" if before is None else before["when_words"],
        verdict=labels.word(f"timeline.verdict_{check.verdict}"),
    )


def _pace_table(found: list[Check], label: str, view: View) -> pd.DataFrame:
    rows = [
        {
            "region": view.directory.region(check.aim["region_id"]),
            "label": label,
            "when": labels.word("words.year", year=check.year),
            "expected": expected(check),
            "value": _reported(check),
            "kind": labels.word(f"timeline.kind_{check.role}"),
            "verdict": labels.word(f"timeline.verdict_{check.verdict}"),
            "document": view.directory.document(check.said["doc_id"]),
            "line": labels.word("words.line", line=check.said["line"]),
        }
        for check in found
    ]
    frame = pd.DataFrame(rows)
    return frame.rename(columns={column: labels.word(f"columns.{column}") for column in frame})


def spread_card(facts: pd.DataFrame, view: View) -> Card | None:
    """The card of how many aims fall on each year or period; None where there is none."""
    table = timeline_points.spread(facts)
    if table.empty:
        return None
    sums = table.groupby("when", sort=False)["count"].sum().sort_values(ascending=False, kind="stable")
    total = int(sums.sum())
    said = [labels.word("timeline.spread_value", when=when, count=count) for when, count in sums.items()]
    others = labels.join(said[1:SHOWN])
    others = labels.word("compare.title_more", values=others) if len(said) > SHOWN else others
    key = "spread_title" if others else "spread_all"
    finding = labels.word(f"timeline.{key}", total=total, first=said[0], others=others, when=sums.index[0])
    ids = sorted(set(table["doc_id"]), key=view.directory.place)
    listed = pd.DataFrame(
        {
            "region": [view.directory.region(region) for region in table["region_id"]],
            "document": [view.directory.document(doc_id) for doc_id in table["doc_id"]],
            "when": table["when"],
            "aims": table["count"],
        }
    )
    return Card(
        id="timeline-spread",
        title=finding,
        subtitle=unit_line(labels.word("timeline.spread_unit"), view.describe()),
        source=citing.documents(ids, view),
        version=view.tables.version,
        table=listed.rename(columns={column: labels.word(f"columns.{column}") for column in listed}),
        body=chart_years.draw(table, view.directory),
        alt=finding,
        notes=(labels.word("timeline.spread_note"),),
        plot=_spread_plot(table, view),
    )


def _spread_plot(table: pd.DataFrame, view: View) -> Plot:
    times = list(dict.fromkeys(table["when"]))
    documents = sorted(set(table["doc_id"]), key=view.directory.place)
    found = dict(zip(zip(table["when"], table["doc_id"], strict=True), table["count"], strict=True))
    counts = pd.DataFrame({doc_id: [found.get((when, doc_id), 0) for when in times] for doc_id in documents})
    parts = {
        doc_id: (view.directory.document(doc_id), view.directory.colour(view.directory.documents[doc_id].region_id))
        for doc_id in documents
    }
    return plots.stacked(times, counts, parts, labels.word("timeline.spread_unit"))

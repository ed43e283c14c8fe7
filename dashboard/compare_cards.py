"""A panel of one indicator → the card that shows it: finding, unit, filters, table, sources."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

import chart_dumbbell
import citing
import labels
import panels
import plots
import wording
from card import Card, unit_line
from facts import AIMS
from panels import Panel
from view import View, kept

SHOWN = 4
"""Values that a title names at most."""


@dataclass(frozen=True)
class Compared:
    """One indicator: ids of the facts that the filters leave, and the card of each panel."""

    ids: list[str]
    cards: tuple[Card, ...]


def _compared(view: View, key: str, label: str) -> Compared:
    own = view.stated[view.stated["key"] == key]
    drawn = tuple(panel_card(panel, label, view) for panel in panels.build(own, view.directory))
    return Compared(list(own["target_id"]), drawn)


def compared(view: View, key: str, label: str) -> Compared:
    """What is shown of an indicator called `label`."""
    return kept(_compared, view, key, label)


def panel_card(panel: Panel, label: str, view: View) -> Card:
    """The card of a panel of the indicator called `label`."""
    body = chart_dumbbell.draw(panel, view.directory)
    drawn = [labels.word("compare.required_note")] if (panel.marks["required"] != "").any() else []
    drawn += (
        [labels.word("compare.not_from_zero")]
        if panel.numeric and min(body.to_dict()["layout"]["xaxis"]["range"]) > 0
        else []
    )
    finding = title(panel, label, view)
    unit = panel.unit if panel.numeric else labels.word("words.worded_unit")
    measure = labels.word("card.measure", measure=panel.measure_words)
    return Card(
        id=f"panel-{wording.short_id(label, panel.axis)}",
        title=finding,
        subtitle=unit_line(unit, measure, view.describe()),
        source=source(panel, view),
        version=view.tables.version,
        table=table(panel, label, view),
        body=body,
        alt=(finding + labels.word("words.stop") + gap(panel, view)).strip(),
        drawn=tuple(drawn),
        plot=plots.panel(panel, view.directory),
        facts=tuple(panel.facts["target_id"]),
    )


def source(panel: Panel, view: View) -> str:
    """The documents of a panel, each with the places of what is shown."""
    stated = view.facts[view.facts["target_id"].isin(panel.facts["target_id"])]
    return citing.facts(panel.marks["doc_id"], stated, view)


def title(panel: Panel, label: str, view: View) -> str:
    """The finding: the indicator and what each region aims at, or has measured where none sets a target."""
    marks = panel.marks
    aims = marks[marks["role"].isin(AIMS)]
    shown = aims if len(aims) else marks.drop_duplicates("row", keep="last")
    times = set(shown["when"])
    key = "compare.value" if len(times) == 1 and len(aims) else "compare.value_dated"
    values = [
        labels.word(key, region=view.directory.region(mark["region_id"]), value=mark["label"], when=mark["when"])
        for _, mark in shown.iterrows()
    ]
    said = labels.join(values[:SHOWN])
    if len(values) > SHOWN:
        said = labels.word("compare.title_more", values=said)
    if aims.empty:
        return labels.word("compare.title_only_measured", label=label, values=said)
    if len(times) == 1:
        return labels.word("compare.title_dated", when=times.pop(), label=label, values=said)
    return labels.word("compare.title", label=label, values=said)


def gap(panel: Panel, view: View) -> str:
    """Highest and lowest target of the year for which most regions set one, in words; empty where fewer than two do."""
    aims = panel.marks[panel.marks["role"].eq("target") & panel.marks["x"].notna()]
    if aims.empty:
        return ""
    year = aims["when"].mode().iloc[0]
    same = aims[aims["when"] == year]
    if same["region_id"].nunique() < 2:
        return ""
    high, low = same.loc[same["x"].idxmax()], same.loc[same["x"].idxmin()]
    return labels.word(
        "compare.gap",
        when=year,
        high_value=high["label"],
        low_value=low["label"],
        high=view.directory.region(high["region_id"]),
        low=view.directory.region(low["region_id"]),
    )


def table(panel: Panel, label: str, view: View) -> pd.DataFrame:
    """The marks of a panel as a table, its columns named as shown."""
    rows = []
    for _, mark in panel.marks.drop_duplicates(["doc_id", "role", "label", "when", "lines"]).iterrows():
        rows.append(
            {
                "region": view.directory.region(mark["region_id"]),
                "label": label,
                "kind": labels.name("kinds", mark["role"]),
                "value": mark["label"],
                "when": mark["when"],
                "required": mark["required"],
                "document": view.directory.document(mark["doc_id"]),
                "line": mark["lines"],
            }
        )
    frame = pd.DataFrame(rows)
    return frame.rename(columns={column: labels.word(f"columns.{column}") for column in frame})

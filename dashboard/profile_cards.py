"""The cards of the page 单区档案: key targets, topics and themes of one document, its relation to the city's plan."""

from __future__ import annotations

from typing import Any

import pandas as pd

import chart_grid
import chart_shares
import chart_topics
import citing
import derived
import labels
import plots
import profile_rows
import stresses
from card import Card, unit_line
from chart_grid import Cell, Row
from directory import Document
from overview_cards import WHOLE
from stress_cards import THEME, TOPIC, bars
from terms_cards import type_names
from view import View

SHOWN, TOPICS, RELATED, NAMED = 15, 5, 5, 3
"""Targets, topics, topics of a class, and themes named by a title, at most."""

CLASSES = ("carried", "new", "left_behind")
ONE = frozenset({"region", "plan"})
"""Filters that a page of one document does not name: it is named itself."""

_COLUMNS = {"theme": 1.45, "label": 2.85, "value": 2.45, "start": 2.1, "attribute": 0.65, "line": 0.75}
"""Columns of the targets and their widths."""


def _subtitle(unit: str, document: Document, view: View, skip: frozenset[str] = frozenset()) -> str:
    return unit_line(unit, document.name, view.describe(ONE | skip))


def target_card(document: Document, facts: pd.DataFrame, every: bool, view: View) -> Card | None:
    """Key targets of a document by theme, or all of them; None where `facts` hold none."""
    rows = profile_rows.targets(facts)
    if rows.empty:
        return None
    shown = profile_rows.key_targets(rows, len(rows) if every else SHOWN)
    names = [labels.name("themes", theme) for theme in shown["indicator_theme"]]
    first = [place == 0 or names[place] != names[place - 1] for place in range(len(names))]
    columns = {
        name: width for name, width in _COLUMNS.items() if name != "attribute" or (shown["attribute"] != "").any()
    }
    head = Row(tuple(Cell(light=labels.word(f"profile.column_{name}")) for name in columns))
    table = [
        _target_row(fact, name if new else "", list(columns))
        for fact, name, new in zip(shown.itertuples(index=False), names, first, strict=True)
    ]
    counts = rows["indicator_theme"].value_counts(sort=True)
    title = labels.word(
        "profile.targets_title",
        document=document.name,
        count=len(rows),
        theme=labels.name("themes", str(counts.index[0])),
        most=int(counts.iloc[0]),
    )
    attributes = rows["attribute"].value_counts()
    for name in labels.node("attributes"):
        if name in attributes:
            title += labels.word("profile.of_attribute", name=labels.name("attributes", name), count=attributes[name])
    note = labels.word("profile.targets_cut", shown=len(shown), count=len(rows)) if len(shown) < len(rows) else ""
    lines = pd.DataFrame({"doc_id": document.id, "line": [line for one in shown["lines"] for line in one]})
    return Card(
        id=f"pf-targets-{document.id}",
        title=title,
        subtitle=_subtitle(labels.word("overview.unit_each"), document, view),
        source=citing.facts([document.id], lines, view),
        version=view.tables.version,
        table=_target_table(shown, names),
        body=chart_grid.draw(list(columns.values()), [head, *table], room=3),
        alt=title,
        notes=(note,) if note else (),
        facts=tuple(filter(None, dict.fromkeys([*shown["target_id"], *shown["start_id"]]))),
        hint=labels.word("profile.targets_hint") if note else "",
    )


def _target_row(fact: Any, theme: str, columns: list[str]) -> Row:
    cells = {
        "theme": Cell(light=theme),
        "label": Cell(fact.label),
        "value": Cell(fact.value_words, fact.when_words, id=fact.target_id, bold=True),
        "start": Cell(fact.start_words, fact.start_when, id=fact.start_id),
        "attribute": Cell(light=fact.attribute),
        "line": Cell(light=_lines(fact.lines)),
    }
    return Row(tuple(cells[name] for name in columns))


def _lines(lines: list[int]) -> str:
    return labels.word("words.lines_and").join(str(line) for line in lines)


def _target_table(shown: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            labels.word("columns.theme"): names,
            labels.word("columns.label"): shown["label"].to_list(),
            labels.word("profile.column_value"): shown["value_words"].to_list(),
            labels.word("columns.when"): shown["when_words"].to_list(),
            labels.word("profile.column_start"): shown["start_words"].to_list(),
            labels.word("profile.column_start_when"): shown["start_when"].to_list(),
            labels.word("columns.attribute"): shown["attribute"].to_list(),
            labels.word("columns.line"): [_lines(lines) for lines in shown["lines"]],
        }
    )


def topic_card(view: View, document: Document) -> Card | None:
    """Topics that a document stresses against the rest; None where it is not held against any or stresses none."""
    held = derived.topics(view.tables, document.id, len(view.directory.topics) or TOPICS)
    held = None if held is None else view.selection.listed(held).head(TOPICS)
    if held is None or held.empty:
        return None
    _, frame = bars(view, document.id, TOPICS)
    frame = frame.assign(
        counts=[
            labels.word(
                "profile.topic_counts",
                count=row.count,
                chapters=row.chapters,
                rate=f"{row.per_10k:.1f}",
                rest=f"{row.per_10k_against:.1f}",
            )
            for row in held.rename(columns={"count": "mentions"}).assign(count=held["count"]).itertuples(index=False)
        ]
    )
    title = labels.word(
        "profile.topics_title",
        region=view.directory.region(document.region_id),
        values=labels.join(list(frame["name"][:NAMED])),
    )
    colour = view.directory.colour(document.region_id)
    types = type_names(held["types"].iloc[0].split("|"))
    table = pd.DataFrame(
        {
            labels.word("columns.topic"): frame["name"],
            "z": held["z"].round(1).to_list(),
            labels.word("columns.count"): held["count"].to_list(),
            labels.word("profile.chapters"): held["chapters"].to_list(),
            labels.word("columns.density"): held["per_10k"].round(1).to_list(),
            labels.word("profile.density_rest"): held["per_10k_against"].round(1).to_list(),
        }
    )
    return Card(
        id=f"pf-topics-{document.id}",
        title=title,
        subtitle=_subtitle(labels.word("profile.unit_z"), document, view, WHOLE),
        source=citing.documents([document.id], view),
        version=view.tables.version,
        table=table,
        body=chart_topics.single(frame, colour),
        alt=title,
        notes=(labels.word("profile.topics_note", types=types, chance=f"{held['chance'].iloc[0]:.1f}"),),
        plot=plots.bars(
            list(frame["name"]), list(held["z"].round(1)), [colour] * len(frame), "z", labels.word("profile.unit_z")
        ),
    )


def theme_card(view: View, document: Document) -> Card | None:
    """Shares of a document's text by theme as one bar; None where it has no theme."""
    found = view.selection.listed(stresses.themes(derived.shares(view.tables), document.id))
    if found.empty:
        return None
    parts = [(THEME + row.theme, labels.name("themes", row.theme), float(row.share)) for row in found.itertuples()]
    colour = view.directory.colour(document.region_id)
    values = [labels.word("profile.theme_value", theme=name, value=f"{share:.1f}") for _, name, share in parts[:NAMED]]
    title = labels.word("profile.themes_title", values=labels.join(values))
    table = pd.DataFrame(
        {
            labels.word("columns.theme"): [name for _, name, _ in parts],
            labels.word("columns.share"): found["share"].round(1),
            labels.word("columns.chars"): found["chars"],
        }
    )
    return Card(
        id=f"pf-themes-{document.id}",
        title=title,
        subtitle=_subtitle(labels.word("themes_page.share_unit"), document, view, WHOLE),
        source=citing.documents([document.id], view),
        version=view.tables.version,
        table=table,
        body=chart_shares.draw(parts, labels.word("profile.other"), colour),
        alt=title,
        notes=(labels.word("themes_page.share_note"),),
        plot=plots.bars(
            [name for _, name, _ in parts],
            [round(share, 1) for _, _, share in parts],
            [colour] * len(parts),
            labels.word("columns.share"),
            labels.word("themes_page.share_unit"),
        ),
    )


def relation(document: Document, view: View) -> tuple[str, pd.DataFrame] | None:
    """The plan above and the topics of `document` by class, surest first; None where it is not compared with one.

    For the plan above itself: its topics against the plans of all regions below.
    """
    stressed = view.tables["stressed"]
    uppers = sorted(set(stressed.loc[stressed["doc_id"] == document.id, "upper"]))
    if not uppers:
        return None
    upper = document.id if document.id in uppers else uppers[0]
    if upper == document.id:
        carry = view.tables["carryover"]
        own = carry[(carry["doc_id"] == upper) & (carry["unit"] == "topic") & (carry["class"] != "neither")]
        own = own.rename(columns={"per_10k": "per_10k_upper", "per_10k_below": "per_10k"}).assign(sure=own["p"])
        found = own.sort_values(["sure", "topic"], ascending=[False, True], ignore_index=True)
    else:
        found = derived.relation(view.tables, upper, document.id)
    return upper, view.selection.listed(found)


def relation_card(view: View, document: Document) -> Card | None:
    """Topics carried, new and left behind in three columns, each with its rates in both plans; None without a plan
    to hold them against.
    """
    related = relation(document, view)
    if related is None:
        return None
    upper, found = related
    alone = upper == document.id
    counts = {name: int((found["class"] == name).sum()) for name in CLASSES}
    values = [
        labels.word("profile.class_count", name=labels.word(f"profile.{name}"), count=counts[name]) for name in CLASSES
    ]
    key = "own" if alone else "below"
    heads = [
        Cell(value, light=labels.word(f"profile.{name}_{key}"), bold=True)
        for name, value in zip(CLASSES, values, strict=True)
    ]
    columns = [found[found["class"] == name].head(RELATED) for name in CLASSES]
    rows = [Row(tuple(heads))]
    for place in range(max(len(column) for column in columns)):
        rows.append(
            Row(tuple(_related(column.iloc[place], key, view) if place < len(column) else Cell() for column in columns))
        )
    title = labels.word(
        f"profile.relation_title_{key}", upper=view.directory.document(upper), values=labels.join(values)
    )
    ids = [upper] if alone else [document.id, upper]
    table = pd.DataFrame(
        {
            labels.word("profile.class"): [labels.word(f"profile.{name}") for name in found["class"]],
            labels.word("columns.topic"): found["topic"].map(view.directory.topic),
            labels.word("columns.theme"): [labels.name("themes", theme) for theme in found["theme"]],
            labels.word("profile.rate_upper"): found["per_10k_upper"].round(1),
            labels.word(f"profile.rate_{key}"): found["per_10k"].round(1),
            labels.word("profile.sure"): found["sure"].round(2),
        }
    )
    return Card(
        id=f"pf-relation-{document.id}",
        title=title,
        subtitle=_subtitle(labels.word("themes_page.density_unit"), document, view, WHOLE),
        source=citing.documents(ids, view),
        version=view.tables.version,
        table=table,
        body=chart_grid.draw([1.0] * len(CLASSES), rows, room=3),
        alt=title,
        notes=(labels.word(f"profile.relation_note_{key}", most=RELATED),),
    )


def _related(topic: pd.Series, key: str, view: View) -> Cell:
    rates = labels.word(f"profile.rates_{key}", upper=f"{topic['per_10k_upper']:.1f}", own=f"{topic['per_10k']:.1f}")
    return Cell(view.directory.topic(topic["topic"]), rates, id=TOPIC + topic["topic"])

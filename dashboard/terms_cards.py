"""One comparison of what documents stress, and one word in the documents → the cards that show them."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

import chart_sides
import chart_style
import chart_words
import labels
import plots
import stress
import wording
from card import Card, Short, sources, unit_line
from stress import REST, Pair
from view import View

UNTOUCHED = frozenset({"region", "plan", "years", "kind", "attribute"})
"""Filters that do not touch a comparison of two sides."""

_NAMED = 3
"""Names that a title gives of each side, at most."""

IN_SHORT = 6
"""Names of each side in the chart of a picture that has no room for more."""


def type_names(types: list[str]) -> str:
    """Kinds of documents as an enumeration."""
    return labels.join([labels.name("doc_type_names", kind) for kind in types])


def other_name(pair: Pair, view: View) -> str:
    """The second side in full: a document, or the rest with its kinds."""
    if pair.second == REST:
        return labels.word("terms_page.rest", types=type_names(pair.types))
    return view.directory.document(pair.second)


def short_names(pair: Pair, view: View) -> tuple[str, str]:
    """Both sides in a word: their regions, or their plans where they are of one region."""
    documents = view.directory.documents
    first = documents[pair.first]
    if pair.second == REST:
        return view.directory.region(first.region_id), labels.word("terms_page.rest_short")
    second = documents[pair.second]
    if first.region_id != second.region_id:
        return view.directory.region(first.region_id), view.directory.region(second.region_id)
    plans = view.directory.plans
    if first.plan_id != second.plan_id:
        return plans.get(first.plan_id, first.plan_id), plans.get(second.plan_id, second.plan_id)
    return first.label, second.label


def name_of(unit: str, name: str, view: View) -> str:
    """A term, or the name of a topic."""
    return view.directory.topic(name) if unit == "topic" else name


def counts_said(row: dict[str, object], short: tuple[str, str]) -> str:
    """Counts and chapters of both sides: 天河区16次/9章 · 其余9次/4章."""
    return labels.word("terms_page.between").join(
        labels.word(
            "terms_page.said" if row[f"chapters{end}"] else "terms_page.said_bare",
            name=name,
            count=row[f"count{end}"],
            chapters=row[f"chapters{end}"],
        )
        for name, end in zip(short, ("", "_against"), strict=True)
    )


def hover_said(row: dict[str, object], label: str, short: tuple[str, str]) -> str:
    """A row in full."""
    return labels.word(
        "terms_page.hover",
        name=label,
        z=chart_sides.signed(float(str(row["z"]))),
        first=short[0],
        second=short[1],
        rate=f"{row['per_10k']:.2f}",
        rate_against=f"{row['per_10k_against']:.2f}",
    )


def sides_card(pair: Pair, most: int, view: View, marked: str = "") -> Card:
    """What two sides stress: the strongest `most` names of each; `marked` is the name that is looked at."""
    short, first, second = short_names(pair, view), view.directory.document(pair.first), other_name(pair, view)
    rows = stress.leaders(pair, most)
    records = rows.to_dict("records")
    rows["label"] = [name_of(pair.unit, name, view) for name in rows["name"]]
    rows["key"] = rows["name"]
    rows["said"] = [counts_said(record, short) for record in records]
    rows["hover"] = [hover_said(record, label, short) for record, label in zip(records, rows["label"], strict=True)]
    heads = (
        labels.word("terms_page.head", name=first, count=_beyond(pair, 1)),
        labels.word("terms_page.head", name=second, count=_beyond(pair, -1)),
    )
    region = view.directory.documents[pair.first].region_id
    other = view.directory.documents.get(pair.second)
    colours = (
        view.directory.colour(region),
        view.directory.colour(other.region_id) if other else chart_style.NEUTRAL,
    )
    title = sides_title(pair, first, second, view)

    def body(rows: pd.DataFrame) -> go.Figure:
        return chart_sides.draw(rows, pair.chance, heads, colours, hatched=colours[0] == colours[1], marked=marked)

    fewer = rows[rows["rank"] <= IN_SHORT]
    return Card(
        id=f"sides-{wording.short_id(pair.unit, pair.first, pair.second)}",
        title=title,
        subtitle=unit_line(
            labels.word("terms_page.z_unit"),
            labels.word(f"terms_page.{pair.unit}_unit"),
            labels.word("terms_page.against", first=first, second=second),
            view.describe(UNTOUCHED),
        ),
        source=_source(pair, view),
        version=view.tables.version,
        table=sides_table(pair, short, view),
        body=body(rows),
        alt=title
        + labels.word("words.stop")
        + labels.word("terms_page.sides_alt", most=most, chance=_two(pair.chance)),
        notes=sides_notes(pair, most, first, view),
        short=Short(body(fewer), sides_notes(pair, IN_SHORT, first, view)) if len(fewer) < len(rows) else None,
        plot=plots.bars(
            list(rows["label"]),
            list(rows["z"].round(2)),
            [colours[0] if side > 0 else colours[1] for side in rows["side"]],
            "z",
            labels.word("terms_page.z_unit"),
        ),
    )


def sides_title(pair: Pair, first: str, second: str, view: View) -> str:
    """The finding: the strongest names of both sides beyond chance."""
    parts = []
    for sign, name in ((1, first), (-1, second)):
        top = pair.side(sign, beyond=True).head(_NAMED)
        values = [
            labels.word("terms_page.value", name=name_of(pair.unit, row.name_, view), z=_two(abs(row.z)))
            for row in top.rename(columns={"name": "name_"}).itertuples()
        ]
        if values:
            parts.append(labels.word(f"terms_page.title_side_{pair.unit}", name=name, values=labels.join(values)))
        else:
            parts.append(labels.word(f"terms_page.title_none_{pair.unit}", name=name))
    return labels.word("terms_page.title", first=parts[0], second=parts[1])


def sides_notes(pair: Pair, most: int, first: str, view: View) -> tuple[str, ...]:
    """What z and the band mean, kinds of documents, and what the chart leaves out."""
    own = view.directory.documents[pair.first].doc_type
    notes = [labels.word("terms_page.z_note", first=first, chance=_two(pair.chance))]
    top = stress.top_by_chance(view.tables["chance"], pair.unit, _documents(pair, view))
    if top is not None:
        notes.append(labels.word("terms_page.top_note", z=_two(top)))
    if {view.directory.documents[pair.first].doc_type} == set(pair.types):
        notes.append(labels.word("terms_page.same_type", types=type_names([own])))
    else:
        notes.append(labels.word("terms_page.types_note", own=type_names([own]), types=type_names(pair.types)))
    if pair.second == REST:
        notes.append(labels.word("terms_page.rest_note"))
    if any(pair.count(sign) > most for sign in (1, -1)):
        notes.append(labels.word(f"terms_page.more_{pair.unit}", most=most, count=len(pair.rows)))
    return tuple(notes)


def sides_table(pair: Pair, short: tuple[str, str], view: View) -> pd.DataFrame:
    """All names of a comparison, its columns named as shown."""
    rows = pair.rows
    chance, names = pair.chance, {theme: labels.name("themes", theme) if theme else "" for theme in set(rows["theme"])}
    words = {end: {"name": name} for end, name in zip(("", "_against"), short, strict=True)}
    frame = {
        labels.word(f"terms_page.{pair.unit}"): [name_of(pair.unit, name, view) for name in rows["name"]],
        "z": rows["z"].round(2),
        labels.word("terms_page.column_beyond"): [
            labels.word("terms_page.beyond" if abs(z) >= chance else "terms_page.within") for z in rows["z"]
        ],
    }
    for end, name in words.items():
        frame[labels.word("terms_page.column_count", **name)] = rows[f"count{end}"]
        frame[labels.word("terms_page.column_chapters", **name)] = rows[f"chapters{end}"]
        frame[labels.word("terms_page.column_per_10k", **name)] = rows[f"per_10k{end}"].round(2)
    frame[labels.word("columns.theme")] = [names[theme] for theme in rows["theme"]]
    return pd.DataFrame(frame)


def word_card(word: str, table: pd.DataFrame, view: View, place: str) -> Card:
    """One word in the documents: columns of `lookup.by_document`. `place` tells cards of one page apart."""
    title = word_title(word, table, view)
    named = pd.DataFrame(
        {
            labels.word("columns.document"): [view.directory.document(doc_id) for doc_id in table["doc_id"]],
            labels.word("columns.count"): table["count"],
            labels.word("columns.density"): table["per_10k"].round(2),
            labels.word("terms_page.column_in_chapters"): table["chapters"],
        }
    )
    return Card(
        id=f"word-{place}",
        title=title,
        subtitle=unit_line(
            labels.word("terms_page.per_10k_unit"), view.describe(frozenset({"theme", "years", "kind", "attribute"}))
        ),
        source=sources([view.directory.title(doc_id) for doc_id in table["doc_id"]]),
        version=view.tables.version,
        table=named,
        body=chart_words.draw(table, view.directory),
        alt=title,
        notes=(labels.word("terms_page.word_note"),),
        plot=plots.bars(
            [view.directory.document(doc_id) for doc_id in table["doc_id"]],
            list(table["per_10k"].round(2)),
            [view.directory.colour(view.directory.documents[doc_id].region_id) for doc_id in table["doc_id"]],
            word,
            labels.word("terms_page.per_10k_unit"),
        ),
    )


def word_title(word: str, table: pd.DataFrame, view: View) -> str:
    """The finding: in how many documents, and which of one kind (that in which most have the word) says it most."""
    said = table[table["count"] > 0]
    kinds = said["doc_id"].map(lambda doc_id: view.directory.documents[doc_id].doc_type)
    kind = kinds.value_counts(sort=False).idxmax()
    top = said[kinds == kind].sort_values("per_10k", ascending=False).iloc[0]
    several = sum(view.directory.documents[doc_id].doc_type == kind for doc_id in table["doc_id"]) > 1
    return labels.word(
        "terms_page.word_title_most" if several else "terms_page.word_title",
        word=word,
        found=len(said),
        count=len(table),
        kind=type_names([kind]),
        document=view.directory.document(top["doc_id"]),
        value=_two(top["per_10k"]),
        times=top["count"],
    )


def _beyond(pair: Pair, sign: int) -> str:
    """How many names a side stresses beyond chance; the table may hold no more than it tells."""
    count = pair.count(sign, beyond=True)
    if count >= stress.KEPT.get(pair.unit, count + 1):
        return labels.word("terms_page.at_least", count=count)
    return str(count)


def _source(pair: Pair, view: View) -> str:
    """Titles of both sides; of the rest of many regions only what kinds of documents they are."""
    said = sources([view.directory.title(doc_id) for doc_id in _documents(pair, view)])
    if pair.second == REST and view.many:
        return labels.word("terms_page.rest_source", documents=said, types=type_names(pair.types))
    return said


def _documents(pair: Pair, view: View) -> list[str]:
    """Documents of both sides, the first before the others; the rest of many regions is not at hand."""
    if pair.second != REST:
        return [pair.first, pair.second]
    if view.many:
        return [pair.first]
    own = view.directory.documents[pair.first]
    others = [
        document.id
        for document in view.directory.documents.values()
        if document.region_id != own.region_id and document.doc_type in pair.types
    ]
    return [pair.first, *others]


def _two(value: float) -> str:
    return f"{value:.2f}"

"""What documents stress → cards: all documents side by side, and one document alone."""

from __future__ import annotations

import pandas as pd

import chart_topics
import citing
import derived
import labels
import stresses
import wording
from card import Card, unit_line
from chart_topics import COLUMNS
from overview_cards import TOPICS, WHOLE
from selection import ALL
from view import View, regardless, told

TOPIC, THEME = "topic:", "theme:"
"""What stands before the id in the mark of a topic or theme."""


def bars(view: View, doc_id: str, most: int) -> tuple[str, pd.DataFrame]:
    """What the bars of a document measure, topics or themes, and the bars: columns of `chart_topics`."""
    held = derived.topics(view.tables, doc_id, len(view.directory.topics) or most)
    if held is None:
        found = view.selection.listed(stresses.themes(derived.shares(view.tables), doc_id)).head(most)
        rows = [
            (THEME + theme, labels.name("themes", theme), share, f"{share:.1f}%", _chars(chars))
            for theme, share, chars in zip(found["theme"], found["share"], found["chars"], strict=True)
        ]
        return "themes", pd.DataFrame(rows, columns=list(COLUMNS))
    found = view.selection.listed(held).head(most)
    rows = [
        (
            TOPIC + name,
            view.directory.topic(name),
            z,
            f"z {z:.1f}",
            labels.word("overview.rates", own=f"{per_10k:.1f}", rest=f"{against:.1f}"),
        )
        for name, z, per_10k, against in zip(
            *(found[column] for column in ("name", "z", "per_10k", "per_10k_against")), strict=True
        )
    ]
    return "topics", pd.DataFrame(rows, columns=list(COLUMNS))


def _chars(count: int) -> str:
    return labels.word("overview.chars", count=f"{count:,}")


def stress_card(view: View) -> Card:
    """The topics that each document stresses against the rest; the largest themes of one that has no rest."""
    documents = view.documents
    of_themes = regardless(view, ALL - {"theme"})
    found = {document.id: told(bars, of_themes, document.id, TOPICS) for document in documents}
    kinds = {doc_id: labels.word(f"overview.kind_{kind}") for doc_id, (kind, _) in found.items()}
    frames = {doc_id: frame for doc_id, (_, frame) in found.items()}
    said = [
        labels.word(
            "overview.stress_value",
            region=view.directory.region(document.region_id),
            name=frames[document.id]["name"].iloc[0],
        )
        for document in documents
        if found[document.id][0] == "topics" and len(frames[document.id])
    ]
    title = (
        labels.word("overview.stress_title", values=labels.join(said)) if said else labels.word("overview.stress_none")
    )
    notes = [labels.word("overview.stress_note")]
    notes += [labels.word("overview.themes_note")] if any(kind == "themes" for kind, _ in found.values()) else []
    return Card(
        id=f"stress-{wording.short_id(*frames)}",
        title=title,
        subtitle=unit_line(labels.word("overview.unit_z"), view.describe(WHOLE)),
        source=citing.documents(frames, view),
        version=view.tables.version,
        table=_table(frames, kinds, view),
        body=chart_topics.facets(frames, kinds, documents, view.directory),
        alt=title,
        notes=tuple(notes),
        hint=labels.word("overview.stress_hint"),
    )


def _table(frames: dict[str, pd.DataFrame], kinds: dict[str, str], view: View) -> pd.DataFrame:
    rows = [
        (view.directory.document(doc_id), kinds[doc_id], name, text, counts)
        for doc_id, frame in frames.items()
        for name, text, counts in zip(frame["name"], frame["text"], frame["counts"], strict=True)
    ]
    columns = ["document", "measured_by", "name", "value", "counts"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.rename(
        columns={
            "document": labels.word("columns.document"),
            "measured_by": labels.word("overview.column_measure"),
            "name": labels.word("overview.column_name"),
            "value": labels.word("columns.value"),
            "counts": labels.word("overview.column_counts"),
        }
    )

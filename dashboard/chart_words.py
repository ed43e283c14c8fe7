"""One word in the documents → a figure: a bar a document, by what it says per 10,000 characters."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

import chart_room
import labels
import wording
from chart_style import INK, LABEL_SIZE, QUIET, WIDTH, coloured, figure, left_margin, ticks
from directory import Directory

_ROW, _GAP = 46, 0.5


def draw(table: pd.DataFrame, directory: Directory) -> go.Figure:
    """The body. `table`: columns of `lookup.by_document`, in the order of showing; kinds of document stand apart."""
    documents = [directory.documents[doc_id] for doc_id in table["doc_id"]]
    places, place, before = [], 0.0, documents[0].doc_type
    for document in documents:
        place += _GAP if document.doc_type != before else 0
        before = document.doc_type
        places.append(place)
        place += 1
    names = [
        f"{coloured(directory.region(document.region_id), directory.colour(document.region_id))}"
        f"<br>{wording.wrapped(document.label, 14)}"
        for document in documents
    ]
    high = float(table["per_10k"].max()) or 1.0
    notes = [_said(row, at) for row, at in zip(table.to_dict("records"), places, strict=True)]
    left = left_margin([name.split("</b>")[-1].removeprefix("<br>") for name in names])
    texts = [str(note["text"]) for note in notes]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": list(table["per_10k"]),
        "y": places,
        "width": 0.5,
        "marker": {"color": [directory.colour(document.region_id) for document in documents]},
        "customdata": [wording.plot(document.name) for document in documents],
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    return figure(
        round(_ROW * (places[-1] + 1)) + 52,
        left,
        16,
        top=6,
        bottom=46,
        traces=[bars],
        annotations=notes,
        xaxis={
            "range": [0, chart_room.end(list(table["per_10k"]), texts, WIDTH - left - 16)],
            "tickvals": ticks(0, high, 0),
            "title": {"text": labels.word("terms_page.per_10k_unit")},
        },
        yaxis={"range": [places[-1] + 0.6, -0.6], "tickvals": places, "ticktext": names, "showgrid": False},
    )


def _said(row: dict[str, Any], at: float) -> dict[str, Any]:
    """The words at the end of a bar."""
    key = "bar_absent" if not row["count"] else "bar" if row["chapters"] else "bar_bare"
    text = labels.word(f"terms_page.{key}", value=f"{row['per_10k']:.2f}", count=row["count"], chapters=row["chapters"])
    return {
        "text": wording.plot(text),
        "x": row["per_10k"],
        "y": at,
        "xanchor": "left",
        "xshift": 6,
        "showarrow": False,
        "font": {"size": LABEL_SIZE, "color": INK if row["count"] else QUIET},
    }

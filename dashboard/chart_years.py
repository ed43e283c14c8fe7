"""How many targets fall on each year or period → a figure: a row a document, a disc a time, its number in it."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

import labels
import wording
from chart_style import INK, LABEL_SIZE, RULE, SUBTITLE_SIZE, WHITE, coloured, figure, left_margin
from directory import Directory

_ROW, _LEAST, _MOST = 62, 20, 54
"""Height of a row, and diameters of the discs of the smallest and the largest number."""


def draw(table: pd.DataFrame, directory: Directory) -> go.Figure:
    """The body of the chart of `table` (columns of `timeline_points.spread`)."""
    documents = sorted(table["doc_id"].unique(), key=directory.place)
    rows = {doc_id: place for place, doc_id in enumerate(documents)}
    times = list(dict.fromkeys(table["when"]))
    regions = dict(zip(table["doc_id"], table["region_id"], strict=True))
    plain = [wording.wrapped(directory.label(doc_id), 12) for doc_id in documents]
    names = [
        f"{coloured(directory.region(regions[doc_id]), directory.colour(regions[doc_id]))}<br>{words}"
        for doc_id, words in zip(documents, plain, strict=True)
    ]
    most = int(table["count"].max())
    return figure(
        _ROW * len(rows) + 56,
        left_margin(plain),
        20,
        top=34,
        bottom=8,
        traces=[_discs(doc_id, own, rows, times, most, directory) for doc_id, own in table.groupby("doc_id")],
        xaxis={
            "range": [-0.6, len(times) - 0.4],
            "tickvals": list(range(len(times))),
            "ticktext": [wording.wrapped(when, 12) for when in times],
            "side": "top",
            "showgrid": False,
            "tickfont": {"size": SUBTITLE_SIZE, "color": INK},
            "zeroline": False,
        },
        yaxis={
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(rows.values()),
            "ticktext": names,
            "gridcolor": RULE,
        },
    )


def _discs(
    doc_id: Any, own: pd.DataFrame, rows: dict[str, int], times: list[str], most: int, directory: Directory
) -> dict[str, Any]:
    """The numbers of one document; the area of a disc goes with its number."""
    sizes = [max(_MOST * math.sqrt(count / most), _LEAST) for count in own["count"]]
    return {
        "type": "scatter",
        "x": [times.index(when) for when in own["when"]],
        "y": [rows[doc_id]] * len(own),
        "mode": "markers+text",
        "text": [f"<b>{count}</b>" for count in own["count"]],
        "textfont": {"color": WHITE, "size": LABEL_SIZE},
        "unselected": {"marker": {"opacity": 1}, "textfont": {"color": WHITE}},
        "marker": {"size": sizes, "color": directory.colour(own["region_id"].iloc[0]), "opacity": 1},
        "customdata": [[f"{doc_id}:{when}"] for when in own["when"]],
        "hovertemplate": [
            labels.word(
                "timeline.spread_hover",
                document=wording.plot(directory.document(str(doc_id))),
                when=when,
                count=count,
            )
            + "<extra></extra>"
            for when, count in zip(own["when"], own["count"], strict=True)
        ],
        "cliponaxis": False,
    }

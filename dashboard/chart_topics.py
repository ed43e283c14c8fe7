"""What documents stress → figures: bars in facets, one column a document, and one document at full width."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

import wording
from chart_style import INK, LABEL_SIZE, QUIET, STEADY_WORDS, SUBTITLE_SIZE, WIDTH, coloured, figure, left_margin
from directory import Directory, Document

COLUMNS = ("id", "name", "value", "text", "counts")
"""Of a frame of bars: id of a topic or theme, name, length, the length in words, and what else is told of it."""

_ACROSS, _GAP, _ROW, _LINE, _HEAD = 5, 0.03, 55, 17, 56
"""Facets in a line, gap between them, height of a bar with its words, of one more line of words, of a facet's head."""

_SINGLE = 26
"""Height of a bar where one document has the whole width."""


def facets(
    bars: dict[str, pd.DataFrame], kinds: dict[str, str], documents: list[Document], directory: Directory
) -> go.Figure:
    """Body: `bars` by document with the columns COLUMNS; `kinds`: document → what its bars measure.

    Bars of one kind have one scale, those of another kind an axis of their own. A bar carries its id.
    """
    across = min(_ACROSS, max(len(documents), 3))
    lines = math.ceil(len(documents) / across)
    most = max((len(frame) for frame in bars.values()), default=1) or 1
    share = (1 - _GAP * (across - 1)) / across
    width = share * (WIDTH - 24)
    broken = any(
        len(wording.wrap(str(name), width / LABEL_SIZE)) > 1 for frame in bars.values() for name in frame["name"]
    )
    row = _ROW + _LINE * broken
    rows = most + 0.2 * broken
    height = _HEAD + row * rows
    longest: dict[str, float] = {}
    for doc_id, frame in bars.items():
        if len(frame):
            longest[kinds[doc_id]] = max(longest.get(kinds[doc_id], -math.inf), float(frame["value"].max()))
    traces, notes, axes = [], [], {}
    for place, document in enumerate(documents):
        mark = "" if place == 0 else str(place + 1)
        line, column = divmod(place, across)
        low, left = 1 - (line + 1) / lines, column * (share + _GAP)
        top = low + (row * rows) / (height * lines)
        limit = 1.28 * longest.get(kinds[document.id], 1.0)
        axes[f"xaxis{mark}"] = {
            "visible": False,
            "domain": [left, left + share],
            "anchor": f"y{mark}",
            "range": [0, limit],
        }
        axes[f"yaxis{mark}"] = {
            "visible": False,
            "domain": [low, top],
            "anchor": f"x{mark}",
            "range": [most - 0.5, most - 0.5 - rows],
        }
        traces.append(_bars(bars[document.id], mark, directory.colour(document.region_id), 0.26))
        notes += [_head(document, kinds[document.id], left, top, width, directory)]
        traces.append(_words(bars[document.id], mark, width))
    return figure(round(height * lines) + 10, 8, 8, top=4, bottom=6, traces=traces, annotations=notes, **axes)


def _bars(frame: pd.DataFrame, mark: str, colour: str, width: float) -> dict[str, Any]:
    same = {"marker": {"opacity": 1}}
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(frame["value"]),
        "y": list(range(len(frame))),
        "width": width,
        "xaxis": f"x{mark}",
        "yaxis": f"y{mark}",
        "marker": {"color": colour},
        "selected": same,
        "unselected": same,
        "customdata": [[item] for item in frame["id"]],
        "text": [wording.plot(text) for text in frame["text"]],
        "textposition": "outside",
        "cliponaxis": False,
        "constraintext": "none",
        "outsidetextfont": {"size": SUBTITLE_SIZE, "color": INK},
        "hovertext": [
            f"{wording.plot(name)}<br>{wording.plot(counts)}"
            for name, counts in zip(frame["name"], frame["counts"], strict=True)
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _words(frame: pd.DataFrame, mark: str, width: float) -> dict[str, Any]:
    """Name, in two lines at most, above and counts below each bar, as one trace."""
    names = [wording.wrap(str(name), width / LABEL_SIZE) for name in frame["name"]]
    kept = [lines if len(lines) < 3 else [lines[0], lines[1][:-1] + "…"] for lines in names]
    shown = ["<br>".join(map(wording.plot, lines)) for lines in kept]
    small = f'<span style="font-size:{SUBTITLE_SIZE - 1}px;color:{QUIET}">'
    told = [f"{small}{wording.plot(str(counts))}</span>" for counts in frame["counts"]]
    return {
        **STEADY_WORDS,
        "x": [0] * (2 * len(frame)),
        "y": [row - 0.15 for row in range(len(frame))] + [row + 0.28 for row in range(len(frame))],
        "textposition": ["top right"] * len(frame) + ["middle right"] * len(frame),
        "xaxis": f"x{mark}",
        "yaxis": f"y{mark}",
        "text": shown + told,
    }


def _head(document: Document, kind: str, left: float, top: float, width: float, directory: Directory) -> dict[str, Any]:
    lines = [
        coloured(directory.region(document.region_id), directory.colour(document.region_id)),
        *(wording.plot(line) for line in wording.wrap(document.label, width / SUBTITLE_SIZE)[:1]),
        f'<span style="color:{QUIET}">{wording.plot(kind)}</span>',
    ]
    return {
        "text": "<br>".join(lines),
        "xref": "paper",
        "x": left,
        "xanchor": "left",
        "yref": "paper",
        "y": top,
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": SUBTITLE_SIZE, "color": INK},
    }


def single(frame: pd.DataFrame, colour: str) -> go.Figure:
    """Body: the bars of one document, name at the left and everything told at the end of a bar."""
    names = [wording.wrapped(name, 14) for name in frame["name"]]
    told = [
        {
            "text": f"<b>{wording.plot(bar.text)}</b>  "
            f'<span style="font-size:{SUBTITLE_SIZE}px;color:{QUIET}">{wording.plot(str(bar.counts))}</span>',
            "x": bar.value,
            "xanchor": "left",
            "xshift": 6,
            "y": row,
            "showarrow": False,
            "font": {"size": SUBTITLE_SIZE, "color": INK},
        }
        for row, bar in enumerate(frame.itertuples())
    ]
    trace = _bars(frame, "", colour, 0.55)
    del trace["text"], trace["textposition"], trace["outsidetextfont"]
    return figure(
        (_SINGLE + _LINE * any("<br>" in name for name in names)) * len(frame) + 12,
        left_margin(names),
        8,
        top=4,
        bottom=6,
        traces=[trace],
        annotations=told,
        xaxis={"visible": False, "range": [0, 2.4 * (float(frame["value"].max()) or 1.0)]},
        yaxis={
            "tickvals": list(range(len(frame))),
            "ticktext": names,
            "range": [len(frame) - 0.5, -0.5],
            "showgrid": False,
        },
    )

"""Indicators × documents → a figure: a sign of the state and the statement in each cell, in the region's colour."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

import labels
import wording
from chart_style import INK, NEUTRAL, PALE, QUIET, RULE, SUBTITLE_SIZE, WHITE, WIDTH, coloured, figure, left_margin
from directory import Directory, Document

_ROW, _RIGHT, _LEAST, _TEXT, _HEAD = 50, 8, 84, 11.5, 11
"""Height of a row, margin, least width of a column that can hold a value, size of letters in it and in its head."""

_SIGN = 0.06
"""Where in a column the sign stands."""


def draw(
    rows: pd.DataFrame, said: pd.DataFrame, everything: pd.DataFrame, documents: list[Document], directory: Directory
) -> go.Figure | None:
    """The body for the indicators of `rows` (columns key, label), or None where the columns would be too narrow.

    `said`: what the facts under the filters say of them (rows of `matrix.details`); `everything`: all facts. What is
    only there is marked as left out.
    A mark carries its document and its row, parted by a colon.
    """
    names = [wording.wrapped(label, 13) for label in rows["label"]]
    left = left_margin(names)
    room = (WIDTH - left - _RIGHT) / len(documents)
    if room < _LEAST:
        return None
    places = {key: place for place, key in enumerate(rows["key"])}
    said = said[said["key"].isin(places)]
    spoken = set(zip(everything["key"], everything["doc_id"], strict=True))
    traces = []
    for column, document in enumerate(documents):
        own = said[said["doc_id"] == document.id]
        told = set(own["key"])
        quiet = [key for key in places if key not in told]
        hidden = [key for key in quiet if (key, document.id) in spoken]
        silent = [key for key in quiet if (key, document.id) not in spoken]
        colour = directory.colour(document.region_id)
        aims = own[own["state"] == "target"]
        labelled = dict(zip(rows["key"], rows["label"], strict=True))
        for part, inside in ((aims, colour), (own.drop(aims.index), WHITE)):
            traces += _stated(part, places, labelled, column, document, colour, inside, room)
        traces += _quiet(hidden, "outside", places, column, document) + _quiet(
            silent, "absent", places, column, document
        )
    return figure(
        _ROW * len(rows) + 92,
        left,
        _RIGHT,
        top=88,
        bottom=4,
        traces=[*traces, *_legend(traces)],
        showlegend=True,
        shapes=[_rule(place) for place in range(len(rows) + 1)],
        xaxis={
            "range": [0, len(documents)],
            "tickvals": [column + 0.5 for column in range(len(documents))],
            "ticktext": _heads(documents, directory, room),
            "side": "top",
            "showgrid": False,
            "zeroline": False,
            "tickfont": {"size": SUBTITLE_SIZE, "color": INK},
        },
        yaxis={
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": names,
            "showgrid": False,
        },
    )


def _stated(
    part: pd.DataFrame,
    places: dict[str, int],
    labelled: dict[str, str],
    column: int,
    document: Document,
    colour: str,
    inside: str,
    room: float,
) -> list[dict[str, Any]]:
    """The cells of one document that say something, with one look."""
    if part.empty:
        return []
    limit = (room * (1 - _SIGN) - 12) / _TEXT
    return [
        {
            "type": "scatter",
            "x": [column + _SIGN] * len(part),
            "y": [places[key] for key in part["key"]],
            "mode": "markers+text",
            "name": "target" if inside != WHITE else "mentioned",
            "showlegend": False,
            "text": [_words(cell, limit) for cell in part.itertuples()],
            "textposition": "middle right",
            "textfont": {"size": _TEXT, "color": (ink := INK if inside != WHITE else QUIET)},
            "unselected": {"marker": {"opacity": 1}, "textfont": {"color": ink}},
            "marker": {"size": 10, "color": inside, "line": {"color": colour, "width": 2}},
            "customdata": [[f"{document.id}:{places[key]}"] for key in part["key"]],
            "hovertemplate": [
                labels.word(
                    "targets_page.hover",
                    document=wording.plot(document.name),
                    label=wording.plot(labelled[cell.key]),
                    said=wording.plot(_sentence(cell)),
                )
                + "<extra></extra>"
                for cell in part.itertuples()
            ],
            "cliponaxis": False,
        }
    ]


def _sentence(cell: Any) -> str:
    """All that a cell says."""
    value = labels.word("states.dated", value=cell.value_words, when=cell.when_words)
    return labels.word(f"states.{cell.state}", value=value, text=cell.value_text)


def _words(cell: Any, limit: float) -> str:
    """Value and time of a cell, the value in two lines at most."""
    lines = wording.wrap(str(cell.value_words), limit)
    if len(lines) > 2:
        lines = [lines[0], lines[1][:-1] + labels.word("targets_page.cut")]
    times = wording.wrap(str(cell.when_words), limit)[:1]
    if cell.distinct > 1:
        more = labels.word("targets_page.more", count=cell.distinct)
        times = [f"{times[0]} {more}"] if wording.width(times[0] + more) + 0.6 <= limit else [*times, more]
    value = "<br>".join(wording.plot(line) for line in lines)
    value = f"<b>{value}</b>" if cell.state == "target" else value
    # a blank at the head of each line keeps the words off the sign
    return "\u00a0" + (value + "".join(f"<br>{wording.plot(time)}" for time in times)).replace("<br>", "<br>\u00a0")


def _quiet(
    keys: list[str], state: str, places: dict[str, int], column: int, document: Document
) -> list[dict[str, Any]]:
    """The cells of one document that say nothing, or nothing under the filters."""
    if not keys:
        return []
    look = {"outside": {"symbol": "circle-dot", "color": PALE}, "absent": {"symbol": "line-ew", "color": PALE}}
    return [
        {
            "type": "scatter",
            "x": [column + _SIGN] * len(keys),
            "y": [places[key] for key in keys],
            "mode": "markers",
            "name": state,
            "showlegend": False,
            "marker": {"size": 10, "line": {"color": "#9AA5B1", "width": 2 if state == "absent" else 1}} | look[state],
            "customdata": [[f"{document.id}:{places[key]}"] for key in keys],
            "hovertemplate": labels.word(f"targets_page.state_{state}") + "<extra></extra>",
            "cliponaxis": False,
        }
    ]


def _heads(documents: list[Document], directory: Directory, room: float) -> list[str]:
    """Heads of the columns: region in its colour over the document's label, all of the same number of lines."""
    parts = [wording.wrap(document.label, max(6.0, room / _HEAD - 0.5))[:2] for document in documents]
    most = max(map(len, parts))
    heads = []
    for document, lines in zip(documents, parts, strict=True):
        name = coloured(directory.region(document.region_id), directory.colour(document.region_id))
        label = "<br>".join([wording.plot(line) for line in lines] + ["\u00a0"] * (most - len(lines)))
        heads.append(f'{name}<br><span style="font-size:{_HEAD}px">{label}</span>')
    return heads


def _legend(traces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the signs that occur mean, in grey: colour is the region's."""
    looks = {
        "target": {"symbol": "circle", "color": NEUTRAL},
        "mentioned": {"symbol": "circle", "color": WHITE},
        "outside": {"symbol": "circle-dot", "color": PALE},
        "absent": {"symbol": "line-ew", "color": PALE},
    }
    return [
        {
            "type": "scatter",
            "x": [None],
            "y": [None],
            "mode": "markers",
            "name": labels.word(f"targets_page.state_{state}"),
            "marker": {"size": 10, "line": {"color": NEUTRAL, "width": 2 if state != "outside" else 1}} | look,
            "hoverinfo": "skip",
            "showlegend": True,
        }
        for state, look in looks.items()
        if any(trace["name"] == state for trace in traces)
    ]


def _rule(place: int) -> dict[str, Any]:
    """A fine line above a row."""
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": place - 0.5,
        "y1": place - 0.5,
        "line": {"color": RULE, "width": 1},
    }

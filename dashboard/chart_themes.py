"""Themes and topics by document → figures: a heatmap in facets by type of document, and a comparison of one type.

Documents of different types never share a facet: a report and a plan are not written alike.
"""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import plotly.graph_objects as go

import labels
import wording
from chart_style import INK, QUIET, RULE, SCALE, SUBTITLE_SIZE, WHITE, WIDTH, coloured, figure, left_margin, ticks
from directory import Directory, Document

SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x", "pentagon", "star")
"""Second channel beside colour, in the order of regions."""

_CELL, _LINE, _GAP, _HEAD = 30, 17, 0.025, 54
"""Height of a row, of a line of its name, of the heads in pixels; between groups of columns as a share of the width."""


def number(value: float, measure: str) -> str:
    """A value as written in a cell: mentions whole, the others with one decimal."""
    return f"{value:.0f}" if measure == "count" else f"{value:.1f}"


def facets(documents: list[Document]) -> dict[str, list[Document]]:
    """Documents by type, types in the order of `labels.yaml`, unknown ones last."""
    known = labels.node("doc_types")
    types = sorted({d.doc_type for d in documents}, key=lambda t: (known.index(t) if t in known else len(known), t))
    return {doc_type: [d for d in documents if d.doc_type == doc_type] for doc_type in types}


def heatmap(
    table: pd.DataFrame,
    column: str,
    names: dict[str, str],
    measure: str,
    unit: str,
    documents: list[Document],
    directory: Directory,
) -> go.Figure:
    """Body of a heatmap: items of `column` (id → name, in order) × documents, coloured and written by `measure`.

    The item "", what belongs to none, is written without a colour. A click on a cell brings its item.
    """
    grid = table.pivot(index=column, columns="doc_id", values=measure).reindex(list(names))
    high = float(grid[grid.index != ""].max(axis=None)) if set(names) - {""} else 1.0
    shown = [wording.wrapped(name, 14) for name in names.values()]
    lines = max((text.count("<br>") + 1 for text in shown), default=1)
    groups = facets(documents)
    share = (1 - _GAP * (len(groups) - 1)) / len(documents)
    turned = _turned(documents, directory, share)
    room = turned or _HEAD
    traces, handles, axes, heads, start = [], [], {}, [], 0.0
    for position, (doc_type, members) in enumerate(groups.items(), start=1):
        end = min(start + share * len(members), 1.0)
        suffix = "" if position == 1 else str(position)
        own = {"xaxis": f"x{suffix}"}
        traces.append(_cells(grid, members, measure, high or 1.0) | own)
        handles.append(_handles(grid, members, names, measure, unit) | own)
        axes[f"xaxis{suffix}"] = {
            "domain": [start, end],
            "anchor": "y",
            "side": "top",
            "tickvals": list(range(len(members))),
            "ticktext": [_head(document, directory, share, bool(turned)) for document in members],
            "showgrid": False,
            "tickfont": {"size": SUBTITLE_SIZE, "color": INK},
            "zeroline": False,
        } | ({"tickangle": -90} if turned else {})
        heads.append(
            {
                "text": f"<b>{wording.plot(labels.name('doc_type_names', doc_type))}</b>",
                "xref": "paper",
                "x": (start + end) / 2,
                "yref": "paper",
                "y": 1,
                "yshift": room,
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": SUBTITLE_SIZE, "color": QUIET},
            }
        )
        start = end + _GAP
    return figure(
        max(_CELL, _LINE * lines + 4) * len(names) + room + 36,
        left_margin(shown),
        12,
        top=room + 28,
        bottom=8,
        traces=[*traces, *handles],
        annotations=heads,
        yaxis={
            "tickvals": list(range(len(names))),
            "ticktext": shown,
            "range": [len(names) - 0.5, -0.5],
            "showgrid": False,
        },
        **axes,
    )


def _cells(grid: pd.DataFrame, members: list[Document], measure: str, high: float) -> dict[str, Any]:
    """The colours and numbers of one facet; all facets share one scale up to `high`."""
    values = grid[[document.id for document in members]]
    return {
        "type": "heatmap",
        "z": values.astype("float64")
        .mul([1.0 if item else math.nan for item in grid.index], axis=0)
        .to_numpy()
        .tolist(),
        "x": list(range(len(members))),
        "y": list(range(len(grid))),
        "zmin": 0,
        "zmax": high,
        "colorscale": [list(stop) for stop in SCALE],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverinfo": "skip",
        "texttemplate": "%{text}",
        "textfont": {"size": SUBTITLE_SIZE},
        "text": [
            [number(value, measure) if item else "" for value in row]
            for item, row in zip(grid.index, values.to_numpy(), strict=True)
        ],
    }


def _handles(
    grid: pd.DataFrame, members: list[Document], names: dict[str, str], measure: str, unit: str
) -> dict[str, Any]:
    """What is hovered over and clicked on the cells of one facet, as a heatmap cannot be; numbers without a colour."""
    values = grid[[document.id for document in members]].to_numpy()
    cells = [
        (place, row, item, document, value)
        for row, item in enumerate(names)
        for place, (document, value) in enumerate(zip(members, values[row], strict=True))
    ]
    unseen = {"marker": {"opacity": 0}}
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [place for place, *_ in cells],
        "y": [row for _, row, *_ in cells],
        "text": ["" if item else number(value, measure) for _, _, item, _, value in cells],
        "textfont": {"size": SUBTITLE_SIZE, "color": QUIET},
        "customdata": [[item] for _, _, item, _, _ in cells],
        "hovertext": [_hover(document, names[item], value, measure, unit) for _, _, item, document, value in cells],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"opacity": 0, "size": _CELL - 4, "symbol": "square", "color": QUIET},
        "selected": unseen,
        "unselected": {**unseen, "textfont": {"color": QUIET}},
    }


def _turned(documents: list[Document], directory: Directory, share: float) -> int:
    """Height of heads that stand upright; 0 where the columns are wide enough for the names of all regions."""
    widest = max(wording.width(directory.region(document.region_id)) for document in documents)
    if widest * SUBTITLE_SIZE * 1.1 < share * WIDTH * 0.9:
        return 0
    heads = [f"{directory.region(document.region_id)} {document.label}" for document in documents]
    return round(max(map(wording.width, heads)) * SUBTITLE_SIZE * 1.1) + 14


def _head(document: Document, directory: Directory, share: float, turned: bool) -> str:
    """Head of a column: region in its colour over the document's label; in one line where it stands upright."""
    if turned:
        name = coloured(directory.region(document.region_id), directory.colour(document.region_id))
        return f"{name} {wording.plot(document.label)}"
    limit = max(6.0, share * WIDTH * 0.8 / SUBTITLE_SIZE)
    lines = "<br>".join(wording.plot(line) for line in wording.wrap(document.label, limit)[:2])
    return f"{coloured(directory.region(document.region_id), directory.colour(document.region_id))}<br>{lines}"


def _hover(document: Document, name: str, value: float, measure: str, unit: str) -> str:
    return labels.word(
        "themes_page.hover",
        document=wording.plot(document.name),
        name=wording.plot(name),
        value=number(value, measure),
        unit=wording.plot(unit),
    )


def gaps(
    table: pd.DataFrame,
    spread: pd.DataFrame,
    names: dict[str, str],
    measure: str,
    unit: str,
    documents: list[Document],
    directory: Directory,
) -> go.Figure:
    """Body of a dot chart for documents of one type: a row a theme of `spread`, in its order, and a dot a document."""
    rows = {theme: position for position, theme in enumerate(spread["theme"])}
    high = float(table[measure].max()) or 1.0
    lines = [
        {
            "type": "scatter",
            "x": [row.low_value, row.high_value],
            "y": [rows[row.theme]] * 2,
            "mode": "lines",
            "showlegend": False,
            "line": {"color": "#B8C2CC", "width": 3},
            "hoverinfo": "skip",
        }
        for row in spread.itertuples()
    ]
    told = [
        {
            "text": labels.word(f"themes_page.{measure}_gap", value=number(row.gap, measure)),
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 10,
            "y": rows[row.theme],
            "showarrow": False,
            "font": {"size": SUBTITLE_SIZE, "color": QUIET},
        }
        for row in spread.itertuples()
    ]
    parts = dict(list(table[table["theme"].isin(rows)].groupby("doc_id")))
    dots = [
        _dots(document, parts.get(document.id, table.head(0)), rows, names, measure, unit, directory)
        for document in documents
    ]
    return figure(
        _CELL * len(rows) + 84,
        left_margin(list(names.values())),
        124,
        top=40,
        bottom=44,
        traces=[*lines, *dots],
        annotations=told,
        showlegend=True,
        xaxis={
            "range": [-0.02 * high, high * 1.06],
            "tickvals": ticks(0, high * 1.06, 0),
            "title": {"text": wording.plot(unit)},
        },
        yaxis={
            "tickvals": list(rows.values()),
            "ticktext": [wording.plot(names[theme]) for theme in rows],
            "range": [len(rows) - 0.5, -0.5],
            "gridcolor": RULE,
        },
    )


def _dots(
    document: Document,
    own: pd.DataFrame,
    rows: dict[str, int],
    names: dict[str, str],
    measure: str,
    unit: str,
    directory: Directory,
) -> dict[str, Any]:
    """The dots of one document, in the colour and shape of its region. `own`: its rows of the themes that are shown."""
    symbol = SYMBOLS[list(directory.regions).index(document.region_id) % len(SYMBOLS)]
    told = [
        _hover(document, names[theme], value, measure, unit)
        for theme, value in zip(own["theme"], own[measure], strict=True)
    ]
    return {
        "type": "scatter",
        "x": list(own[measure]),
        "y": [rows[theme] for theme in own["theme"]],
        "mode": "markers",
        "name": wording.plot(document.name),
        "customdata": told,
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "size": 12,
            "symbol": symbol,
            "color": directory.colour(document.region_id),
            "line": {"color": WHITE, "width": 1},
        },
    }

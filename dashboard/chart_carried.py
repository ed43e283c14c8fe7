"""Topics of an upper plan and of those below → a figure in three parts: carried on, new, no longer stressed.

A row is a topic: two points by how often each side speaks of it, and columns of words: how sure its class is, who
stresses it below, how many targets stand under it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import pandas as pd
import plotly.graph_objects as go

import chart_room
import labels
import wording
from chart_style import (
    FOOTER_SIZE,
    INK,
    LABEL_SIZE,
    NEUTRAL,
    PALE,
    QUIET,
    RULE,
    SUBTITLE_SIZE,
    WHITE,
    WIDTH,
    coloured,
    figure,
    left_margin,
    ticks,
)

SIGNS = {"strong": "●", "fair": "◐", "weak": "○"}
"""Strength of evidence as a sign, beside its word."""

MARK = "#FFF3CC"
_ROW, _LINE, _HEAD, _NAME = 28, 12, 2.0, 0.247
"""Height of a row in pixels, of one more line of its name, rows that the head of a part takes, share of the width that
a line of a name takes.
"""

_LEAST_PLOT, _GAP = 0.3, 18
"""Share of the width that the points take at least; pixels between columns of words."""


@dataclass(frozen=True)
class Sides:
    """Who is compared: name and colour of the upper region, and of each plan below (id → name, colour)."""

    upper: str
    colour: str
    below: dict[str, tuple[str, str]]


Parts = dict[str, tuple[str, pd.DataFrame]]


def draw(parts: Parts, sides: Sides, with_targets: bool, marked: str = "", width: int = WIDTH) -> go.Figure:
    """The body. `parts`: class → its heading and rows (label, key, hover, per_10k, per_10k_below, p, evidence,
    stressed_below, targets, targets_below), at least one; the row of the key `marked` stands out.
    """
    rows, heads, place = [], [], 0.0
    for heading, part in parts.values():
        heads.append((place, heading))
        place += _HEAD
        rows.append(part.assign(y=[place + n for n in range(len(part))]))
        place += len(part) + 0.4
    table = pd.concat(rows, ignore_index=True)
    names = [wording.wrapped(label, width * _NAME / LABEL_SIZE) for label in table["label"]]
    left = left_margin(names)
    row = _ROW + _LINE * any("<br>" in name for name in names)
    high = float(table[["per_10k", "per_10k_below"]].max().max()) or 1.0
    low, end = -0.13 * high, high * 1.14
    said = _said(table, sides, with_targets)
    room = width - left - 8
    plot, columns = _columns(said, room)
    return figure(
        round(row * place) + 100,
        left,
        8,
        top=58,
        bottom=42,
        traces=[*_points(table, sides), *_texts(table, said, columns), *_targets(table, low, end)],
        annotations=[*_headings(heads, left), *_column_heads(sides, plot, room, columns)],
        shapes=[*_rules(heads), *_marked(table, marked)],
        barmode="overlay",
        xaxis={
            "domain": [0, plot],
            "range": [low, end],
            "tickvals": ticks(0, high, 0),
            "title": {"text": labels.word("carryover.axis")},
        },
        xaxis2={"domain": [plot, 1], "range": [0, 1], "visible": False, "anchor": "y"},
        yaxis={
            "range": [place - 0.3, -0.6],
            "tickvals": list(table["y"]),
            "ticktext": names,
            "showgrid": False,
        },
    )


def _columns(said: dict[str, list[str]], room: int) -> tuple[float, dict[str, float]]:
    """How much of `room` pixels the points take, and where in the rest each column of words begins, 0 to 1."""
    widths = {
        name: chart_room.widest([labels.word(f"carryover.heads.{name}"), *texts], SUBTITLE_SIZE) + _GAP
        for name, texts in said.items()
    }
    plot = max(_LEAST_PLOT, 1 - (sum(widths.values()) + _GAP) / room)
    starts = accumulate(widths.values(), initial=float(_GAP))
    return plot, {name: start / ((1 - plot) * room) for name, start in zip(widths, starts, strict=False)}


def _points(table: pd.DataFrame, sides: Sides) -> list[dict[str, Any]]:
    """A line and two points a row, with their values on the outer sides."""
    lines: dict[str, list[Any]] = {"x": [], "y": []}
    for y, upper, under in zip(table["y"], table["per_10k"], table["per_10k_below"], strict=True):
        lines["x"] += [upper, under, None]
        lines["y"] += [y, y, None]
    traces = [{"type": "scatter", **lines, "mode": "lines", "line": {"color": PALE, "width": 3}, "hoverinfo": "skip"}]
    for mine, other, colour, symbol in (
        ("per_10k_below", "per_10k", NEUTRAL, "diamond"),
        ("per_10k", "per_10k_below", sides.colour, "circle"),
    ):
        right = (table[mine] > table[other]) | (table[mine].eq(table[other]) & (mine == "per_10k"))
        traces.append(
            {
                "type": "scatter",
                "x": list(table[mine]),
                "y": list(table["y"]),
                "mode": "markers+text",
                "text": [f"{value:.1f}" for value in table[mine]],
                "textposition": ["middle right" if side else "middle left" for side in right],
                "textfont": {"size": FOOTER_SIZE, "color": INK},
                "cliponaxis": False,
                "hoverinfo": "skip",
                "marker": {"size": 10, "symbol": symbol, "color": colour, "line": {"color": WHITE, "width": 1}},
                "selected": {"marker": {"opacity": 1}},
            }
        )
    return traces


def _said(table: pd.DataFrame, sides: Sides, with_targets: bool) -> dict[str, list[str]]:
    """The columns of words by their names."""
    said = {
        "evidence": [
            labels.word(
                "carryover.sure",
                sign=SIGNS.get(name, ""),
                evidence=labels.name("carryover.evidences", name),
                p=f"{p:.3f}",
            )
            for name, p in zip(table["evidence"], table["p"], strict=True)
        ],
        "below": [_who(cell, sides) for cell in table["stressed_below"]],
    }
    if with_targets:
        said["targets"] = [
            f"{0 if pd.isna(upper) else upper} / {0 if pd.isna(under) else under}"
            for upper, under in zip(table["targets"], table["targets_below"], strict=True)
        ]
    return said


def _texts(table: pd.DataFrame, said: dict[str, list[str]], columns: dict[str, float]) -> list[dict[str, Any]]:
    """The columns of words as traces."""
    return [
        {
            "type": "scatter",
            "x": [columns[name]] * len(table),
            "y": list(table["y"]),
            "xaxis": "x2",
            "mode": "text",
            "text": texts,
            "textposition": "middle right",
            "textfont": {"size": SUBTITLE_SIZE, "color": INK},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }
        for name, texts in said.items()
    ]


def _who(cell: str, sides: Sides) -> str:
    """The plans below that stress a topic: by name in their colours, or how many where they are many."""
    ids = [doc_id for doc_id in cell.split("|") if doc_id]
    if not ids:
        return f'<span style="color:{QUIET}">{labels.word("carryover.nobody")}</span>'
    if len(sides.below) > 4:
        return labels.word("carryover.many", count=len(ids), all=len(sides.below))
    known = [doc_id for doc_id in sides.below if doc_id in ids]
    others = [doc_id for doc_id in ids if doc_id not in sides.below]
    return " ".join(
        [*(coloured(*sides.below[doc_id]) for doc_id in known), *(coloured(doc_id, NEUTRAL) for doc_id in others)]
    )


def _targets(table: pd.DataFrame, low: float, end: float) -> list[dict[str, Any]]:
    """Unseen bars as wide as the figure, so that a row can be clicked anywhere."""
    bar = {
        "type": "bar",
        "orientation": "h",
        "y": list(table["y"]),
        "width": 0.98,
        "customdata": [[key] for key in table["key"]],
        "hovertext": [wording.plot(text) for text in table["hover"]],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": "rgba(255,255,255,0)", "line": {"width": 0}},
        "selected": {"marker": {"opacity": 1}},
    }
    count = len(table)
    return [
        bar | {"x": [end - low] * count, "base": [low] * count},
        bar | {"x": [1] * count, "base": [0] * count, "xaxis": "x2"},
    ]


def _headings(heads: list[tuple[float, str]], left: int) -> list[dict[str, Any]]:
    """The head of each part: its class, number of topics and what the class means."""
    return [
        {
            "text": heading,
            "xref": "paper",
            "x": 0,
            "xanchor": "left",
            "xshift": 2 - left,
            "y": place + 0.55,
            "yanchor": "middle",
            "align": "left",
            "showarrow": False,
            "bgcolor": WHITE,
            "borderpad": 0,
            "font": {"size": LABEL_SIZE, "color": INK},
        }
        for place, heading in heads
    ]


def _column_heads(sides: Sides, plot: float, room: int, columns: dict[str, float]) -> list[dict[str, Any]]:
    """What the points and the columns are, above them."""
    upper = f'<span style="color:{sides.colour}">●</span> <b>{wording.plot(sides.upper)}</b>'
    under = f'<span style="color:{NEUTRAL}">◆</span> <b>{wording.plot(labels.word("carryover.all_below"))}</b>'
    head = {
        "xref": "paper",
        "yref": "paper",
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 10,
        "align": "left",
        "showarrow": False,
        "font": {"size": SUBTITLE_SIZE, "color": QUIET},
    }
    words = {name: labels.node(f"carryover.heads.{name}") for name in columns}
    both = f"{upper}  {under}"
    wider = chart_room.widest([both], SUBTITLE_SIZE) + _GAP - plot * room
    return [
        head | {"x": 0, "xshift": -round(max(0.0, wider)), "text": both},
        *(head | {"x": plot + (1 - plot) * at, "xshift": 4, "text": words[name]} for name, at in columns.items()),
    ]


def _rules(heads: list[tuple[float, str]]) -> list[dict[str, Any]]:
    """A line above each part."""
    return [
        {
            "type": "line",
            "xref": "paper",
            "x0": -0.5,
            "x1": 1,
            "y0": place - 0.45,
            "y1": place - 0.45,
            "layer": "below",
            "line": {"color": RULE, "width": 1},
        }
        for place, _ in heads
    ]


def _marked(table: pd.DataFrame, marked: str) -> list[dict[str, Any]]:
    """A ground behind the row that is looked at."""
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": y - 0.5,
            "y1": y + 0.5,
            "layer": "below",
            "fillcolor": MARK,
            "line": {"width": 0},
        }
        for y in table.loc[table["key"] == marked, "y"]
    ]

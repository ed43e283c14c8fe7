"""What two sides stress → a figure: bars to the left and to the right, each side ranked from the top, words at the bar.

Bars that end inside the grey band, which chance reaches, are hollow.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

import labels
import wording
from chart_style import FOOTER_SIZE, INK, LABEL_SIZE, PALE, QUIET, RULE, SUBTITLE_SIZE, WHITE, WIDTH, figure, ticks

BAND, MARK = "#EDF0F3", "#FFF3CC"
_SIDE_MARGIN, _BAR, _STRIP = 10, 9, 22
_INDENT = "\u2004"
"""A third of a letter between the axis and the words."""

_HALF = (WIDTH - 2 * _SIDE_MARGIN) / 2
"""Width of one side on a small laptop."""


def signed(z: float) -> str:
    """A z with two decimals and a true minus."""
    return f"{z:.2f}".replace("-", "\u2212")


def draw(
    rows: pd.DataFrame,
    chance: float,
    heads: tuple[str, str],
    colours: tuple[str, str],
    hatched: bool,
    marked: str = "",
) -> go.Figure:
    """The body. `rows`: label, key, said (counts in words), side, rank, z, beyond. `heads`: who is right, who left.

    `colours` likewise; `hatched` marks the left bars where both sides have one colour; the
    row of the key `marked` stands out.
    """
    limit = max(float(rows["z"].abs().max()), chance) * 1.06
    deep = bool(rows.apply(_width, axis=1).max() > _HALF - 12)
    height, lines = (54, 2) if deep else (38, 1)
    most = int(rows["rank"].max())
    names = [_heading(heads[0], 1), _heading(heads[1], -1)]
    top = 30 + round(SUBTITLE_SIZE * 1.3) * max(name["text"].count("<br>") for name in names)
    at = rows["rank"] - 1
    offset = 0.5 - (_BAR + 4) / height if lines == 1 else 0.02
    traces = []
    for sign, colour in zip((1, -1), colours, strict=True):
        own = rows[rows["side"] == sign]
        if len(own):
            traces += [
                _bars(own, at[own.index] + offset, colour, _BAR / height, hatched and sign < 0),
                _targets(own, at[own.index], limit * sign),
            ]
    empty = [_nothing(sign) for sign in (1, -1) if not (rows["side"] == sign).any()]
    return figure(
        height * most + _STRIP + top + 44,
        _SIDE_MARGIN,
        _SIDE_MARGIN,
        top=top,
        bottom=40,
        traces=[*_words(rows, offset, height, lines), *traces],
        annotations=[*names, *empty, _reach(chance)],
        shapes=[*_ground(chance), *_marked(rows[rows["key"] == marked], limit)],
        barmode="overlay",
        xaxis={
            "range": [-limit, limit],
            "tickvals": ticks(-limit, limit, -1),
            "title": {"text": labels.word("terms_page.axis")},
            "zeroline": False,
        },
        yaxis={"range": [most - 0.5 + _STRIP / height, -0.5], "visible": False},
    )


def _width(row: pd.Series) -> float:
    """Room that the words of a row take in one line, in pixels."""
    name = wording.width(f"{row['rank']} {row['label']}") * LABEL_SIZE
    z = wording.width(signed(row["z"])) * SUBTITLE_SIZE
    return 1.06 * (name + z + wording.width(row["said"]) * FOOTER_SIZE) + 26


def _bars(rows: pd.DataFrame, at: pd.Series, colour: str, width: float, hatched: bool) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(rows["z"]),
        "y": list(at),
        "width": width,
        "hoverinfo": "skip",
        "marker": {
            "color": [colour if beyond else WHITE for beyond in rows["beyond"]],
            "line": {"color": colour, "width": 1.2},
            "pattern": {"shape": "/" if hatched else "", "fgcolor": WHITE, "size": 5},
        },
        "selected": {"marker": {"opacity": 1}},
    }


def _targets(rows: pd.DataFrame, at: pd.Series, end: float) -> dict[str, Any]:
    """Unseen bars as high as the rows, so that a row can be clicked anywhere."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": [end] * len(rows),
        "y": list(at),
        "width": 0.98,
        "customdata": [[key] for key in rows["key"]],
        "hovertext": [wording.plot(text) for text in rows["hover"]],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {"color": "rgba(255,255,255,0)", "line": {"width": 0}},
        "selected": {"marker": {"opacity": 1}},
    }


def _words(rows: pd.DataFrame, offset: float, height: int, lines: int) -> list[dict[str, Any]]:
    """Rank, name, z and counts of the rows: name next to the axis, so the left side reads inwards.

    Traces of text, not annotations: they are many, and plotly takes long over each annotation.
    """
    above: dict[int, list[tuple[float, str]]] = {1: [], -1: []}
    below: dict[int, list[tuple[float, str]]] = {1: [], -1: []}
    for row in rows.to_dict("records"):
        side, y = int(row["side"]), row["rank"] - 1 + offset
        rank = _small(str(row["rank"]), QUIET, SUBTITLE_SIZE)
        name = f"<b>{wording.plot(row['label'])}</b>"
        z = _small(signed(row["z"]), INK if row["beyond"] else QUIET, SUBTITLE_SIZE)
        counts = _small(wording.plot(row["said"]), QUIET, FOOTER_SIZE)
        parts = [rank, name, z] if lines == 2 else [rank, name, z, counts]
        above[side].append((y - 14 / height, "  ".join(parts[::side])))
        if lines == 2:
            below[side].append((y + 13 / height, counts))
    return [_text(side, said) for part in (above, below) for side, said in part.items() if said]


def _text(side: int, said: list[tuple[float, str]]) -> dict[str, Any]:
    """Words that begin (on the left: end) at the axis."""
    return {
        "type": "scatter",
        "x": [0] * len(said),
        "y": [y for y, _ in said],
        "mode": "text",
        "text": [f"{_INDENT}{text}" if side > 0 else f"{text}{_INDENT}" for _, text in said],
        "textposition": "middle right" if side > 0 else "middle left",
        "textfont": {"size": LABEL_SIZE, "color": INK},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _small(text: str, colour: str, size: int) -> str:
    return f'<span style="font-size:{size}px;color:{colour}">{text}</span>'


def _heading(text: str, sign: int) -> dict[str, Any]:
    """Who is on a side, at the top of it."""
    wrapped = wording.wrapped(text, (_HALF - 20) / SUBTITLE_SIZE)
    return {
        "text": f"<b>{wrapped}</b>",
        "x": 0,
        "xanchor": "left" if sign > 0 else "right",
        "xshift": 6 * sign,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 6,
        "showarrow": False,
        "align": "left" if sign > 0 else "right",
        "font": {"size": SUBTITLE_SIZE, "color": INK},
    }


def _nothing(sign: int) -> dict[str, Any]:
    return {
        "text": labels.word("terms_page.side_empty"),
        "x": 0,
        "xanchor": "left" if sign > 0 else "right",
        "xshift": 6 * sign,
        "y": 0,
        "showarrow": False,
        "font": {"size": SUBTITLE_SIZE, "color": QUIET},
    }


def _marked(rows: pd.DataFrame, limit: float) -> list[dict[str, Any]]:
    """A ground behind the row whose word is looked at."""
    return [
        {
            "type": "rect",
            "x0": 0,
            "x1": limit * row.side,
            "y0": row.rank - 1.5,
            "y1": row.rank - 0.5,
            "layer": "below",
            "fillcolor": MARK,
            "line": {"width": 0},
        }
        for row in rows[["side", "rank"]].itertuples(index=False)
    ]


def _reach(chance: float) -> dict[str, Any]:
    """What the band is, at its foot."""
    return {
        "text": labels.word("terms_page.band", chance=f"{chance:.2f}"),
        "x": 0,
        "yref": "paper",
        "y": 0,
        "yanchor": "bottom",
        "showarrow": False,
        "bgcolor": BAND,
        "font": {"size": FOOTER_SIZE, "color": QUIET},
    }


def _ground(chance: float) -> list[dict[str, Any]]:
    """The band of chance, and the axis between the sides."""
    line = {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    band = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below", "fillcolor": BAND}
    return [
        band | {"x0": -chance, "x1": chance, "line": {"width": 0}},
        *(line | {"x0": x, "x1": x, "line": {"color": PALE, "width": 1, "dash": "dot"}} for x in (-chance, chance)),
        line | {"x0": 0, "x1": 0, "line": {"color": RULE if chance == 0 else QUIET, "width": 1}},
    ]

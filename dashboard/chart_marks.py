"""The marks of a dumbbell chart: how targets and measured values look, and the legend that says so."""

from __future__ import annotations

from typing import Any

import pandas as pd

import labels
import wording
from chart_style import INK, LABEL_SIZE, NEUTRAL, PALE, QUIET, SUBTITLE_SIZE, WHITE
from directory import Directory

AT_LEAST, AT_MOST = {">=", ">"}, {"<=", "<"}


Mark = dict[str, Any]
"""A row of the marks of a panel."""


def caption(mark: Mark) -> str:
    """Value with its time: 7000亿元（2025年）."""
    return labels.word("states.dated", value=mark["label"], when=mark["when"])


def half_width(text: str) -> float:
    """Half of the pixels a caption takes, with some to spare."""
    return wording.width(text) * SUBTITLE_SIZE * 0.55


def _ends(mark: Mark) -> list[float]:
    return [mark["x"]] if pd.isna(mark["x_high"]) else [mark["x"], mark["x_high"]]


def told(mark: Mark | pd.Series, directory: Directory) -> str:
    """What is told of a mark on hovering."""
    return labels.word(
        "compare.hover",
        region=wording.plot(directory.region(mark["region_id"])),
        document=wording.plot(directory.label(mark["doc_id"])),
        kind=labels.name("kinds", mark["role"]),
        value=wording.plot(mark["label"]),
        when=mark["when"],
        lines=mark["lines"],
    )


def _trace(row: int, mark: Mark, directory: Directory) -> dict[str, Any]:
    """What every mark has: its place and what is told on hovering."""
    xs = _ends(mark)
    return {
        "type": "scatter",
        "x": xs,
        "y": [row] * len(xs),
        "hovertemplate": told(mark, directory) + "<extra></extra>",
        "customdata": [[mark["target_id"]]] * len(xs),
        "cliponaxis": False,
        "showlegend": False,
    }


def target(row: int, mark: Mark, colour: str, directory: Directory) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Trace of a value aimed at and the arrow of its qualifier."""
    xs, hollow = _ends(mark), mark["qualifier"] == "~"
    trace = _trace(row, mark, directory) | {
        "mode": "lines+markers" if len(xs) > 1 else "markers",
        "line": {"color": colour, "width": 9},
        "marker": {
            "size": 15,
            "color": WHITE if hollow else colour,
            "line": {"color": colour, "width": 3 if hollow else 1},
        },
    }
    turn = 1 if mark["qualifier"] in AT_LEAST else -1 if mark["qualifier"] in AT_MOST else 0
    arrow = {
        "x": xs[-1] if turn > 0 else xs[0],
        "y": row,
        "ax": -26 * turn,
        "ay": 0,
        "xshift": 36 * turn,
        "text": "",
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 0.9,
        "arrowwidth": 3,
        "arrowcolor": colour,
    }
    return trace, [arrow] if turn else []


def small(row: int, mark: Mark, colour: str, directory: Directory) -> dict[str, Any]:
    """Trace of a measured value or of the aim of the period before."""
    past = mark["role"] == "past_target"
    return _trace(row, mark, directory) | {
        "mode": "markers",
        "marker": {
            "size": 10,
            "symbol": "diamond-open" if past else "circle",
            "color": colour if past else PALE,
            "line": {"color": colour, "width": 2},
        },
    }


def middle(mark: Mark) -> float:
    """Where the caption of a mark stands: over its value, or the middle of its range."""
    xs = _ends(mark)
    return float(sum(xs) / len(xs))


def captioned(row: int, mark: Mark, above: bool) -> dict[str, Any]:
    """Annotation of a mark with its value and time, strong for a target."""
    text, font = wording.plot(caption(mark)), {"size": SUBTITLE_SIZE, "color": QUIET}
    if mark["role"] == "target":
        value = wording.plot(mark["label"])
        text, font = f"<b>{value}</b>{text.removeprefix(value)}", {"size": LABEL_SIZE, "color": INK}
    return {"text": text, "x": middle(mark), "y": row, "yshift": 20 if above else -18, "showarrow": False, "font": font}


def worded(row: int, mark: Mark, colour: str, left: bool) -> dict[str, Any]:
    """Annotation of a target without a number: its words in a frame, at the left or right end of the row."""
    return {
        "text": wording.wrapped(caption(mark), 26),
        "xref": "paper",
        "x": 0.01 if left else 0.99,
        "xanchor": "left" if left else "right",
        "y": row,
        "showarrow": False,
        "align": "left",
        "bordercolor": colour,
        "borderwidth": 1.5,
        "borderpad": 5,
        "bgcolor": WHITE,
        "font": {"size": SUBTITLE_SIZE, "color": INK},
    }


def legend(marks: pd.DataFrame) -> list[dict[str, Any]]:
    """Empty traces that say what the shapes that occur mean, in grey: colour is the region's."""
    role, sign, ranged = marks["role"], marks["qualifier"], marks["x_high"].notna()
    aim = role.eq("target") & marks["x"].notna()
    shapes: dict[str, tuple[pd.Series, dict[str, Any]]] = {
        "target": (aim & ~ranged & sign.ne("~"), {"symbol": "circle", "color": NEUTRAL}),
        "about": (aim & sign.eq("~"), {"symbol": "circle", "color": WHITE}),
        "at_least": (aim & sign.isin(AT_LEAST), {"symbol": "arrow-right", "color": NEUTRAL}),
        "at_most": (aim & sign.isin(AT_MOST), {"symbol": "arrow-left", "color": NEUTRAL}),
        "range": (aim & ranged, {"symbol": "line-ew", "line": {"color": NEUTRAL, "width": 5}}),
        "baseline": (role.eq("baseline"), {"symbol": "circle", "color": PALE, "size": 9}),
        "past_target": (role.eq("past_target"), {"symbol": "diamond-open", "color": NEUTRAL, "size": 9}),
        "worded": (marks["x"].isna(), {"symbol": "square", "color": WHITE, "size": 10}),
    }
    return [
        {
            "type": "scatter",
            "x": [None],
            "y": [None],
            "mode": "markers",
            "name": labels.word(f"marks.{key}"),
            "marker": {"size": 11, "line": {"color": NEUTRAL, "width": 2}} | look,
            "hoverinfo": "skip",
            "showlegend": True,
        }
        for key, (occurs, look) in shapes.items()
        if occurs.any()
    ]

"""Differences of targets → a figure: for each indicator a group of bars with an axis of its own."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import plotly.graph_objects as go

import labels
import wording
from chart_style import INK, LABEL_SIZE, QUIET, SUBTITLE_SIZE, WHITE, WIDTH, coloured, figure, left_margin
from differences import Difference
from directory import Directory

_BAR, _HEAD = 34, 44
"""Height of a bar with its room, and of the heading of a group, in pixels."""

_REACH = 0.34
"""Part of the width that the longest bar takes; the rest is for words."""


def draw(differences: list[Difference], directory: Directory) -> go.Figure:
    """Body: a group of bars an indicator, lengths comparable within a group only. A bar carries the id of its fact."""
    left = max(left_margin([directory.region(region) for region in _regions(differences)]), 60)
    heights = [_HEAD + _BAR * len(difference.aims) for difference in differences]
    whole, top = sum(heights), 0.0
    traces, notes, axes = [], [], {}
    for number, (difference, height) in enumerate(zip(differences, heights, strict=True), start=1):
        mark = "" if number == 1 else str(number)
        low, high = 1 - (top + height) / whole, 1 - (top + _HEAD) / whole
        limit = float(difference.aims["mid"].abs().max()) or 1.0
        floor = min(0.0, float(difference.aims["mid"].min()))
        axes[f"xaxis{mark}"] = {"visible": False, "anchor": f"y{mark}", "range": [floor, limit / _REACH]}
        axes[f"yaxis{mark}"] = {
            "domain": [low, high],
            "anchor": f"x{mark}",
            "tickvals": list(range(len(difference.aims))),
            "ticktext": [
                coloured(directory.region(region), directory.colour(region)) for region in difference.aims["region_id"]
            ],
            "range": [len(difference.aims) - 0.5, -0.5],
            "showgrid": False,
        }
        traces.append(_bars(difference, mark, directory))
        notes += [_head(number, difference, high), *_told(difference, mark, directory)]
        top += height
    return figure(round(whole) + 16, left, 12, top=6, bottom=10, traces=traces, annotations=notes, bargap=0.35, **axes)


def _regions(differences: list[Difference]) -> list[str]:
    return list(dict.fromkeys(region for difference in differences for region in difference.aims["region_id"]))


def statement(difference: Difference, directory: Directory) -> str:
    """The difference in one sentence: 研发经费投入强度：天河区3.4%（2022年）、越秀区约2%（2025年）."""
    key = "compare.value" if difference.same_time else "compare.value_dated"
    values = [
        labels.word(key, region=directory.region(aim["region_id"]), value=aim["value_words"], when=aim["when_words"])
        for aim in sorted(difference.told, key=lambda aim: -aim["mid"])
    ]
    told = {"label": difference.label, "values": labels.join(values)}
    if difference.same_time:
        return labels.word("overview.statement", when=difference.aims["when_words"].iloc[0], **told)
    return labels.word("overview.statement_undated", **told)


def _bars(difference: Difference, mark: str, directory: Directory) -> dict[str, Any]:
    colours = [directory.colour(region) for region in difference.aims["region_id"]]
    hollow = [
        WHITE if sign == "~" else colour for sign, colour in zip(difference.aims["qualifier"], colours, strict=True)
    ]
    same = {"marker": {"opacity": 1}}
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(difference.aims["mid"]),
        "y": list(range(len(difference.aims))),
        "xaxis": f"x{mark}",
        "yaxis": f"y{mark}",
        "marker": {"color": hollow, "line": {"color": colours, "width": 2}},
        "selected": same,
        "unselected": same,
        "customdata": [[target] for target in difference.aims["target_id"]],
        "hovertext": [_place(aim, directory) for aim in difference.told],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _place(aim: dict[Hashable, Any], directory: Directory) -> str:
    line = labels.word("words.line", line=aim["line"])
    return wording.plot(
        labels.word("overview.place", when=aim["when_words"], document=directory.label(aim["doc_id"]), line=line)
    )


def _told(difference: Difference, mark: str, directory: Directory) -> list[dict[str, Any]]:
    """Value, time and place at the end of each bar."""
    grey = f'<span style="font-size:{SUBTITLE_SIZE}px;color:{QUIET}">'
    return [
        {
            "text": f"<b>{wording.plot(aim['value_words'])}</b>  {grey}{_place(aim, directory)}</span>",
            "x": max(float(aim["mid"]), 0.0),
            "xref": f"x{mark}",
            "xanchor": "left",
            "xshift": 6,
            "y": row,
            "yref": f"y{mark}",
            "showarrow": False,
            "font": {"size": LABEL_SIZE, "color": INK},
        }
        for row, aim in enumerate(difference.told)
    ]


def _head(number: int, difference: Difference, top: float) -> dict[str, Any]:
    """Heading of a group: its place, the indicator, and how far apart the aims are."""
    text = labels.word("overview.group", number=number, label=difference.label, gap=difference.gap)
    return {
        "text": f"<b>{wording.wrapped(text, WIDTH / LABEL_SIZE)}</b>",
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": -60,
        "yref": "paper",
        "y": top,
        "yanchor": "bottom",
        "yshift": 4,
        "align": "left",
        "showarrow": False,
        "font": {"size": LABEL_SIZE, "color": INK},
    }

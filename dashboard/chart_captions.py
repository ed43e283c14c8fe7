"""Words in a chart by year: values beside their marks, worded targets in frames, the yearly change on a path."""

from __future__ import annotations

from typing import Any

import pandas as pd

import labels
import wording
from chart_marks import AT_LEAST, AT_MOST, told
from chart_places import Places
from chart_style import INK, LABEL_SIZE, QUIET, SUBTITLE_SIZE, WHITE, coloured
from directory import Directory
from timeline_points import course

_STEP = 66
"""From one frame of words down to the next."""


def names(dated: pd.DataFrame, directory: Directory, place: Places) -> list[dict[str, Any]]:
    """Captions: the value of every mark for which there is room, with the region's name at its foremost mark."""
    rank = {"target": 0, "baseline": 1, "past_target": 2}
    order = dated.assign(rank=dated["role"].map(rank).fillna(3)).sort_values(["rank", "last"], ascending=[True, False])
    notes, named = [], set()
    first = order.drop_duplicates("region_id").index
    points = order.to_dict("index")
    for number in [*first, *order.index.difference(first, sort=False)]:
        point = points[number]
        colour = directory.colour(point["region_id"])
        region = "" if point["region_id"] in named else directory.region(point["region_id"])
        text = labels.word("timeline.named", region=region, value=point["label"]) if region else str(point["label"])
        at = (point["first"] + point["last"]) / 2
        top = point["x"] if pd.isna(point["x_high"]) else point["x_high"]
        size = LABEL_SIZE if point["role"] == "target" else SUBTITLE_SIZE
        lift = 42 if point["role"] == "target" and point["qualifier"] in AT_LEAST else 19
        drop = 42 if point["role"] == "target" and point["qualifier"] in AT_MOST else 19
        shift = place.beside(at, float(top), text, size, lift, drop, forced=bool(region))
        if shift is None:
            continue
        shown = wording.plot(str(point["label"]))
        shown = f"<b>{shown}</b>" if point["role"] == "target" else shown
        if region:
            named.add(point["region_id"])
            name = f'<b><span style="color:{colour}">{wording.plot(region)}</span></b>'
            shown = labels.word("timeline.named", region=name, value=shown)
        notes.append(
            {
                "text": shown,
                "x": at,
                "y": float(top),
                "xshift": shift[0],
                "yshift": shift[1],
                "showarrow": False,
                "font": {"size": size, "color": INK if point["role"] == "target" else QUIET},
            }
        )
    return notes


def worded(framed: pd.DataFrame, directory: Directory, place: Places) -> list[dict[str, Any]]:
    """Targets without a number: their words in a frame over their last year, one below the other."""
    notes = []
    for step, mark in enumerate(framed.itertuples()):
        text = labels.word("states.dated", value=mark.label, when=mark.when)
        lines = wording.wrap(text, 16)[:3]
        wide, high = max(map(wording.width, lines)) * SUBTITLE_SIZE * 1.1 + 12, len(lines) * 16 + 12
        right, top = place.at(mark.last, 0)[0] + 8, place.height - step * _STEP
        place.taken.append((right - wide, top - high, right, top))
        name = coloured(directory.region(mark.region_id), directory.colour(mark.region_id))
        notes.append(
            {
                "text": f"{name}<br>" + "<br>".join(wording.plot(line) for line in lines),
                "x": mark.last,
                "xanchor": "right",
                "xshift": -14,
                "yref": "paper",
                "y": 1,
                "yanchor": "top",
                "yshift": -step * _STEP,
                "showarrow": False,
                "align": "left",
                "bordercolor": directory.colour(mark.region_id),
                "borderwidth": 1.5,
                "borderpad": 4,
                "bgcolor": WHITE,
                "font": {"size": SUBTITLE_SIZE, "color": INK},
            }
        )
    return notes


def needed(path: Any, colour: str, place: Places, compound: bool) -> list[dict[str, Any]]:
    """The yearly change that a path asks for, written at its middle where there is room."""
    if not path.required:
        return []
    middle = (path.start_year + path.aim_year) / 2
    ends = int(path.start_year), float(path.start), int(path.aim_year), float(path.aim)
    y = course(*ends, middle, compound)
    text = labels.word("timeline.yearly", value=path.required)
    shift = place.beside(middle, y, text, SUBTITLE_SIZE, 14, 14, forced=True) or (0, 14)
    return [
        {
            "text": wording.plot(text),
            "x": middle,
            "y": y,
            "xshift": shift[0],
            "yshift": shift[1],
            "showarrow": False,
            "bgcolor": WHITE,
            "font": {"size": SUBTITLE_SIZE, "color": colour},
        }
    ]


def worded_marks(framed: pd.DataFrame, directory: Directory, place: Places) -> list[dict[str, Any]]:
    """A square beside each frame of `worded`, to be clicked."""
    low, high = place.ys
    return [
        {
            "type": "scatter",
            "x": [mark["last"]],
            "y": [low + (high - low) * (1 - (13 + step * _STEP) / place.height)],
            "mode": "markers",
            "marker": {
                "size": 12,
                "symbol": "square",
                "color": WHITE,
                "line": {"color": directory.colour(mark["region_id"]), "width": 2},
            },
            "customdata": [[mark["target_id"]]],
            "hovertemplate": told(mark, directory) + "<extra></extra>",
            "cliponaxis": False,
            "showlegend": False,
        }
        for step, (_, mark) in enumerate(framed.iterrows())
    ]

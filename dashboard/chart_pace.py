"""Checks of one region against one aim of its plan → a figure: what the plan asks of each year, what is reported."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

import labels
import wording
from chart_places import Places, unit_note
from chart_style import INK, LABEL_SIZE, PALE, QUIET, SUBTITLE_SIZE, WHITE, WIDTH, figure, left_margin, ticks
from directory import Directory
from pace import Check
from timeline_points import course

_HEIGHT, _TOP, _BOTTOM, _RIGHT = 250, 28, 30, 28


def unit(check: Check) -> tuple[str, float]:
    """The unit in which the plan writes its aim, and how many standard units it holds."""
    aim = check.aim
    return str(aim["unit"]), float(aim["x"] / aim["value"]) if aim["value"] else 1.0


def bounds(found: list[Check]) -> tuple[float, float]:
    """Ends of the axis of values, in the plan's unit: from zero unless all lie close together far from it."""
    factor = unit(found[0])[1]
    values = [y for _, y in _line(found[0], factor)] + [check.x / factor for check in found]
    least, most = min(values), max(values)
    low = min(0.0, least) if least < 0.6 * most else least - 0.5 * ((most - least) or abs(most) or 1.0)
    return low, most + 0.3 * ((most - low) or 1.0)


def draw(found: list[Check], words: list[tuple[str, str]], directory: Directory) -> go.Figure:
    """The body for checks of one aim. `words`: for each check what the path asks for and what is reported."""
    aim, start, factor = found[0].aim, found[0].start, unit(found[0])[1]
    colour = directory.colour(aim["region_id"])
    line = _line(found[0], factor)
    low, high = bounds(found)
    shown = ticks(low, high, low)
    left = left_margin([*(wording.number(value) for value in shown), unit(found[0])[0]])
    years = (line[0][0], line[-1][0])
    place = Places((years[0] - 0.7, years[1] + 0.7), (low, high), WIDTH - left - _RIGHT, _HEIGHT)
    for x, y in line:
        place.take(x, y, x)
    for check in found:
        place.take(check.year, check.x / factor, check.year)
    bar = {"color": colour, "width": 9, "dash": "solid"}
    traces: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "x": [x for x, _ in line],
            "y": [y for _, y in line],
            "mode": "lines+markers",
            "line": {"color": colour, "width": 2.5, "dash": "dash"} if start is not None else bar,
            "marker": {"size": 6, "color": colour},
            "hoverinfo": "skip",
        }
    ]
    notes: list[dict[str, Any]] = []
    if start is not None:
        traces.append(_mark(line[0], 12, PALE, colour, str(start["target_id"]), str(start["value_words"])))
        notes += _note(line[0], str(start["value_words"]), False, False, place)
    at = line[-1] if start is not None else ((line[0][0] + line[-1][0]) / 2, line[0][1])
    inside = WHITE if aim["qualifier"] == "~" else colour
    traces.append(_mark(at, 15, inside, colour, str(aim["target_id"]), str(aim["value_words"])))
    aimed = labels.word("timeline.plan_target", value=aim["value_words"])
    notes += _note(at, aimed, True, True, place)
    for check, (asked, said) in zip(found, words, strict=True):
        spot = (float(check.year), check.x / factor)
        inner = WHITE if check.role != "baseline" else colour
        traces.append(_mark(spot, 15, inner, colour, str(check.said["target_id"]), said))
        notes += _note(spot, said, True, True, place)
        if check.how == "path":
            notes += _note((float(check.year), check.low / factor), asked, False, False, place)
    return figure(
        _HEIGHT + _TOP + _BOTTOM,
        left,
        _RIGHT,
        top=_TOP,
        bottom=_BOTTOM,
        traces=traces,
        annotations=[*notes, unit_note(unit(found[0])[0])],
        xaxis={
            "range": [years[0] - 0.7, years[1] + 0.7],
            "tickvals": (ticked := list(range(int(years[0]), int(years[1]) + 1))),
            "ticktext": [labels.word("words.year", year=year) for year in ticked],
            "showgrid": False,
        },
        yaxis={
            "range": [low, high],
            "tickvals": shown,
            "tickfont": {"color": QUIET},
        },
    )


def _line(check: Check, factor: float) -> list[tuple[float, float]]:
    """What the plan asks of each year: its path, or the same amount for every year of its period."""
    if check.start is None:
        years = range(int(check.aim["first"]), int(check.aim["last"]) + 1)
        return [(float(year), check.low / factor) for year in years]
    ends = int(check.start["year"]), float(check.start["x"]), int(check.aim["year"]), float(check.aim["x"])
    compound = check.aim["measure"] == "level"
    return [(float(year), course(*ends, year, compound) / factor) for year in range(ends[0], ends[2] + 1)]


def _mark(at: tuple[float, float], size: int, inner: str, colour: str, target_id: str, told: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": [at[0]],
        "y": [at[1]],
        "mode": "markers",
        "marker": {"size": size, "color": inner, "line": {"color": colour, "width": 2.5}},
        "customdata": [[target_id]],
        "hovertemplate": wording.plot(told) + "<extra></extra>",
        "cliponaxis": False,
    }


def _note(at: tuple[float, float], text: str, strong: bool, above: bool, place: Places) -> list[dict[str, Any]]:
    size = LABEL_SIZE if strong else SUBTITLE_SIZE
    lift, drop = (20, 20) if above else (-20, -20)
    shift = place.beside(at[0], at[1], text, size, lift, drop, forced=True) or (0, lift)
    return [
        {
            "text": f"<b>{wording.plot(text)}</b>" if strong else wording.plot(text),
            "x": at[0],
            "y": at[1],
            "xshift": shift[0],
            "yshift": shift[1],
            "showarrow": False,
            "font": {"size": size, "color": INK if strong else QUIET},
        }
    ]

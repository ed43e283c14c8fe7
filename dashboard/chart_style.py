"""The look of every chart: template, colours of the page, and the words round a figure.

A chart module draws the body: marks, axes, legend, with its height and margins. `dress` adds title and subtitle above
and source and data version below, so that a picture of the chart alone can be cited. Sizes are in pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from threading import RLock
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

import wording

FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, sans-serif"
INK = "#1F2933"
QUIET = "#52606D"
RULE = "#E3E8EE"
WHITE = "#FFFFFF"
NEUTRAL = "#5F6B76"
PALE = "#D5DDE5"
SCALE = ((0.0, "#F7FAFD"), (0.25, "#D3E4F2"), (0.5, "#9CC2E1"), (0.75, "#4F8CBF"), (1.0, "#174A7C"))
"""One hue, light to dark, for amounts."""

WIDTH = 790
"""Width that a chart has on a small laptop: what wrapping and the placing of labels reckon with."""

TITLE_SIZE, SUBTITLE_SIZE, LABEL_SIZE, FOOTER_SIZE = 17, 12, 13, 11
_LINE = 1.3
PAD = 6
"""Between axis and tick labels."""

STEADY = {"unselected": {"marker": {"opacity": 1}}}
"""A click on one mark does not fade the others."""

STEADY_WORDS = {
    "type": "scatter",
    "mode": "text",
    "textposition": "middle right",
    "textfont": {"size": LABEL_SIZE, "color": INK},
    "cliponaxis": False,
    "hoverinfo": "skip",
    "selected": {"textfont": {"color": INK}},
    "unselected": {"textfont": {"color": INK}},
}
"""A trace of words to the right of their places, which do not fade when something is chosen."""

TEMPLATE = go.layout.Template(
    data={"scatter": [STEADY], "bar": [STEADY]},
    layout={
        "font": {"family": FONT, "size": LABEL_SIZE, "color": INK},
        "paper_bgcolor": WHITE,
        "plot_bgcolor": WHITE,
        "colorway": [NEUTRAL],
        "hoverlabel": {
            "bgcolor": WHITE,
            "bordercolor": NEUTRAL,
            "align": "left",
            "font": {"family": FONT, "size": LABEL_SIZE, "color": INK},
        },
        "separators": ".,",
        "xaxis": {
            "gridcolor": RULE,
            "linecolor": RULE,
            "zerolinecolor": "#B8C2CC",
            "automargin": True,
            "fixedrange": True,
            "tickfont": {"color": QUIET},
            "title": {"font": {"color": QUIET, "size": 12}, "standoff": 8},
            "ticks": "",
            "exponentformat": "none",
            "separatethousands": True,
        },
        "yaxis": {
            "gridcolor": RULE,
            "linecolor": RULE,
            "zeroline": False,
            "ticks": "",
            "automargin": True,
            "fixedrange": True,
            "tickfont": {"color": INK},
        },
        "legend": {
            "orientation": "h",
            "font": {"size": SUBTITLE_SIZE, "color": QUIET},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    },
)
"""Our own look. Streamlit replaces plotly's default by placeholder colours as soon as it is imported."""

_LOOK = TEMPLATE.to_plotly_json()
_BECOMING = RLock()

pio.templates["plan"] = TEMPLATE
pio.templates.default = "plan"

CONFIG = {"displayModeBar": False, "responsive": True, "doubleClick": False, "scrollZoom": False}
"""Of plotly.js: no toolbar (it is English only), no zoom by accident."""


@dataclass(frozen=True)
class Words:
    """What stands round a chart: title and subtitle above, footer (source and data version, a line each) below."""

    title: str
    subtitle: str
    footer: tuple[str, ...]


class Drawn(go.Figure):
    """A figure of plain values, which are shown and shared as they are: never change them.

    It becomes objects of the library, of its own, for who asks for one of these: that takes longer than all else.
    """

    def __init__(self, data: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        self.__dict__["_plain"] = {"data": data, "layout": layout}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        with _BECOMING:
            plain = self.__dict__.pop("_plain", None)
            if plain is not None:
                super().__init__(data=plain["data"], layout=plain["layout"], _validate=False)
            return object.__getattribute__(self, name)

    def to_dict(self) -> dict[str, Any]:
        """The figure as plain values: see the class."""
        plain: dict[str, Any] | None = self.__dict__.get("_plain")
        return super().to_dict() if plain is None else plain


def figure(
    height: int, left: int, right: int, top: int, bottom: int, traces: list[dict[str, Any]], **layout: Any
) -> go.Figure:
    """A figure of traces in our look, with the height and margins of its body and more of its layout."""
    margin = {"l": left, "r": right, "t": top, "b": bottom, "pad": PAD}
    look = {"template": _LOOK, "height": height, "margin": margin, "showlegend": False}
    return Drawn(traces, look | layout)


@dataclass(frozen=True)
class Frame:
    """The words round a chart as lines of a width, and the pixels that they take above and below."""

    title: list[str]
    subtitle: list[str]
    footer: list[str]

    @property
    def head(self) -> int:
        """Height of title and subtitle, whose lines all stand as far apart as those of the title."""
        lines = len(self.title) + len(self.subtitle) - 1
        return round(TITLE_SIZE + lines * TITLE_SIZE * _LINE + SUBTITLE_SIZE * _LINE)

    @property
    def foot(self) -> int:
        """Height of the footer."""
        return round(len(self.footer) * FOOTER_SIZE * _LINE + 10)


def frame(words: Words, width: int = WIDTH) -> Frame:
    """`words` broken into lines of `width` pixels."""
    return Frame(
        wording.wrap(words.title, width / TITLE_SIZE),
        wording.wrap(words.subtitle, width / SUBTITLE_SIZE),
        [line for text in words.footer for line in wording.wrap(text, width / FOOTER_SIZE)],
    )


def dress(body: go.Figure, words: Words, width: int = WIDTH) -> Drawn:
    """A copy of `body` with `words` round it, as much higher as they need in a picture of `width` pixels."""
    lines = frame(words, width)
    plain = body.to_dict()
    layout = dict(plain["layout"])
    margin, height = layout["margin"], layout["height"] + lines.head + lines.foot
    layout |= {
        "height": height,
        "margin": margin | {"t": margin["t"] + lines.head, "b": margin["b"] + lines.foot},
        "title": {
            "text": _heading(lines.title, lines.subtitle),
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"t": TITLE_SIZE, "l": 2},
            "font": {"size": TITLE_SIZE},
        },
        "legend": layout.get("legend", {})
        | {
            "xref": "container",
            "x": 0,
            "xanchor": "left",
            "yref": "container",
            "y": 1 - lines.head / height,
            "yanchor": "top",
        },
        "annotations": [*layout.get("annotations", ()), _footer(lines.footer, margin)],
    }
    return Drawn(plain["data"], layout)


def _footer(lines: list[str], margin: dict[str, int]) -> dict[str, Any]:
    """Lines below the chart, at the left end of the picture."""
    return {
        "text": "<br>".join(wording.plot(line) for line in lines),
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": 2 - margin["l"],
        "yref": "paper",
        "y": 0,
        "yanchor": "top",
        "yshift": -margin["b"] - 4,
        "showarrow": False,
        "align": "left",
        "font": {"size": FOOTER_SIZE, "color": QUIET},
    }


def _heading(title: list[str], subtitle: list[str]) -> str:
    strong = "<br>".join(f"<b>{wording.plot(line)}</b>" for line in title)
    light = "<br>".join(wording.plot(line) for line in subtitle)
    return f'{strong}<br><span style="font-size:{SUBTITLE_SIZE}px;color:{QUIET}">{light}</span>'


def coloured(name: str, colour: str) -> str:
    """A name in strong letters of its colour."""
    return f'<b><span style="color:{colour}">{wording.plot(name)}</span></b>'


def left_margin(texts: list[str], size: int = LABEL_SIZE) -> int:
    """Room for the widest of the labels, whose lines are parted by <br>, with a tenth to spare for other fonts."""
    widest = max((wording.width(line) for text in texts for line in text.split("<br>")), default=0)
    return round(widest * size * 1.1) + 14


def ticks(low: float, high: float, least: float) -> list[float]:
    """Round values from `low` to `high`, about six of them; none below zero where no value (`least`) is."""
    if not high > low:
        return []
    rough = (high - low) / 6
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 2.5, 5, 10) if power * size >= rough)
    values = [round(step * n, 10) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
    return [value for value in values if value >= 0 or least < 0]

"""The numbers of a card as a chart of the office program's own, which its reader can edit. Sizes are in points."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.oxml.ns import qn
from pptx.util import Pt

import labels
import wording
from briefing import plain
from briefing.slide_text import TOLD, Box, dress, tell
from chart_style import INK, QUIET, RULE, WHITE, ticks
from plot import Plot, Series

LARGEST, SMALLEST = 14.0, 9.0
_LEGEND, _AXIS = 28.0, 44.0
_BAR, _NAME = 0.68, 0.72
"""Shares of a category's room that its bars, and the letters of its name, take."""

_LEAST_SLOT, _LEAST_BAR = SMALLEST / _NAME, 4.0
"""Room that a category, and a bar, takes at least: bars that would be thinner go on on a next slide."""

SLIDES = 3
"""Slides that a chart may take."""


@dataclass(frozen=True)
class Layout:
    """How bars stand: along or upright, and the size of the labels at them, 0 where there is no room for any."""

    along: bool
    size: float
    category_size: float


@dataclass(frozen=True)
class Part:
    """What one slide holds: a plot, from where to where its values reach on all slides, and which of how many
    categories it shows, where not all.
    """

    plot: Plot
    layout: Layout
    low: float | None
    high: float | None
    told: str


def drawable(plot: Plot | None) -> bool:
    """Whether there is anything to draw."""
    return plot is not None and bool(_shown(plot))


def parts(plot: Plot, box: Box) -> list[Part]:
    """The slides that a plot takes in a box, at least one; several where its bars would be too thin on one."""
    layout, count = _layout(plot, box), len(plot.categories)
    size = count
    if layout.along:
        most = max(1, int(_room(plot, box) / max(_LEAST_SLOT, _LEAST_BAR * _beside(plot) / _BAR)))
        size = math.ceil(count / math.ceil(count / most))
    starts = range(0, count, size)[:SLIDES]
    pieces = [_piece(plot, start, start + size) for start in starts]
    layout = _layout(pieces[0], box, layout.along)
    low, high = _bounds(plot, layout, box, len(pieces) > 1)
    return [
        Part(piece, layout, low, high, _told(start, len(piece.categories), starts[-1] + size, count))
        for start, piece in zip(starts, pieces, strict=True)
    ]


def _piece(plot: Plot, first: int, end: int) -> Plot:
    """The categories of a plot from one on, before another."""
    cut = slice(first, end)
    series = (
        replace(one, values=one.values[cut], colours=one.colours[cut], labels=one.labels[cut]) for one in plot.series
    )
    return replace(plot, categories=plot.categories[cut], series=tuple(series))


def _told(start: int, shown: int, end: int, count: int) -> str:
    """Which categories stand on a slide, and where the rest is."""
    said = [labels.word("office.items", first=start + 1, last=start + shown, count=count)] if shown < count else []
    if end < count and start + shown == end:
        said.append(labels.word("office.items_rest", rest=count - end))
    return labels.word("office.and").join(said)


def add(slide: Any, part: Part, box: Box, alt: str, made: datetime) -> None:
    """Draw a part of a plot in a box of a slide; `alt` tells it to who cannot see, `made` dates its workbook."""
    plot, layout = part.plot, part.layout
    data = CategoryChartData(number_format=number_format(plot))
    data.categories = [plain.line(category) for category in plot.categories]
    for series in plot.series:
        data.add_series(plain.line(series.name), [_value(value) for value in series.values])
    height = box.height - (TOLD if part.told else 0)
    frame = slide.shapes.add_chart(
        _type(plot, layout), *(Pt(edge) for edge in (box.left, box.top, box.width, height)), data
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain.line(alt))  # the library knows no alternative text
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(plot, made))
    dress(chart.font, layout.category_size, INK)
    chart.has_title = False
    chart.has_legend = len(plot.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        dress(chart.legend.font, 12, QUIET)
    _axes(chart, part, box)
    drawn = chart.plots[0]
    if plot.kind == "line":
        chart._chartSpace.chart.find(qn("c:dispBlanksAs")).set("val", "span")  # years without a value break no line
    else:
        drawn.gap_width = round(100 * (1 - _BAR) / _BAR * (1 if plot.kind == "stacked" else len(plot.series)))
        drawn.overlap = 100 if plot.kind == "stacked" else 0
    reach = max(map(abs, _ends(plot)))
    for series, made_series in zip(plot.series, drawn.series, strict=True):
        _paint(series, made_series, plot)
        _label(series, made_series, plot, layout, reach, box)
    if part.told:
        tell(slide, box, part.told)


def _value(value: float | None) -> float | None:
    """A value that a chart can hold."""
    return None if value is None or not math.isfinite(value) else value


def number_format(plot: Plot) -> str:
    """Format of the numbers: as many decimals as they need (four at most), groups of three from 100,000 on."""
    values = [v for series in plot.series for v in map(_value, series.values) if v is not None]
    enough = (d for d in range(4) if all(abs(round(v, d) - v) <= 5e-4 * abs(v) for v in values))
    decimals = next(enough, 4)
    whole = "#,##0" if any(abs(value) >= 100_000 for value in values) else "0"
    return f"{whole}.{'0' * decimals}" if decimals else whole


def words(series: Series, number: int, form: str) -> str:
    """The words at a value: its own, else the number as `form` writes it."""
    if series.labels:
        return plain.line(series.labels[number])
    decimals = len(form.partition(".")[2])
    return f"{series.values[number]:{',' if ',' in form else ''}.{decimals}f}"


def _shown(plot: Plot) -> list[tuple[Series, int]]:
    names = len(plot.categories)
    return [(s, n) for s in plot.series for n, value in enumerate(s.values[:names]) if _value(value) is not None]


def _beside(plot: Plot) -> int:
    """How many bars of a category stand side by side."""
    return 1 if plot.kind == "stacked" else len(plot.series)


def _room(plot: Plot, box: Box) -> float:
    """Height for lying bars, that of a legend, of an axis and of the line below left out."""
    return (box.height - TOLD - (_LEGEND + _AXIS if len(plot.series) > 1 else 0)) * 0.94


def _longest(plot: Plot) -> float:
    """Width of the longest words at a value, in Han characters."""
    form = number_format(plot)
    return max((wording.width(words(s, n, form)) for s, n in _shown(plot)), default=1) or 1


def _layout(plot: Plot, box: Box, along: bool = False) -> Layout:
    """Bars stand upright where names and labels have room below and above them, else, or `along`, they lie."""
    name = max(wording.width(plain.line(category)) for category in plot.categories) or 1
    slot = box.width * 0.94 / len(plot.categories)
    if plot.kind == "line":
        return Layout(False, 11 if len(_shown(plot)) <= 40 else 0, 12)
    beside = _beside(plot)
    label = slot * (_BAR if beside > 1 or plot.kind == "stacked" else 0.95) / beside / _longest(plot)
    if not along and slot * 0.9 / name >= 12 and label >= 11:
        return Layout(False, min(LARGEST, label), min(LARGEST, slot * 0.9 / name))
    slot = _room(plot, box) / len(plot.categories)
    label = slot * _NAME if beside == 1 else slot * _BAR / beside / 1.15
    return Layout(True, min(LARGEST, label) if label >= SMALLEST else 0, max(SMALLEST, min(LARGEST, slot * _NAME)))


def _bounds(plot: Plot, layout: Layout, box: Box, several: bool) -> tuple[float | None, float | None]:
    """Ends of the axis of values, the same on all slides and with room for labels; None where the program may choose.

    Bars begin at zero.
    """
    if plot.kind == "line":
        return None, None
    low, high = _ends(plot)
    if layout.along and layout.size and plot.kind == "bar":
        names = max(wording.width(plain.line(name)) for name in plot.categories) * layout.category_size
        label = min(0.3, (_longest(plot) + 1) * layout.size / max(box.width * 0.5, box.width * 0.96 - names))
        spare = (high - low) * label / (1 - label * ((low < 0) + (high > 0)))
        return low - spare * (low < 0), high + spare * (high > 0)
    if layout.along and several:
        first, second, *_ = ticks(low, high, low)
        step = second - first
        return math.floor(low / step) * step, math.ceil(high / step) * step
    return (None if low < 0 else 0.0), (None if high > 0 else 0.0)


def _ends(plot: Plot) -> tuple[float, float]:
    """Where the longest bars to both sides of zero end, all their parts together."""
    rows = [[_value(s.values[n]) or 0.0 for s in plot.series] for n in range(len(plot.categories))]
    ends = [
        [sum(min(v, 0.0) for v in row), sum(max(v, 0.0) for v in row)] if plot.kind == "stacked" else row
        for row in rows
    ]
    return min((min(end, default=0.0) for end in ends), default=0.0), max(
        (max(end, default=0.0) for end in ends), default=0.0
    )


def _type(plot: Plot, layout: Layout) -> Any:
    if plot.kind == "line":
        return XL_CHART_TYPE.LINE_MARKERS
    if plot.kind == "stacked":
        return XL_CHART_TYPE.BAR_STACKED if layout.along else XL_CHART_TYPE.COLUMN_STACKED
    return XL_CHART_TYPE.BAR_CLUSTERED if layout.along else XL_CHART_TYPE.COLUMN_CLUSTERED


def _axes(chart: Any, part: Part, box: Box) -> None:
    """Bars start at zero and say their values themselves; lines, and bars without labels, have an axis with a unit."""
    plot, layout = part.plot, part.layout
    categories, amounts = chart.category_axis, chart.value_axis
    categories.has_major_gridlines = False
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = _rgb("#B8C2CC")
    dress(categories.tick_labels.font, layout.category_size, INK)
    every = _named(plot, layout, box) if plot.kind == "line" else 1
    skipped = categories._element.makeelement(
        qn("c:tickLblSkip"), {"val": str(every)}
    )  # the library knows neither this
    categories._element.find(qn("c:noMultiLvlLbl")).addprevious(skipped)
    categories._element.txPr.bodyPr.set("rot", "0")  # nor this, without which names are left out or stand on end
    if plot.kind != "line":
        categories.reverse_order = layout.along
        categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        if layout.along:  # the first category stands above, so that the far end of the categories is below
            amounts.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        amounts.minimum_scale, amounts.maximum_scale = part.low, part.high
        amounts.visible = not layout.size
    amounts.has_major_gridlines = amounts.visible
    if amounts.visible:
        amounts.major_gridlines.format.line.color.rgb = _rgb(RULE)
        amounts.format.line.fill.background()
        amounts.major_tick_mark = XL_TICK_MARK.NONE
        dress(amounts.tick_labels.font, 11, QUIET)
        if plot.unit:
            amounts.axis_title.text_frame.text = plain.line(plot.unit)
            for run in amounts.axis_title.text_frame.paragraphs[0].runs:
                dress(run.font, 11, QUIET)


def _named(plot: Plot, layout: Layout, box: Box) -> int:
    """Every how many years one is named: as many as there is room for, those of values before others."""
    told = sorted({number for _, number in _shown(plot)})
    least = math.gcd(*(later - earlier for earlier, later in pairwise(told))) or 1
    name = max(wording.width(category) for category in plot.categories) + 1
    most = max(1, int(box.width * 0.9 / (name * layout.category_size)))
    step = math.ceil(len(plot.categories) / most)
    return 1 if step <= 1 else math.ceil(step / least) * least


def _paint(series: Series, drawn: Any, plot: Plot) -> None:
    """Colours of a series and of its points."""
    if plot.kind == "line":
        drawn.smooth = False
        drawn.format.line.color.rgb = _rgb(series.colour)
        drawn.format.line.width = Pt(2.25)
        drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.CIRCLE, 8
        for part in (drawn.marker.format.fill, drawn.marker.format.line.fill):
            part.solid()
            part.fore_color.rgb = _rgb(series.colour)
    else:
        drawn.invert_if_negative = False
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = _rgb(series.colour)
    for number, colour in enumerate(series.colours):
        if number < len(series.values) and colour != series.colour and _value(series.values[number]) is not None:
            point = drawn.points[number]
            fill = point.marker.format.fill if plot.kind == "line" else point.format.fill
            fill.solid()
            fill.fore_color.rgb = _rgb(colour)


def _label(series: Series, drawn: Any, plot: Plot, layout: Layout, reach: float, box: Box) -> None:
    """Labels of a series: numbers as a whole, words and what would not fit its part of a bar one by one."""
    if not layout.size:
        return
    place, form = _place(plot), number_format(plot)
    every = drawn.data_labels
    every.show_value = plot.kind != "stacked" and not series.labels
    every.number_format, every.number_format_is_linked = form, False
    every.position = place
    dress(every.font, layout.size, INK)
    if every.show_value:
        return
    length = box.width * 0.75 if layout.along else box.height * 0.75
    for number, value in enumerate(series.values):
        said = "" if _value(value) is None else words(series, number, form)
        need = wording.width(said) * layout.size if layout.along else layout.size * 1.2
        if not said or (plot.kind == "stacked" and abs(value or 0) / reach * length < need):
            continue
        label = drawn.points[number].data_label
        colour = series.colours[number] if series.colours else series.colour
        ink = INK if plot.kind != "stacked" or _light(colour) else WHITE
        if series.labels:
            label.text_frame.word_wrap = False
            run = label.text_frame.paragraphs[0].add_run()
            run.text = said
            dress(run.font, layout.size, ink)
        else:
            dress(label.font, layout.size, ink)
        label.position = place


def _place(plot: Plot) -> Any:
    if plot.kind == "line":
        return XL_LABEL_POSITION.ABOVE
    return XL_LABEL_POSITION.CENTER if plot.kind == "stacked" else XL_LABEL_POSITION.OUTSIDE_END


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


def _light(colour: str) -> bool:
    """Whether dark letters read better than white ones on a colour."""
    red, green, blue = (int(colour.lstrip("#")[place : place + 2], 16) for place in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue > 150


def _workbook(plot: Plot, made: datetime) -> bytes:
    """The workbook behind the chart, as the library lays it out, every word as a word, and of the time `made`."""
    stored = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stored, options) as book:
        book.set_properties({"created": made.replace(tzinfo=None)})
        sheet, form = book.add_worksheet(), book.add_format({"num_format": number_format(plot)})
        sheet.write_column(1, 0, [plain.line(category) for category in plot.categories])
        for column, series in enumerate(plot.series, start=1):
            sheet.write_string(0, column, plain.line(series.name))
            for row, value in enumerate(map(_value, series.values), start=1):
                if value is not None:
                    sheet.write_number(row, column, value, form)
    return stored.getvalue()

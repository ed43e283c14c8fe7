"""The numbers of a card as a chart of the office program's own, which its reader can edit. Sizes are in points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
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

import wording
from briefing import plain
from briefing.slide_text import Box, dress
from chart_style import INK, QUIET, RULE, WHITE
from plot import Plot, Series

LARGEST, SMALLEST = 14.0, 7.0
_LEGEND = 28.0
_BAR = 0.68
"""Share of a category's room that its bars take."""


@dataclass(frozen=True)
class Layout:
    """How bars stand: along or upright, and the size of the labels at them, 0 where there is no room for any."""

    along: bool
    size: float
    category_size: float


def drawable(plot: Plot | None) -> bool:
    """Whether there is anything to draw."""
    return plot is not None and bool(_shown(plot))


def add(slide: Any, plot: Plot, box: Box, alt: str, made: datetime) -> None:
    """Draw a plot in a box of a slide; `alt` tells it to who cannot see, `made` is the time of its workbook."""
    layout = _layout(plot, box)
    data = CategoryChartData(number_format=number_format(plot))
    data.categories = [plain.line(category) for category in plot.categories]
    for series in plot.series:
        data.add_series(plain.line(series.name), [_value(value) for value in series.values])
    frame = slide.shapes.add_chart(
        _type(plot, layout), *(Pt(edge) for edge in (box.left, box.top, box.width, box.height)), data
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
    _axes(chart, plot, layout)
    drawn = chart.plots[0]
    if plot.kind != "line":
        drawn.gap_width = round(100 * (1 - _BAR) / _BAR * (1 if plot.kind == "stacked" else len(plot.series)))
        drawn.overlap = 100 if plot.kind == "stacked" else 0
    reach = _reach(plot)
    for series, made_series in zip(plot.series, drawn.series, strict=True):
        _paint(series, made_series, plot)
        _label(series, made_series, plot, layout, reach, box)


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


def _layout(plot: Plot, box: Box) -> Layout:
    """Bars stand upright where names and labels have room below and above them, else they lie."""
    room = box.height - (_LEGEND if len(plot.series) > 1 else 0)
    beside = 1 if plot.kind == "stacked" else len(plot.series)
    name = max(wording.width(plain.line(category)) for category in plot.categories) or 1
    slot = box.width * 0.94 / len(plot.categories)
    if plot.kind == "line":
        return Layout(False, 11 if len(_shown(plot)) <= 40 else 0, max(SMALLEST, min(12, slot / name)))
    form = number_format(plot)
    longest = max((wording.width(words(s, n, form)) for s, n in _shown(plot)), default=1) or 1
    label = slot * (_BAR if beside > 1 or plot.kind == "stacked" else 0.95) / beside / longest
    if slot * 0.9 / name >= 12 and label >= 11:
        return Layout(False, min(LARGEST, label), min(LARGEST, slot * 0.9 / name))
    slot = room * 0.94 / len(plot.categories)
    label = slot * _BAR / beside / 1.15
    return Layout(True, min(LARGEST, label) if label >= SMALLEST else 0, max(SMALLEST, min(LARGEST, slot * 0.6)))


def _type(plot: Plot, layout: Layout) -> Any:
    if plot.kind == "line":
        return XL_CHART_TYPE.LINE_MARKERS
    if plot.kind == "stacked":
        return XL_CHART_TYPE.BAR_STACKED if layout.along else XL_CHART_TYPE.COLUMN_STACKED
    return XL_CHART_TYPE.BAR_CLUSTERED if layout.along else XL_CHART_TYPE.COLUMN_CLUSTERED


def _axes(chart: Any, plot: Plot, layout: Layout) -> None:
    """Bars start at zero and say their values themselves; lines, and bars without labels, have an axis with a unit."""
    values = [value for series in plot.series for value in map(_value, series.values) if value is not None]
    categories, amounts = chart.category_axis, chart.value_axis
    categories.has_major_gridlines = False
    categories.major_tick_mark = XL_TICK_MARK.NONE
    categories.format.line.color.rgb = _rgb("#B8C2CC")
    dress(categories.tick_labels.font, layout.category_size, INK)
    every = categories._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})  # the library has no call for it
    categories._element.find(qn("c:noMultiLvlLbl")).addprevious(every)
    if plot.kind != "line":
        categories.reverse_order = layout.along
        categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        if layout.along:  # the first category stands above, so that the far end of the categories is below
            amounts.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
        if min(values) >= 0:
            amounts.minimum_scale = 0
        elif max(values) <= 0:
            amounts.maximum_scale = 0
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


def _reach(plot: Plot) -> float:
    """The longest bar, all its parts together."""
    if plot.kind != "stacked":
        return max((abs(value) for s in plot.series for value in map(_value, s.values) if value), default=1.0) or 1.0
    sums = [sum(abs(_value(s.values[n]) or 0) for s in plot.series) for n in range(len(plot.categories))]
    return max(sums) or 1.0


def _label(series: Series, drawn: Any, plot: Plot, layout: Layout, reach: float, box: Box) -> None:
    """Labels of a series: numbers as a whole, words and what would not fit its part of a bar one by one."""
    if not layout.size:
        return
    place, form = _place(plot), number_format(plot)
    labels = drawn.data_labels
    labels.show_value = plot.kind != "stacked" and not series.labels
    labels.number_format, labels.number_format_is_linked = form, False
    labels.position = place
    dress(labels.font, layout.size, INK)
    if labels.show_value:
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

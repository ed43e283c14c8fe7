"""The numbers of a card as a chart of the office program's own, which its reader can edit. Sizes are in points."""

from __future__ import annotations

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
from briefing.slide_plot import BAR, Layout, Part, ends_of, finite, named, number_format, words
from briefing.slide_text import TOLD, Box, dress, tell
from chart_style import INK, QUIET, RULE, WHITE
from plot import Plot, Series


def add(slide: Any, part: Part, box: Box, alt: str, made: datetime) -> None:
    """Draw a part of a plot in a box of a slide; `alt` tells it to who cannot see, `made` dates its workbook."""
    plot, layout = part.plot, part.layout
    data = CategoryChartData(number_format=number_format(plot))
    data.categories = [plain.line(category) for category in plot.categories]
    for series in plot.series:
        data.add_series(plain.line(series.name), [finite(value) for value in series.values])
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
        drawn.gap_width = round(100 * (1 - BAR) / BAR * (1 if plot.kind == "stacked" else len(plot.series)))
        drawn.overlap = 100 if plot.kind == "stacked" else 0
    reach = max(map(abs, ends_of(plot)))
    for series, made_series in zip(plot.series, drawn.series, strict=True):
        _paint(series, made_series, plot)
        _label(series, made_series, plot, layout, reach, box)
    if part.told:
        tell(slide, box, part.told)


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
    every = named(plot, layout, box) if plot.kind == "line" else 1
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
        if number < len(series.values) and colour != series.colour and finite(series.values[number]) is not None:
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
        said = "" if finite(value) is None else words(series, number, form)
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
            for row, value in enumerate(map(finite, series.values), start=1):
                if value is not None:
                    sheet.write_number(row, column, value, form)
    return stored.getvalue()

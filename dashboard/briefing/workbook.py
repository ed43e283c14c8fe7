"""Cards as a workbook of exactly what they show: what they are, their numbers, and where these stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from numbers import Real
from typing import Any

import pandas as pd
import xlsxwriter

import labels
import wording
from briefing import amounts, plain
from briefing.item import Item
from chart_style import INK

_FONT = {"font_name": plain.FONT, "font_size": 10, "font_color": INK}
_ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet may take for a formula when its cell is edited."""

NARROWEST, WIDEST = 6, 48
"""Widths of columns, in digits."""

_ABOUT = 100
"""Width of the words on the first sheet."""

_LINE = 15.0
"""Height of a line in points."""

_SAMPLED = 300
"""Rows by which a column's width is judged."""


def build(items: Sequence[Item], made: datetime, title: str = "") -> bytes:
    """An XLSX file of the items: a sheet on what they are, one with the numbers of each, one with their evidence.

    Numbers are numbers, and stand beside values in words (`amounts`); every text is a text, never a formula or a link
    of itself. The same items and time `made` give the same bytes.
    """
    stored = BytesIO()
    options = {"in_memory": True, "default_format_properties": dict(_FONT)}  # the library writes into the latter
    with xlsxwriter.Workbook(stored, options) as book:
        heading = plain.heading(items, title)
        book.set_properties(
            {"title": heading[:255], "author": labels.word("app.title"), "created": made.replace(tzinfo=None)}
        )
        writer = _Writer(book)
        names = sheet_names(len(items))
        about = book.add_worksheet(labels.name("office.sheets", "about"))
        for item, name in zip(items, names, strict=True):
            writer.table(book.add_worksheet(name), amounts.numbered(item))
        _about(writer, about, items, names, heading, made)
        _places(writer, items, names)
    return stored.getvalue()


def sheet_names(count: int) -> list[str]:
    """Names of the sheets of numbers: the bare word for one, numbered for several."""
    word = labels.name("office.sheets", "data")
    if count == 1:
        return [word]
    return [labels.word("office.sheet", name=word, number=number) for number in range(1, count + 1)]


class _Writer:
    """A workbook with its formats: puts cells, links and tables on its sheets."""

    def __init__(self, book: Any) -> None:
        self.book = book
        top = {"valign": "top", "text_wrap": True}
        self.text = book.add_format(top)
        self.inert = book.add_format({**top, "quote_prefix": True})
        self.amount = book.add_format({"valign": "top"})
        self.strong = book.add_format({**top, "bold": True})
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": plain.DARK})
        self.linked = book.add_format({"font_color": plain.DARK, "underline": 1, "valign": "top"})
        self.head = book.add_format(
            {**top, "bold": True, "font_color": "#FFFFFF", "bg_color": plain.DARK, "valign": "vcenter"}
        )

    def cell(self, sheet: Any, row: int, column: int, value: object, form: Any = None) -> None:
        """A number as a number, anything else as a text; nothing for what is missing."""
        if isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value):
            sheet.write_number(row, column, value, self.amount)
            return
        text = plain.text(value)
        if text:
            sheet.write_string(row, column, text, form or (self.inert if text.startswith(_ACTIVE) else self.text))

    def link(self, sheet: Any, row: int, column: int, link: str) -> None:
        """A way back to the dashboard; the bare address where no program could follow it."""
        if plain.followable(link):
            sheet.write_url(row, column, link, self.linked, labels.word("office.open"))
        else:
            self.cell(sheet, row, column, link)

    def table(self, sheet: Any, frame: pd.DataFrame) -> None:
        """A frame without its index: head in sight and filtered, columns as wide as what they hold."""
        tall = [1] * len(frame)
        for column, name in enumerate(frame.columns):
            values = frame.iloc[:, column].tolist()
            self.cell(sheet, 0, column, str(name), self.head)
            for row, value in enumerate(values, start=1):
                self.cell(sheet, row, column, value)
            width = _width([str(name), *values[:_SAMPLED]])
            sheet.set_column(column, column, width)
            tall = [max(most, _lines(value, width)) for most, value in zip(tall, values, strict=True)]
        for row, most in enumerate(tall, start=1):
            if most > 1:
                sheet.set_row(row, most * _LINE)
        if len(frame.columns):
            sheet.autofilter(0, 0, len(frame), len(frame.columns) - 1)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        self.paper(sheet)

    def paper(self, sheet: Any) -> None:
        """A4 across, with all columns on a page."""
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)


def _width(values: list[object]) -> float:
    """Width of a column in digits, of which a Han character is two, with room for the sign of the filter."""
    widest = max((wording.width(line) for value in values for line in plain.text(value).split("\n")), default=0)
    return min(max(NARROWEST, 2 * widest + 4), WIDEST)


def _lines(value: object, width: float) -> int:
    """Lines that a text takes in a column, ten at most: a spreadsheet does not reckon them when it opens a file."""
    taken = sum(max(1, math.ceil(2 * wording.width(line) / (width - 2))) for line in plain.text(value).split("\n"))
    return min(taken, 10)


def _about(writer: _Writer, sheet: Any, items: Sequence[Item], names: list[str], heading: str, made: datetime) -> None:
    """What each card is: a block of lines each, with ways to its numbers and to the dashboard."""
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, _ABOUT)
    sheet.hide_gridlines(2)
    writer.paper(sheet)
    sheet.write_string(0, 0, heading, writer.title)
    row = _line(writer, sheet, 1, "date", plain.day(made))
    for item, name in zip(items, names, strict=True):
        card = item.card
        row += 1
        writer.cell(sheet, row, 0, labels.name("office.about", "sheet"), writer.strong)
        sheet.write_url(row, 1, f"internal:'{name}'!A1", writer.linked, name)
        row += 1
        for key, value in (
            ("title", item.title),
            ("subtitle", card.subtitle),
            ("notes", labels.word("words.apart").join(card.notes)),
            ("note", item.note),
            ("source", card.source),
            ("version", card.version),
        ):
            row = _line(writer, sheet, row, key, value)
        if item.link:
            writer.cell(sheet, row, 0, labels.name("office.about", "link"), writer.strong)
            writer.link(sheet, row, 1, item.link)
            row += 1


def _line(writer: _Writer, sheet: Any, row: int, key: str, value: str) -> int:
    """A line of the sheet on what the cards are, if there is anything to say; the row after it."""
    if not value.strip():
        return row
    writer.cell(sheet, row, 0, labels.name("office.about", key), writer.strong)
    writer.cell(sheet, row, 1, value)
    sheet.set_row(row, _lines(value, _ABOUT) * _LINE)
    return row + 1


def _places(writer: _Writer, items: Sequence[Item], names: list[str]) -> None:
    """Where the facts of all cards stand: each row with its sheet of numbers and a way to the dashboard."""
    known = [(item, name) for item, name in zip(items, names, strict=True) if len(item.places)]
    if not known:
        return
    sheet = writer.book.add_worksheet(labels.name("office.sheets", "places"))
    which = labels.name("office.about", "sheet")
    frames = [item.places.reset_index(drop=True).astype(object) for item, _ in known]
    frame = pd.concat(frames, ignore_index=True)
    frame.insert(0, which, [name for item, name in known for _ in range(len(item.places))], allow_duplicates=True)
    links = [item.link for item, _ in known for _ in range(len(item.places))]
    if any(links):
        frame[labels.name("office.about", "link")] = ""
    writer.table(sheet, frame)
    for row, link in enumerate(links, start=1):
        if link:
            writer.link(sheet, row, len(frame.columns) - 1, link)
    if any(links):
        last = len(frame.columns) - 1
        sheet.set_column(last, last, _width([labels.word("office.open")]))

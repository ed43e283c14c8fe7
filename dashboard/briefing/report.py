"""Cards as a text document on A4: finding, figure, table, the analyst's note, and numbered sources at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm, Pt, RGBColor

import labels
from briefing import bundle, plain, references, word_parts
from briefing.item import Item
from briefing.references import Reference
from chart_style import INK, PALE, QUIET

PAGE = (210.0, 297.0)
MARGIN, ABOVE, ABOVE_ACROSS = 20.0, 22.0, 16.0
"""A4 and its margins at the sides, above and below, there less where the page lies, in millimetres."""

WIDTH = PAGE[0] - 2 * MARGIN
"""Of the text, in millimetres."""

_TALLEST = 0.79
"""Share of the height of a page's text that a figure may take."""

_LONG, _BROAD = 20, 5
"""Rows and columns from which on a table lies across the page, in small letters, if it is wider than the page."""

_CELL_SIDE = 1.0
"""Between the rule and the words of a cell, in millimetres."""

_QUIET, _CELL, _SMALL_CELL, _NOTE = "Plan Quiet", "Plan Cell", "Plan Small Cell", "Plan Note"
"""Our own styles: lines round a figure, cells of a table, cells of one with many columns, the analyst's words."""

_SMALL_SIZE, _SMALL_LINE = 7.5, 9.5
"""Size and distance of the lines of small cells, in points."""


def build(
    items: Sequence[Item], made: datetime, title: str = "", picture: Callable[[Item], bytes] | None = None
) -> bytes:
    """The items as a DOCX file; `picture` gives the figure of an item as PNG, without it there are tables only.

    The same items, figures and time `made` give the same bytes. What `picture` raises is passed on.
    """
    document = Document()
    _set_up(document)
    heading = plain.heading(items, title)
    document.add_paragraph(heading, style="Title")
    document.add_paragraph(plain.day(made), style=_QUIET)
    sources = references.collect(items)
    numbers = {name: number for number, name in enumerate(sources, start=1)}
    for item in items:
        grid = plain.grid(item.card.table)
        _turn(document, _across(grid), item is items[0])
        _item(document, item, grid, numbers, picture)
    _turn(document, False)
    _sources(document, sources)
    about = document.core_properties
    about.title, about.author = heading[:255], labels.word("app.title")
    about.subject = labels.join(list(sources))[:255]
    about.created = about.modified = made.replace(tzinfo=None)
    about.last_modified_by, about.comments = about.author, ""
    stored = BytesIO()
    document.save(stored)
    return bundle.repack(stored.getvalue(), made)


def _set_up(document: Any) -> None:
    """A4 with numbered pages, and the styles."""
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, PAGE)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(ABOVE)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    word_parts.number_pages(footer)
    _style(document, "Normal", 10.5, INK)
    _style(document, "Title", 22, plain.DARK)
    _style(document, "Heading 1", 15, plain.DARK, before=18, after=4)
    _style(document, "Footer", 9, QUIET)
    _style(document, _QUIET, 9, QUIET, after=3)
    _style(document, _CELL, 9, INK, after=0)
    _style(document, _SMALL_CELL, _SMALL_SIZE, INK, after=0)
    document.styles[_SMALL_CELL].paragraph_format.line_spacing = Pt(_SMALL_LINE)
    _style(document, _NOTE, 10.5, INK, before=6, after=6)
    word_parts.name_fonts(document)


def _style(document: Any, name: str, size: float, colour: str, before: float = 0, after: float = 6) -> None:
    """Set a paragraph style, a new one where the library brings none of that name. Sizes in points."""
    known = name in [style.name for style in document.styles]
    style = document.styles[name] if known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.font.name, style.font.size = plain.FONT, Pt(size)
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _across(grid: plain.Grid) -> bool:
    """Whether a table is better read on pages that lie: long, broad, and with cells that want the room."""
    if len(grid.rows) < _LONG or len(grid.head) < _BROAD:
        return False
    return sum(grid.wanted(_SMALL_SIZE)) > Mm(WIDTH).pt


def _turn(document: Any, across: bool, first: bool = False) -> None:
    """Begin a page that lies or stands, unless pages do already; for the `first` card, turn the page that is there."""
    section = document.sections[-1]
    if across == (section.orientation == WD_ORIENT.LANDSCAPE):
        return
    turned = section if first else document.add_section(WD_SECTION.NEW_PAGE)
    turned.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    turned.page_width, turned.page_height = map(Mm, PAGE[::-1] if across else PAGE)
    turned.top_margin = turned.bottom_margin = Mm(ABOVE_ACROSS if across else ABOVE)


def _inner(document: Any) -> tuple[Length, Length]:
    """Width and height of the text on the last page."""
    section = document.sections[-1]
    return (
        Length(section.page_width - section.left_margin - section.right_margin),
        Length(section.page_height - section.top_margin - section.bottom_margin),
    )


def _item(
    document: Any,
    item: Item,
    grid: plain.Grid,
    numbers: dict[str, int],
    picture: Callable[[Item], bytes] | None,
) -> None:
    """A card: heading, unit and filters, figure, table, note, and what it rests on."""
    card = item.card
    document.add_heading(plain.line(item.title), level=1)
    document.add_paragraph(plain.line(card.subtitle), style=_QUIET).paragraph_format.keep_with_next = True
    if picture is not None:
        _figure(document, picture(item), plain.line(card.alt or item.title))
    _table(document, grid)
    for paragraph in plain.text(item.note).strip().split("\n") if item.note.strip() else []:
        document.add_paragraph(labels.word("office.note", note=paragraph.strip()), style=_NOTE)
    foot = document.add_paragraph(style=_QUIET)
    foot.paragraph_format.space_before = Pt(4)
    if card.notes:
        foot.add_run(plain.line(card.cited[0])).add_break()
    cited = labels.join([f"[{numbers[name]}]" for name in references.cited(item)])
    foot.add_run(labels.word("office.cited", numbers=cited)).add_break()
    foot.add_run(plain.line(card.cited[-1]))
    if plain.followable(item.link):
        foot.add_run(labels.word("filters.between"))
        word_parts.link(foot, item.link, labels.word("office.open"))


def _figure(document: Any, png: bytes, alt: str) -> None:
    """A picture as wide as the text, smaller where it would be too tall for the page."""
    tallest = round(_inner(document)[1] * _TALLEST)
    shown = document.add_picture(BytesIO(png), width=Mm(WIDTH - 1))
    if shown.height > tallest:
        shown.width, shown.height = round(shown.width * tallest / shown.height), tallest
    word_parts.describe(shown, alt)


def _table(document: Any, grid: plain.Grid) -> None:
    """A table with a head that each page repeats, numbers at the right."""
    if not grid.head:
        return
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.head), style="Table Grid")
    table.autofit = False
    style = document.styles[_SMALL_CELL if len(grid.head) > 7 or _across(grid) else _CELL]
    widths = [Pt(width) for width in grid.widths(_inner(document)[0].pt, style.font.size.pt)]
    word_parts.inset(table, _CELL_SIDE)
    style_id = style.style_id
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row, cells in zip(table.rows, (grid.head, *grid.rows), strict=True):
        word_parts.whole(row)
        for cell, text, width, right in zip(row.cells, cells, widths, grid.numeric, strict=True):
            cell.width = width
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            word_parts.style(paragraph, style_id)
            paragraph.add_run(text)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for cell in table.rows[0].cells:
        word_parts.shade(cell, PALE)
        cell.paragraphs[0].runs[0].bold = True
    word_parts.repeat(table.rows[0])


def _sources(document: Any, sources: dict[str, Reference]) -> None:
    """The numbered list of documents, with the lines and chapters of all that is shown."""
    if sources:
        document.add_heading(labels.word("office.references"), level=1)
    for number, reference in enumerate(sources.values(), start=1):
        document.add_paragraph(f"[{number}] {reference.words}", style=_QUIET)

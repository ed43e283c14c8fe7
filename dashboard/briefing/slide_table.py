"""The table of a card as tables of the office program's own, on as many slides as it may take. Sizes are in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

import labels
from briefing import plain
from briefing.plain import Grid
from briefing.slide_text import LINE, TOLD, Box, cut, dress, fill, lines, tell
from chart_style import INK, WHITE

SLIDES = 3
"""Slides that a table may take."""

COLUMNS = 12
CELL_LINES = 5
_SIDE, _ABOVE = 4.0, 2.5
_USED = 0.8
"""Share of a cell's width by which its height is reckoned: programs break narrow lines differently."""

_BAND = "#F3F6F9"


@dataclass(frozen=True)
class Part:
    """What one slide holds: a grid, its widths and heights (head first), and which rows of how many they are."""

    grid: Grid
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    size: float
    told: str


def parts(whole: Grid, width: float, height: float) -> list[Part]:
    """The slides that a table takes in a box of this width and height, at least one: in large letters if they let it.

    One that needs more than SLIDES is cut, in the letters that leave most of it. A table without rows is its head.
    """
    sizes = (14.0, 12.0, 11.0) if len(whole.head) <= 6 else (12.0, 11.0, 10.0) if len(whole.head) <= 8 else (11.0, 9.0)
    made = [_parts(whole, width, height - TOLD, size) for size in sizes]
    return min(made, key=lambda slides: (-sum(len(part.grid.rows) for part in slides), len(slides)))


def _parts(whole: Grid, width: float, room: float, size: float) -> list[Part]:
    """The same in letters of one size."""
    shown = Grid(whole.head[:COLUMNS], tuple(row[:COLUMNS] for row in whole.rows), whole.numeric[:COLUMNS])
    widths = tuple(shown.widths(width, size))
    slides: list[list[tuple[str, ...]]] = [[]]
    taken: list[list[float]] = [[]]
    head, head_height = _row(shown.head, widths, size)
    for row in shown.rows:
        kept, tall = _row(row, widths, size)
        if slides[-1] and head_height + sum(taken[-1]) + tall > room:
            if len(slides) == SLIDES:
                break
            slides.append([])
            taken.append([])
        slides[-1].append(kept)
        taken[-1].append(tall)
    first, made = 1, []
    cut_off = len(shown.rows) - sum(map(len, slides))
    for number, (rows, tall) in enumerate(zip(slides, taken, strict=True), start=1):
        told = _told(first, rows, whole, cut_off if number == len(slides) else 0)
        made.append(Part(Grid(head, tuple(rows), shown.numeric), widths, (head_height, *tall), size, told))
        first += len(rows)
    return made


def _row(cells: tuple[str, ...], widths: tuple[float, ...], size: float) -> tuple[tuple[str, ...], float]:
    """The cells of a row, cut to CELL_LINES, and its height."""
    rooms = [width - 2 * _SIDE for width in widths]
    kept = tuple(cut(cell, room, size, CELL_LINES) for cell, room in zip(cells, rooms, strict=True))
    most = max((len(lines(cell, room * _USED, size)) for cell, room in zip(kept, rooms, strict=True)), default=1)
    return kept, most * size * LINE + 2 * _ABOVE + 1


def _told(first: int, rows: list[tuple[str, ...]], whole: Grid, rest: int) -> str:
    """Which rows and columns are shown, where not all are, whether cells are shortened, and where the rest is."""
    count, columns = len(whole.rows), len(whole.head)
    said = []
    if len(rows) < count:
        said.append(labels.word("office.rows", first=first, last=first + len(rows) - 1, count=count))
    if rest:
        said.append(labels.word("office.rows_rest", rest=rest))
    if columns > COLUMNS:
        said.append(labels.word("office.columns_cut", shown=COLUMNS, count=columns))
    if any(row != own[:COLUMNS] for row, own in zip(rows, whole.rows[first - 1 :], strict=False)):
        said.append(labels.word("office.cells_cut"))
    return labels.word("office.and").join(said)


def draw(slide: Any, part: Part, box: Box, alt: str) -> None:
    """Draw a part of a table in a box of a slide; `alt` names it for who cannot see."""
    rows = (part.grid.head, *part.grid.rows)
    frame = slide.shapes.add_table(
        len(rows), len(part.grid.head), *(Pt(edge) for edge in (box.left, box.top, box.width, sum(part.heights)))
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", plain.line(alt))  # the library knows no alternative text
    table = frame.table
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = Pt(width)
    for number, (row, cells, height) in enumerate(zip(table.rows, rows, part.heights, strict=True)):
        row.height = Pt(height)
        for cell, text, right in zip(row.cells, cells, part.grid.numeric, strict=True):
            _cell(cell, text, number, part.size, right)
    if part.told:
        tell(slide, box, part.told)


def _cell(cell: Any, text: str, number: int, size: float, right: bool) -> None:
    """Fill a cell of row `number`, the head being 0."""
    cell.margin_left = cell.margin_right = Pt(_SIDE)
    cell.margin_top = cell.margin_bottom = Pt(_ABOVE)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.fill.solid()
    colour = _BAND if number % 2 == 0 else WHITE
    cell.fill.fore_color.rgb = RGBColor.from_string((colour if number else plain.DARK).lstrip("#"))
    align = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    if text:
        fill(cell.text_frame, text.split("\n"), size, INK if number else WHITE, not number, align)
    else:
        dress(cell.text_frame.paragraphs[0].font, size)

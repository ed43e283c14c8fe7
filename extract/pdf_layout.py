"""Where the lines of a PDF page stand → rows of tables without rules, and the columns of a page in their order.

A line with wide gaps falls into parts. Neighbouring lines whose parts stand under one another in three columns or more,
with numbers among them, are rows; what stands alone close above or below one, within a column, is a cell of it that is
broken over lines. A page whose parts leave a strip free in its middle, and fill the space on both
sides of it as prose does, is read column by column; what goes across the strip (a title, a table) parts it into bands.
Every other page stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, zip_longest
from operator import itemgetter
from typing import Any, NamedTuple

from extract.marked_rows import FEWEST_CELLS, LONGEST_CELL, NUMBER, rules

WIDE = 1.5
"""A gap of more letters than this parts a line."""
MOST_CELLS = 40
FEWEST_ROWS = 3
FEWEST_NUMBERS = 2
APART = 3.5
"""Rows of a table are no further apart than so many letters are high."""
BROKEN = 1.4
"""The lines of a cell are no further apart than so many letters are high; those of a text stand further apart."""
MOST_LINES = 300
"""A page has no table of more lines than this."""
FEWEST_LINES = 6
"""A column of prose has at least so many lines on its page."""
MOST_PIECES = 1_000
"""A page of more pieces is not set in columns."""
NARROW = 0.6
"""What takes less than this share of the width of the page may stand in a column; what takes more goes across."""
MIDDLE = (0.3, 0.7)
"""Between these shares of the width lies the strip that parts two columns."""
CROSSING = 0.1
"""So many of the narrow pieces may go across it all the same: headings."""
FULL = 0.6
"""So many of the lines of a column fill it."""
RAGGED = 2.5
"""A line fills its column where it leaves no more letters than this free at each end."""

_PLACED = itemgetter("text", "x0", "x1", "top", "size")


class Part(NamedTuple):
    """A piece of a line between wide gaps, and where it stands."""

    text: str
    left: float
    right: float
    top: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, or a row of a table (`row`): its text, where it stands, and the room left behind it.

    `parts` are the pieces of a line with wide gaps; none where it has no such gap.
    """

    text: str
    left: float = 0
    right: float = 0
    top: float = 0
    size: float = 0
    room: float = 0
    row: bool = False
    parts: tuple[Part, ...] = ()


class Block(NamedTuple):
    """Lines that stand under one another, with the left and right edge of the text there; `column` on half a page."""

    lines: list[Line]
    left: float
    right: float
    column: bool = False


def parts(line: str, chars: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    """The pieces of a line, by its text and its characters without blanks (both as pdfplumber gives them)."""
    texts: list[str] = []
    places: list[list[float]] = []
    at = 0
    for text, left, right, top, size in map(_PLACED, chars):
        start = line.find(text, at)
        blank, at = " " if start > at else "", max(start, at) + len(text)
        if not places or left - places[-1][1] > WIDE * min(size, places[-1][3]):
            texts.append(text)
            places.append([left, right, top, size])
            continue
        last = places[-1]
        last[1:] = max(last[1], right), min(last[2], top), max(last[3], size)
        texts[-1] += blank + text
    if len(texts) < 2:
        return ()
    return tuple(Part(text, *place) for text, place in zip(texts, places, strict=True))


def with_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those that are rows of a table without rules made such."""
    found: list[Line] = []
    for run in _runs(lines, broken=True):
        found += _with_broken_cells(run) or [row for part in _runs(run) for row in _rows(part)]
    return found


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The text of a page in the order in which it is read."""
    text = [line for line in lines if not line.row]
    whole = Block(list(lines), min((o.left for o in text), default=0), max((o.right for o in text), default=0))
    strip = _strip(text, whole)
    if strip is None:
        return [whole]
    pieces = [piece for line in lines for piece in _pieces(line, strip)]
    sides = [[one for one in pieces if _side(one, strip) == side] for side in (-1, 1)]
    if not all(map(_is_prose, sides)):
        return [whole]
    edges = [_edges(side) for side in sides]
    found: list[Block] = []
    for across, band in groupby(pieces, lambda one: _side(one, strip) == 0):
        held = list(band)
        if across:
            found.append(whole._replace(lines=held))
            continue
        for side, (left, right) in zip((-1, 1), edges, strict=True):
            column = [one for one in held if _side(one, strip) == side]
            found += [Block(column, left, right, True)] if column else []
    return found


def _rows(run: list[Line]) -> list[Line]:
    """The lines of a run, as rows where they are a table."""
    columns = _columns(run)
    return [_row(line, columns) for line in run] if _is_table(run, columns) else run


def _with_broken_cells(run: Sequence[Line]) -> list[Line]:
    """The rows of a table some of whose cells are broken over lines; nothing where the run is none."""
    rows = [line for line in run if line.parts]
    columns = _columns(rows)
    if len(rows) == len(run) or len(run) > MOST_LINES or not _is_table(rows, columns):
        return []
    first, last = (
        next(i for i, line in enumerate(way) if line.parts or _column(line, columns) is not None)
        for way in (run, run[::-1])
    )
    if first or last:
        inner = run[first : len(run) - last]
        made = _with_broken_cells(inner) or [row for part in _runs(inner) for row in _rows(part)]
        return [*run[:first], *made, *run[len(run) - last :]]
    pieces = [[(_place(part, columns), part) for part in row.parts] for row in rows]
    waiting = [line for line in run if not line.parts]
    while waiting:
        apart, near, line = min(
            ((min(abs(part.top - o.top) for _, part in held), i, o) for o in waiting for i, held in enumerate(pieces)),
            key=lambda found: found[:2],
        )
        place = _column(line, columns)
        if place is None or apart > BROKEN * line.size:
            return []
        pieces[near].append((place, Part(line.text, line.left, line.right, line.top, line.size)))
        waiting.remove(line)
    made = []
    for i, row in enumerate(rows):
        cells = [sorted((p for place, p in pieces[i] if place == n), key=lambda p: p.top) for n in range(len(columns))]
        text = "\t".join("".join(part.text for part in cell) for cell in cells)
        made.append(replace(row, text=text, row=True, parts=()))
    return made


def _column(line: Line, columns: Sequence[tuple[float, float]]) -> int | None:
    """The column that a line stands in, which may go as far as the next one begins; None where there is none."""
    ends = [*(left for left, _ in columns[1:]), float("inf")]
    spans = enumerate(zip(columns, ends, strict=True))
    short = len(line.text) <= LONGEST_CELL
    return next(
        (i for i, ((left, _), end) in spans if short and left - line.size <= line.left < line.right <= end), None
    )


def _runs(lines: Sequence[Line], broken: bool = False) -> Iterator[list[Line]]:
    """Neighbouring lines that may be rows of one table, and all others one by one.

    `broken`: with them, what stands so close to one that it may be a line of a cell.
    """
    run: list[Line] = []
    for line, below in zip_longest(lines, lines[1:]):
        near = run and line.top - run[-1].top <= APART * max(line.size, run[-1].size)
        if broken and not line.parts and line.text and not line.row:
            beside = [other for other in (run[-1] if run else None, below) if other is not None]
            if any(abs(other.top - line.top) <= BROKEN * line.size for other in beside if other.size):
                if run and not near:
                    yield run
                    run = []
                run.append(line)
                continue
        if run and not (line.parts and near):
            yield run
            run = []
        if line.parts:
            run.append(line)
        else:
            yield [line]
    if run:
        yield run


def _columns(run: Sequence[Line]) -> list[tuple[float, float]]:
    """The columns that the parts stand in: from the left to the right edge of those that overlap."""
    columns: list[tuple[float, float]] = []
    for part in sorted((part for line in run for part in line.parts), key=lambda part: part.left):
        if columns and part.left < columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], part.right)
        else:
            columns.append((part.left, part.right))
    return columns


def _is_table(run: Sequence[Line], columns: Sequence[tuple[float, float]]) -> bool:
    cells = [part.text for line in run for part in line.parts]
    numbers = sum(any(NUMBER.match(part.text) for part in line.parts[1:]) for line in run[1:])
    return (
        FEWEST_CELLS <= len(columns) <= MOST_CELLS
        and sum(len(line.parts) >= FEWEST_CELLS for line in run) >= FEWEST_ROWS
        and numbers >= FEWEST_NUMBERS
        and all(len(cell) <= LONGEST_CELL and not rules().no_cell.search(cell) for cell in cells)
        and all(len({_place(part, columns) for part in line.parts}) == len(line.parts) for line in run)
    )


def _row(line: Line, columns: Sequence[tuple[float, float]]) -> Line:
    cells = {_place(part, columns): part.text for part in line.parts}
    return replace(line, text="\t".join(cells.get(i, "") for i in range(len(columns))), row=True, parts=())


def _place(part: Part, columns: Sequence[tuple[float, float]]) -> int:
    return next(i for i, (left, right) in enumerate(columns) if left <= part.left <= right)


def _strip(text: Sequence[Line], whole: Block) -> tuple[float, float] | None:
    """The widest strip in the middle of the page that hardly anything narrow stands in, where there is one."""
    width = whole.right - whole.left
    spans = [
        (left, right)
        for line in text
        for left, right in [part[1:3] for part in line.parts] or [(line.left, line.right)]
        if right - left < NARROW * width
    ]
    if not 2 * FEWEST_LINES <= len(spans) <= MOST_PIECES:
        return None
    least, most = (whole.left + share * width for share in MIDDLE)
    edges = sorted({least, most, *(edge for span in spans for edge in span if least < edge < most)})
    free = [
        (left, right)
        for left, right in pairwise(edges)
        if sum(start < right and left < end for start, end in spans) <= CROSSING * len(spans)
    ]
    if not free:
        return None
    start, end = max(free, key=lambda strip: strip[1] - strip[0])
    middle = (start + end) / 2
    left = max((end for _, end in spans if end <= middle), default=0)
    right = min((start for start, _ in spans if start >= middle), default=0)
    return (left, right) if left < middle < right else None


def _pieces(line: Line, strip: tuple[float, float]) -> Iterator[Line]:
    """The line, or what stands of it on each side of the strip."""
    middle = sum(strip) / 2
    halves = [[part for part in line.parts if (part.left < middle) == left] for left in (True, False)]
    if any(part.left < middle < part.right for part in line.parts) or not all(halves):
        yield line
        return
    for half in halves:
        text, size = "  ".join(part.text for part in half), max(part.size for part in half)
        inner = tuple(half) if len(half) > 1 else ()
        yield Line(text, half[0].left, half[-1].right, half[0].top, size, parts=inner)


def _side(line: Line, strip: tuple[float, float]) -> int:
    """-1 for what stands left of the strip, 1 right of it, 0 for what goes across."""
    return -1 if line.right <= strip[0] else 1 if line.left >= strip[1] else 0


def _is_prose(column: Sequence[Line]) -> bool:
    """True where most lines fill the column, as they do in a text and not in a table."""
    text = [line for line in column if not line.row]
    if len(text) < FEWEST_LINES:
        return False
    left, right = _edges(text)
    full = [o for o in text if o.left - left <= RAGGED * o.size and right - o.right <= RAGGED * o.size]
    return len(full) >= FULL * len(text)


def _edges(column: Sequence[Line]) -> tuple[float, float]:
    text = [line for line in column if not line.row] or column
    return min(line.left for line in text), max(line.right for line in text)

"""Stage 1, second half: lines as found → paragraphs of text without markup, each with the way back to its lines.

Tags, entities, scripts, front matter and the rules of Markdown tables go; rows of tables (HTML, Markdown, CSV, cells
between tabs) become paragraphs with cells. What goes is listed as removed, by line and column, where it holds letters
or digits: together with the paragraphs it covers the whole file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract.html_text import HtmlReader
from extract.marked_rows import Rows, csv_rows, laid_rows, pipe_rows, tab_rows
from extract.model import Paragraph, Removed, Source
from extract.pieces import bounded, concatenated, joined_cells, stripped

FRONT_MATTER = 100
"""A front matter ends within this many lines."""
LONGEST_TITLE = 400
REMEMBERED = 16
"""So many sources are remembered without their markup: a document is recognised first, and extracted soon after."""
WORD = re.compile(r"\w")
HEADING_MARK = re.compile(r"\s{0,3}#{1,6}\s+")
"""How Markdown marks a heading, in files too that do not say they are Markdown."""
TITLE_KEY = re.compile(r"title\s*:\s*(?P<title>.*\S)")


class Unmarked(NamedTuple):
    """Paragraphs in the order of the file, what was removed, and the title named in the markup."""

    paragraphs: tuple[Paragraph, ...]
    removed: tuple[Removed, ...]
    title: str


@lru_cache(REMEMBERED)
def unmark(source: Source) -> Unmarked:
    """Take the markup off a source. Never fails: what is not understood as markup is text."""
    if source.form == "csv":
        return _unmarked(source.lines, csv_rows(source.lines), 0, "")
    front = _front_matter(source.lines) if source.form in ("md", "html") else 0
    if source.form == "html":
        reader = HtmlReader(line_breaks=False)
        paragraphs = reader.read(_without(source.lines, range(front)))
    elif source.form == "md":
        body = _without(source.lines, range(front))
        rows = tab_rows(body) | pipe_rows(body)
        reader = HtmlReader(line_breaks=True)
        paragraphs = reader.read(_without(body, rows))
        paragraphs += [joined_cells([_inline(cell) for cell in row]) for row in rows.values() if row]
        paragraphs.sort(key=lambda p: p.anchors[0][1:])
    else:
        rows = laid_rows(source.lines) if source.form == "rows" else tab_rows(source.lines) | pipe_rows(source.lines)
        reader, paragraphs = None, list(_plain(source.lines, rows))
    title = (reader.title if reader else "") or _title(source.lines[:front])
    return _unmarked(source.lines, paragraphs, front, title)


def _unmarked(lines: Sequence[str], found: Iterable[Paragraph], front: int, title: str) -> Unmarked:
    paragraphs = tuple(piece for paragraph in found for piece in bounded(paragraph))
    return Unmarked(paragraphs, tuple(_removed(lines, paragraphs, front)), title[:LONGEST_TITLE])


def _plain(lines: Sequence[str], rows: Rows) -> Iterator[Paragraph]:
    for i, text in enumerate(lines):
        if i in rows:
            if rows[i]:
                yield joined_cells(rows[i])
        else:
            hashes = HEADING_MARK.match(text)
            start = hashes.end() if hashes else 0
            if paragraph := stripped(text[start:], i + 1, start):
                yield paragraph


def _inline(cell: Paragraph) -> Paragraph:
    """A cell without tags; it keeps its place where nothing is left."""
    if not any(mark in cell.text for mark in "<&*"):
        return cell
    place = cell.anchors[0]
    pad = "\n" * (place.line - 1) + " " * place.column
    parts = HtmlReader(line_breaks=True).read((pad + cell.text).split("\n"))
    return concatenated(parts) if parts else Paragraph("", (place,))


def _front_matter(lines: Sequence[str]) -> int:
    """Number of lines of the front matter, 0 without one."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    return next((i + 1 for i, text in enumerate(lines[:FRONT_MATTER]) if i and text.rstrip() in ("---", "...")), 0)


def _title(lines: Sequence[str]) -> str:
    found = next((m for text in lines if (m := TITLE_KEY.match(text))), None)
    return found["title"].strip("\"' ") if found else ""


def _without(lines: Sequence[str], numbers: Iterable[int]) -> list[str]:
    """The lines with some of them blanked, so that the others keep their number."""
    gone = set(numbers)
    return ["" if i in gone else text for i, text in enumerate(lines)]


def _removed(lines: Sequence[str], paragraphs: Sequence[Paragraph], front: int) -> Iterator[Removed]:
    """What no paragraph covers."""
    covered: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for paragraph in paragraphs:
        for piece in paragraph.cells or (paragraph,):
            offsets = [anchor.offset for anchor in piece.anchors]
            for (offset, line, column), end in zip(piece.anchors, [*offsets[1:], len(piece.text)], strict=True):
                covered[line].append((column, column + end - offset))
    for number, text in enumerate(lines, start=1):
        at = 0
        for start, end in [*sorted(covered[number]), (len(text), len(text))]:
            if at < start and WORD.search(text, at, start):
                yield Removed(number, "front_matter" if number <= front else "markup", at, start)
            at = max(at, end)

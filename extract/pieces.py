"""Making paragraphs out of pieces of lines without losing the way back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.model import Anchor, Paragraph

LONGEST = 4_000
"""A longer paragraph is read in pieces: what is done within a paragraph may take time that grows faster than it."""
MOST_CELLS = 200
"""A row of more cells is no row of a table."""
NUMERALS = r"\d零〇一二三四五六七八九十百千万亿两"
ENDLESS = re.compile(f"(?<![{NUMERALS}])[{NUMERALS}]{{41,}}|(?<![A-Za-z])[A-Za-z]{{201,}}")
"""Digits, numerals or letters without end are no number and no word of a text: they are left out."""
STEP = 41
PART_OF_ENDLESS = re.compile(f"[{NUMERALS}A-Za-z]")
"""One character in `STEP` of what is endless is such a one."""
STOPS = ("。！？；", ".!?;，、, \u3000")
"""Where a paragraph that is too long is cut: behind a sentence, else behind a clause, a word or anywhere."""


def stripped(text: str, line: int, column: int = 0) -> Paragraph | None:
    """The text of a line without blanks at its ends, or None where nothing is left."""
    bare = text.strip()
    return Paragraph(bare, (Anchor(0, line, column + text.index(bare)),)) if bare else None


def concatenated(parts: Sequence[Paragraph]) -> Paragraph:
    """Parts that follow one another."""
    length, anchors = 0, list[Anchor]()
    for part in parts:
        anchors += [Anchor(length + a.offset, a.line, a.column) for a in part.anchors if part.text or not anchors]
        length += len(part.text)
    return Paragraph("".join(part.text for part in parts), _merged(anchors))


def bounded(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph, or pieces of it where it is longer than any; a row that is too wide or long gives its cells."""
    text = paragraph.text
    endless = [*ENDLESS.finditer(text)] if PART_OF_ENDLESS.search(text[STEP - 1 :: STEP]) else []
    if len(text) <= LONGEST and len(paragraph.cells) <= MOST_CELLS and not endless:
        yield paragraph
    elif paragraph.cells:
        yield from (piece for cell in paragraph.cells if cell.text for piece in bounded(cell))
    else:
        start = 0
        for run in endless:
            yield from _pieces(paragraph, start, run.start())
            start = run.end()
        yield from _pieces(paragraph, start, len(text))


def _pieces(paragraph: Paragraph, start: int, end: int) -> Iterator[Paragraph]:
    """What stands from `start` to `end`, in pieces that are not too long."""
    while start < end:
        stop = min(_cut(paragraph.text, start), end) if end - start > LONGEST else end
        if paragraph.text[start:stop].strip():
            yield paragraph.slice(start, stop)
        start = stop


def _cut(text: str, start: int) -> int:
    """Where the piece of a long text that begins at `start` ends."""
    for marks in STOPS:
        last = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in marks)
        if last >= 0:
            return last + 1
    return start + LONGEST


def spaced(parts: Sequence[Paragraph]) -> Paragraph:
    """Parts that stood apart: a blank goes between two that would make one word or number of it."""
    apart = list(parts[:1])
    for before, part in pairwise(parts):
        if sticks(before.text, part.text):
            apart.append(Paragraph(" ", (Anchor(0, *before.place(len(before.text))),)))
        apart.append(part)
    return concatenated(apart)


def sticks(before: str, after: str) -> bool:
    """True where two texts side by side would read as one Latin word or one number."""
    return all(c.isascii() and c.isalnum() for c in (before[-1:], after[:1]))


def joined_cells(cells: Sequence[Paragraph]) -> Paragraph:
    """A row: the texts of its cells with tabs between them."""
    text, anchors = "", list[Anchor]()
    for i, cell in enumerate(cells):
        text += "\t" if i else ""
        anchors += [Anchor(len(text) + a.offset, a.line, a.column) for a in cell.anchors if cell.text or not anchors]
        text += cell.text
    return Paragraph(text, _merged(anchors), tuple(cells))


def _merged(anchors: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Without the anchors that say nothing new."""
    kept: list[Anchor] = []
    for anchor in anchors:
        last = kept[-1] if kept else None
        if last and last.offset == anchor.offset:
            kept.pop()
            last = kept[-1] if kept else None
        follows = last and (last.line, last.column + anchor.offset - last.offset) == (anchor.line, anchor.column)
        if not follows:
            kept.append(anchor)
    return tuple(kept)

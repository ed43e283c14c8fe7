"""Making paragraphs out of pieces of lines without losing the way back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.model import Anchor, Paragraph


def stripped(text: str, line: int, column: int = 0) -> Paragraph | None:
    """The text of a line without blanks at its ends, or None where nothing is left."""
    bare = text.strip()
    return Paragraph(bare, (Anchor(0, line, column + text.index(bare)),)) if bare else None


def concatenated(parts: Sequence[Paragraph]) -> Paragraph:
    """Parts that follow one another."""
    text, anchors = "", list[Anchor]()
    for part in parts:
        anchors += [Anchor(len(text) + a.offset, a.line, a.column) for a in part.anchors if part.text or not anchors]
        text += part.text
    return Paragraph(text, _merged(anchors))


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

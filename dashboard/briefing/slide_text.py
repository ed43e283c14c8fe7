"""Words on a slide: how large they can be, how many lines they take, and their runs. Sizes are in points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Pt

import wording
from briefing import plain
from chart_style import INK

LINE = 1.3
"""Height of a line over the size of its letters: set exactly, as fonts differ in it."""

SLACK = 0.88
"""Share of a line's width that is reckoned with, as fonts differ in their widths."""

ELLIPSIS = "\u2026"

TOLD = 24.0
"""Room for the line that says which part of a card a slide shows."""


@dataclass(frozen=True)
class Box:
    """A place on a slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


@dataclass(frozen=True)
class Fitted:
    """Words as they fit: a paragraph each. `cut`: whether some are left out."""

    paragraphs: tuple[str, ...]
    size: float
    lines: int
    cut: bool = False

    @property
    def height(self) -> float:
        """Height of all lines."""
        return self.lines * self.size * LINE


def lines(text: str, width: float, size: float) -> list[str]:
    """The lines that a text takes in a width; a word longer than a line is broken."""
    limit = max(1.0, width * SLACK / size)
    broken = []
    for part in text.split("\n"):
        for line in wording.wrap(part, limit):
            pieces = max(1, math.ceil(wording.width(line) / limit))
            step = math.ceil(len(line) / pieces) or 1
            broken += [line[start : start + step] for start in range(0, len(line), step)] or [""]
    return broken


def cut(text: str, width: float, size: float, most: int) -> str:
    """The text, or as much of it as stands on `most` lines, with an ellipsis."""
    broken = lines(text, width, size)
    if len(broken) <= most:
        return text
    kept = "".join(broken[:most])
    return kept[: max(1, len(kept) - 2)] + ELLIPSIS


def fit(texts: Sequence[str], width: float, sizes: Sequence[tuple[float, int]]) -> Fitted:
    """The texts in the first of `sizes` (size, most lines of all) in which they fit, else cut to the last."""
    for size, most in sizes:
        taken = sum(len(lines(text, width, size)) for text in texts)
        if taken <= most:
            return Fitted(tuple(texts), size, taken)
    size, most = sizes[-1]
    kept = tuple(cut(text, width, size, max(1, most // max(1, len(texts)))) for text in texts[:most])
    return Fitted(kept, size, sum(len(lines(text, width, size)) for text in kept), True)


def dress(font: Any, size: float, colour: str = INK, bold: bool = False) -> None:
    """Give a font (of a run, or of all words of a chart) its name for Latin and East Asian letters, size and colour."""
    font.name = plain.FONT
    latin = font._element.latin  # the library has no way to the East Asian font
    for tag in ("cs", "ea"):
        latin.addnext(latin.makeelement(latin.tag.replace("latin", tag), {"typeface": plain.FONT}))
    font.language_id = MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE  # else Han may get its Japanese or Taiwanese shapes
    font.size = Pt(size)
    font.bold = bold
    font.color.rgb = RGBColor.from_string(colour.lstrip("#"))


def write(
    frame: Any,
    paragraphs: Sequence[str],
    size: float,
    colour: str = INK,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    """Fill a text frame without margins with paragraphs, all of one look."""
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    fill(frame, paragraphs, size, colour, bold, align)


def fill(
    frame: Any,
    paragraphs: Sequence[str],
    size: float,
    colour: str = INK,
    bold: bool = False,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> None:
    """Fill a text frame as it is: its first paragraph, then new ones."""
    for number, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = align
        paragraph.line_spacing = Pt(size * LINE)
        run = paragraph.add_run()
        run.text = text
        dress(run.font, size, colour, bold)


def add(slide: Any, box: Box, paragraphs: Sequence[str], size: float, colour: str = INK, bold: bool = False) -> Any:
    """A box of words on a slide, as a shape."""
    shape = slide.shapes.add_textbox(*(Pt(edge) for edge in (box.left, box.top, box.width, box.height)))
    write(shape.text_frame, paragraphs, size, colour, bold)
    return shape


def tell(slide: Any, box: Box, words: str) -> None:
    """Say at the foot of a box which part of a card it shows."""
    add(slide, Box(box.left, box.bottom - 18, box.width, 18), [words], 12, INK, True)

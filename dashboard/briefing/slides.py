"""Cards as slides: 16 to 9, one card a slide, with charts and tables that can be edited. Sizes are in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.util import Pt

import labels
from briefing import amounts, bundle, plain, references, slide_chart, slide_plot, slide_table
from briefing.item import Item
from briefing.slide_text import LINE, Box, Fitted, add, dress, fill, fit, write
from chart_style import INK, QUIET

WIDTH, HEIGHT = 960.0, 540.0
_EDGE = 36.0
_ROOM = WIDTH - 2 * _EDGE
_TOP, _BOTTOM = 24.0, HEIGHT - 16
_PAD = 10.0
_NOTE_GROUND = "FFF6DC"
_TITLE_ONLY = 5
"""Of the layouts that the library brings."""

TITLE_SIZES = ((28, 1), (24, 2), (20, 2), (18, 3), (16, 3), (14, 4))
SUBTITLE_SIZES = ((14, 1), (12, 2), (10, 3))
NOTE_SIZES = ((14, 2), (13, 3), (12, 4), (11, 5))
FOOTER_SIZES = ((10.5, 4), (9.5, 5), (8.5, 8))


def build(items: Sequence[Item], made: datetime, title: str = "") -> bytes:
    """The slides of `items` as a PPTX file, after a slide with `title`, date and documents where there are several.

    The evidence and what a slide has no room for stand in the speaker's notes. The same items and time `made` give the
    same bytes.
    """
    deck = Presentation()
    _widen(deck)
    heading = plain.heading(items, title)
    if len(items) > 1:
        _front(deck, items, heading, made)
    for item in items:
        _slides(deck, item, made)
    about = deck.core_properties
    about.title, about.author = heading[:255], labels.word("app.title")
    about.subject = labels.join(list(references.collect(items)))[:255]
    about.created = about.modified = made.replace(tzinfo=None)
    about.last_modified_by = about.author
    stored = BytesIO()
    deck.save(stored)
    return bundle.repack(stored.getvalue(), made)


def _widen(deck: Any) -> None:
    """Make the library's 4 to 3 template 16 to 9, with what its layouts hold."""
    scale = Pt(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.element.sldSz.attrib.pop("type", None)  # says that it is 4 to 3
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for shape in sheet.placeholders:
            if shape._element.spPr.xfrm is not None:  # else it follows the master
                shape.left, shape.width = round(shape.left * scale), round(shape.width * scale)


def _front(deck: Any, items: Sequence[Item], heading: str, made: datetime) -> None:
    """The first slide: title, date, and the documents that the cards rest on."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    fitted = fit([heading], _ROOM, ((38, 2), (32, 2), (26, 3), (20, 4)))
    head = Box(_EDGE, 110, _ROOM, fitted.height)
    _title(slide, head, fitted)
    add(slide, Box(_EDGE, head.bottom + 14, _ROOM, 24), [plain.day(made)], 16, QUIET)
    named = list(references.collect(items))
    titles = [labels.word("words.title_marks", title=document) for document in named]
    said = fit([labels.word("office.documents"), *titles], _ROOM, ((14, 9), (12, 12), (10, 14)))
    add(slide, Box(_EDGE, head.bottom + 62, _ROOM, said.height), *_said(said), QUIET)


@dataclass(frozen=True)
class _Frame:
    """What stands round the body of a card on each of its slides, and where the body stands."""

    title: Fitted
    subtitle: Fitted
    note: Fitted | None
    foot: Fitted
    link: str

    @property
    def body(self) -> Box:
        """The room between title and note."""
        top = _TOP + self.title.height + 4 + self.subtitle.height + 10
        return Box(_EDGE, top, _ROOM, self.foot_top - 8 - (self.note.height + 20 if self.note else 0) - top)

    @property
    def foot_top(self) -> float:
        """Where notes, source and version begin; the link stands on a line of its own below them."""
        return _BOTTOM - self.foot.height - (self.foot.size * LINE if self.link else 0)


def _frame(item: Item) -> _Frame:
    note = plain.text(item.note).strip()
    said = [labels.word("office.note", note=note)]
    return _Frame(
        fit([plain.line(item.title)], _ROOM, TITLE_SIZES),
        fit([plain.line(item.card.subtitle)], _ROOM, SUBTITLE_SIZES),
        fit(said, _ROOM - 2 * _PAD, NOTE_SIZES) if note else None,
        fit([plain.line(text) for text in item.card.cited], _ROOM, FOOTER_SIZES),
        item.link if plain.followable(item.link) else "",
    )


def _slides(deck: Any, item: Item, made: datetime) -> None:
    """The slide of a card; more where its chart or its table needs them."""
    card, frame = item.card, _frame(item)
    if slide_plot.drawable(card.plot):
        charts = slide_plot.parts(card.plot, frame.body)
        drawn = [_framed(deck, frame) for _ in charts]
        for slide, chart in zip(drawn, charts, strict=True):
            slide_chart.add(slide, chart, frame.body, card.alt or item.title, made)
    else:
        grids = slide_table.parts(plain.grid(card.table), frame.body.width, frame.body.height)
        drawn = [_framed(deck, frame) for _ in grids]
        for slide, grid in zip(drawn, grids, strict=True):
            slide_table.draw(slide, grid, frame.body, card.alt or item.title)
    fill(drawn[0].notes_slide.notes_text_frame, _spoken(item), 12)


def _framed(deck: Any, frame: _Frame) -> Any:
    """A new slide with all but its body."""
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    head = Box(_EDGE, _TOP, _ROOM, frame.title.height)
    _title(slide, head, frame.title)
    add(slide, Box(_EDGE, head.bottom + 4, _ROOM, frame.subtitle.height), *_said(frame.subtitle), QUIET)
    if frame.note:
        height = frame.note.height + 12
        _remark(slide, frame.note, Box(_EDGE, frame.foot_top - 8 - height, _ROOM, height))
    foot = add(slide, Box(_EDGE, frame.foot_top, _ROOM, _BOTTOM - frame.foot_top), *_said(frame.foot), QUIET)
    if frame.link:
        paragraph = foot.text_frame.add_paragraph()
        paragraph.line_spacing = Pt(frame.foot.size * LINE)
        run = paragraph.add_run()
        run.text = labels.word("office.open")
        dress(run.font, frame.foot.size, plain.DARK)
        run.hyperlink.address = frame.link
    return slide


def _said(fitted: Fitted) -> tuple[tuple[str, ...], float]:
    return fitted.paragraphs, fitted.size


def _title(slide: Any, box: Box, fitted: Fitted) -> None:
    """Fill the title of a slide, which is what an outline of the slides lists."""
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = (Pt(e) for e in (box.left, box.top, box.width, box.height))
    write(title.text_frame, *_said(fitted), plain.DARK, True)


def _remark(slide: Any, note: Fitted, box: Box) -> None:
    """The analyst's own words, set off from what the documents say."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *(Pt(e) for e in (box.left, box.top, box.width, box.height)))
    shape.fill.solid()
    shape.fill.fore_color.rgb = RGBColor.from_string(_NOTE_GROUND)
    shape.line.fill.background()
    shape.shadow.inherit = False
    write(shape.text_frame, *_said(note), INK)
    shape.text_frame.margin_left = shape.text_frame.margin_right = Pt(_PAD)
    shape.text_frame.margin_top = shape.text_frame.margin_bottom = Pt(6)


def _spoken(item: Item) -> list[str]:
    """The speaker's notes: title, note and footer in full, the evidence a paragraph a fact, and the link."""
    card = item.card
    said = [plain.line(item.title), plain.line(card.subtitle)]
    said += [labels.word("office.note", note=plain.line(item.note))] if item.note.strip() else []
    said += [plain.line(text) for text in card.cited]
    numbers = amounts.names(labels.word("columns.value")).values()  # the value says them in words
    evidence = plain.grid(item.places.drop(columns=numbers, errors="ignore"))
    said += [labels.word("office.evidence")] if evidence.rows else []
    for number, row in enumerate(evidence.rows, start=1):
        pairs = [
            labels.word("filters.summary", name=name, values=" ".join(cell.split()))
            for name, cell in zip(evidence.head, row, strict=True)
            if cell.strip()
        ]
        said.append(f"{number}. {labels.word('office.and').join(pairs)}")
    return [*said, plain.line(item.link)] if item.link else said

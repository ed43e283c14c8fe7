"""Stage 3: paragraphs → sections (a tree of headings) and passages (what stands under them)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.headings import Heading, Headings
from extract.model import Cleaned, Paragraph, Passage, Section

NOTES = re.compile("^(?:注|备注|说明|注释)[：:]?$|^注[：:]")
"""After such a line numbers number notes, not headings."""
NO_DIGIT = re.compile("[^0-9]")


@dataclass(frozen=True, slots=True)
class Outline:
    """Sections in document order, the first being the document itself (level 0), and all passages in document order."""

    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


@dataclass
class _Builder:
    doc_id: str
    sections: list[Section] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    open_sections: list[Section] = field(default_factory=list)
    bulleted_box: bool = False
    in_notes: bool = False
    last_item: str = ""

    def open(self, level: int, number: str, heading: str, line: int) -> None:
        while self.open_sections and self.open_sections[-1].level >= level:
            self.open_sections.pop()
        parent = self.open_sections[-1].section_id if self.open_sections else ""
        section_id = f"{self.doc_id}-s{len(self.sections):03d}"
        section = Section(section_id, self.doc_id, parent, level, number, heading, line)
        self.sections.append(section)
        self.open_sections.append(section)
        self.bulleted_box = self.in_notes = False
        self.last_item = ""

    def goes_on(self, heading: Heading) -> bool:
        """True of a heading that follows an open one in number, where no item of the box has the number before."""
        before = next((s.number for s in self.open_sections if s.level == heading.level), "")
        return _follows(before, heading.number) and not _follows(self.last_item, heading.number)

    def add(self, kind: str, body: Paragraph) -> None:
        path = tuple(s.heading for s in self.open_sections[1:])
        passage_id = f"{self.doc_id}-p{len(self.passages):04d}"
        section_id = self.open_sections[-1].section_id
        self.passages.append(Passage(passage_id, self.doc_id, section_id, kind, body, path))

    def close_box(self, box_level: int) -> None:
        while self.open_sections[-1].level >= box_level:
            self.open_sections.pop()


def build(cleaned: Cleaned, doc_id: str, title: str, headings: Headings) -> Outline:
    """Build the outline of one document.

    A box (专栏) is a section under the heading it stands in; it ends at the next heading, or after its bulleted lines.
    A run-in heading ("（3）强化创新。…") opens a section and leaves its paragraph a passage of text.
    """
    builder = _Builder(doc_id)
    builder.open(0, "", title, cleaned.paragraphs[0].line if cleaned.paragraphs else 1)
    box = headings.depth["box"]
    for paragraph in cleaned.paragraphs:
        heading = None if paragraph.cells else headings.match(paragraph.text)
        in_box = builder.open_sections[-1].level >= box
        if NOTES.match(paragraph.text):
            builder.in_notes = True
        item = (
            heading and heading.name in ("point", "subpoint") and (builder.in_notes or (in_box and _in_table(builder)))
        )
        if heading and item and not builder.in_notes and builder.goes_on(heading):
            item = False
        elif heading and item:
            builder.last_item = heading.number
        if heading and not item:
            builder.open(heading.level, heading.number, heading.title, paragraph.line)
            builder.add("text" if heading.run_in else "heading", paragraph)
            continue
        bullet = headings.bullet(paragraph.text)
        if in_box and builder.bulleted_box and not bullet and not paragraph.cells:
            builder.close_box(box)
            in_box = False
        builder.bulleted_box = in_box and (builder.bulleted_box or bool(bullet))
        builder.add("table" if paragraph.cells else "box" if in_box else "text", paragraph)
    return Outline(tuple(builder.sections), tuple(builder.passages))


def _follows(before: str, number: str) -> bool:
    """2. and 3., （2） and （3）."""
    first, second = (NO_DIGIT.sub("", text) for text in (before, number))
    return bool(first and second) and int(second) == int(first) + 1


def _in_table(builder: _Builder) -> bool:
    """Numbers inside a table or a list of short lines in a box ("1.地区生产总值") are its items, not headings."""
    last = builder.passages[-3:]
    return not builder.bulleted_box and bool(last) and all(p.body.cells or len(p.text) <= 24 for p in last)

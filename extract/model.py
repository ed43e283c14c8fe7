"""What the stages hand to one another. Every object carries its place in the source.

A *source* is a file as numbered lines. Cleaning turns it into *paragraphs*: text that reads well and still knows, for
each of its characters, the source line and column it came from. The outline groups paragraphs into *sections* and
*passages*; quantities, periods and indicators are found in passages and become *targets*.

Offsets are 0-based and half-open, line numbers 1-based, both as in the file that was read.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

MANY = 1 << 62
"""More than there are lines or columns."""


class Place(NamedTuple):
    """A character of the source: 1-based line, 0-based column in the line as decoded."""

    line: int
    column: int


class Anchor(NamedTuple):
    """From `offset` of a cleaned text on, characters stand side by side from `line`, `column` of the source."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read.

    `lines[i]` is line i + 1 as decoded, without its line end. `form` says how the lines are marked up: txt, md, html,
    csv, rows (plain lines; a tab always parts two cells of a table). `notes` are clear words on damage that the file
    has; what could be read is in the lines all the same.
    """

    stem: str
    sha256: str
    lines: tuple[str, ...]
    form: str = "txt"
    notes: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """Cleaned text with the way back to the source. `cells` is set where the text is a row of a marked-up table."""

    text: str
    anchors: tuple[Anchor, ...]
    cells: tuple[Paragraph, ...] = ()

    @property
    def line(self) -> int:
        """Source line of the first character."""
        return self.anchors[0].line

    def place(self, offset: int) -> Place:
        """Source place of the character at `offset` of the cleaned text."""
        anchor = self.anchors[0]
        if len(self.anchors) > 1:
            anchor = self.anchors[bisect_right(self.anchors, (offset, MANY, MANY)) - 1]
        return Place(anchor.line, anchor.column + offset - anchor.offset)

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The part [start, end) as stretches of the source: line, first column, and the one behind the last."""
        last = len(self.anchors) - 1
        at = bisect_right(self.anchors, (start, MANY, MANY)) - 1 if last else 0
        while start < end:
            offset, line, column = self.anchors[at]
            stop = min(end, self.anchors[at + 1].offset) if at < last else end
            yield line, column + start - offset, column + stop - offset
            start, at = stop, at + 1

    def slice(self, start: int, end: int | None = None) -> Paragraph:
        """The part [start, end) with its own way back to the source."""
        end = len(self.text) if end is None else end
        first = self.place(start)
        if len(self.anchors) == 1:
            return Paragraph(self.text[start:end], (Anchor(0, *first),))
        low = bisect_right(self.anchors, start, key=lambda a: a.offset)
        high = bisect_left(self.anchors, end, key=lambda a: a.offset)
        inner = tuple(Anchor(a.offset - start, a.line, a.column) for a in self.anchors[low:high])
        return Paragraph(self.text[start:end], (Anchor(0, *first), *inner))


@dataclass(frozen=True, slots=True)
class Removed:
    """A source line that is no text of the plan, and the rule that says so (`furniture.…`, `contents`, `markup`, …).

    `start` and `end` are columns of the line; `end` is None where it goes to the end of the line.
    """

    line: int
    rule: str
    start: int = 0
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The cleaned document: `script` is `simplified` or `traditional`, as found."""

    paragraphs: tuple[Paragraph, ...]
    removed: tuple[Removed, ...]
    script: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document and what is known of it: from config.yaml, or guessed from its title (`known` is then false).

    `region` is the name of the region as the document writes it, "" where it is unknown; `within` are those it is
    said to lie in, the outermost first.
    """

    doc_id: str
    region_id: str
    level: str
    plan_id: str
    doc_type: str
    period_start: int | None
    period_end: int | None
    title: str
    issued: str
    known: bool = True
    region: str = ""
    within: tuple[str, ...] = ()

    @property
    def regions(self) -> tuple[str, ...]:
        """The names of its region and of those that this lies in, the outermost first; () where it is unknown."""
        return (*self.within, self.region) if self.region else self.within


@dataclass(frozen=True, slots=True)
class Section:
    """A heading: `number` as printed (第一章, 二、), `heading` the words after it; `parent_id` is empty at the top."""

    section_id: str
    doc_id: str
    parent_id: str
    level: int
    number: str
    heading: str
    line: int


class Passage(NamedTuple):
    """A paragraph, a heading, a line of a box (专栏) or a row of a table. `kind`: text, heading, box, table."""

    passage_id: str
    doc_id: str
    section_id: str
    kind: str
    body: Paragraph
    path: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def line(self) -> int:
        return self.body.line


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: `text[start:end]` holds number, unit and qualifiers; `digits` are the spans of its numbers.

    `counted` is the unit that a multiplier alone leaves out, where the words after it tell: 人 of 46万群众.
    """

    start: int
    end: int
    value: float
    value_high: float | None
    unit: str
    qualifier: str
    digits: tuple[tuple[int, int], ...]
    rule: str
    form: str = "plain"
    counted: str = ""

    @property
    def counted_unit(self) -> str:
        """The unit, with what a multiplier alone counts: 万人 of 46万群众."""
        return self.unit + self.counted


class Exclusion(NamedTuple):
    """A number that is no quantity: part of a name, a date, a list number, … by the named rule."""

    start: int
    end: int
    rule: str


class Period(NamedTuple):
    """The time a statement speaks of: a year, or the years start–end (both set, `year` None)."""

    year: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Target:
    """One quantity stated of one indicator; fields as in the data contract."""

    doc_id: str
    region_id: str
    plan_id: str
    kind: str
    theme: str
    topic: str
    indicator: str
    indicator_id: str
    value: float | None
    value_high: float | None
    qualifier: str
    unit: str
    value_text: str
    value_std: float | None
    value_high_std: float | None
    unit_std: str
    measure: str
    year: int | None
    period_start: int | None
    period_end: int | None
    attribute: str
    section_id: str
    passage_id: str
    line: int
    origin: str
    rule: str
    confidence: float
    start: int = field(compare=False)
    end: int = field(compare=False)
    digits: tuple[tuple[int, int], ...] = field(default=(), compare=False)

    @cached_property
    def target_id(self) -> str:
        """Hash of what identifies the row: document, line, position in the passage, value."""
        key = (
            f"{self.doc_id}|{self.line}|{self.passage_id}|{self.start}|{self.value}|{self.value_high}|{self.value_text}"
        )
        return hashlib.sha256(key.encode()).hexdigest()[:12]


class Number(NamedTuple):
    """A number as it stands in the source, and its fate: `target`, `excluded` or `issue`."""

    doc_id: str
    passage_id: str
    line: int
    start: int
    end: int
    text: str
    fate: str
    target_id: str
    rule: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to know about the tables. `severity`: info, warning, error; `line` 0 for the whole document."""

    doc_id: str
    line: int
    severity: str
    code: str
    message: str


class Coverage(NamedTuple):
    """Mentions of a topic of a theme in a section, and the characters of the passages that carry the theme there."""

    doc_id: str
    section_id: str
    theme: str
    topic: str
    mentions: int
    chars: int


class Term(NamedTuple):
    """A word of a document with its count, and the number of chapters it stands in."""

    doc_id: str
    term: str
    topic: str
    theme: str
    count: int  # type: ignore[assignment]
    chapters: int


@dataclass(frozen=True, slots=True)
class Chance:
    """What the measure of emphasis finds between two halves of one document; `unit`: term, topic. See halves.py.

    `together` is how many of all pairs of mentions of one name stand in the same piece; `z95` the |z| that one name in
    twenty passes, `z_top` the largest |z| of a split (median over all splits).
    """

    doc_id: str
    unit: str
    pieces: int
    splits: int
    names: int
    together: float
    z95: float
    z_top: float


class PassageThemes(NamedTuple):
    """Themes of a passage, strongest first, with weights that add up to one."""

    passage_id: str
    themes: tuple[str, ...]
    weights: tuple[float, ...]

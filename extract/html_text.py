"""HTML, or Markdown with tags in it → paragraphs. Tags are read by the standard library's parser.

A table row becomes a paragraph with cells, unless the table is there for the layout of the page: a row that holds
another table, or a cell as long as a text, gives its paragraphs one by one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from extract.model import Anchor, Paragraph
from extract.pieces import concatenated, joined_cells, spaced, sticks

BLOCK = frozenset(
    "address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol p pre section summary table"
    " tbody td tfoot th thead tr ul".split()
)
INLINE = frozenset(
    "a abbr b bdi bdo big button cite code data del dfn em font i img input ins kbd label link mark meta q s samp small"
    " option optgroup span strike strong sub sup time tt u var wbr col colgroup o:p".split()
)
DROPPED = frozenset("script style title select svg iframe textarea".split())
"""Elements whose text is no text of the page (the title is kept apart)."""

LONGEST_CELL = 800
MOST_PARAGRAPHS = 20
"""A cell beyond these holds a text, not a value: its table is there for the layout."""
WIDEST_SPAN = 60
DEEPEST = 60
"""Tables within tables beyond this are read as if they stood side by side."""
MOST_EMPTY = 100_000
"""Empty cells that spans of one page may make."""

OPENED = re.compile("<(?:!--|!\\[CDATA\\[|[!?/a-zA-Z])|&#(?!(?:[0-9]{1,8}|[xX][0-9a-fA-F]{1,8})[^0-9a-fA-F])")
CLOSED = {"<!--": re.compile(r"--\s*>"), "<![CDATA[": re.compile(r"]\s*]\s*>")}

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MARKDOWN_LEAD = re.compile(r"\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+(?!\d+\s*[-*+]\s*$))")


@dataclass
class Cell:
    """A cell being read: its paragraphs so far and where it stands."""

    place: Anchor
    across: int = 1
    down: int = 1
    parts: list[Paragraph] = field(default_factory=list)


@dataclass
class Table:
    """A table being read: the cells of the open row, and the columns that cells of earlier rows reach down into."""

    cells: list[Cell] = field(default_factory=list)
    open: bool = False
    nested: bool = False
    reaching: dict[int, int] = field(default_factory=dict)


class HtmlReader(HTMLParser):
    """Reads one page. `line_breaks`: the lines are Markdown, where the end of a line ends a paragraph."""

    def __init__(self, *, line_breaks: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.title = ""
        self._markdown = line_breaks
        self._done: list[Paragraph] = []
        self._pieces: list[Paragraph] = []
        self._tables: list[Table] = []
        self._dropping = ""
        self._superscript = False
        self._lines: Sequence[str] = ()
        self._empty = 0

    def read(self, lines: Sequence[str]) -> list[Paragraph]:
        """The paragraphs of the page, in its order."""
        self._lines = lines
        text = "\n".join(lines)
        if "<" in text or "&" in text:
            self.feed(_without_open_ends(text))
            self.close()
        else:
            self.handle_data(text)
        while self._tables:
            self._end_table()
        self._flush()
        return self._done

    # What the parser tells, in the order of the page.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._markdown and tag not in BLOCK | INLINE | DROPPED:
            self.handle_data(self.get_starttag_text() or "")
            return
        if tag in BLOCK:
            self._dropping = ""
            self._flush()
        if tag in DROPPED:
            self._flush()
            self._dropping = tag
        elif tag == "sup":
            self._superscript = True
        elif tag == "table":
            if self._tables:
                self._tables[-1].nested = True
            self._tables += [Table()] if len(self._tables) < DEEPEST else []
        elif tag == "tr":
            self._start_row()
        elif tag in ("td", "th"):
            self._start_cell(dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in DROPPED:
            self._dropping = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == self._dropping:
            self._dropping = ""
        if tag in BLOCK:
            self._flush()
        if tag == "sup":
            self._superscript = False
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].open = False
        elif tag == "tr" and self._tables:
            self._end_row(self._tables[-1])
        elif tag == "table" and self._tables:
            self._end_table()

    def handle_data(self, data: str) -> None:
        if self._dropping:
            self.title += data if self._dropping == "title" else ""
            return
        line, column = self.getpos()
        for i, text in enumerate(data.split("\n")):
            if i and self._markdown and not self._cell():
                self._flush()
            at = 0 if i else column
            found = self._lines[line + i - 1][at : at + len(text)] if "\0" in text else text
            self._put(found, line + i, at)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def parse_html_declaration(self, i: int) -> int:
        """Pass over <![if …]> and the like, at which the standard parser gives up."""
        if self.rawdata.startswith("<![", i) and not self.rawdata.startswith("<![CDATA[", i):
            return self.rawdata.find(">", i) + 1 or -1
        return super().parse_html_declaration(i)

    # What is made of it.

    def _reference(self, raw: str) -> None:
        text = html.unescape(raw + ";")
        line, column = self.getpos()
        if self._dropping:
            self.title += text if self._dropping == "title" else ""
        elif len(text) == 1 and text != "\n":
            self._pieces.append(Paragraph(text, (Anchor(0, line, column),)))
        else:
            self._put(raw, line, column)

    def _put(self, text: str, line: int, column: int) -> None:
        if self._markdown:
            lead = None if self._pieces else MARKDOWN_LEAD.match(text)
            column, text = (column + lead.end(), text[lead.end() :]) if lead else (column, text)
            for part in text.split("**"):
                self._pieces += [Paragraph(part, (Anchor(0, line, column),))] if part else []
                column += len(part) + 2
            return
        if column == 0 or not self._pieces:
            column, text = column + len(text) - len(text.lstrip()), text.lstrip()
        if not text:
            return
        last = self._pieces[-1] if self._pieces else None
        if last and last.line != line and sticks(last.text, text):
            self._pieces.append(Paragraph(" ", (Anchor(0, *last.place(len(last.text))),)))
        text = text.translate(SUPERSCRIPT) if self._superscript else text
        self._pieces.append(Paragraph(text, (Anchor(0, line, column),)))

    def _flush(self) -> None:
        """End the paragraph."""
        whole = concatenated(self._pieces) if self._pieces else None
        self._pieces = []
        if whole and whole.text.strip():
            start = len(whole.text) - len(whole.text.lstrip())
            self._sink().append(whole.slice(start, len(whole.text.rstrip())))

    def _cell(self) -> Cell | None:
        table = self._tables[-1] if self._tables else None
        return table.cells[-1] if table and table.open else None

    def _sink(self) -> list[Paragraph]:
        """Where a paragraph goes: the innermost open cell, or the page."""
        return next((t.cells[-1].parts for t in reversed(self._tables) if t.open and t.cells), self._done)

    def _start_row(self) -> None:
        if not self._tables:
            self._tables.append(Table())
        self._end_row(self._tables[-1])

    def _start_cell(self, attrs: dict[str, str | None]) -> None:
        if not self._tables:
            self._tables.append(Table())
        cell = Cell(Anchor(0, *self.getpos()), _span(attrs.get("colspan")), _span(attrs.get("rowspan")))
        self._tables[-1].cells.append(cell)
        self._tables[-1].open = True

    def _end_row(self, table: Table) -> None:
        self._flush()
        cells, nested = table.cells, table.nested
        table.cells, table.open, table.nested = [], False, False
        if not cells:
            return
        sizes = [(len(cell.parts), sum(len(part.text) for part in cell.parts)) for cell in cells]
        layout = nested or any(count > MOST_PARAGRAPHS or size > LONGEST_CELL for count, size in sizes)
        row = [spaced(cell.parts) if cell.parts else Paragraph("", (cell.place,)) for cell in cells]
        spread = _spread(row, cells, table.reaching) if self._empty < MOST_EMPTY else row
        self._empty += len(spread) - len(row)
        if layout or (len(cells) == 1 and len(spread) == cells[0].across):
            self._sink().extend(part for cell in cells for part in cell.parts)
        elif any(cell.text for cell in row):
            self._sink().append(joined_cells(spread))

    def _end_table(self) -> None:
        self._end_row(self._tables[-1])
        self._tables.pop()


def _without_open_ends(text: str) -> str:
    """The text with a NUL, which no text has, for each < and & that opens what never ends: the parser would look for
    the end of each of them through the whole page."""
    last = {mark: max((m.end() for m in end.finditer(text)), default=0) for mark, end in CLOSED.items()}
    ends = text.rfind(">")

    def opened(found: re.Match[str]) -> str:
        never = found[0] == "&#" or last.get(found[0], ends) <= found.start()
        return "\0" + found[0][1:] if never else found[0]

    return OPENED.sub(opened, text)


def _span(value: str | None) -> int:
    number = (value or "").strip()
    return min(max(int(number), 1), WIDEST_SPAN) if re.fullmatch("[0-9]{1,6}", number) else 1


def _spread(row: Sequence[Paragraph], cells: Sequence[Cell], reaching: dict[int, int]) -> list[Paragraph]:
    """The cells in their columns: empty ones where a cell spans, or one of an earlier row reaches down."""
    spread: list[Paragraph] = []
    for text, cell in zip(row, cells, strict=True):
        empty = Paragraph("", (cell.place,))
        while reaching.get(len(spread), 0):
            reaching[len(spread)] -= 1
            spread.append(empty)
        for i in range(cell.across):
            if cell.down > 1:
                reaching[len(spread)] = cell.down - 1
            spread.append(empty if i else text)
    while reaching.get(len(spread), 0):
        reaching[len(spread)] -= 1
        spread.append(Paragraph("", (cells[-1].place,)))
    return spread

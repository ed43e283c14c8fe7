"""PDF with a text layer → lines: paragraphs put together again, rows of tables with tabs between cells.

Pages are read by pdfplumber, in a process of its own (confined). Scripts, links and attachments are not looked at. A
line goes on in the next one where it reaches the right edge of the text and the next one starts at its left edge in
letters of the same size, across columns and pages too. Page numbers and lines that stand at the top or bottom of many
pages are left out. Columns and tables without rules are told by where the text stands (pdf_layout). A PDF of pictures
is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING, Any

from extract import confined
from extract.headings import SENTENCE_END, Headings
from extract.lexicon_file import LEXICON
from extract.pdf_layout import Block, Line, blocks, parts, with_rows
from extract.pieces import sticks
from extract.reading import Reading, SourceError

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

MOST_PAGES = 2_000
EDGE = 2
"""So many lines at the top and at the bottom of a page may be running heads."""
OFTEN = 0.3
FEWEST = 3
"""What stands there on this share of the pages, and on so many of them, is one (left and right pages may differ)."""
PAGE_NUMBER = re.compile(
    r"\d{1,3}|[-—–－·~]\s*\d{1,4}\s*[-—–－·~]|\d{1,4}\s*/\s*\d{1,4}|第\s*\d+\s*页.{0,12}|[ivxIVX]{1,6}"
)
OUTER_NUMBER = re.compile(r"^\d{1,4}\s+|(?<!\s)\s+\d{1,4}$|第\s*\d+\s*页")
SAME_HEIGHT = 4.0
"""Points within which a running head stands at the same height on every page."""
UNKNOWN = re.compile(r"\(cid:\d+\)")
SLACK = 2.0
"""A line is full where there is no room at its end for so many letters and the word that the next line begins with."""
LEAD = re.compile(r"[!-~]*[、。，；：”]?")
"""What is not broken at the start of a line: a number or Latin word, and what may not begin a line."""
UNENDED = "，、,"
"""No paragraph ends in these."""
NO_END = 1e9
NARROWEST = 10
"""Text is set wider than so many letters: shorter lines are never full."""
OCR = "run text recognition (OCR) over it, or bring the text as .txt or .docx"


def read(data: bytes) -> Reading:
    """Read the whole PDF in this process. Raises SourceError (without the name of the file) where it cannot be read."""
    import pdfplumber

    from extract.pdf_pages import pages as pages_of

    pages: list[list[Line]] = []
    pictures: list[int] = []
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise SourceError(f"has {len(pdf.pages)} pages, more than {MOST_PAGES}; split it", "too_large")
            for number, page in enumerate(pages_of(pdf), start=1):
                pages.append(list(_lines(page)))
                if not pages[-1] and page.images:
                    pictures.append(number)
                page.close()
    except (SourceError, MemoryError):
        raise
    except Exception as reason:  # whatever the library says of bytes that are no PDF
        if isinstance(reason.__context__, MemoryError):
            raise MemoryError from None
        if "Password" in repr(reason):
            raise SourceError("is locked with a password; save it without one", "locked") from None
        raise SourceError("is damaged or no PDF; download it again", "damaged") from None
    text = [block for page in _without_furniture(pages) for block in blocks(with_rows(page))]
    return Reading(tuple(_paragraphs(text)), tuple(_notes(data, pages, pictures)))


def _notes(data: bytes, pages: Sequence[Sequence[Line]], pictures: Sequence[int]) -> Iterator[str]:
    """Words on what is missing. Refuses a PDF without pages, without text, or with text that cannot be read."""
    text = "".join(line.text for page in pages for line in page)
    if not pages:
        raise SourceError("has no pages; download it again", "damaged")
    if not re.search(r"\w", text) or len(pictures) > len(pages) / 2:
        raise SourceError(f"is a scan or empty (no text layer); {OCR}", "scanned")
    if 10 * len(UNKNOWN.findall(text)) > len(UNKNOWN.sub("", text)):
        raise SourceError(f"does not say which characters its letters are; {OCR}", "scanned")
    if pictures:
        numbers = ", ".join(map(str, pictures[:10])) + (", …" if len(pictures) > 10 else "")
        yield f"{len(pictures)} pages are pictures without text (page {numbers}); the others are used, {OCR}"
    if b"%%EOF" not in data[-2048:]:
        yield "the PDF breaks off before its end; what could be read is used, download it again"


def _lines(page: Page) -> Iterator[Line]:
    """Lines and rows of a page, from its top."""
    tables = [table for table in page.find_tables() if _is_table(table)] if len(page.edges) > 3 else []
    boxes = [table.bbox for table in tables]

    def outside(thing: dict[str, float]) -> bool:
        x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)

    text = page.filter(outside) if tables else page
    found = [_line(line) for line in text.extract_text_lines(x_tolerance_ratio=0.5) if line["text"].strip()]
    for table in tables:
        for cells, row in zip(table.extract(x_tolerance_ratio=0.5), table.rows, strict=True):
            texts = [_joined((cell or "").split("\n")) for cell in cells]
            if any(texts):
                left, top, right, _ = row.bbox
                found.append(Line("\t".join(texts), left, right, top, row=True))
    yield from sorted(found, key=lambda line: line.top)


def _line(line: dict[str, Any]) -> Line:
    text, size = line["text"], line["bottom"] - line["top"]
    return Line(text.strip(), line["x0"], line["x1"], line["top"], size, parts=parts(text, line["chars"]))


def _is_table(table: Table) -> bool:
    """True unless it is a frame around a text (a box)."""
    return len(table.rows) > 1 and len(table.columns) > 1


def _joined(texts: Sequence[str]) -> str:
    """Texts that follow one another; a blank goes between two that would make one word or number of it."""
    whole = ""
    for text in texts:
        text = " ".join(text.split())
        whole += f" {text}" if sticks(whole, text) else text
    return whole


def _without_furniture(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The pages without page numbers and running heads."""
    seen = Counter(key for page in pages for key in {_key(page[i]) for i in _edges(page)})
    heads = {key for key, count in seen.items() if count >= max(FEWEST, OFTEN * len(pages))}
    for page in pages:
        short = len(pages) < 2 * FEWEST
        gone = {i for i in _edges(page) if _key(page[i]) in heads or (short and PAGE_NUMBER.fullmatch(page[i].text))}
        yield [line for i, line in enumerate(page) if i not in gone]


def _edges(page: Sequence[Line]) -> list[int]:
    """Where the lines at the top and bottom of a page are; rows of tables are none of them."""
    return [i for i, line in enumerate(page) if not line.row and (i < EDGE or i >= len(page) - EDGE)]


def _key(line: Line) -> tuple[str, int]:
    """Words without the number of the page, and their height on the page."""
    words = "" if PAGE_NUMBER.fullmatch(line.text) else OUTER_NUMBER.sub("", line.text)
    return words, round(line.top / SAME_HEIGHT)


def _paragraphs(text: Sequence[Block]) -> Iterator[str]:
    """Lines put together; rows of tables as they are."""
    headings = Headings.load(LEXICON / "headings.yaml")
    usual = _usual(text)
    pending: list[Line] = []
    for block in text:
        right = block.right if block.column else max(block.right, usual)
        for line in block.lines:
            new = pending and headings.match(line.text) and pending[-1].text[-1] in SENTENCE_END
            if pending and (new or not _goes_on(pending[-1], line, block.left)):
                yield _joined([part.text for part in pending])
                pending = []
            if line.row:
                yield line.text
            else:
                wide = line.right >= block.left + NARROWEST * line.size
                pending.append(replace(line, room=right - line.right if wide else NO_END))
    if pending:
        yield _joined([part.text for part in pending])


def _usual(text: Sequence[Block]) -> float:
    """The right edge that pages have as a rule; 0 where most of the text stands in columns."""
    whole = [block for block in text if not block.column]
    held, all_lines = (sum(len(block.lines) for block in of) for of in (whole, text))
    return median(block.right for block in whole) if 2 * held > all_lines else 0


def _goes_on(last: Line, line: Line, left: float) -> bool:
    """True where `line` continues the paragraph of `last`; `left` is the left edge of its page."""
    same = 0.85 * last.size <= line.size <= 1.15 * last.size
    lead = LEAD.match(line.text)
    needed = (SLACK + len(lead[0] if lead else "")) * line.size
    full = last.room <= needed or (last.text[-1] in UNENDED and last.room < NO_END)
    return not line.row and same and full and line.left <= left + 0.5 * line.size


def confine(data: bytes, file: str) -> Reading:
    """Read the whole PDF in a process of its own. Raises SourceError where it cannot be read."""
    return confined.read(__name__, data, file)


if __name__ == "__main__":
    confined.answer(read)

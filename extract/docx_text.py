"""DOCX → lines: paragraphs in the order of the document, the rows of tables in their place with tabs between cells.

What was deleted under tracked changes is left out, what was inserted is in; comments, headers and footers are no text.
A text box follows the paragraph that it is anchored in, footnotes follow the paragraph that refers to them. Numbers
that Word sets before paragraphs by itself are written out (docx_numbers), as they are printed. A table
that is there for the layout (a row of one cell, a cell as long as a text, a table in a table) gives its paragraphs one
by one, as in HTML. Documents are opened with python-docx; nothing they point to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from extract.archive import content, opened
from extract.docx_numbers import Numbers
from extract.html_text import LONGEST_CELL, MOST_PARAGRAPHS, SUPERSCRIPT, WIDEST_SPAN
from extract.pieces import sticks
from extract.reading import Reading, SourceError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PARTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

GONE = frozenset({*(WORD + tag for tag in "del moveFrom pPr rPr instrText delText txbxContent rt".split()), FALLBACK})
"""Elements without text of the paragraph they stand in."""
SIGNS = {"tab": "  ", "ptab": "  ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements that stand for characters. A tab is not kept as one, which would part the cells of a row."""
DOCTYPE = re.compile(rb"<\0?!\0?D\0?O\0?C\0?T\0?Y\0?P\0?E")
BREAK = re.compile(r"[\t\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def read(data: bytes, file: str) -> Reading:
    """Read a Word document. Raises SourceError where `data` is none, or a damaged or dangerous one."""
    _inspect(data, file)
    import docx

    try:
        document = docx.Document(BytesIO(data))
        lines = [line for line in _blocks(document.element.body, _beside(document.part)) if line.strip()]
    except Exception:  # whatever the library says of bytes that are no document
        raise SourceError(
            f"{file}: is damaged or no Word document; open it in Word and save it again", "damaged"
        ) from None
    return Reading(tuple(lines))


def _inspect(data: bytes, file: str) -> None:
    """Refuse what is no Word document, or defines entities: no Word document has reason to."""
    archive = opened(data, file)
    if "word/document.xml" not in archive.namelist() and "[Content_Types].xml" not in archive.namelist():
        raise SourceError(
            f"{file}: is no Word document but another archive; save the document in Word again", "damaged"
        )
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")) and DOCTYPE.search(content(archive, member, file)):
            raise SourceError(f"{file}: defines entities of its own, which may be an attack; save it in Word again")


class Beside(NamedTuple):
    """What lies beside the text: the footnotes by their ids, and the numbers that paragraphs get."""

    notes: Mapping[str, Element]
    numbers: Numbers


def _beside(part) -> Beside:  # type: ignore[no-untyped-def]
    from docx.oxml.parser import parse_xml

    found: dict[str, Element] = {}
    for relation in part.rels.values():
        if relation.reltype.startswith(PARTS) and not relation.is_external:
            name = relation.reltype.removeprefix(PARTS)
            if name in ("footnotes", "numbering", "styles"):
                found[name] = parse_xml(relation.target_part.blob)
    notes = {str(note.get(WORD + "id")): note for note in found.get("footnotes", ())}
    return Beside(notes, Numbers(found.get("numbering"), found.get("styles")))


def _blocks(parent: Element, beside: Beside) -> Iterator[str]:
    """Lines of what holds paragraphs and tables: the body, a cell, a text box, a footnote."""
    for child in parent:
        if child.tag == WORD + "p":
            number, text = beside.numbers.before(child), "".join(_characters(child))
            yield from (number + text if text.strip() or parent.tag == WORD + "tc" else text).split("\n")
            for box in child.iter(WORD + "txbxContent"):
                if _shown(box, child):
                    yield from _blocks(box, beside)
            for reference in child.iter(WORD + "footnoteReference"):
                note = beside.notes.get(str(reference.get(WORD + "id")))
                if note is not None and _shown(reference, child):
                    yield from _blocks(note, beside._replace(notes={}))
        elif child.tag == WORD + "tbl":
            for row in _inside(child, "tr"):
                if row.find(f"{WORD}trPr/{WORD}del") is None:
                    yield from _row(row, beside)
        elif isinstance(child.tag, str) and child.tag not in GONE:
            yield from _blocks(child, beside)


def _shown(element: Element, paragraph: Element) -> bool:
    """True unless the element is deleted, or stands in a text box or a second version of one within the paragraph."""
    for parent in element.iterancestors():
        if parent is paragraph:
            return True
        if parent.tag in GONE:
            return False
    return True


def _characters(element: Element) -> Iterator[str]:
    """The text of a paragraph, line breaks as \\n."""
    for child in element:
        name = child.tag.removeprefix(WORD) if isinstance(child.tag, str) else ""
        if child.tag == WORD + "t":
            yield BREAK.sub(" ", child.text or "").replace("\n", " ")
        elif name in SIGNS:
            yield SIGNS[name]
        elif name and child.tag not in GONE:
            raised = child.find(f"{WORD}rPr/{WORD}vertAlign[@{WORD}val='superscript']") is not None
            text = "".join(_characters(child))
            yield text.translate(SUPERSCRIPT) if raised else text


def _row(row: Element, beside: Beside) -> Iterator[str]:
    """The line of a row, or the lines of its cells where the table is there for the layout."""
    cells: list[str] = [""] * _number(row.find(f"{WORD}trPr/{WORD}gridBefore"), 0)
    texts: list[list[str]] = []
    for cell in _inside(row, "tc"):
        merged = cell.find(f"{WORD}tcPr/{WORD}vMerge")
        goes_on = merged is not None and merged.get(WORD + "val") != "restart"
        texts.append([] if goes_on else [line.strip(" ") for line in _blocks(cell, beside) if line.strip()])
        across = _number(cell.find(f"{WORD}tcPr/{WORD}gridSpan"), 1)
        cells += [_joined(texts[-1]), *[""] * (across - 1)]
    nested = any("\t" in line for text in texts for line in text)
    if nested or len(texts) == 1 or any(_is_text(text) for text in texts):
        yield from (line for text in texts for line in text)
    elif any(cells):
        yield "\t".join(cells)


def _is_text(cell: list[str]) -> bool:
    return len(cell) > MOST_PARAGRAPHS or sum(map(len, cell)) > LONGEST_CELL


def _joined(texts: list[str]) -> str:
    """The paragraphs of a cell; a blank goes between two that would make one word or number of it."""
    whole = ""
    for text in texts:
        whole += f" {text}" if sticks(whole, text) else text
    return whole


def _inside(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, also those in a content control or an insertion."""
    for child in element:
        if child.tag == WORD + tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in GONE and child.tag != WORD + "tbl":
            yield from _inside(child, tag)


def _number(element: Element | None, otherwise: int) -> int:
    value = str(element.get(WORD + "val")) if element is not None else ""
    return min(int(value), WIDEST_SPAN) if re.fullmatch("[0-9]{1,6}", value) else otherwise

"""What the library for text documents has no call for: East Asian fonts, links, page numbers, repeated heads."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, RGBColor

from briefing import plain

_THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_FONTS = ("ascii", "hAnsi", "eastAsia", "cs")


def name_fonts(document: Any) -> None:
    """Give every style of a document our font, for Latin and East Asian letters, in place of that of its theme.

    The language of East Asian letters is set too: else Han may get its Japanese or Taiwanese shapes.
    """
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        for name in _THEME_FONTS:
            fonts.attrib.pop(qn(f"w:{name}"), None)
        for name in _FONTS:
            fonts.set(qn(f"w:{name}"), plain.FONT)


def link(paragraph: Any, address: str, text: str) -> None:
    """Add words to a paragraph that lead to an address."""
    hyperlink = OxmlElement("w:hyperlink")
    hyperlink.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.underline = True
    run.font.color.rgb = RGBColor.from_string(plain.DARK.lstrip("#"))
    hyperlink.append(run._element)
    paragraph._element.append(hyperlink)


def number_pages(paragraph: Any) -> None:
    """Add the number of the page to a paragraph."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("1")._element)
    paragraph._element.append(field)


def style(paragraph: Any, style_id: str) -> None:
    """Give a paragraph a style by its id; the library looks a style up among all, too slow for each cell of a table."""
    paragraph._p.style = style_id


def repeat(row: Any) -> None:
    """Show a row of a table again at the top of each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def whole(row: Any) -> None:
    """Keep a row of a table on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: Any, colour: str) -> None:
    """Give a cell of a table a ground."""
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour.lstrip("#"))):
        ground.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(ground)


def describe(picture: Any, text: str) -> None:
    """Tell a picture to who cannot see."""
    picture._inline.docPr.set("descr", text)


def inset(table: Any, side: float) -> None:
    """Set the room between the sides of the cells of a table and their words, in millimetres."""
    margins = OxmlElement("w:tblCellMar")
    for edge in ("left", "right"):
        room = OxmlElement(f"w:{edge}")
        room.set(qn("w:w"), str(round(Mm(side).twips)))
        room.set(qn("w:type"), "dxa")
        margins.append(room)
    table._tbl.tblPr.append(margins)

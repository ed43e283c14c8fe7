"""PDF files for tests, set with reportlab in a font that every reader knows by name."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib import colors, pdfencrypt
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    SimpleDocTemplate,
    Table,
)

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
HEADING = ParagraphStyle("heading", fontName=FONT, fontSize=18, leading=30, wordWrap="CJK")
BODY = ParagraphStyle("body", fontName=FONT, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK")


def pdf(
    parts: list[str | list[list[str]] | None],
    head: str = "",
    password: str = "",
    ruled: bool = True,
    upright: str = "TOP",
) -> bytes:
    """A PDF of headings (a text after #), paragraphs, tables and page breaks (None), with running heads.

    `upright` says where in a row its cells stand (TOP, MIDDLE, BOTTOM); a line end in a cell breaks it.
    """
    out = BytesIO()

    def furnish(canvas: Canvas, document: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(72, 810, head)
        canvas.drawCentredString(300, 30, f"- {document.page} -")

    lock = pdfencrypt.StandardEncryption(password) if password else None
    template = SimpleDocTemplate(out, encrypt=lock, invariant=1)
    template.build([_flowable(part, ruled, upright) for part in parts], onFirstPage=furnish, onLaterPages=furnish)
    return out.getvalue()


def columns(parts: list[str | list[list[str]] | None], count: int = 2, top: str = "") -> bytes:
    """A PDF set in columns, with a text across them at the top of its first page."""
    out, width = BytesIO(), 456 / count
    frames = [Frame(70 + i * width, 60, width, 660, leftPadding=0, rightPadding=24) for i in range(count)]

    def furnish(canvas: Canvas, document: Any) -> None:
        canvas.setFont(FONT, 18)
        if document.page == 1:
            canvas.drawString(70, 750, top)

    template = BaseDocTemplate(out, invariant=1, pageTemplates=[PageTemplate("columns", frames, onPage=furnish)])
    template.build([_flowable(part) for part in parts])
    return out.getvalue()


def drawn(draw: Any) -> bytes:
    """A PDF of one page that `draw(canvas)` fills."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _flowable(part: str | list[list[str]] | None, ruled: bool = True, upright: str = "TOP") -> Flowable:
    if part is None:
        return PageBreak()
    if isinstance(part, list):
        rules = [("GRID", (0, 0), (-1, -1), 1, colors.black)] if ruled else []
        widths = None if ruled else [max(len(row[i]) for row in part) * 12 + 30 for i in range(len(part[0]))]
        return Table(
            part, widths, style=[*rules, ("FONT", (0, 0), (-1, -1), FONT, 12), ("VALIGN", (0, 0), (-1, -1), upright)]
        )
    return Paragraph(part.removeprefix("#"), HEADING if part.startswith("#") else BODY)

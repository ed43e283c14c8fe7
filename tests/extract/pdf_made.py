"""PDF files for tests, set with reportlab in a font that every reader knows by name."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib import colors, pdfencrypt
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
HEADING = ParagraphStyle("heading", fontName=FONT, fontSize=18, leading=30, wordWrap="CJK")
BODY = ParagraphStyle("body", fontName=FONT, fontSize=14, leading=24, firstLineIndent=28, wordWrap="CJK")


def pdf(parts: list[str | list[list[str]] | None], head: str = "", password: str = "") -> bytes:
    """A PDF of headings (a text after #), paragraphs, ruled tables and page breaks (None), with running heads."""
    out = BytesIO()

    def furnish(canvas: Canvas, document: Any) -> None:
        canvas.setFont(FONT, 9)
        canvas.drawString(72, 810, head)
        canvas.drawCentredString(300, 30, f"- {document.page} -")

    lock = pdfencrypt.StandardEncryption(password) if password else None
    template = SimpleDocTemplate(out, encrypt=lock, invariant=1)
    template.build([_flowable(part) for part in parts], onFirstPage=furnish, onLaterPages=furnish)
    return out.getvalue()


def drawn(draw: Any) -> bytes:
    """A PDF of one page that `draw(canvas)` fills."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _flowable(part: str | list[list[str]] | None) -> Flowable:
    if part is None:
        return PageBreak()
    if isinstance(part, list):
        return Table(part, style=[("GRID", (0, 0), (-1, -1), 1, colors.black), ("FONT", (0, 0), (-1, -1), FONT, 12)])
    return Paragraph(part.removeprefix("#"), HEADING if part.startswith("#") else BODY)

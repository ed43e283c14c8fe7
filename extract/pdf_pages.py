"""Pages of a PDF as pdfplumber reads them, with no more on each letter than lines and tables are told by.

pdfplumber looks up eighteen attributes of a letter; colours, fonts and matrices are half of the time of a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pdfminer.layout import LTChar, LTItem
from pdfplumber.page import Page
from pdfplumber.pdf import PDF


class LeanPage(Page):
    """A page whose letters know their text, place and size."""

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        """What lines and tables ask of a letter, by pdfplumber's own names; anything else as pdfplumber has it."""
        if type(obj) is not LTChar:
            return super().process_object(obj)
        left, top = self.mediabox[:2]
        above = self.height - obj.y1 + top
        return {
            "object_type": "char",
            "text": obj.get_text(),
            "x0": obj.x0 + left,
            "x1": obj.x1 + left,
            "top": above,
            "bottom": self.height - obj.y0 + top,
            "doctop": self.initial_doctop + above,
            "size": obj.size,
            "upright": obj.upright,
        }


def pages(pdf: PDF) -> Iterator[LeanPage]:
    """The pages of an open PDF, in their order."""
    for page in pdf.pages:
        yield LeanPage(pdf, page.page_obj, page.page_number, page.initial_doctop)

"""What the readers of stage 1 give: the lines of a document, or the word on why there are none."""

from __future__ import annotations

from typing import NamedTuple

SAVE_AS = "save it as text (.txt, UTF-8), Markdown, HTML, CSV, Word (.docx) or a PDF with text"


class SourceError(ValueError):
    """A document cannot be read. The message is one sentence that names the file and what to do."""


class Reading(NamedTuple):
    """Lines of a document and whole sentences (without the name of the file) on what is missing in them."""

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()

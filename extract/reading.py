"""What the readers of stage 1 give: the lines of a document, or the word on why there are none."""

from __future__ import annotations

from typing import NamedTuple

SAVE_AS = "save it as text (.txt, UTF-8), Markdown, HTML, CSV, Word (.docx) or a PDF with text"


class SourceError(ValueError):
    """A document cannot be read. The message is one sentence that names the file and what to do.

    `code` names the kind of refusal for programs: scanned, locked, damaged, too_large, too_slow, too_much_memory,
    unknown_kind, no_text, no_documents, same_document; unreadable stands for all others.
    """

    def __init__(self, message: str, code: str = "unreadable") -> None:
        super().__init__(message)
        self.code = code


class Reading(NamedTuple):
    """Lines of a document and whole sentences (without the name of the file) on what is missing in them."""

    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()

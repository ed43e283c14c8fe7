"""The word of stage 1 on what it cannot read."""

from __future__ import annotations

SAVE_AS = "save it as text (.txt, UTF-8), Markdown, HTML, CSV, Word (.docx) or a PDF with text"


class SourceError(ValueError):
    """A document cannot be read. The message is one sentence that names the file and what to do."""

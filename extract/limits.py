"""How much one document may hold. What lies beyond is refused in one sentence; a longest paragraph is read in pieces.

Real plans have up to 150,000 characters and 3,000 numbers. The limits of files, archives, pages, time and memory stand
where these are opened (sources, archive, pdf_text, confined); SECURITY.md lists them all.
"""

from __future__ import annotations

from extract.ledger import DIGITS
from extract.markup import Unmarked
from extract.model import Source
from extract.reading import SourceError

MOST_CHARACTERS = 1_000_000
MOST_NUMBERS = 50_000


def hold(source: Source, unmarked: Unmarked, file: str) -> None:
    """Raises SourceError where a document is longer than any plan: too long to be extracted in reasonable time."""
    characters = sum(len(paragraph.text) for paragraph in unmarked.paragraphs)
    if characters > MOST_CHARACTERS:
        raise SourceError(
            f"{file}: holds {characters:,} characters, more than {MOST_CHARACTERS:,}; bring only the plan, or split it"
        )
    numbers = sum(1 for line in source.lines for _ in DIGITS.finditer(line))
    if numbers > MOST_NUMBERS:
        raise SourceError(
            f"{file}: holds {numbers:,} numbers, more than {MOST_NUMBERS:,}; bring only the plan, or split it"
        )

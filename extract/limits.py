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
MOST_WITH_MARKUP = 10_000_000
"""Characters of a file as read: a saved page holds more markup than text."""


def hold(source: Source, unmarked: Unmarked, file: str) -> None:
    """Raises SourceError where a document is longer than any plan: too long to be extracted in reasonable time."""
    _refuse(sum(len(paragraph.text) for paragraph in unmarked.paragraphs), MOST_CHARACTERS, "characters", file)
    if sum(map(len, source.lines)) > MOST_NUMBERS:
        _refuse(sum(1 for line in source.lines for _ in DIGITS.finditer(line)), MOST_NUMBERS, "numbers", file)


def hold_length(characters: int, file: str) -> None:
    """Raises SourceError where a file has more characters than any saved page of a plan."""
    _refuse(characters, MOST_WITH_MARKUP, "characters", file)


def _refuse(count: int, most: int, things: str, file: str) -> None:
    if count > most:
        words = f"holds {count:,} {things}, more than {most:,}; bring only the plan, or split it"
        raise SourceError(f"{file}: {words}", "too_large")

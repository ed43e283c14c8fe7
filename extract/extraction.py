"""Everything that is found in one document."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import (
    Chance,
    Coverage,
    Document,
    Issue,
    Number,
    Passage,
    PassageThemes,
    Section,
    Target,
    Term,
)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document: what the tables are written from."""

    document: Document
    sha256: str
    script: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    themes: tuple[PassageThemes, ...]
    targets: tuple[Target, ...]
    coverage: tuple[Coverage, ...]
    terms: tuple[Term, ...]
    chance: tuple[Chance, ...]
    numbers: tuple[Number, ...]
    issues: tuple[Issue, ...]

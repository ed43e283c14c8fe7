"""Stage 1, last part: which document a source is — one that config.yaml knows, or one guessed from its title.

A file that config.yaml knows by its sum is that document. Otherwise looked at are the first lines of the text and the
title named in the markup. Of the configured patterns the earliest match wins; a match between 《》 is a reference to
another document and does not count. A document that nothing in config.yaml fits is taken for what its title says, and
an issue tells what was guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extract.cleaning import script_of, simplified
from extract.config import Config, DocumentEntry
from extract.markup import Unmarked
from extract.model import Document, Issue, Source
from extract.regions import identified, inside
from extract.titles import QUOTES, Title, Titles, bare, five_years, titles

HEAD = 60
"""A document says what it is within so many lines of text."""
LONGEST_ID = 80
NO_WORD = re.compile(r"[^\w-]+")
"""What an id holds of a file name are its words, with a hyphen for all between."""
NEVER = "(?!)"
"""A pattern that finds nothing."""


class Recognised(NamedTuple):
    """A document and what the reader of its tables must know about the recognition; `titled` where it bears a title."""

    document: Document
    issues: tuple[Issue, ...]
    titled: bool = True

    def renamed(self, doc_id: str) -> Recognised:
        """The same under another id; a document of no known region is a region of its own."""
        issues = tuple(replace(issue, doc_id=doc_id) for issue in self.issues)
        region_id = self.document.region_id if self.document.region else doc_id
        return self._replace(document=replace(self.document, doc_id=doc_id, region_id=region_id), issues=issues)

    def within(self, folders: Sequence[str], config: Config) -> Recognised:
        """The same, its region told by the title together with the names of the folders that the file lies in."""
        document = self.document
        names = () if document.known else inside(document.regions, folders, document.period_start)
        if names == document.regions or not names:
            return self
        region_id, level = identified(names, config)
        document = replace(document, region_id=region_id, level=level, region=names[-1], within=names[:-1])
        return self._replace(document=document, issues=(_issue(document, True),))


def recognise(source: Source, unmarked: Unmarked, config: Config) -> Recognised:
    """Say which document `source` is. Never fails: what is not known is guessed, and the issues say so."""
    head = _lines(unmarked, HEAD + 1)
    title = titles().find(head)
    entry = _same(source, config) or _known(head, title, config)
    return _configured(entry, source, config) if entry else _guessed(source, unmarked, head[:HEAD], title, config)


def pattern_of(document: Document, unmarked: Unmarked) -> str:
    """A pattern that finds this document by its title, and no other one.

    A title that does not say whose it is, and a report's when, is taken together with the line that does; where there
    is none, the pattern finds nothing: the document is then known by the sum of its file alone.
    """
    title, year = document.title, str(document.period_start)
    whose = bool(document.region) and document.region in title
    if whose and (document.plan_id != "gwr" or year in title):
        return re.escape(title)
    occasion = titles().occasion(_lines(unmarked)[:HEAD])
    return f"{re.escape(title)}.{{0,{HEAD}}}{re.escape(occasion)}" if occasion else NEVER


def _lines(unmarked: Unmarked, most: int | None = None) -> list[str]:
    """All lines, or so many, in Simplified Chinese without blanks, the title of the markup first; a cell is a line."""
    lines = [unmarked.title, *(piece.text for p in unmarked.paragraphs[:most] for piece in p.cells or (p,))][:most]
    head = "\n".join(lines[: HEAD + 1])
    if script_of(head) == "traditional":
        lines[: HEAD + 1] = simplified(head).split("\n")
    return [bare(line) for line in lines]


def _same(source: Source, config: Config) -> DocumentEntry | None:
    """The configured document whose file this is, to the byte."""
    return next((entry for entry in config.documents if entry.sha256 == source.sha256), None)


def _known(head: Sequence[str], title: Title | None, config: Config) -> DocumentEntry | None:
    """The configured document whose pattern is found first, unless another document's own title stands before it."""
    text = "".join(head).translate(QUOTES)
    quoted = [m.span() for m in re.finditer("《[^《》]*》", text) if not titles().quoting.match(text, m.end())]
    first: tuple[int, DocumentEntry] | None = None
    for entry in config.documents:
        for found in re.finditer(entry.recognise.translate(QUOTES), text):
            if not any(start <= found.start() < end for start, end in quoted):
                first = min(first or (found.start(), entry), (found.start(), entry), key=lambda f: f[0])
                break
    if first is None or title is None or not title.firm or not title.region:
        return first[1] if first else None
    before = sum(len(line.translate(QUOTES)) for line in head[: title.line])
    region, level = identified(title.region, config)
    other = (region, title.plan) != (first[1].region, first[1].plan) and level != ""
    return None if other and before + len(title.text) <= first[0] else first[1]


def _configured(entry: DocumentEntry, source: Source, config: Config) -> Recognised:
    region = config.region(entry.region)
    document = Document(
        entry.id,
        entry.region,
        region.level if region else "",
        entry.plan,
        entry.type,
        *entry.period,
        entry.title,
        entry.issued.isoformat() if entry.issued else "",
        region=region.name if region else "",
    )
    if source.sha256 == entry.sha256:
        return Recognised(document, ())
    words = "the file is not the one that config.yaml knows by its sha256; if it is the better one, enter its sum there"
    return Recognised(document, (Issue(entry.id, 0, "warning", "source_changed", words),))


def _guessed(
    source: Source, unmarked: Unmarked, head: Sequence[str], title: Title | None, config: Config
) -> Recognised:
    reader = titles()
    doc_id = NO_WORD.sub("-", source.stem).strip("-")[:LONGEST_ID] or source.sha256[:8]
    delivered, place = reader.delivery(head) if title and title.plan == "gwr" else (0, ())
    first, last = _period(title, delivered, unmarked, reader)
    names = inside((title.region if title else ()) or place or reader.signed(head), (), first or None)
    region_id, level = identified(names, config)
    document = Document(
        doc_id,
        region_id or doc_id,
        level,
        title.plan if title else "other",
        title.type if title else "其他",
        first or None,
        last or None,
        (title.text if title else "") or source.stem.strip() or doc_id,
        "",
        known=False,
        region=names[-1] if names else "",
        within=tuple(names[:-1]),
    )
    return Recognised(document, (_issue(document, bool(region_id)),), titled=title is not None)


def _period(title: Title | None, delivered: int, unmarked: Unmarked, reader: Titles) -> tuple[int, int]:
    """First and last year planned for, zeros where nothing says them."""
    if title is None:
        return 0, 0
    if title.number:
        return five_years(title.number)
    if not delivered and title.years[0]:
        return title.years
    year = delivered or reader.planned_year(_lines(unmarked))
    return year, year


def _issue(document: Document, has_region: bool) -> Issue:
    years = f"years {document.period_start} to {document.period_end}" if document.period_start else "unknown years"
    region = document.region_id if has_region else "an unknown region"
    sure = has_region and document.period_start is not None and document.doc_type != "其他"
    words = f"not in config.yaml; taken for: {document.doc_type} of {region}, {years}; an entry there says it for sure"
    return Issue(document.doc_id, 0, "info" if sure else "warning", "guessed", words)

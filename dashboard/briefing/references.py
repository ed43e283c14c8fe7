"""The documents that cards rest on, numbered as a report cites them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import labels
from briefing import plain
from briefing.item import Item

_SLOT = "\0"
CHAPTERS = 12
"""Chapters of a document that a list of sources names at most."""


@dataclass
class Reference:
    """A document by its title, with the lines and chapters of what is shown of it."""

    document: str
    lines: set[int] = field(default_factory=set)
    chapters: dict[str, None] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """《Title》（第47、66行；第三章）; the place is left out where it is not known."""
        said = []
        if self.lines:
            numbers = labels.word("words.lines_and").join(str(number) for number in sorted(self.lines))
            said.append(labels.word("words.line", line=numbers))
        if self.chapters:
            shown = labels.join(list(self.chapters)[:CHAPTERS])
            more = len(self.chapters) > CHAPTERS
            said.append(labels.word("office.chapters", chapters=shown, count=len(self.chapters)) if more else shown)
        title = labels.word("words.title_marks", title=self.document)
        return (
            labels.word("office.reference", title=title, places=labels.word("office.and").join(said)) if said else title
        )


def cited(item: Item) -> dict[str, Reference]:
    """Title of a document → its lines and chapters: those that the source of the card names, then those of `places`.

    A document of `places` that the source does not name by this title adds none: the source names all that is shown.
    """
    found: dict[str, Reference] = {}
    for document, place in _named(plain.line(item.card.source)):
        found.setdefault(document, Reference(document)).lines.update(_lines(place))
    columns = {name: labels.word(f"columns.{name}") for name in ("document", "line", "chapter")}
    if columns["document"] in item.places:
        for row in item.places.to_dict("records"):
            document = _bare(plain.line(row[columns["document"]]))
            if document in found:
                reference = found[document]
                reference.lines.update(_numbers(plain.text(row.get(columns["line"]))))
                chapter = plain.line(row.get(columns["chapter"]))
                reference.chapters |= {chapter: None} if chapter else {}
    return found


def collect(items: Iterable[Item]) -> dict[str, Reference]:
    """Every document of the items, once, in the order in which they are first named: the first is [1]."""
    found: dict[str, Reference] = {}
    for item in items:
        for document, reference in cited(item).items():
            known = found.setdefault(document, Reference(document))
            known.lines |= reference.lines
            known.chapters |= reference.chapters
    return found


def _numbers(words: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", words)}


def _lines(place: str) -> set[int]:
    """The numbers of lines in a place (第二章第一节第47、52行): those of chapters are none."""
    before, after = _parts("card.lines", "lines", chapter="")
    between = re.escape(labels.word("words.lines_and"))
    found = re.findall(rf"{before}(\d+(?:{between}\d+)*){after}", place)
    return {number for numbers in found for number in _numbers(numbers)}


def _parts(key: str, slot: str, **others: str) -> list[str]:
    """What stands before and after the one thing that is filled in, as patterns."""
    return [re.escape(part) for part in labels.word(key, **{slot: _SLOT}, **others).split(_SLOT)]


def _bare(document: str) -> str:
    """A title without the marks round it."""
    before, after = _parts("words.title_marks", "title")
    whole = re.fullmatch(f"{before}(.+){after}", document)
    return whole[1] if whole else document


def _named(source: str) -> list[tuple[str, str]]:
    """Title and place of each document of `card.sources`; words without a title are one document."""
    before, after = _parts("words.title_marks", "title")
    opened, closed = _parts("card.place", "place")
    between = re.escape(labels.word("filters.joined"))
    found = re.findall(f"{before}(.+?){after}(?:{opened}(.*?){closed})?(?={between}{before}|$)", source)
    return found or ([(source, "")] if source else [])

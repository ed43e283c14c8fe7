"""What a heading looks like: used by cleaning (never join across one) and by the outline (build the tree)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extract.lexicon_file import Lexicon, load

SENTENCE_END = "。；！？"
REMEMBERED = 1024
"""So many lines are remembered: each is asked about when lines are joined, and again for the outline."""


class Level(Lexicon):
    """One level of heading: see lexicon/headings.yaml."""

    name: str
    number: str
    run_in: bool = False


class HeadingRules(Lexicon):
    """lexicon/headings.yaml as typed values."""

    max_chars: int
    numerals: str
    levels: tuple[Level, ...]
    boxes: tuple[str, ...]
    unnumbered: tuple[str, ...]
    bare: str
    stated: str
    listed: str
    bullets: tuple[str, ...]
    lead: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A recognised heading: `level` 1 is the outermost, `rest` what stands after a run-in heading's first sentence."""

    level: int
    name: str
    number: str
    title: str
    run_in: bool = False


class Headings:
    """Finds headings in cleaned lines."""

    def __init__(self, rules: HeadingRules) -> None:
        self.match = lru_cache(REMEMBERED)(self._match)
        """The heading that a text is, or opens with; None for plain text."""
        self.max_chars = rules.max_chars
        numbers = [level.number.format(cn=rules.numerals) for level in rules.levels]
        self._levels = [
            (depth, level, re.compile(f"(?P<number>{number})[ 　]*(?P<title>.+)"))
            for depth, (level, number) in enumerate(zip(rules.levels, numbers, strict=True), start=1)
        ]
        self._numbered = re.compile("|".join(numbers))
        self.depth = {level.name: depth for depth, level in enumerate(rules.levels, start=1)} | {
            "box": len(numbers) + 1
        }
        self._box = re.compile(f"(?P<number>{'|'.join(rules.boxes)})[ 　：:.]*(?P<title>.*)")
        self._unnumbered, self._bare = frozenset(rules.unnumbered), re.compile(rules.bare)
        self._bullet = re.compile("|".join(map(re.escape, sorted(rules.bullets, key=len, reverse=True))))
        self._run_in = re.compile(f"[^{SENTENCE_END}：]{{2,{self.max_chars}}}。")
        self._lead, self._stated = re.compile(rules.lead), re.compile(rules.stated)
        self._listed = re.compile(rules.listed)

    @classmethod
    def load(cls, path: Path) -> Headings:
        return cls(load(path, HeadingRules))

    def _match(self, text: str) -> Heading | None:
        if text.replace(" ", "") in self._unnumbered:
            return Heading(self.depth["chapter"], "chapter", "", text.replace(" ", ""))
        box = self._box.match(text)
        if box and len(text) <= self.max_chars and text[-1] not in SENTENCE_END:
            return Heading(self.depth["box"], "box", box["number"], box["title"] or box["number"])
        for depth, level, pattern in self._levels if self._numbered.match(text) else ():
            found = pattern.match(text)
            if found:
                return self._of(depth, level, found)
        if self._bare.match(text) and not self._bullet.match(text):
            return Heading(self.depth["chapter"], "chapter", "", text)
        return None

    def _of(self, depth: int, level: Level, found: re.Match[str]) -> Heading | None:
        title, number = found["title"].strip(), found["number"]
        ends, said = title[-1:] in SENTENCE_END, title.rstrip("。；：:")
        if not said:
            return None
        if len(title) <= self.max_chars and (not ends or title.count(title[-1]) == 1) and not self._reads_on(title):
            return Heading(depth, level.name, number, said)
        lead = self._run_in.match(title)
        if level.run_in and lead:
            return Heading(depth, level.name, number, lead[0][:-1], run_in=True)
        return None

    def _reads_on(self, title: str) -> bool:
        """True where the words go on after the end of a sentence, or a number opens a statement rather than a title."""
        stated = title.endswith(("。", "；")) and self._stated.search(title) is not None
        return stated or self._listed.search(title) is not None or any(mark in title[:-1] for mark in SENTENCE_END)

    def bullet(self, text: str) -> str:
        """The bullet `text` opens with, or ""."""
        found = self._bullet.match(text)
        return found[0] if found else ""

    def lead(self, text: str) -> str:
        """The unnumbered heading that a bulleted paragraph opens with, or ""."""
        found = self._lead.match(text)
        return found["heading"] if found else ""

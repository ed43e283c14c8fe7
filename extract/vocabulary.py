"""Words of a lexicon with what they say, found in a text by longest match."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


class Sense(NamedTuple):
    """What a term says: a theme, a topic of it ("" for none), and how much."""

    theme: str
    topic: str
    weight: float


Found = tuple[int, str, tuple[Sense, ...]]
"""Where a term begins in a text, the term, and what it says."""
Match = tuple[int, int, int]
"""The number of a term in its vocabulary, where it begins in a text, and where it ends."""


class Vocabulary:
    """Words with their senses. Words of one character are never found.

    `words` are those that can be found and `said` is what they say, both by the number of the word.
    """

    def __init__(self, senses: Mapping[str, tuple[Sense, ...]]) -> None:
        self.senses = senses
        self.words = [word for word in senses if len(word) > 1]
        self.said = [senses[word] for word in self.words]
        self._latin = frozenset(i for i, word in enumerate(self.words) if word[0].isascii())
        opening = "".join(sorted({self.words[i][0] for i in self._latin}))
        self._opens_latin = re.compile(f"[{re.escape(opening)}]" if opening else "(?!)")

    def find(self, text: str) -> list[Found]:
        """The words of `text` from left to right, none inside another; a Latin word only where it stands alone."""
        return [(start, self.words[number], self.said[number]) for number, start, _ in self.matches(text)]

    def matches(self, text: str) -> list[Match]:
        """The same by the numbers of the words."""
        found: list[Match] = self._automaton.find_matches_as_indexes(text)
        if self._opens_latin.search(text):
            latin = self._latin.intersection([number for number, _, _ in found])
            if latin and any(_inside_latin(text, start, end) for number, start, end in found if number in latin):
                return list(self._one_by_one(text))
        return found

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        return AhoCorasick(
            self.words,
            matchkind=MatchKind.LeftmostLongest,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,
        )

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """The lengths, longest first, of the words that open with two characters."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in self.words:
            lengths[word[:2]].add(len(word))
        return {prefix: sorted(of, reverse=True) for prefix, of in lengths.items()}

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {word: number for number, word in enumerate(self.words)}

    def _one_by_one(self, text: str) -> Iterator[Match]:
        """The same for a text in which a longest match is refused: the shorter words at its place have their turn."""
        lengths, numbers, start, last = self._lengths, self._numbers, 0, len(text) - 1
        while start < last:
            for length in lengths.get(text[start : start + 2], ()):
                word = text[start : start + length]
                if word in numbers and not (word[0].isascii() and _inside_latin(text, start, start + length)):
                    yield numbers[word], start, start + len(word)
                    start += length
                    break
            else:
                start += 1


def _inside_latin(text: str, start: int, end: int) -> bool:
    """True where a letter goes on before or after text[start:end] (the AI of AIDS)."""
    return any(char.isascii() and char.isalpha() for char in (text[max(start - 1, 0) : start], text[end : end + 1]))

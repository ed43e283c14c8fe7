"""Words of a lexicon with what they say, found in a text by longest match."""

from __future__ import annotations

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


class Vocabulary:
    """Words with their senses. Words of one character are never found."""

    def __init__(self, senses: Mapping[str, tuple[Sense, ...]]) -> None:
        self.senses = senses
        self._entries = [(word, of) for word, of in senses.items() if len(word) > 1]
        self._latin = frozenset(i for i, (word, _) in enumerate(self._entries) if word[0].isascii())

    def find(self, text: str) -> list[Found]:
        """The words of `text` from left to right, none inside another; a Latin word only where it stands alone."""
        matches, entries = self._automaton.find_matches_as_indexes(text), self._entries
        latin = self._latin.intersection([index for index, _, _ in matches])
        if latin and any(_inside_latin(text, start, end) for index, start, end in matches if index in latin):
            return list(self._one_by_one(text))
        return [(start, *entries[index]) for index, start, _ in matches]

    @cached_property
    def _automaton(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        words = [word for word, _ in self._entries]
        return AhoCorasick(
            words,
            matchkind=MatchKind.LeftmostLongest,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,
        )

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """The lengths, longest first, of the words that open with two characters."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for word, _ in self._entries:
            lengths[word[:2]].add(len(word))
        return {prefix: sorted(of, reverse=True) for prefix, of in lengths.items()}

    def _one_by_one(self, text: str) -> Iterator[Found]:
        """The same for a text in which a longest match is refused: the shorter words at its place have their turn."""
        lengths, senses, start, last = self._lengths, self.senses, 0, len(text) - 1
        while start < last:
            for length in lengths.get(text[start : start + 2], ()):
                word = text[start : start + length]
                if word in senses and not (word[0].isascii() and _inside_latin(text, start, start + length)):
                    yield start, word, senses[word]
                    start += length
                    break
            else:
                start += 1


def _inside_latin(text: str, start: int, end: int) -> bool:
    """True where a letter goes on before or after text[start:end] (the AI of AIDS)."""
    return any(char.isascii() and char.isalpha() for char in (text[max(start - 1, 0) : start], text[end : end + 1]))

"""Words and patterns of a lexicon → regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable


def one_of(words: Iterable[str]) -> str:
    """Regular expression of any of the words, longest first."""
    return alternatives(re.escape(word) for word in words)


def alternatives(patterns: Iterable[str]) -> str:
    """Regular expression of any of the patterns, longest first."""
    return "(?:" + "|".join(sorted(set(patterns), key=lambda p: (-len(p), p))) + ")"


def opening(words: Iterable[str]) -> str:
    """Regular expression that looks ahead for a character that any of the words opens with: soon known not to be."""
    return f"(?=[{re.escape(''.join(sorted({word[0] for word in words})))}])"


RUN = re.compile(r"(?P<run>\[[^\[\]^][^\[\]]*\])(?:\+|\{\d+,\})")


def from_start(pattern: str) -> str:
    """The pattern, which opens with a run of any length, tried only where the run begins.

    It finds the same: what is found first begins there. Tried from each character of a long run it would take the
    square of its length.
    """
    opened = RUN.match(pattern)
    return f"(?<!{opened['run']}){pattern}" if opened else pattern


def word(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the words."""
    return re.compile(one_of(words))


def pattern(patterns: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the patterns."""
    return re.compile(alternatives(patterns))

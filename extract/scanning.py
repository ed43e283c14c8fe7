"""Patterns that are tried only in those clauses of a text where they can match at all.

What a pattern needs is read from the pattern itself: sets of characters, of each of which every match holds at least
one. Numbers stand in one clause out of ten, and most patterns need more than a number, so most are never tried. The
matches are those of the plain patterns, no more and no less.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from extract.beginnings import begun

ENDS = "，。；！？"
"""Signs that end a clause."""
CLAUSE = re.compile(f"[^{ENDS}]*[{ENDS}]?")
MOST_CHARACTERS = 80
"""A range of more characters than this says nothing about where a match can be."""
REMEMBERED = 1 << 13
"""So many sets of needs that clauses met are remembered with what can match there."""
MOST_WAYS = 24
"""Ways to match that are told apart; where there are more, they are taken together."""
ARABIC = frozenset("0123456789")
NUMERALS = ARABIC | frozenset("零〇一二三四五六七八九十百千万亿两")
OTHER_DIGITS = re.compile(r"[^\D0-9]")
Needs = frozenset[str]
Way = frozenset[Needs]
Spans = list[tuple[int, int]]


class Sieve:
    """Patterns by name, all held against a text at once."""

    def __init__(self, patterns: Mapping[str, str], needs: Mapping[str, str] | None = None) -> None:
        """`needs` names, by pattern, characters without one of which a match of it would be of no use."""
        trees = {name: parser.parse(pattern) for name, pattern in patterns.items()}
        self.patterns = {name: re.compile(begun(pattern, trees[name])) for name, pattern in patterns.items()}
        trees |= {name: [] for name, pattern in self.patterns.items() if pattern.flags & re.IGNORECASE}
        useful = {name: Way([Needs(characters)]) for name, characters in (needs or {}).items()}
        ways = {name: _fewest(way | useful.get(name, Way()) for way in _ways(tree)) for name, tree in trees.items()}
        self._across = [
            (name, re.compile("|".join(map(_all_met, of)) if all(of) else ""))
            for name, of in ways.items()
            if _crosses(trees[name]) or not all(of)
        ]
        within = {name: of for name, of in ways.items() if name not in dict(self._across)}
        self._bits, bit = _bits(needs for of in within.values() for way in of for needs in way)
        self._characters = _any_of(self._bits)
        self._by_rare = defaultdict[int, list[tuple[int, str]]](list)
        for name, of in within.items():
            for way in of:
                self._by_rare[bit[_rarest(way)]].append((sum(bit[needs] for needs in way), name))
        self._rare = reduce(or_, self._by_rare, 0)
        self._ways = lru_cache(REMEMBERED)(self._opened)
        self._able = lru_cache(REMEMBERED)(self._met)
        self._opening = _any_of(character for character, met in self._bits.items() if met & self._rare)
        other = f"[^{ENDS}{self._opening.pattern[1:]}*+"
        self._clauses = re.compile(
            f"(?:{other}[{ENDS}])*+(?:({other}{self._opening.pattern}[^{ENDS}]*+[{ENDS}]?)|{other})"
        )

    def sift(self, text: str) -> Sifted:
        """Where in `text` which patterns can match."""
        if OTHER_DIGITS.search(text):
            return Sifted(text, self.patterns, {name: [(0, len(text))] for name in self.patterns})
        spans: dict[str, Spans] = {name: [(0, len(text))] for name, met in self._across if met.match(text)}
        if not self._by_rare or not self._opening.search(text):
            return Sifted(text, self.patterns, spans)
        bits, characters, rare = self._bits, self._characters.findall, self._rare
        for found in self._clauses.finditer(text):
            start, end = found.span(1)
            if start < 0:
                continue
            held = 0
            for character in characters(text, start, end):
                held |= bits[character]
            needed, _ = self._ways(held & rare)
            for name in self._able(held & rare, held & needed):
                spans.setdefault(name, []).append((start, end))
        return Sifted(text, self.patterns, spans)

    def _opened(self, rare: int) -> tuple[int, list[tuple[int, str]]]:
        """The ways whose rarest need is among these: what they need together, and what each needs, with its pattern."""
        ways = [way for rarest, of in self._by_rare.items() if rarest & rare for way in of]
        return reduce(or_, [mask for mask, _ in ways], 0), ways

    def _met(self, rare: int, held: int) -> set[str]:
        """The patterns that can match where these rarest needs are met, and all these of what their ways need."""
        return {name for mask, name in self._ways(rare)[1] if mask & held == mask}


def _any_of(characters: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the characters; where there are none, any character."""
    return re.compile(f"[{''.join(sorted(map(re.escape, set(characters)))) or chr(92) + 's' + chr(92) + 'S'}]")


def _all_met(way: Way) -> str:
    """Regular expression that looks ahead from a text's beginning for each need, those of few characters first."""
    classes = [_any_of(needs).pattern for needs in sorted(way, key=lambda needs: (len(needs), sorted(needs)))]
    return r"\A" + "".join(f"(?=[^{one[1:]}*+{one})" for one in classes)


def _bits(needs: Iterable[Needs]) -> tuple[dict[str, int], dict[Needs, int]]:
    """Each need as a bit of a number: the bits that each character meets, and the bit of each need."""
    bit = {one: 1 << i for i, one in enumerate(sorted(set(needs), key=sorted))}
    met: dict[str, int] = defaultdict(int)
    for one, value in bit.items():
        for character in one:
            met[character] |= value
    return dict(met), bit


class Sifted:
    """A text and the spans in which each pattern can match; patterns that can match nowhere are not in it."""

    def __init__(self, text: str, patterns: Mapping[str, re.Pattern[str]], spans: Mapping[str, Spans]) -> None:
        self.text, self._patterns, self.spans = text, patterns, spans

    def finditer(self, name: str) -> Iterator[re.Match[str]]:
        """What `re.finditer` gives, without what is of no use."""
        pattern = self._patterns[name]
        for start, end in self.spans.get(name, ()):
            yield from pattern.finditer(self.text, start, end)


def _fewest(ways: Iterable[Way]) -> list[Way]:
    """Without the ways that need all that another one needs, and more."""
    found = set(ways)
    return [way for way in found if not any(other < way for other in found)]


def _ways(tree: Iterable[tuple[Any, Any]]) -> list[Way]:
    """The ways in which a sequence can match: sets of needs, all of one way to be met."""
    ways = [Way()]
    for node in tree:
        found = _ways_of(*node)
        if len(ways) * len(found) > MOST_WAYS:
            found = [_taken_together(found)]
        ways = [way | other for way in ways for other in found]
    return ways


def _ways_of(op: Any, value: Any) -> list[Way]:
    if op is ops.LITERAL:
        return [Way([Needs(chr(value))])]
    if op is ops.IN:
        members = _members(value)
        return [Way([members]) if members else Way()]
    if op is ops.BRANCH:
        return [way for branch in value[1] for way in _ways(branch)]
    if op is ops.SUBPATTERN and not value[1] & re.IGNORECASE:
        return _ways(value[3])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT) and value[0]:
        return _ways(value[2])
    return _ways(value) if op is ops.ATOMIC_GROUP else [Way()]


def _taken_together(ways: Sequence[Way]) -> Way:
    """One need that each of the ways has a part in; none where one of them needs nothing."""
    if not all(ways):
        return Way()
    return Way([Needs().union(*map(_rarest, ways))])


def _rarest(way: Way) -> Needs:
    """The need of a way that the fewest clauses meet, as far as its characters tell."""
    return min(way, key=lambda needs: (not needs <= ARABIC, not needs <= NUMERALS, len(needs), sorted(needs)))


def _members(items: Sequence[tuple[Any, Any]]) -> Needs:
    """The characters of a class; none where they are too many. Digits are the Arabic ones, see `OTHER_DIGITS`."""
    found: set[str] = set()
    for op, value in items:
        if op is ops.LITERAL:
            found.add(chr(value))
        elif op is ops.RANGE and value[1] - value[0] < MOST_CHARACTERS:
            found.update(map(chr, range(value[0], value[1] + 1)))
        elif op is ops.CATEGORY and value is ops.CATEGORY_DIGIT:
            found.update("0123456789")
        else:
            return Needs()
    return Needs(found)


def _crosses(tree: Iterable[tuple[Any, Any]]) -> bool:
    """True where a match can go on behind the end of a clause, or look behind it."""
    return any(_crosses_at(*node) for node in tree)


def _crosses_at(op: Any, value: Any) -> bool:
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return value[0] > 0 and _looks_across(value[1])
    if op is ops.BRANCH:
        return any(_crosses(branch) for branch in value[1])
    if op is ops.SUBPATTERN:
        return _crosses(value[3])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        return _crosses(value[2])
    if op is ops.ATOMIC_GROUP:
        return _crosses(value)
    if op in (ops.AT, ops.GROUPREF):
        return False
    if op is ops.LITERAL:
        return chr(value) in ENDS
    return op is not ops.IN or any(_holds(value, ord(end)) for end in ENDS)


def _looks_across(tree: Iterable[tuple[Any, Any]]) -> bool:
    """True where what is looked at ahead can go on behind the end of a clause; the sign at the end is still seen."""
    *before, (op, value) = [*tree] or [(ops.AT, None)]
    if _crosses(before):
        return True
    if op is ops.BRANCH:
        return any(_looks_across(branch) for branch in value[1])
    if op is ops.SUBPATTERN:
        return _looks_across(value[3])
    return op not in (ops.LITERAL, ops.IN) and _crosses_at(op, value)


def _holds(items: Sequence[tuple[Any, Any]], code: int) -> bool:
    """True where a class holds a sign; of categories only digits, letters and blanks are known to hold none."""
    negated = items[0][0] is ops.NEGATE
    safe = (ops.CATEGORY_DIGIT, ops.CATEGORY_WORD, ops.CATEGORY_SPACE)
    if any(op is ops.CATEGORY and (negated or value not in safe) for op, value in items):
        return True
    literal = any(op is ops.LITERAL and value == code for op, value in items)
    return negated != (literal or any(op is ops.RANGE and value[0] <= code <= value[1] for op, value in items))

"""Stage 6: the stretch of text that speaks of an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.model import Quantity
from extract.statement_rules import StatementRules
from extract.units import Units

BRACKET, JOINT = re.compile("[（）]"), re.compile("[和及与]|以及|(?=[人户亩]均[增收纯])")


@dataclass(frozen=True, slots=True)
class Frame:
    """Amounts that stand in a row (one, as a rule), with the raw words before and after, clause and sentence around."""

    quantities: tuple[Quantity, ...]
    left: str
    right: str
    clause: str
    sentence: tuple[int, int]


class Frames:
    """Cuts a passage into frames; built once from the lexicon."""

    def __init__(self, rules: StatementRules, units: Units) -> None:
        self.units = units
        self._boundary = rules.boundary
        self._sentence = re.compile("[^。；！？]*[。；！？]|[^。；！？]+$")
        self._distributing = rules.distributing
        self._piece = re.compile(rules.list_piece)
        self._aside = re.compile("(?<=[村镇乡街县区市])（[一-龥、]{1,6}）(?=[一-龥])")
        self._joined = re.compile(rules.joined_things)
        self._people = re.compile("(?<![0-9.])[0-9.]+万?(?:余|多)?(?:人|名|口|[一-龥]{0,2}群众)")
        self._joint = re.compile("[、和及与：:]|以及|")

    def cut(self, text: str, quantities: Sequence[Quantity]) -> Iterator[tuple[tuple[Quantity, ...], tuple[int, int]]]:
        """Amounts of one kind with but a list sign between them (7.1%、4.3%), and the span of their sentence."""
        spans = [m.span() for m in self._sentence.finditer(text)] if quantities else []
        group: list[Quantity] = []
        for quantity in quantities:
            if group and not self._listed(text, group[-1], quantity):
                yield tuple(group), _around(spans, group[0].start)
                group = []
            group.append(quantity)
        if group:
            yield tuple(group), _around(spans, group[0].start)

    def _listed(self, text: str, first: Quantity, second: Quantity) -> bool:
        between = text[first.end : second.start]
        apart = not between and second.start < second.digits[0][0]
        if apart or not self._joint.fullmatch(between):
            return False
        handed_out = self._distributing in self._boundary.split(text[: first.start])[-1]
        return handed_out or self.units.family(first.counted_unit) == self.units.family(second.counted_unit)

    def around(
        self,
        text: str,
        group: tuple[Quantity, ...],
        sentence: tuple[int, int],
        quantities: Sequence[Quantity],
        taken: int,
    ) -> Frame:
        """The frame of a group; words up to `taken` belong to the amount before it."""
        start, end = group[0].start, group[-1].end
        marks = [m.end() for m in self._boundary.finditer(text, sentence[0], start)]
        clause_start = marks[-1] if marks else sentence[0]
        left_start = self._after_previous(text, clause_start, start, quantities, taken)
        left_start = _inside_brackets(text, left_start, start)
        mark = self._boundary.search(text, end, sentence[1])
        clause_end = mark.start() if mark else sentence[1]
        later = [q.start for q in quantities if end <= q.start < clause_end]
        if later and later[0] == end and self._households(group[-1], text[end:clause_end]):
            end, *later = next(q.end for q in quantities if q.start == end), *later[1:]
        right = self._one_thing(text[end : min([clause_end, *later])])
        return Frame(group, text[left_start:start], right, text[clause_start:clause_end], sentence)

    def _one_thing(self, right: str) -> str:
        """Up to the first list sign, or as far as the noun that the pieces of a list share: 行业型、区域型平台.

        Of names that only tell what a thing joins it is the thing: 铁路、公路有效衔接的枢纽 → 枢纽.
        """
        whole = BRACKET.split(self._aside.sub("", right), maxsplit=1)[0]
        joined = self._joined.match(whole)
        if joined:
            return joined["thing"]
        first, *others = whole.split("、")
        named = [first]
        while others and others[0] and self._piece.search(named[-1]):
            named.append(others.pop(0))
        return "、".join(named)

    def _households(self, quantity: Quantity, after: str) -> bool:
        """326户1420名群众: households and their people are the same thing counted twice."""
        return quantity.unit.endswith("户") and self._people.match(after) is not None

    @staticmethod
    def _after_previous(text: str, clause_start: int, start: int, quantities: Sequence[Quantity], taken: int) -> int:
        """Where the words of this amount begin, after those of the amount before it in the clause."""
        ends = [q.end for q in quantities if clause_start < q.end <= start]
        if not ends:
            return clause_start
        sign = text.find("、", ends[-1], start)
        if sign >= 0:
            return sign + 1
        if taken == ends[-1]:
            joint = JOINT.search(text[taken:start])
            return taken + joint.end() if joint else start
        return ends[-1]


def _around(spans: Sequence[tuple[int, int]], offset: int) -> tuple[int, int]:
    return next(span for span in spans if span[0] <= offset < span[1])


def _inside_brackets(text: str, left_start: int, start: int) -> int:
    """Words inside an opened bracket speak for themselves, unless the bracket holds but the amount."""
    opened = text.rfind("（", left_start, start)
    if opened >= 0 and "）" not in text[opened:start] and start - opened > 2:
        return opened + 1
    closed = text.rfind("）", left_start, start)
    if closed >= 0 and text.rfind("（", left_start, closed) < 0:
        return closed + 1
    return left_start

"""Stage 6, first half: what each amount of a passage is an amount of.

A clause names its indicator before the amount (地区生产总值达7000亿元), after it (引进40家持牌机构), or not at all,
when it goes on about the one before (…，年均增长6%). `分别` and lists hand out amounts to indicators in their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from extract.counted import Counted
from extract.descriptors import Descriptors
from extract.frames import Frame, Frames
from extract.going_on import GoingOn
from extract.lexicon_file import load
from extract.model import Quantity
from extract.periods import Mention
from extract.phrases import Phrases
from extract.statement import Statement
from extract.statement_rules import StatementRules
from extract.units import Units

COMPARED = 40
"""So many characters before an amount may say what it is compared with."""


class Statements:
    """Reads statements; built once from the lexicon."""

    def __init__(self, rules: StatementRules, units: Units) -> None:
        self.rules, self.units = rules, units
        self.descriptors = Descriptors(rules, units)
        self.phrases, self._frames = Phrases(rules), Frames(rules, units)
        self._going_on = GoingOn(rules, self.phrases, units, self.descriptors)
        self._things = Counted(rules, self.phrases, units, self.descriptors)
        self._at_least, self._beyond = re.compile(rules.at_least), re.compile(rules.beyond)
        self._parts_of_ratio = [(re.compile(what), parts) for what, parts in rules.ratio_parts.items()]

    @classmethod
    def load(cls, path: Path, units: Units) -> Statements:
        """Raises LexiconError naming every fault of the file."""
        return cls(load(path, StatementRules), units)

    def read(self, text: str, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> tuple[Statement, ...]:
        """One statement a quantity, in order.

        Args: a cleaned passage, its quantities without the descriptors, and its times. A quantity for which no words
        can be found gets an empty indicator, with rule `indicator.none`.
        """
        done: list[Statement] = []
        for group, sentence in self._frames.cut(text, quantities):
            before = [s for s in done if s.sentence == sentence] or done[-1:]
            taken = before[-1].quantity.end if before and before[-1].counted else -1
            frame = self._frames.around(text, group, sentence, quantities, taken)
            left = self.phrases.left(frame.left, text, mentions, group[0].start)
            done += self._of_group(frame, left, text, before)
        return tuple(done)

    def _of_group(self, frame: Frame, left: str, text: str, before: list[Statement]) -> list[Statement]:
        first = self._compared(self._of_one(frame, left, text, before), text)
        if len(frame.quantities) == 1:
            return [first]
        group = self._qualified(frame)
        parts = self._ratio_parts(group, text[frame.sentence[0] : group[0].start])
        if parts:
            return [self._named(first, q, name, left, "list") for q, name in zip(group, parts, strict=True)]
        goes_on = not left or self.phrases.goes_on.search(left) is not None
        names = [] if goes_on else self._names(frame, left)
        if names:
            return [
                self._named(first, q, n, self.phrases.subject(n), "list") for q, n in zip(group, names, strict=True)
            ]
        if goes_on and len(before) >= len(group):
            subjects = [s.subject for s in before[-len(group) :]]
            return [self._named(first, q, s + left, s, "distributed") for q, s in zip(group, subjects, strict=True)]
        head = first._replace(quantity=replace(first.quantity, qualifier=group[0].qualifier))
        return [head, *(head._replace(quantity=q, rule="indicator.repeated") for q in group[1:])]

    def reached(self, quantity: Quantity, text: str) -> Quantity:
        """控制在4.1% looks ahead to a limit; of what has been reached it says what it is."""
        held = text[quantity.start : quantity.digits[0][0]] == self.rules.held
        limit = quantity.digits[-1][1] + len(quantity.unit) < quantity.end
        return replace(quantity, qualifier="=") if held and not limit else quantity

    def _names(self, frame: Frame, left: str) -> list[str]:
        """The names of the amounts that stand in a row, one each; [] where the words before them name one thing."""
        split = any("、" in word and word in left for word in self.rules.twins)
        listed = [] if split else self.phrases.names(left, len(frame.quantities))
        return listed or self._twins(frame, left)

    def _compared(self, statement: Statement, text: str) -> Statement:
        """比计划目标3000亿元超过1070亿元 does not say more than 1070: the sign is what is said of the two."""
        quantity = statement.quantity
        begin = quantity.digits[0][0]
        before = text[max(statement.sentence[0], begin - COMPARED) : begin]
        if not self._beyond.search(before):
            return statement
        plain = replace(quantity, qualifier="=") if quantity.qualifier in "<>" else quantity
        return statement._replace(quantity=plain, beyond=True)

    def _twins(self, frame: Frame, left: str) -> list[str]:
        """Two names in one word: 城乡居民收入分别增长5%、6% is 城镇居民收入 and 农村居民收入."""
        if len(frame.quantities) != 2:
            return []
        both = next((word for word in self.rules.twins if left.count(word) == 1), "")
        return [left.replace(both, name) for name in self.rules.twins[both]] if both else []

    def _qualified(self, frame: Frame) -> tuple[Quantity, ...]:
        """The one sign before or after amounts that are handed out holds for all: 分别不低于3200吨、180吨."""
        first, *between, last = frame.quantities
        before, after = first.start < first.digits[0][0], last.digits[-1][1] + len(last.unit) < last.end
        plain = all(q.qualifier == "=" for q in (*between, last if before else first))
        both = before and after and first.qualifier == last.qualifier and all(q.qualifier == "=" for q in between)
        if self.rules.distributing not in frame.left or not (both or (plain and before != after)):
            return frame.quantities
        sign = first.qualifier if before else last.qualifier
        return tuple(replace(q, qualifier=sign) for q in frame.quantities)

    def _ratio_parts(self, group: tuple[Quantity, ...], before: str) -> tuple[str, ...]:
        """What the parts of a ratio are shares of; () where it is none, or of something unknown."""
        if not group[0].form.startswith("ratio") or len(group) != 3:
            return ()
        nearest: tuple[int, tuple[str, ...]] = (-1, ())
        for what, parts in self._parts_of_ratio:
            ends = [found.end() for found in what.finditer(before)]
            nearest = max(nearest, (ends[-1], parts) if ends else nearest, key=lambda one: one[0])
        return nearest[1]

    @staticmethod
    def _named(first: Statement, quantity: Quantity, indicator: str, subject: str, rule: str) -> Statement:
        return first._replace(
            quantity=quantity, indicator=indicator, subject=subject, counted=False, rule=f"indicator.{rule}"
        )

    def _of_one(self, frame: Frame, left: str, text: str, before: list[Statement]) -> Statement:
        quantity = frame.quantities[0]
        right = self._things.right(frame, text)
        draft = Statement(
            quantity, left, left, left, right, frame.left, frame.clause, frame.sentence, False, "indicator.before"
        )
        if quantity.qualifier == "=" and self._at_least.search(frame.left):
            draft = draft._replace(quantity=replace(quantity, qualifier=">="))
        several = self._things.several(draft, frame, text)
        if several:
            return several
        if self._things.counts(quantity, right):
            return self._things.counted(self._things.acting(draft, text), before)
        whole = self._things.whole_of(frame, left, text)
        if whole:
            return draft._replace(indicator=whole[0] + whole[1], subject=whole[0], rule="indicator.after")
        here = [s for s in before if s.sentence == frame.sentence]
        sector = self._going_on.of_sector(draft, text, before[-1].sentence[0] if before else 0) if not here else ""
        if sector:
            return draft._replace(indicator=sector + left, subject=sector, rule="indicator.setting")
        opened = self._going_on.opened_before(draft, text, here[-1].quantity.end if here else 0) if not left else ""
        if opened:
            return draft._replace(indicator=opened, subject=opened, left=opened)
        if here or (before and self._going_on.opens_sentence(draft, text)):
            inherited = self._going_on.inherited(draft, self._going_on.whole(draft, here or before))
            if inherited:
                return inherited
        left = self.phrases.summed_up(left)
        draft = draft._replace(indicator=left, subject=left, left=left)
        if not left:
            counted = self._things.counted(draft, before)._replace(counted=False)
            return counted if right else draft._replace(rule="indicator.none")
        if self.phrases.goes_on.search(left):
            setting = self._going_on.setting(draft, text)
            return draft._replace(indicator=setting + left, subject=setting or left, rule="indicator.setting")
        measured = self._going_on.of_list(draft, text)
        if measured:
            return draft._replace(indicator=left + measured, subject=left + measured, rule="indicator.part")
        named = draft._replace(subject=self.phrases.subject(left), verb=self.phrases.head(left))
        return self._going_on.of_head(self._going_on.carried(named, here[-1]), here[-1]) if here else named

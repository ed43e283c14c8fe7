"""Stage 6: amounts that only describe what another amount counts, or what will not be made."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.model import Quantity
from extract.patterns import one_of, word
from extract.statement_rules import StatementRules
from extract.units import Units

UNSIZED = ("ratio", "duration", "days", "years", "")
"""Families of units in which no thing has its size."""


class Descriptors:
    """Tells descriptors from amounts; built once from the lexicon."""

    def __init__(self, rules: StatementRules, units: Units) -> None:
        self.units = units
        self._boundary = rules.boundary
        self._entity = re.compile(f"(?:以上|以下|左右)?(?:的|级)?[^，。；：、（）\\d]{{0,8}}?{one_of(rules.entity)}")
        self._sized_thing, self._acts = re.compile(rules.sized_thing), word(rules.verbs)
        self._small_lengths, self._thing_after = rules.small_lengths, re.compile(rules.thing_after)
        self._rated, self._rated_part = re.compile(rules.rated), re.compile(rules.rated_part)
        self._achieved = re.compile(rules.achieved)
        self._made_of, self._newly = re.compile(rules.made_of), re.compile("(?:年产|新增|形成|达|能力)$")
        self._big_verbs = word(rules.big_verbs)
        self._counted_here = re.compile(f"[^，。；：、]{{0,16}}{one_of(rules.counted_here)}")

    def find(self, text: str, quantities: Sequence[Quantity]) -> dict[Quantity, str]:
        """The quantities of a text that are no amounts of their own, each with its rule.

        税收超亿元楼宇71栋 and 30家营业收入超百亿元的企业 each state one amount; 千亿级 is a size; 三大 counts only what
        will be made.
        """
        found = {}
        for i, quantity in enumerate(quantities):
            before = quantities[i - 1] if i else None
            after = quantities[i + 1] if i + 1 < len(quantities) else None
            rule = self._rule(text, quantity, before, after)
            if rule:
                found[quantity] = rule
        return found

    def counts(self, quantity: Quantity) -> bool:
        """True of an amount of things: 71栋, 30家."""
        return self.units.family(quantity.counted_unit).startswith("counter:")

    def _rule(self, text: str, quantity: Quantity, before: Quantity | None, after: Quantity | None) -> str:
        if quantity.form == "scale":
            return "excluded.scale"
        if quantity.form == "big":
            return "" if self._made(text, quantity) else "excluded.small_count"
        if quantity.unit in self._small_lengths and self._thing_after.match(text, quantity.end):
            return "excluded.attributive"
        if after and self.counts(quantity) and self._rated.fullmatch(text, quantity.end, after.start):
            return "excluded.attributive"
        if after and quantity.qualifier in (">=", "<=") and self._rated_part.fullmatch(text, quantity.end, after.start):
            return "excluded.attributive"
        if self.units.family(quantity.unit) == "mass" and self._sizes(text, quantity):
            return "excluded.attributive"
        if after and self._size_of_counted(text, quantity, after):
            return "excluded.attributive"
        if self._grades(quantity, before, after):
            return "excluded.attributive"
        entity = self._entity.match(text, quantity.end)
        if not entity or (self.counts(quantity) and quantity.qualifier not in (">=", "<=")):
            return ""
        if self.counts(quantity):
            before = None
        if quantity.qualifier == ">=" and not self.counts(quantity) and after and self._achieves(text, entity, after):
            return "excluded.attributive"
        counted_before = before and self.counts(before) and not self._apart(text, before.end, quantity.start, "、")
        counted_after = after and self.counts(after) and not self._apart(text, quantity.end, after.start)
        if counted_before or (after and counted_after and entity.end() <= after.start):
            return "excluded.attributive"
        return ""

    def _size_of_counted(self, text: str, quantity: Quantity, after: Quantity) -> bool:
        """True of the size of the things that the next amount counts: 5000立方米以上蓄水池18座."""
        sign_after = quantity.digits[-1][1] + len(quantity.unit) < quantity.end
        if quantity.qualifier not in (">=", "<=") or not sign_after or not self.counts(after):
            return False
        sized = not self.counts(quantity) and self.units.family(quantity.unit) not in UNSIZED
        thing = text[quantity.end : after.start]
        return sized and self._sized_thing.fullmatch(thing) is not None and not self._acts.search(thing)

    def _achieves(self, text: str, entity: re.Match[str], after: Quantity) -> bool:
        """500万元以上项目完成投资14亿元: the first amount says of which projects the second one is."""
        between = text[entity.end() : after.start] if entity.end() <= after.start else "。"
        return self._achieved.fullmatch(between) is not None

    def _grades(self, quantity: Quantity, before: Quantity | None, after: Quantity | None) -> bool:
        """True of a size of the things named before, of which the next count says how many: …企业1家、超50亿元3家."""
        if not before or not after or quantity.end != after.start or quantity.qualifier not in (">", ">="):
            return False
        return self.counts(before) and before.unit == after.unit and not self.counts(quantity)

    def _apart(self, text: str, start: int, end: int, sign: str = "") -> bool:
        return self._boundary.search(text, start, end) is not None or (sign != "" and sign in text[start:end])

    def _sizes(self, text: str, quantity: Quantity) -> bool:
        """True of the size of a work: 甲厂二期10万吨铝板带项目."""
        if self._newly.search(text, max(0, quantity.start - 4), quantity.start):
            return False
        return self._made_of.match(text, quantity.end) is not None

    def _made(self, text: str, quantity: Quantity) -> bool:
        """打造五大基地 counts what will be made, 围绕三大领域 does not."""
        clause = self._boundary.split(text[: quantity.start])[-1]
        return self._big_verbs.search(clause) is not None and self._counted_here.match(text, quantity.end) is not None

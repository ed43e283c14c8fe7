"""Stage 6: of which measure an amount is — level, cumulative, growth, share, change, multiple or rank."""

from __future__ import annotations

import re
from pathlib import Path

from extract.lexicon_file import Lexicon, load
from extract.patterns import pattern, word
from extract.statement import Statement
from extract.statement_rules import StatementRules
from extract.units import Units

NEAR = 8
"""So many characters before an amount say how it is meant."""


HANDED_OUT = ("indicator.list", "indicator.distributed")
"""How the indicator of an amount was found that may stand far from the words before it."""


COMPARED = re.compile("[比较]")
"""Says that something is held against another amount."""


class MeasureRules(Lexicon):
    """lexicon/measures.yaml."""

    changed_before: re.Pattern[str]
    reached_before: re.Pattern[str]
    rises_before: re.Pattern[str]
    falls_before: re.Pattern[str]
    falls: re.Pattern[str]
    rate_names: re.Pattern[str]
    contribution: re.Pattern[str]
    price_index: re.Pattern[str]
    index_from: int
    rate_rises: re.Pattern[str]
    level_names: re.Pattern[str]
    level_ends: re.Pattern[str]
    volume_ends: re.Pattern[str]
    grant_ends: re.Pattern[str]
    summed_before: re.Pattern[str]
    no_stock: re.Pattern[str]
    reached_in_sum: re.Pattern[str]
    summed_units: re.Pattern[str]
    flow_ends: re.Pattern[str]
    added_starts: re.Pattern[str]
    brought_to: re.Pattern[str]
    done_before: re.Pattern[str]
    states: re.Pattern[str]
    events: re.Pattern[str]
    sized: re.Pattern[str]
    whole_region: str
    flow_starts: re.Pattern[str]
    counted_times: str
    spent: re.Pattern[str]
    countable: tuple[str, ...]
    currencies: tuple[str, ...]


class Measures:
    """Tells measures; built once from the lexicon."""

    def __init__(self, rules: MeasureRules, statements: StatementRules, units: Units) -> None:
        self.rules, self.units = rules, units
        self._growth, self._change = word(statements.growth), word(statements.change)
        self._verbs, self._stock = word(statements.verbs), word(statements.stock_verbs)
        self._stock_anywhere = pattern(statements.stock_anywhere)
        self._whole_region = re.compile(rules.whole_region)
        self._per_year, self._cumulative = pattern(statements.per_year), word(statements.cumulative)

    @classmethod
    def load(cls, path: Path, statements: StatementRules, units: Units) -> Measures:
        """Raises LexiconError naming every fault of the file."""
        return cls(load(path, MeasureRules), statements, units)

    def yearly(self, statement: Statement) -> bool:
        """True of an amount of each year: 年均增长, 年均引进."""
        return self._per_year.search(statement.left + statement.indicator) is not None

    def of(self, statement: Statement, text: str) -> str:
        """The measure of a statement of `text`."""
        q, family = statement.quantity, self.units.family(statement.quantity.counted_unit)
        left = text[max(0, q.digits[0][0] - NEAR) : q.digits[0][0]]
        plain = {"multiple": "multiple", "percentage_point": "change"}.get(family, "")
        if q.form == "rank" or plain:
            return plain or "rank"
        if statement.beyond:
            return "change"
        if q.form.startswith("ratio"):
            return "share"
        if family in ("ratio", "per_100000"):
            return self._rate(statement, left)
        if self.yearly(statement):
            return "level"
        handed_out = statement.indicator if statement.rule in HANDED_OUT else ""
        changed = self.rules.changed_before.search(left) or self.rules.changed_before.search(handed_out)
        added = statement.counted and family.startswith("counter:") and not COMPARED.search(statement.left)
        return "change" if changed and not added else self._amount(statement, text, left, family)

    def _rate(self, statement: Statement, left: str) -> str:
        near = statement.left[-NEAR:] + statement.indicator.removesuffix(statement.left)[-NEAR:]
        grows, falls = self._growth.search(near), self.rules.falls.search(near) or self.rules.falls_before.search(left)
        if self.rules.contribution.search(statement.indicator):
            return "share"
        if self.rules.reached_before.search(left) and not grows and not falls:
            return "share"
        if self.rules.price_index.search(statement.indicator) and statement.quantity.value < self.rules.index_from:
            return "change" if falls else "growth"
        rises = self.rules.rises_before.search(left)
        if rises and not grows and self.rules.rate_rises.search(statement.left):
            return "change"
        if grows or rises:
            return "growth"
        if falls:
            return "change"
        named_rate = self.rules.rate_names.search(statement.indicator)
        return "change" if self._change.search(near) and not named_rate else "share"

    def _amount(self, statement: Statement, text: str, left: str, family: str) -> str:
        counter = family.startswith("counter:")
        if self.rules.flow_ends.search(statement.indicator):
            return "cumulative"
        if self.rules.volume_ends.search(statement.indicator):
            return "level"
        if statement.quantity.form == "big" or (counter and statement.quantity.unit.endswith(self.rules.counted_times)):
            return "cumulative"
        whole = statement.left + statement.indicator
        brought = self.rules.brought_to.search(left)
        if not counter and family not in self.rules.countable:
            added = self.rules.added_starts.match(statement.indicator) and not brought
            return "cumulative" if added else "level"
        if self._summed(statement, left):
            return "cumulative"
        granted = family in self.rules.currencies and self.rules.grant_ends.search(statement.indicator)
        if brought or (granted and not statement.verb):
            return "level"
        if self.rules.flow_starts.match(whole) or self.rules.flow_starts.match(statement.indicator):
            return "cumulative"
        if statement.counted and counter and self.rules.events.match(statement.right):
            return "cumulative"
        sized = family in ("area", "length") and self.rules.sized.match(text[statement.quantity.end :])
        if statement.counted and sized:
            return "level"
        if self.rules.level_names.search(whole) or self._stock.search(self.rules.no_stock.sub("", left)):
            return "level"
        listed = self._before(statement, text) if statement.counted else ""
        if self._stock_anywhere.search(listed + whole):
            return "level"
        bare = not statement.left or "、" in statement.left or self._whole_region.fullmatch(statement.left)
        if statement.counted and bare and self.rules.states.match(statement.right):
            return "level"
        if self._cumulative.search(text[statement.sentence[0] : statement.quantity.start]):
            return "cumulative"
        if self.rules.level_ends.search(whole):
            return "level"
        return "cumulative" if self._flows(statement, whole, family) else "level"

    def _summed(self, statement: Statement, left: str) -> bool:
        """True of an amount that is said to be a sum: 累计22种, 累计达到25万人."""
        if self.rules.summed_before.search(left):
            return True
        reached = self.rules.reached_in_sum.search(left)
        return reached is not None and self.rules.summed_units.search(statement.quantity.unit) is not None

    @staticmethod
    def _before(statement: Statement, text: str) -> str:
        """The clause up to an amount: what is said of the first of a list holds for all."""
        q = statement.quantity
        return statement.clause.partition(text[q.start : q.end])[0]

    def _flows(self, statement: Statement, whole: str, family: str) -> bool:
        if family in self.rules.currencies:
            return self.rules.spent.search(statement.before + whole) is not None
        if family == "mass":
            return bool(statement.verb)
        done = bool(statement.verb) or self._verbs.search(whole) is not None
        done = done or self.rules.done_before.search(statement.before) is not None
        return done or (statement.counted and family.startswith("counter:"))

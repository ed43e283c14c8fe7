"""Stage 6: is an amount a fact for the table at all."""

from __future__ import annotations

import re
from pathlib import Path

from extract.cues import Around, CueRules
from extract.lexicon_file import Lexicon, load
from extract.patterns import one_of, word
from extract.stances import REVIEW, SETTING
from extract.statement import Statement
from extract.statement_rules import StatementRules
from extract.units import Units


class AdmissionRules(Lexicon):
    """lexicon/admission.yaml."""

    longest_quote: int
    reached_after: re.Pattern[str]
    repeated_before: re.Pattern[str]
    per_before: re.Pattern[str]
    circle_made: re.Pattern[str]
    circle: str
    time_after: re.Pattern[str]
    years_before: re.Pattern[str]
    time_before: re.Pattern[str]
    # `except` is a word of Python.
    model_config = Lexicon.model_config | {"alias_generator": lambda name: "except" if name == "excepted" else name}
    excepted: Around
    solved: re.Pattern[str]
    plan_indicators: re.Pattern[str]
    plan_sentence: re.Pattern[str]
    largest_small: int
    geography: re.Pattern[str]
    unitless: re.Pattern[str]
    in_scope: re.Pattern[str]


class Admission:
    """Admits or refuses statements; built once from the lexicon."""

    def __init__(self, rules: AdmissionRules, cues: CueRules, statements: StatementRules, units: Units) -> None:
        self.rules, self.units = rules, units
        self._described = re.compile(
            f"^{one_of(statements.described)}(?![一-龥]{{1,4}}的[一-龥]{{2}})|^.{{0,5}}{one_of(statements.described)}$"
        )
        self._describing, self._counted_here = word(statements.describing), word(statements.counted_here)
        self._verbs, self._committed = word(statements.verbs), word(cues.committed)
        self._stock = word(statements.stock_verbs)

    @classmethod
    def load(cls, path: Path, cues: CueRules, statements: StatementRules, units: Units) -> Admission:
        """Raises LexiconError naming every fault of the file."""
        return cls(load(path, AdmissionRules), cues, statements, units)

    def refused(self, statement: Statement, text: str, tense: str) -> str:
        """The rule by which a statement of `text` is no row of the table, or ""."""
        q, family = statement.quantity, self.units.family(statement.quantity.counted_unit)
        if self._quoted(text, q.start, q.end) and not self.rules.reached_after.match(text[q.end : q.end + 4]):
            return "excluded.quoted"
        if tense == SETTING:
            return "excluded.setting"
        if self.rules.geography.search(statement.indicator):
            return "excluded.described"
        if self.rules.repeated_before.search(text[max(0, q.start - 4) : q.digits[0][0]]):
            return "excluded.repetition"
        if self.rules.per_before.search(text[max(0, q.digits[0][0] - 4) : q.digits[0][0]]):
            return "excluded.per"
        if family in ("years", "duration", "days"):
            return self._time(statement, text)
        if family.startswith("counter:") or q.form == "big" or q.unit == "":
            return self._count(statement, text, tense)
        return "" if statement.indicator else "excluded.no_indicator"

    def _quoted(self, text: str, start: int, end: int) -> bool:
        opened = text.rfind("“", 0, start)
        if opened < 0 or "”" in text[opened:start]:
            return False
        closed = text.find("”", end)
        return closed >= 0 and closed - opened <= self.rules.longest_quote

    def _time(self, statement: Statement, text: str) -> str:
        """Of hours, days and years only those that are promised."""
        q = statement.quantity
        left, after = text[max(0, q.start - 14) : q.start], text[q.end : q.end + 18]
        if self.rules.circle in after:
            made = self.rules.circle_made.search(text[statement.sentence[0] : q.start])
            return "" if q.value_high is not None and made else "excluded.service_circle"
        years = self.units.family(q.counted_unit) == "years"
        if statement.counted or (self.rules.time_after.match(after) and not years):
            return ""
        measured = self.rules.years_before if years else self.rules.time_before
        return "" if measured.search(left) else "excluded.duration"

    def _count(self, statement: Statement, text: str, tense: str) -> str:
        """Of counts those that will be made or have been, not those that describe."""
        q = statement.quantity
        if q.form in ("rank", "big", "proportion"):
            return "" if statement.indicator else "excluded.no_indicator"
        if q.unit == "" and not q.form.startswith("ratio"):
            stated = q.qualifier != "=" or self._stock.search(text[max(0, q.start - 6) : q.start])
            stated = stated or self.rules.unitless.search(statement.indicator)
            return "" if stated and statement.indicator else "excluded.no_unit"
        sentence = text[statement.sentence[0] : statement.sentence[1]]
        return self._describes(statement, text, sentence) or self._uncommitted(statement, sentence, tense)

    def _describes(self, statement: Statement, text: str, sentence: str) -> str:
        named = statement.right if statement.counted else ""
        if named and self._described.search(named) and not self.rules.solved.search(statement.before):
            return "excluded.described"
        if statement.counted and self._describing.match(statement.clause.lstrip("、")):
            return "excluded.described"
        before, after = text[: statement.quantity.start], text[statement.quantity.end :]
        if self.rules.in_scope.search(before):
            return "excluded.described"
        if self.rules.excepted.before.search(before) and self.rules.excepted.after.match(after):
            return "excluded.described"
        about = self.rules.plan_indicators.search(named or statement.indicator)
        return "excluded.about_the_plan" if about and self.rules.plan_sentence.search(sentence) else ""

    def _uncommitted(self, statement: Statement, sentence: str, tense: str) -> str:
        q = statement.quantity
        named = statement.right if statement.counted else ""
        made = self._verbs.search(sentence)
        multiplied = self.units.multiplier(q.unit) and q.unit not in self.units.lexicon.counters
        small = q.form == "chinese" and q.value < self.rules.largest_small and not multiplied
        if small and not (self._counted_here.search(named) and made):
            return "excluded.small_count"
        if tense != REVIEW and statement.counted and not made and not self._committed.search(sentence):
            return "excluded.uncommitted"
        return "" if statement.indicator else "excluded.no_indicator"

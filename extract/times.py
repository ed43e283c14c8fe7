"""Stage 6: is a fact a target or has it been reached, and of which time does it speak."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.cues import CueRules
from extract.measures import Measures
from extract.model import Document, Period
from extract.patterns import pattern, word
from extract.periods import Mention
from extract.stances import OPENING, PLAIN, REVIEW, Stance
from extract.statement import Statement

ENDS = "。！？"
LISTED = re.compile("[、和]")
DIGIT = re.compile("[0-9]")
LISTED_SINCE = re.compile("的?[^，。；到至升降为]{0,60}[、和]")
"""What stands between a year and an amount that is one of several of that year (由2015年的70%、12%提高到…)."""
FIRST = 20
"""So many characters before and after a value tell that something rises or falls from it."""
RATIO = "0123456789.：:"
"""What stands between the beginning of a ratio and one of its parts."""


class Times:
    """Tells kind and time; built once from the lexicon."""

    def __init__(self, cues: CueRules, measures: Measures) -> None:
        self._cues, self._measures = cues, measures
        self._done, self._committed = word(cues.done), word(cues.committed)
        self._aim = pattern(cues.aim_of_past)
        self._opens = cues.opening_year

    def of(
        self,
        statement: Statement,
        text: str,
        mentions: Sequence[Mention],
        document: Document,
        stance: Stance,
        measure: str,
    ) -> tuple[str, Period]:
        """Kind (target, baseline, past_target) and time of a statement of `text`."""
        said = self._handed_out(statement, text, mentions) or self._said(statement, text, mentions)
        start, end = document.period_start, document.period_end
        if start is None or end is None:
            past = self._untimed_past(statement, text, stance)
            if said is None and not past and measure in ("level", "share"):
                said = self._opening(statement, text, mentions)
            return ("baseline" if past else "target"), (said or stance.period or Period())
        whole = Period(year=end) if start == end else Period(start=start, end=end)
        if said is None and self._first_of_two(statement, text):
            return "baseline", self._first_time(statement, mentions, stance, whole)
        kind = self._kind(statement, text, said, start, stance)
        if kind == "target":
            if said is None and measure in ("level", "share"):
                said = self._opening(statement, text, mentions)
            return kind, self._target_time(statement, said, measure, stance, whole)
        return kind, self._past_time(statement, said, measure, stance, whole)

    def _said(self, statement: Statement, text: str, mentions: Sequence[Mention]) -> Period | None:
        """The time that the sentence gives this amount."""
        q = statement.quantity
        begin = len(text[: q.digits[0][0]].rstrip(RATIO))
        for mention in mentions:
            if 0 <= mention.start - q.end <= 2 and self._cues.value_after.match(text[mention.end :]):
                return mention.period
        scope = max(text.rfind(end, 0, q.start) for end in ENDS) + 1
        if text.startswith(self._cues.part_of, scope):
            scope = max(text.rfind(end, 0, scope - 1) for end in ENDS) + 1
        for mention in reversed([m for m in mentions if scope <= m.start < q.start]):
            between = text[mention.end : q.start]
            if self._cues.on_that_base.search(between) or self._cues.condition.match(between):
                continue
            before = text[mention.end : begin]
            if mention.role == "from" and (not DIGIT.search(before) or LISTED_SINCE.fullmatch(before)):
                return mention.period
            if mention.role == "at":
                return None if self._first_of_two(statement, text) else mention.period
        return None

    def _handed_out(self, statement: Statement, text: str, mentions: Sequence[Mention]) -> Period | None:
        """到2022年、2025年，充电桩分别达到1200个、3000个: each amount has a year of its own."""
        q, begin = statement.quantity, statement.sentence[0]
        sign = text.rfind(self._cues.handed_out, begin, q.start)
        spans = [m for m in mentions if begin <= m.start < sign and m.period.start and m.role == "at"]
        if not spans or not LISTED.search(text[spans[-1].start : spans[-1].end]):
            return None
        place = len(LISTED.findall(text[sign : q.start]))
        return Period(year=(spans[-1].period.start, spans[-1].period.end)[place]) if place < 2 else None

    def _opening(self, statement: Statement, text: str, mentions: Sequence[Mention]) -> Period | None:
        """The year that an earlier sentence of the paragraph opens with (到2025年，…。…) holds for the next ones."""
        before = [m for m in mentions if m.start < statement.sentence[0] and m.role == "at" and m.period.year]
        said = [m for m in before if self._opens.search(text[: m.start]) and text[m.end : m.end + 1] == "，"]
        return said[-1].period if said else None

    def _first_of_two(self, statement: Statement, text: str) -> bool:
        """The value that something rises or falls from: 从19%提高至21.2%."""
        q, around = statement.quantity, self._cues.first_of_two
        start, end = q.start, q.end
        if q.form.startswith("ratio"):
            start = len(text[:start].rstrip(RATIO))
            end = len(text) - len(text[end:].lstrip(RATIO))
        before = around.before.search(text[max(0, start - FIRST) : start])
        return before is not None and around.after.match(text[end : end + FIRST]) is not None

    @staticmethod
    def _first_time(statement: Statement, mentions: Sequence[Mention], stance: Stance, whole: Period) -> Period:
        begin, end = statement.sentence[0], statement.quantity.start
        earlier = [m for m in mentions if m.role == "from" and begin <= m.start < end]
        if earlier:
            return earlier[-1].period
        spans = [m.period for m in mentions if m.role == "at" and begin <= m.start < end and m.period.start]
        if spans and spans[-1].start:
            return Period(year=spans[-1].start - 1)
        compared = [m for m in mentions if m.role == "base" and m.start < begin and m.period.year]
        if compared and stance.tense == REVIEW:
            return compared[-1].period
        opening = mentions[0] if mentions and mentions[0].start <= OPENING and mentions[0].role == "at" else None
        spans_years = stance.period is not None and stance.period.start is not None
        if opening and opening.period.start and begin > opening.start and not spans_years:
            return Period(year=opening.period.start - 1)
        if stance.period and stance.period.start:
            return Period(year=stance.period.start - 1)
        first, last = whole.start or whole.year or 0, whole.end or whole.year or 0
        return Period(year=first - 1 - (last - first + 1 if stance.tense == REVIEW else 0))

    def _kind(self, statement: Statement, text: str, said: Period | None, start: int, stance: Stance) -> str:
        last = said and (said.year or said.end)
        past = last < start if last else self._untimed_past(statement, text, stance)
        past |= stance.tense == REVIEW and stance.period == Period(year=start) and last == start
        if not past:
            return "target"
        return "past_target" if self._is_aim(statement, text) else "baseline"

    def _untimed_past(self, statement: Statement, text: str, stance: Stance) -> bool:
        if stance.tense == REVIEW or self._cues.on_this_base.match(text[statement.quantity.end :]):
            return True
        done = self._done.search(statement.clause) and not self._committed.search(statement.clause)
        return stance.tense == PLAIN and bool(done)

    def _is_aim(self, statement: Statement, text: str) -> bool:
        """提前完成…翻一番的目标: the aim of the past, not its result."""
        begin, end = statement.sentence
        place = statement.quantity.digits[0][0]
        return any(found.start() <= place < found.end() for found in self._aim.finditer(text, begin, end))

    def _target_time(
        self, statement: Statement, said: Period | None, measure: str, stance: Stance, whole: Period
    ) -> Period:
        default = stance.period or whole
        last = default.end or default.year
        if said and not (measure == "growth" and self._measures.yearly(statement) and said.year == last):
            return said
        return default

    def _past_time(
        self, statement: Statement, said: Period | None, measure: str, stance: Stance, whole: Period
    ) -> Period:
        """Stocks at the end of the period under review, flows over it."""
        flow = measure in ("cumulative", "growth", "change") or self._measures.yearly(statement)
        start = whole.start or whole.year or 0
        reviewed = Period(year=start - 1) if whole.year else Period(start=start - 5, end=start - 1)
        period = said or (stance.period if stance.tense == REVIEW and stance.period else reviewed)
        return Period(year=period.end) if period.end and not flow else period

"""Stage 6, second half: is a statement a fact for the table, and of which kind, measure and time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from extract.lexicon_file import Lexicon, load
from extract.model import Document, Passage, Period
from extract.periods import Mention
from extract.patterns import one_of
from extract.statement_rules import StatementRules
from extract.statements import Statement
from extract.units import Units

REVIEW, OUTLOOK, SETTING, PLAIN = "review", "outlook", "setting", ""
DEFINITE = ("≥", "≤", ">", "<")


class CueRules(Lexicon):
    """lexicon/cues.yaml."""

    review_headings: tuple[str, ...]
    outlook_headings: tuple[str, ...]
    setting_headings: tuple[str, ...]
    done: tuple[str, ...]
    committed: tuple[str, ...]
    aim_of_past: tuple[str, ...]
    review_paragraph: tuple[str, ...]
    plan_paragraph: tuple[str, ...]
    done_annex: tuple[str, ...]
    binding: dict[str, str]


class Judgement:
    """Judges statements; built once from the lexicon."""

    def __init__(self, cues: CueRules, rules: StatementRules, units: Units) -> None:
        self.cues, self.rules, self.units = cues, rules, units
        self._headings = [
            (SETTING, re.compile("|".join(cues.setting_headings))),
            (REVIEW, self._any(cues.review_headings)),
            (OUTLOOK, self._any(cues.outlook_headings)),
        ]
        self._done, self._committed = self._any(cues.done), self._any(cues.committed)
        self._aim = re.compile("|".join(cues.aim_of_past))
        self._review, self._plan = (
            re.compile("|".join(cues.review_paragraph)),
            re.compile("|".join(cues.plan_paragraph)),
        )
        self._growth, self._change = self._any(rules.growth), self._any(rules.change)
        self._verbs, self._stock = self._any(rules.verbs), self._any(rules.stock_verbs)
        self._described = re.compile(f"^{one_of(rules.described)}|^.{{0,5}}{one_of(rules.described)}$")
        self._thing_after = re.compile("[一-龥]{2}(?<!以上|以下|以内|左右)")
        self._stock_anywhere = self._any(rules.stock_anywhere)
        self._counted_here = self._any(rules.counted_here)
        self._describing = self._any(rules.describing)
        self._per_year, self._cumulative = self._any(rules.per_year), self._any(rules.cumulative)
        self._plan_word = re.compile("“?十[一二三四五六七]五”?")

    @staticmethod
    def _any(words: Iterable[str]) -> re.Pattern[str]:
        return re.compile(one_of(words))

    @classmethod
    def load(cls, path: Path, rules: StatementRules, units: Units) -> Judgement:
        return cls(load(path, CueRules), rules, units)

    # The tense of a passage

    def stances(self, passages: Sequence[Passage], document: Document) -> dict[str, str]:
        """Passage id → what its place says of its tense: review, outlook, setting or "" (plain text of a plan)."""
        stances, running = {}, PLAIN
        for passage in passages:
            stance = self._of_headings(passage.path, document)
            if stance is None:
                if self._plan.search(passage.text[:40]):
                    running = OUTLOOK
                elif self._review.search(passage.text[:40]) and passage.kind != "heading":
                    running = REVIEW if not self._names_own_plan(passage.text[:12], document) else running
                stance = running if document.doc_type == "政府工作报告" else PLAIN
            stances[passage.passage_id] = stance
        return stances

    def _of_headings(self, path: Sequence[str], document: Document) -> str | None:
        for heading in reversed(path):
            for stance, pattern in self._headings:
                if pattern.search(heading):
                    named = self._plan_word.search(heading)
                    if stance == OUTLOOK and named and not self._names_own_plan(heading, document):
                        return REVIEW
                    return stance
        return None

    def _names_own_plan(self, text: str, document: Document) -> bool:
        if not document.period_start or document.period_start % 5 != 1:
            return False
        ordinal = (
            "十" + "一二三四五六七八九"[(document.period_start - 2006) // 5] if document.period_start >= 2006 else "十"
        )
        return f"{ordinal}五" in text

    # Is it a fact at all?

    def rejected(self, statement: Statement, text: str, stance: str) -> str:
        """The rule by which a statement is no row of the table, or ""."""
        q, family = statement.quantity, self.units.family(statement.quantity.unit)
        if self._quoted(text, q.start, q.end) and not re.match("通勤|直达|通达|互达|可达", text[q.end : q.end + 2]):
            return "excluded.quoted"
        if stance == SETTING:
            return "excluded.setting"
        if re.search("连续(?:[一二三四五六七八九十]|[0-9])*$", text[max(0, q.start - 4) : q.digits[0][0]]):
            return "excluded.repetition"
        if family in ("years", "duration"):
            return self._rejected_duration(statement, text)
        if q.unit in ("米", "厘米", "毫米") and self._thing_after.match(text, q.end):
            return "excluded.attributive"
        if family.startswith("counter:") or q.form in ("chinese", "big") or q.unit == "":
            return self._rejected_count(statement, text, stance)
        return "" if statement.indicator else "excluded.no_indicator"

    @staticmethod
    def _quoted(text: str, start: int, end: int) -> bool:
        opened = text.rfind("“", 0, start)
        if opened < 0 or "”" in text[opened:start]:
            return False
        closed = text.find("”", end)
        return closed >= 0 and closed - opened <= 22

    @staticmethod
    def _rejected_duration(statement: Statement, text: str) -> str:
        q = statement.quantity
        left, after = text[max(0, q.start - 14) : q.start], text[q.end : q.end + 18]
        if "圈" in after:
            committed = re.search("构建|形成|打造|建成|实现", text[statement.sentence[0] : q.start])
            return "" if q.value_high is not None and committed else "excluded.service_circle"
        if statement.counted or (re.match("(?:办结|以?内|之内)", after) and q.unit != "年"):
            return ""
        if q.unit in ("年", "周年", "岁"):
            said = re.search("(?:寿命|年限|受教育|工龄|期限|预期|期望)[^，。；]{0,10}$", left)
        else:
            said = re.search(
                "(?:缩短|压缩|压减|减少|控制|时间|时长|时限|最快|最短|不超过|减至|降至|达到?|提速)[^，。；]{0,8}$", left
            )
        return "" if said else "excluded.duration"

    def _rejected_count(self, statement: Statement, text: str, stance: str) -> str:
        q = statement.quantity
        if q.form in ("rank", "big"):
            return ""
        if q.unit == "" and not q.form.startswith("ratio"):
            stated = q.qualifier != "=" or self._stock.search(text[max(0, q.start - 6) : q.start])
            return "" if stated and statement.indicator else "excluded.no_unit"
        named = statement.right if statement.counted else ""
        if (named and self._described.search(named)) or (
            statement.counted and self._describing.match(statement.clause.lstrip("、"))
        ):
            return "excluded.described"
        if re.search("除[^，。；]*$", text[: q.start]) and re.match("[^，。；]{0,8}[之以]?外", text[q.end :]):
            return "excluded.described"
        sentence = text[statement.sentence[0] : statement.sentence[1]]
        if re.search("指标$|^指标", named or statement.indicator) and re.search("预期性|约束性", sentence):
            return "excluded.about_the_plan"
        if (
            q.form == "chinese"
            and q.value < 100
            and not (self._counted_here.search(named) and self._verbs.search(sentence))
        ):
            return "excluded.small_count"
        if (
            stance != REVIEW
            and statement.counted
            and not (self._verbs.search(sentence) or self._committed.search(sentence))
        ):
            return "excluded.uncommitted"
        return "" if statement.indicator else "excluded.no_indicator"

    # Of which measure, kind and time?

    def measure(self, statement: Statement, text: str) -> str:
        """level, cumulative, growth, share, change, multiple or rank."""
        q, family = statement.quantity, self.units.family(statement.quantity.unit)
        near = f"{statement.left[-8:]}{statement.indicator[-8:]}"
        if q.form == "rank":
            return "rank"
        if family == "multiple":
            return "multiple"
        if family == "percentage_point":
            return "change"
        if q.form.startswith("ratio"):
            return "share"
        if family == "ratio":
            return self._rate(near, text[max(0, q.start - 8) : q.start], statement)
        if self._per_year.search(statement.left) or self._per_year.search(statement.indicator):
            return "level"
        left = text[max(0, q.digits[0][0] - 8) : q.digits[0][0]]
        if re.search("(?:增加|减少|下降|增长|提高|降低|上升|缩短|压缩|压减)(?:了|约|近|超)?$", left):
            return "change"
        return self._amount(statement, left, family, text)

    def _rate(self, near: str, left: str, statement: Statement) -> str:
        if (
            re.search("(?:提高|提升|上升|增加|下降|降低|减少|增长|降|升|调整)(?:到|至)|(?:达|到|至|为)$", left)
            and not self._growth.search(near)
            and not re.search("降幅|下降|降低|减少", near)
        ):
            return "share"
        if self._growth.search(near):
            return "growth"
        if self._change.search(near) or re.search("降幅|增加值率", near):
            return (
                "change" if not re.search("率$|占比$|比重$", statement.indicator) or re.search("降", near) else "share"
            )
        return "share"

    def _amount(self, statement: Statement, left: str, family: str, text: str) -> str:
        whole = statement.left + statement.indicator
        if statement.quantity.form == "big":
            return "cumulative"
        countable = family.startswith("counter:") or family in ("area", "length", "volume", "money")
        if not countable:
            return "level"
        if statement.quantity.unit.endswith("次"):
            return "cumulative"
        if re.search("总数|总量|拥有|每[百千万]|人均|标准|余额|密度|平均", whole) or self._stock.search(left):
            return "level"
        if re.match("新增|新建|新设|新引进", whole):
            return "cumulative"
        if self._stock_anywhere.search(whole):
            return "level"
        if self._cumulative.search(text[statement.sentence[0] : statement.quantity.start]):
            return "cumulative"
        if re.search("(?:规模|人数|数量)$", whole):
            return "level"
        flow = statement.verb or self._verbs.search(whole)
        if family.startswith("counter:"):
            return "cumulative" if flow or statement.counted else "level"
        if family == "money":
            return "cumulative" if re.search("投资|资金|引进|投入|发放|减免|争取|筹集|签约", whole) else "level"
        return "cumulative" if flow else "level"

    def time(
        self,
        statement: Statement,
        text: str,
        mentions: Sequence[Mention],
        document: Document,
        stance: str,
        measure: str,
    ) -> tuple[str, Period]:
        """Kind (target, baseline, past_target) and time of a statement."""
        start, end = document.period_start, document.period_end
        said = self._said(statement, text, mentions)
        if start is None or end is None:
            return ("baseline" if stance == REVIEW else "target"), (said or Period())
        if said is None and self._first_of_two(statement, text):
            return "baseline", self._first_time(statement, mentions, start, end)
        kind = self._kind(statement, text, said, start, stance)
        if kind == "target":
            return kind, self._target_time(said, measure, statement, start, end)
        return kind, self._baseline_time(said, measure, statement, start, end)

    def _said(self, statement: Statement, text: str, mentions: Sequence[Mention]) -> Period | None:
        """The time that the sentence gives this amount."""
        q = statement.quantity
        begin = len(text[: q.digits[0][0]].rstrip("0123456789.："))
        for mention in mentions:
            if q.end <= mention.start <= q.end + 2 and re.match(
                "(?:年)?(?:值|数|水平)", text[mention.end : mention.end + 3]
            ):
                return mention.period
        for mention in reversed([m for m in mentions if statement.sentence[0] <= m.start < q.start]):
            if mention.role == "at" or (
                mention.role == "from" and not re.search("[0-9]", text[mention.end : begin])
            ):
                return mention.period if mention.role == "from" or not self._first_of_two(statement, text) else None
        return None

    @staticmethod
    def _first_of_two(statement: Statement, text: str) -> bool:
        """The value that something rises or falls from: 从19%提高至21.2%."""
        q = statement.quantity
        return (
            re.search("[从由]$", text[max(0, q.start - 1) : q.start]) is not None
            and re.match(".{0,6}?(?:到|至|为)", text[q.end : q.end + 8]) is not None
        )

    @staticmethod
    def _first_time(statement: Statement, mentions: Sequence[Mention], start: int, end: int) -> Period:
        earlier = [
            m for m in mentions if m.role == "from" and statement.sentence[0] <= m.start < statement.quantity.start
        ]
        if earlier:
            return earlier[-1].period
        return Period(year=start - 1 - (end - start + 1))

    def _kind(self, statement: Statement, text: str, said: Period | None, start: int, stance: str) -> str:
        last = said and (said.year or said.end)
        past = bool(last and last < start) or (not last and stance == REVIEW)
        if not last and re.match("[^，。；]{0,12}基础上", text[statement.quantity.end : statement.quantity.end + 18]):
            past = True
        if (
            not last
            and stance == PLAIN
            and self._done.search(statement.clause)
            and not self._committed.search(statement.clause)
        ):
            past = True
        if not past:
            return "target"
        sentence = text[statement.sentence[0] : statement.sentence[1]]
        return "past_target" if self._aim.search(sentence) and self._aim_covers(sentence, statement) else "baseline"

    def _aim_covers(self, sentence: str, statement: Statement) -> bool:
        found = self._aim.search(sentence)
        at = statement.quantity.start - statement.sentence[0]
        return bool(found) and found.start() <= at < found.end()  # type: ignore[union-attr]

    def _target_time(self, said: Period | None, measure: str, statement: Statement, start: int, end: int) -> Period:
        yearly = measure == "growth" and self._per_year.search(statement.left + statement.indicator)
        if said is None or (yearly and said.year == end):
            return Period(year=end) if start == end else Period(start=start, end=end)
        return said

    def _baseline_time(self, said: Period | None, measure: str, statement: Statement, start: int, end: int) -> Period:
        last = start - 1
        flow = measure in ("cumulative", "growth") or bool(self._per_year.search(statement.left))
        if said is None:
            if start == end:
                return Period(year=last)
            return Period(start=start - 5, end=last) if flow else Period(year=last)
        if said.year is None and not flow and said.end:
            return Period(year=said.end)
        return said

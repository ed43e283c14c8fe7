"""Stage 6: what the place of a passage says of its tense and time — a review, an outlook, a setting, or plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extract.cues import CueRules
from extract.model import Document, Passage, Period
from extract.patterns import pattern, word
from extract.periods import Periods

REVIEW, OUTLOOK, SETTING, PLAIN = "review", "outlook", "setting", ""
REPORT, OTHER = "政府工作报告", "其他"
DEADLINE = "前"
"""Ends a time by which something is done (2023年底前), which says nothing of the next sentences."""
LEAD = re.compile("[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．](?P<heading>[^，。；：]{4,30})。")
"""A numbered paragraph whose first sentence is its heading."""
LIST_FOLLOWS = ("：", ":")
LIST_ITEM = re.compile("——|[—●■◆▲★•·]|[（(]?[0-9一二三四五六七八九十]{1,2}[）)、.．]|[一二三四五六七八九十]{1,2}是")
"""An item of a list, which speaks of the time that the paragraph over the list opens with."""
BY_YEAR = re.compile("(?:力争|争取)?[到至](20[0-9]{2})年[底末]?，")
AIMED, YEAR_FIRST = re.compile("[到至](20[0-9]{2})年"), re.compile("(20[0-9]{2})年")
OPENING = 12
"""A time within so many characters opens a paragraph."""


class Stance(NamedTuple):
    """The tense of a passage, and the period its place speaks of where it names one."""

    tense: str = PLAIN
    period: Period | None = None


class Stances:
    """Reads headings and openings; built once from the lexicon."""

    def __init__(self, cues: CueRules, periods: Periods) -> None:
        self._periods = periods
        self._tenses = [
            (SETTING, pattern(cues.setting_headings)),
            (REVIEW, word(cues.review_headings)),
            (OUTLOOK, word(cues.outlook_headings)),
        ]
        self._reporting = pattern(cues.report_titles)
        self._review, self._plan = pattern(cues.review_paragraph), pattern(cues.plan_paragraph)
        self._hoped, self._outlook = cues.hoped, word(cues.outlook_headings)
        self._scope, self._year_scope = cues.scope_paragraph, cues.scope_year

    def of(self, passages: Sequence[Passage], document: Document) -> dict[str, Stance]:
        """The stance of each passage by its id.

        The innermost heading that says something wins. A work report without such headings is read in order: a
        paragraph that opens like a review or an outlook holds until the next. A document that reports looks back.
        """
        reporting, aimed = self._reported(document), self._aimed(passages, document)
        stances, running, under = {}, Stance(), {}
        listed: Period | None = None
        for passage in passages:
            if passage.path not in under:
                under[passage.path] = self._of_headings(passage.path, document)
            stance = under[passage.path]
            if stance is None and document.doc_type == REPORT:
                running = stance = self._opened(passage, running, document)
            elif stance is None:
                opened = self._opened(passage, Stance(), document)
                stance = opened if opened.tense == REVIEW and opened.period else self._led(passage, document)
            elif stance.tense == SETTING:
                stance = self._past_plan(passage, document) or stance
            stance = stance or reporting
            own = self._own_scope(passage, document) or self._before(passage, document, aimed)
            if own and own.year and aimed and own.year < aimed and stance.tense == PLAIN:
                stance = Stance(REVIEW)
            if own or listed is None or not LIST_ITEM.match(passage.text):
                until = BY_YEAR.match(passage.text) if passage.text.endswith(LIST_FOLLOWS) else None
                listed = Period(year=int(until[1])) if until else None
            stances[passage.passage_id] = stance._replace(period=own or listed or stance.period)
        return stances

    @staticmethod
    def _aimed(passages: Sequence[Passage], document: Document) -> int | None:
        """The first year that a document without a period plans for (到2022年), as far as its text says so."""
        if document.period_start is not None:
            return None
        return min((int(year) for passage in passages for year in AIMED.findall(passage.text)), default=None)

    def _before(self, passage: Passage, document: Document, aimed: int | None) -> Period | None:
        """The year with which a paragraph of such a document opens, where it is before that one: 2019年全市…."""
        opened = YEAR_FIRST.match(passage.text) if aimed else None
        return Period(year=int(opened[1])) if opened and aimed and int(opened[1]) < aimed else None

    def _reported(self, document: Document) -> Stance:
        """The stance of a document that as a whole reports of its year; a plain one for any other document.

        Its title says so, or it is no plan, report or policy and has one year of its own.
        """
        year = document.period_start if document.period_start == document.period_end else None
        reports = self._reporting.search(document.title) or (document.doc_type == OTHER and year)
        return Stance(REVIEW, Period(year=year) if year else None) if reports else Stance()

    def _of_headings(self, path: Sequence[str], document: Document) -> Stance | None:
        period = next((p for p in (self._named(h, document) for h in reversed(path)) if p), None)
        for depth, heading in reversed([*enumerate(path)]):
            tense = next((tense for tense, words in self._tenses if words.search(heading)), None)
            hoped = tense == REVIEW and self._hoped.search(heading) and any(map(self._outlook.search, path[:depth]))
            if tense is not None and not hoped:
                past = period is not None and self._is_past(period, document)
                return Stance(REVIEW if past and tense == OUTLOOK else tense, period)
        return None

    def _led(self, passage: Passage, document: Document) -> Stance | None:
        """The stance of a paragraph whose first sentence is a heading over a review (一、过去五年取得的成就。…)."""
        lead = LEAD.match(passage.text) if passage.kind != "heading" else None
        stance = self._of_headings([lead["heading"]], document) if lead else None
        return stance if stance and stance.tense == REVIEW else None

    def _named(self, heading: str, document: Document) -> Period | None:
        """The one period that a heading names; None where it names several (今后五年和2017年的任务)."""
        named = {m.period for m in self._periods.find(heading, document) if m.role in ("at", "name")}
        return named.pop() if len(named) == 1 else None

    @staticmethod
    def _is_past(period: Period, document: Document) -> bool:
        last = period.year or period.end
        return bool(last and document.period_start and last < document.period_start)

    def _opened(self, passage: Passage, running: Stance, document: Document) -> Stance:
        opening = passage.text[:40]
        for tense, words in ((OUTLOOK, self._plan), (REVIEW, self._review)):
            if words.search(opening) and passage.kind != "heading":
                period = self._named(opening, document)
                past = period is None or self._is_past(period, document)
                return Stance(tense if past or tense == OUTLOOK else OUTLOOK, period)
        return running

    def _past_plan(self, passage: Passage, document: Document) -> Stance | None:
        """The stance of a paragraph among circumstances that opens with the plan before (“十三五”时期，…)."""
        opening = passage.text[:OPENING]
        named = self._periods.find(opening, document) if self._review.search(opening) else ()
        past = bool(named) and passage.kind != "heading" and self._is_past(named[0].period, document)
        return Stance(REVIEW, named[0].period) if past else None

    def _own_scope(self, passage: Passage, document: Document) -> Period | None:
        """The time that a paragraph opens with and speaks of to its end: 今后五年的主要目标是：…, 2025年，…"""
        opening = passage.text[:60]
        for mention in self._periods.find(opening, document) if self._periods.opens(opening, OPENING) else ():
            if mention.role != "at" or mention.start > OPENING:
                continue
            bounded = passage.text[: mention.start].endswith(("到", "至")) or passage.text[mention.end - 1] == DEADLINE
            year = mention.period.year is not None and not bounded
            scope = self._year_scope if year else self._scope
            if scope.match(passage.text, mention.end):
                return mention.period
        return None

"""Stage 5: the years and periods that a text names, and what they are to the amounts around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.beginnings import begun
from extract.lexicon_file import Lexicon, load
from extract.model import Document, Period
from extract.patterns import one_of
from extract.scanning import Sieve, Sifted

YEAR = r"(?:19|20)\d{2}"
CHINESE_YEAR = r"[一二][九〇零][〇零一二三四五六七八九]{2}"
DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
PLAN_NAME = re.compile("规划|计划|纲要|指标")
WITHIN = "内"
"""Ends a term that is to come, unless the text looks back (五年内)."""
FEWER_YEARS = {"三": 3, "3": 3, "四": 4, "4": 4}
ORDINALS = {"": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
AFTER = 16
"""So many characters after a time may tell what part it has in the sentence."""


class PeriodRules(Lexicon):
    """lexicon/periods.yaml."""

    comparing: tuple[str, ...]
    comparing_weak: dict[str, str]
    comparing_value: str
    from_words: tuple[str, ...]
    modifying: str
    this_year: tuple[str, ...]
    year_before: tuple[str, ...]
    last_year: tuple[str, ...]
    next_year: tuple[str, ...]
    past_term: tuple[str, ...]
    either_term: tuple[str, ...]
    next_term: tuple[str, ...]
    plan_name: str
    plan_full: str
    plan_end: str
    third_plan_end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A time in a text. `role`: at (the time of the values after it), from, base (of a comparison), modifier, name."""

    start: int
    end: int
    period: Period
    role: str
    rule: str


class Periods:
    """Finds times; built once from the lexicon."""

    def __init__(self, rules: PeriodRules) -> None:
        self.rules = rules
        self._plan_end = re.compile(rules.plan_end)
        words = {"this": rules.this_year, "last": rules.last_year, "next": rules.next_year}
        relative = "|".join(f"(?P<{k}>{one_of(v)})" for k, v in words.items())
        patterns = {
            "range": f"(?P<a>{YEAR})年?(?:[—–\\-~～至到]{{1,2}}|、|和)(?P<b>{YEAR})年?(?P<tail>[底末初])?",
            "year": f"(?P<a>{YEAR}|{CHINESE_YEAR})年(?:底前|底|末|初|前)?|(?<=到)(?P<bare>{YEAR})(?=[，、])",
            "plan": f"{rules.plan_name}|{rules.plan_full.replace('<n>', '<m>')}",
            "relative": f"(?<![一二三四五六七八九十两0-9])(?:{relative})",
            "term": f"(?P<past>{'|'.join(rules.past_term)})|(?P<next>{'|'.join(rules.next_term)})"
            f"|(?P<either>{'|'.join(rules.either_term)})",
        }
        self._sieve = Sieve(patterns)
        self._any = re.compile(begun("|".join(re.sub(r"\(\?P<\w+>", "(?:", one) for one in patterns.values())))
        self._either = re.compile("|".join(rules.either_term))
        self._modifying = re.compile(rules.modifying)
        self._base = re.compile(f'{one_of(rules.comparing)}[“"]?$')
        self._weak = [
            (re.compile(f'(?:{before})[“"]?$'), re.compile(after)) for before, after in rules.comparing_weak.items()
        ]
        self._value = re.compile(rules.comparing_value)
        self._from = re.compile(f'(?:{"|".join(rules.from_words)})[“"]?$')

    @classmethod
    def load(cls, path: Path) -> Periods:
        return cls(load(path, PeriodRules))

    def reviewed(self, text: str, mentions: Sequence[Mention], year: int) -> tuple[Mention, ...]:
        """The times of a text that reviews a year: 上年 is the one before it."""
        before = Period(year=year - 1)
        return tuple(
            replace(m, period=before) if text[m.start : m.end] in self.rules.year_before else m for m in mentions
        )

    def plan_period(self, ordinal: str) -> Period:
        """Years of a five-year plan by its Chinese ordinal: 十四 → 2021–2025."""
        n = ORDINALS[ordinal[1:]] + 10 if ordinal.startswith("十") else ORDINALS[ordinal]
        end = self.rules.third_plan_end + 5 * (n - 3)
        return Period(start=end - 4, end=end)

    def opens(self, text: str, within: int) -> bool:
        """True where a time may begin within so many characters of a text."""
        found = self._any.search(text)
        return found is not None and found.start() <= within

    def find(self, text: str, document: Document) -> tuple[Mention, ...]:
        """All times in `text`, in order, without overlaps; relative ones resolved by the document's own period."""
        if not self._any.search(text):
            return ()
        sifted = self._sieve.sift(text)
        busy = bytearray(len(text) + 1)
        found = []
        for mention in self._all(sifted, document):
            if not any(busy[mention.start : mention.end]):
                busy[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
                found.append(mention)
        return tuple(sorted(found, key=lambda m: m.start))

    def _all(self, sifted: Sifted, document: Document) -> Iterator[Mention]:
        text = sifted.text
        for m in sifted.finditer("range"):
            a, b = int(m["a"]), int(m["b"])
            if a < b:
                yield Mention(*m.span(), Period(start=a, end=b), self._role(text, m.start(), m.end()), "time.period")
        for m in sifted.finditer("year"):
            raw = m["a"] or m["bare"]
            year = int("".join(DIGITS.get(c, c) for c in raw))
            if 1900 <= year <= 2100:
                yield Mention(*m.span(), Period(year=year), self._role(text, m.start(), m.end()), "time.year")
        for m in sifted.finditer("plan"):
            yield self._plan_mention(text, m)
        for m in sifted.finditer("relative"):
            shift = {"this": 0, "last": -1, "next": 1}[str(m.lastgroup)]
            if document.period_start and (document.period_start == document.period_end or m.lastgroup != "this"):
                role = self._role(text, *m.span())
                yield Mention(*m.span(), Period(year=document.period_start + shift), role, "time.relative")
        for m in sifted.finditer("term"):
            yield Mention(*m.span(), self._term_period(str(m.lastgroup), document, m[0]), "at", "time.term")

    def is_either(self, text: str, mention: Mention) -> bool:
        """True of a term that is the past one or the next, as the text around it looks back or plans: 五年累计."""
        return self._either.fullmatch(text, mention.start, mention.end) is not None

    def planned(self, text: str, mentions: Sequence[Mention], document: Document) -> tuple[Mention, ...]:
        """The times of a text that plans: 五年累计 is then the period planned for."""
        period = self._term_period("next", document)
        return tuple(replace(m, period=period) if self.is_either(text, m) else m for m in mentions)

    def looked_back(self, text: str, mentions: Sequence[Mention], document: Document) -> tuple[Mention, ...]:
        """The times of a text that reviews: 五年内 is then a term that has passed."""
        return tuple(
            replace(m, period=self._term_period("past", document, text[m.start : m.end]))
            if m.rule == "time.term" and text[m.start : m.end].endswith(WITHIN)
            else m
            for m in mentions
        )

    def _plan_mention(self, text: str, m: re.Match[str]) -> Mention:
        period = self.plan_period(m["n"] or m["m"])
        end, after = m.end(), text[m.end() :]
        last = self._plan_end.match(after)
        if last:
            period, end = Period(year=period.end), m.end() + last.end()
        elif PLAN_NAME.match(after) or (m["m"] and not m[0].endswith(("时期", "期间"))):
            return Mention(m.start(), end, period, "name", "time.plan_name")
        return Mention(m.start(), end, period, self._role(text, m.start(), end), "time.plan")

    def _term_period(self, which: str, document: Document, said: str = "") -> Period:
        start = document.period_start
        if start is None:
            return Period()
        years = next((years for sign, years in FEWER_YEARS.items() if sign in said), 5)
        if which != "next":
            return Period(start=start - years, end=start - 1)
        return Period(start=start, end=start + years - 1)

    def _role(self, text: str, start: int, end: int) -> str:
        if text.rfind("《", 0, start) > text.rfind("》", 0, start):
            return "name"
        before, after = text[max(0, start - 4) : start], text[end : end + AFTER]
        stem = text[start:end].rstrip("底末初前")
        if self._modifying.match(after) or self._modifying.match(text[start + len(stem) - 1 : end] + after):
            return "modifier"
        if self._base.search(before):
            return "from" if self._value.match(after) else "base"
        if any(word.search(before) and rest.match(after) for word, rest in self._weak):
            return "base"
        if self._from.search(before):
            return "from"
        return "at"

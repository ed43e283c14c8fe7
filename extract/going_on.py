"""Stage 6, first half: an amount that goes on about what was named before it (…，年均增长6%; 新增学校7所、基地1个)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.descriptors import Descriptors
from extract.model import Quantity
from extract.patterns import alternatives, one_of
from extract.phrases import Phrases
from extract.statement import LIST_SIGN, LONG, Statement
from extract.statement_rules import StatementRules
from extract.units import Units

DIGIT, STOP = re.compile("[0-9]"), re.compile("[。；！？]")
SHORT = 4
"""A name no longer than this, beside another in a list, is of what that one measures."""
ITEM = re.compile("(?:[（(]?[0-9]{1,2}[）).．、])")
"""The number of an item of a list, whose first words, up to a colon, are what the rest is about."""
BRACKETED = re.compile("（[^（）]*）$")


class GoingOn:
    """Finds what such an amount is of; built once from the lexicon."""

    def __init__(self, rules: StatementRules, phrases: Phrases, units: Units, descriptors: Descriptors) -> None:
        self.rules, self.phrases, self.units, self.descriptors = rules, phrases, units, descriptors
        self._measured = re.compile(f"{alternatives(rules.measured)}$")
        self._told, self._opens_clause = re.compile(rules.told), re.compile(rules.opens_clause)
        self._against, self._stocked = re.compile(rules.against), re.compile(rules.stocked)
        self._added = re.compile(f"(?:{rules.whole_place})(?P<verb>{one_of(rules.flow_verbs)})")
        self._share_of_part, self._share = re.compile(rules.share_of_part), re.compile(rules.share)
        self._scope, self._money_size = re.compile(rules.scope), re.compile(rules.money_size)
        self._each, self._each_at_end = re.compile(rules.each), re.compile(f"(?:{rules.each})$")
        self._work, self._growing = re.compile(rules.work), re.compile(rules.growing)
        self._rate_name = re.compile(rules.rate_name)
        self._place_rate, self._place_alone = re.compile(rules.place_rate), re.compile(rules.place_alone)
        self._per_head = re.compile(rules.per_head)
        self._yearly = re.compile(f"^{alternatives(rules.per_year)}")
        self._summed = re.compile(f"{one_of(rules.cumulative)}")
        self._tail, self._whole_name = re.compile(f"{one_of(rules.shared_tails)}$"), re.compile(rules.whole_names)
        self._sector = re.compile(rules.sector)
        self._reached_stock = re.compile(f"{one_of(rules.stock_verbs)}$")

    def whole(self, draft: Statement, before: Sequence[Statement]) -> Statement:
        """The last statement; for a part (其中住宅…) the last one that measures alike."""
        alike = [s for s in before if self._family(s.quantity) == self._family(draft.quantity)]
        of_whole = draft.before.startswith(self.rules.part_of) or before[-1].subject.endswith("率")
        return alike[-1] if alike and of_whole else before[-1]

    def inherited(self, draft: Statement, last: Statement) -> Statement | None:
        """A clause that goes on about what was named before; None where it names something of its own."""
        left = draft.left
        goes_on = draft._replace(subject=last.subject, verb=last.verb, rule="indicator.inherited")
        if not left:
            other = last.counted or self._family(last.quantity) != self._family(draft.quantity)
            other = other or (draft.before.startswith("达") and self.phrases.unrated(last.indicator) != last.indicator)
            sized = self._family(draft.quantity) in ("area", "length") and self._family(last.quantity) == "money"
            subject = (self.phrases.of_what(last.subject) if sized else "") or last.subject
            named = subject if other else last.indicator
            summed = self._summed.search(draft.before) is not None
            return goes_on._replace(indicator=self._yearly.sub("", named) if summed else named)
        of_place = self._place_rate.search(last.indicator) if self._place_alone.fullmatch(left) else None
        if of_place and self._family(draft.quantity) == self._family(last.quantity):
            return goes_on._replace(indicator=left + of_place["what"], subject=left + of_place["what"])
        if self._each.fullmatch(left):
            return goes_on._replace(indicator=self._each_at_end.sub("", last.subject) + left)
        if self._scope.fullmatch(left):
            return goes_on._replace(indicator=left + last.subject)
        if left in last.subject and left in self.rules.trade:
            return None
        alike = self._family(last.quantity) == self._family(draft.quantity) or self.descriptors.counts(draft.quantity)
        if self.phrases.is_verb(left) and last.subject and (alike or last.counted):
            return goes_on._replace(indicator=left + self._work.sub("", last.subject), verb=left)
        if self.phrases.is_rate(left) and not last.counted:
            return goes_on._replace(indicator=self.phrases.unrated(last.indicator) + left)
        rate = self.phrases.rate_of(last.indicator, left)
        if rate:
            return goes_on._replace(indicator=rate)
        part = self._part(left, last.indicator) or self._part_measured(draft, last)
        if part:
            return goes_on._replace(indicator=part, subject=part, rule="indicator.part")
        if self.phrases.goes_on.search(left):
            return goes_on._replace(indicator=self._of_what(draft, last) + self.phrases.of_plan(left))
        return None

    def of_head(self, named: Statement, last: Statement) -> Statement:
        """A count with a fraction is so many by so many people, as the one before: 每千人口床位数7.5张，护士数4.5人."""
        head = self._per_head.match(last.indicator)
        fraction = self.descriptors.counts(named.quantity) and not named.quantity.value.is_integer()
        if not head or not fraction or self.units.multiplier(named.quantity.unit) or "每" in named.indicator:
            return named
        return named._replace(indicator=head[0] + named.indicator, subject=head[0] + named.subject)

    def _of_what(self, draft: Statement, last: Statement) -> str:
        """What a clause without a name of its own is of: a rate that is held against another one, of the same rate.

        Beside something general that is of nothing itself (营业收入…，利润…) it is of nothing.
        """
        if self.phrases.is_general(draft.left) and self.phrases.is_general(last.subject):
            return ""
        alike = self._family(last.quantity) == self._family(draft.quantity)
        held_against = alike and self._against.match(draft.left) is not None
        return last.indicator if held_against else self._stem(last.subject, draft.left)

    def _stem(self, subject: str, left: str) -> str:
        """What was measured, without its own noun where another is measured of it: 果蔬播种面积…，产量 → 果蔬."""
        named = self._measured.search(subject) if self._measured.fullmatch(left) else None
        stem = self._growing.sub("", subject[: named.start()]) if named else ""
        stem = stem or self.phrases.of_general(subject, left)
        if left.endswith(self.rules.rate_ends):
            stem = self._rate_name.sub("", subject)
        return stem if len(stem) > 1 else subject

    def _family(self, quantity: Quantity) -> str:
        return self.units.family(quantity.counted_unit)

    def _part(self, left: str, whole: str) -> str:
        """其中工业占比 after 第二产业增加值占GDP比重 → 工业增加值占GDP比重."""
        share, ratio = self._share_of_part.fullmatch(left), self._share.search(whole)
        if not share or not ratio:
            return ""
        value = self.rules.added_value
        return share["part"] + (value if value in whole and value not in left else "") + ratio[0]

    def _part_measured(self, draft: Statement, last: Statement) -> str:
        """其中风电200万千瓦、光伏120万千瓦 after 装机容量: each part with the noun of what was measured."""
        named = self._measured.search(last.indicator)
        begins = draft.before.startswith(self.rules.part_of)
        if (
            not named
            or self._measured.search(draft.left)
            or self._family(last.quantity) != self._family(draft.quantity)
        ):
            return ""
        goes_on = last.rule == "indicator.part" and last.clause == draft.clause
        goes_on = goes_on or self._beside(draft, last)
        if not (begins or goes_on) or self.phrases.verb.match(draft.left):
            return ""
        return (self._adding(last.indicator) or self.phrases.head(last.indicator)) + draft.left + named[0]

    def _adding(self, indicator: str) -> str:
        """The verb that says of an indicator that it was added, behind whose it is: 全市新增公路里程 → 新增; or ""."""
        added = self._added.search(indicator)
        return added["verb"] if added else ""

    def _beside(self, draft: Statement, last: Statement) -> bool:
        """True of a short name right behind the one before, in the same unit: 新增光伏装机120万千瓦、风电35万千瓦."""
        listed = draft.clause == last.clause and draft.quantity.unit == last.quantity.unit
        named = draft.before == draft.left and len(draft.left) <= SHORT and not self.phrases.is_general(draft.left)
        return listed and named and not last.counted

    def opens_sentence(self, draft: Statement, text: str) -> bool:
        """A new sentence that opens with a bare rate or total goes on about the last one: 。年均增长6%."""
        if text[draft.sentence[0] - 1 : draft.sentence[0]] == "；" and self._place_alone.fullmatch(draft.left):
            return True
        if not draft.left and text[draft.sentence[0] - 1 : draft.sentence[0]] == "；":
            return not draft.right
        bare = bool(draft.left) and self.phrases.goes_on.search(draft.left) is not None
        return bare and draft.quantity.start - draft.sentence[0] <= 10

    def opened_before(self, draft: Statement, text: str, last: int) -> str:
        """What the clause before says something of without an amount: 粮食总产再创新高，达到21亿斤 → 粮食总产."""
        begin = draft.quantity.start - len(draft.before)
        start = max(text.rfind(sign, 0, max(begin - 1, 0)) for sign in self.rules.boundaries) + 1
        opened = self._opens_clause.match(text, start, begin) if last <= start else None
        what = self.phrases.bare(opened["what"]) if opened else ""
        return what if len(what) > 1 and not self.phrases.is_verb(what) else ""

    def of_sector(self, draft: Statement, text: str, last: int) -> str:
        """The sector that an earlier sentence, from `last` on, opens with, or "": 茶产业加快转型。产值突破30亿元."""
        begin = draft.sentence[0]
        if draft.quantity.start - len(draft.before) != begin or not self.phrases.is_general(draft.left):
            return ""
        for start in reversed([last, *(end.end() for end in STOP.finditer(text, last, begin))]):
            opened = self._sector.match(text, start) if start < begin else None
            if opened and not self.phrases.verb.match(opened["what"]):
                return opened["what"]
        return ""

    def of_list(self, draft: Statement, text: str) -> str:
        """What is measured of each name of a list behind a colon, or "": 减排量：化学需氧量1.2万吨、氨氮600吨."""
        begin = draft.quantity.start - len(draft.before)
        colon = max(text.rfind(sign, 0, begin + 1) for sign in self.rules.boundaries)
        if colon < 0 or text[colon] != "：" or self._whole_name.search(draft.left):
            return ""
        start = max(text.rfind(sign, 0, colon) for sign in self.rules.boundaries) + 1
        tail = self._tail.search(text[start:colon])
        return tail[0] if tail and not DIGIT.search(text[start:colon]) else ""

    def setting(self, draft: Statement, text: str) -> str:
        """What the clause before names, for an amount of something general: 开展新业态培训，覆盖人群达8万人次."""
        earlier = text[draft.sentence[0] : draft.quantity.start - len(draft.before)]
        clauses = [c for c in self.rules.boundary.split(earlier) if c]
        if len(clauses) == 1 and ITEM.match(clauses[0]) and text[draft.sentence[0] + len(clauses[0])] == "：":
            words = ITEM.sub("", clauses[0])
            return words if 2 <= len(words) <= 2 * LONG else ""
        words = LIST_SIGN.split(self.phrases.bare(clauses[-1]))[-1] if clauses else ""
        words = BRACKETED.sub("", self._told.sub("", words))
        return words if 2 <= len(words) <= LONG + 4 and not DIGIT.search(words) else ""

    def carried(self, draft: Statement, last: Statement) -> Statement:
        """In a list of things done, the verb of the first holds for all: 新增实验室7家、孵化器1家."""
        if self._money_size.fullmatch(draft.left) and self._money_size.search(last.indicator):
            return draft._replace(indicator=self._money_size.sub(draft.left, last.indicator, count=1), verb=last.verb)
        alike = self._family(last.quantity) == self._family(draft.quantity)
        part = draft.before.startswith(self.rules.part_of) and alike
        verb = last.verb or (self._adding(last.indicator) if part else "")
        bare = not draft.verb and not self.phrases.verb.match(draft.left) and not draft.before.startswith("（")
        things = self.units.family(draft.quantity.counted_unit) in ("area", "length", "mass", "volume")
        if not bare or not verb or not (things or self.descriptors.counts(draft.quantity)):
            return draft
        if self._reached_stock.search(draft.before) or self._measured.search(draft.left):
            return draft
        alike = draft.quantity.unit == last.quantity.unit and self.descriptors.counts(draft.quantity)
        flows = verb in self.rules.flow_verbs and alike and self.phrases.actor(draft.left) == draft.left
        flows = flows and not self._stocked.search(draft.before)
        carried = last.clause == draft.clause or flows or part
        named = verb + draft.left if carried else draft.left
        return draft._replace(indicator=named, verb=verb)

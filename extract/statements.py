"""Stage 6, first half: what each amount of a passage is an amount of.

A clause names its indicator before the amount (地区生产总值达7000亿元), after it (引进40家持牌机构), or not at all,
when it goes on about the one before (…，年均增长6%). `分别` and lists hand out amounts to indicators in their order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from extract.descriptors import Descriptors
from extract.frames import Frame, Frames
from extract.lexicon_file import load
from extract.model import Quantity
from extract.patterns import alternatives, from_start, pattern, word
from extract.periods import Mention
from extract.phrases import Phrases
from extract.statement_rules import StatementRules
from extract.units import Units

LONG = 12
"""A phrase before a counted thing longer than this is an enumeration or a setting; only its verb is kept."""

THING_AFTER = re.compile("[^。；]{0,60}?的(?P<thing>[一-龥]{2,12})(?=[，。；、])")
OPENS_WORD, DIGIT = re.compile("[一-龥“”A-Za-z0-9《]"), re.compile("[0-9]")
SHARE_OF_PART, RATIO = re.compile("(?P<part>.{2,10}?)占比"), re.compile("占(?:.{2,8})(?:比重|比例)")
SCOPE = re.compile("人均|(?:国家|省|市|区|县)级(?:以上)?")
WORK, GROWING = re.compile("(?:建设|任务|工作)$"), re.compile("(?:播种|种植|栽培|养殖)$")
RATE = re.compile("(?:综合)?[一-龥]{2}率$")
LIST_SIGN, LIST_END, LAST_JOINED = re.compile("[、等]"), re.compile("[、，]"), re.compile("[和及与]([一-龥]{2,6})$")


class Statement(NamedTuple):
    """An amount with its indicator.

    `clause` is the text around the amount, `before` its words from the last amount or boundary on; `left`, `right` are
    the cleaned words before and after the amount; `subject` is what a later clause may go on about, `verb` what is done
    with it; `beside` is the indicator named before it in the same list; `counted` is true where the counted thing
    follows the amount; `rule` says how the indicator was found.
    """

    quantity: Quantity
    indicator: str
    subject: str
    left: str
    right: str
    before: str
    clause: str
    sentence: tuple[int, int]
    counted: bool
    rule: str
    verb: str = ""
    beside: str = ""


class Statements:
    """Reads statements; built once from the lexicon."""

    def __init__(self, rules: StatementRules, units: Units) -> None:
        self.rules, self.units = rules, units
        self.descriptors = Descriptors(rules, units)
        self.phrases, self._frames = Phrases(rules), Frames(rules, units)
        self._predicate = pattern(rules.predicates)
        self._reached = re.compile(f'[”"]?{alternatives([*rules.travel, *rules.reached])}')
        self._acting_sign = word(rules.acting_signs)
        self._travel = re.compile(f"{alternatives(rules.travel)}$")
        self._measured = re.compile(f"{alternatives(rules.measured)}$")
        self._at_least = re.compile(rules.at_least)
        self._thing, self._opens_clause = re.compile(rules.thing_measured), re.compile(rules.opens_clause)
        self._several_before = re.compile(f"(?P<unknown>{rules.several})[家个批]?(?P<what>[一-龥]{{2,8}})$")
        self._rank = re.compile(from_start(f"[0-9一二三四五六七八九十百]+{alternatives(rules.rank_signs)}"))
        self._parts_of_ratio = [(re.compile(what), parts) for what, parts in rules.ratio_parts.items()]
        self._circle = re.compile("(?:、[一-龥]{2,4}[0-9—～-]+分钟)?(?P<name>[一-龥]{2,8}圈)")

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
        first = self._of_one(frame, left, text, before)
        if len(frame.quantities) == 1:
            return [first]
        group = self._qualified(frame)
        parts = self._ratio_parts(group, text[frame.sentence[0] : group[0].start])
        if parts:
            return [self._named(first, q, name, left, "list") for q, name in zip(group, parts, strict=True)]
        goes_on = not left or self.phrases.goes_on.search(left) is not None
        names = [] if goes_on else self.phrases.names(left, len(group)) or self._twins(frame, left)
        if names:
            return [
                self._named(first, q, n, self.phrases.subject(n), "list") for q, n in zip(group, names, strict=True)
            ]
        if goes_on and len(before) >= len(group):
            subjects = [s.subject for s in before[-len(group) :]]
            return [self._named(first, q, s + left, s, "distributed") for q, s in zip(group, subjects, strict=True)]
        head = first._replace(quantity=replace(first.quantity, qualifier=group[0].qualifier))
        return [head, *(head._replace(quantity=q, rule="indicator.repeated") for q in group[1:])]

    def _twins(self, frame: Frame, left: str) -> list[str]:
        """Two names in one word: 城乡居民收入分别增长5%、6% is 城镇居民收入 and 农村居民收入."""
        if len(frame.quantities) != 2 or self.rules.distributing not in frame.left:
            return []
        both = next((word for word in self.rules.twins if left.count(word) == 1), "")
        return [left.replace(both, name) for name in self.rules.twins[both]] if both else []

    def _qualified(self, frame: Frame) -> tuple[Quantity, ...]:
        """The one sign before or after amounts that are handed out holds for all: 分别不低于3200吨、180吨."""
        first, *between, last = frame.quantities
        before, after = first.start < first.digits[0][0], last.digits[-1][1] + len(last.unit) < last.end
        plain = all(q.qualifier == "=" for q in (*between, last if before else first))
        if self.rules.distributing not in frame.left or not plain or before == after:
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
        circle = (
            self._circle.match(text, quantity.end) if self.units.family(quantity.counted_unit) == "duration" else None
        )
        right = circle["name"] if circle else self._ranked(self.phrases.right(frame.right), text, quantity.end)
        draft = Statement(
            quantity, left, left, left, right, frame.left, frame.clause, frame.sentence, False, "indicator.before"
        )
        several = self._several(draft, frame, text)
        if several:
            return several
        if self._counts(quantity, right):
            return self._counted(self._acting(draft, text), before)
        whole = self._whole_of(frame, left, text)
        if whole:
            return draft._replace(indicator=whole[0] + whole[1], subject=whole[0], rule="indicator.after")
        here = [s for s in before if s.sentence == frame.sentence]
        opened = self._opened_before(draft, text, here[-1].quantity.end if here else 0) if not left else ""
        if opened:
            return draft._replace(indicator=opened, subject=opened, left=opened)
        if here or (before and self._opens_sentence(draft, text)):
            inherited = self._inherited(draft, self._whole(draft, here or before))
            if inherited:
                return inherited
        left = self.phrases.summed_up(left)
        draft = draft._replace(indicator=left, subject=left, left=left)
        if not left:
            counted = self._counted(draft, before)._replace(counted=False)
            return counted if right else draft._replace(rule="indicator.none")
        if self.phrases.goes_on.search(left):
            setting = self._setting(draft, text)
            return draft._replace(indicator=setting + left, subject=setting or left, rule="indicator.setting")
        named = draft._replace(subject=self.phrases.subject(left), verb=self.phrases.head(left))
        return self._carried(named, here[-1]) if here else named

    def _whole(self, draft: Statement, before: Sequence[Statement]) -> Statement:
        """The last statement; for a part (其中住宅…) the last one that measures alike."""
        alike = [s for s in before if self._family(s.quantity) == self._family(draft.quantity)]
        return alike[-1] if alike and draft.before.startswith(self.rules.part_of) else before[-1]

    def _inherited(self, draft: Statement, last: Statement) -> Statement | None:
        """A clause that goes on about what was named before; None where it names something of its own."""
        left = draft.left
        goes_on = draft._replace(subject=last.subject, verb=last.verb, rule="indicator.inherited")
        if not left:
            other = last.counted or self._family(last.quantity) != self._family(draft.quantity)
            return goes_on._replace(indicator=last.subject if other else last.indicator)
        if SCOPE.fullmatch(left):
            return goes_on._replace(indicator=left + last.subject)
        if left in last.subject and left in self.rules.trade:
            return None
        if self.phrases.is_verb(left) and last.subject:
            return goes_on._replace(indicator=left + WORK.sub("", last.subject), verb=left)
        if self.phrases.is_rate(left) and not last.counted:
            return goes_on._replace(indicator=self.phrases.unrated(last.indicator) + left)
        part = self._part(left, last.indicator) or self._part_measured(draft, last)
        if part:
            return goes_on._replace(indicator=part, subject=part, rule="indicator.part")
        if self.phrases.goes_on.search(left):
            return goes_on._replace(indicator=self._stem(last.subject, left) + left)
        return None

    def _stem(self, subject: str, left: str) -> str:
        """What was measured, without its own noun where another is measured of it: 果蔬播种面积…，产量 → 果蔬."""
        named = self._measured.search(subject) if self._measured.fullmatch(left) else None
        stem = GROWING.sub("", subject[: named.start()]) if named else ""
        if left.endswith(("率", "标准")):
            stem = RATE.sub("", subject)
        return stem if len(stem) > 1 else subject

    def _whole_of(self, frame: Frame, left: str, text: str) -> tuple[str, str] | None:
        """The thing after an amount, and what of it is measured: 设立总规模20亿元的产业基金 → 产业基金, 总规模."""
        thing = self._thing.match(text, frame.quantities[0].end) if frame.right.startswith("的") else None
        measured = left.removeprefix(self.phrases.head(left)) if thing else ""
        if not thing or not measured or not self.phrases.goes_on.search(measured):
            return None
        return self.phrases.right(thing["thing"]), measured

    def _family(self, quantity: Quantity) -> str:
        return self.units.family(quantity.counted_unit)

    @staticmethod
    def _part(left: str, whole: str) -> str:
        """其中工业占比 after 第二产业增加值占GDP比重 → 工业增加值占GDP比重."""
        share, ratio = SHARE_OF_PART.fullmatch(left), RATIO.search(whole)
        if not share or not ratio:
            return ""
        added = "增加值" if "增加值" in whole and "增加值" not in left else ""
        return share["part"] + added + ratio[0]

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
        if not (begins or goes_on) or self.phrases.verb.match(draft.left):
            return ""
        return self.phrases.head(last.indicator) + draft.left + named[0]

    def _opens_sentence(self, draft: Statement, text: str) -> bool:
        """A new sentence that opens with a bare rate or total goes on about the last one: 。年均增长6%."""
        if not draft.left and text[draft.sentence[0] - 1 : draft.sentence[0]] == "；":
            return not draft.right
        bare = bool(draft.left) and self.phrases.goes_on.search(draft.left) is not None
        return bare and draft.quantity.start - draft.sentence[0] <= 10

    def _opened_before(self, draft: Statement, text: str, last: int) -> str:
        """What the clause before says something of without an amount: 粮食总产再创新高，达到21亿斤 → 粮食总产."""
        begin = draft.quantity.start - len(draft.before)
        start = max(text.rfind(sign, 0, max(begin - 1, 0)) for sign in self.rules.boundaries) + 1
        opened = self._opens_clause.match(text, start, begin) if last <= start else None
        what = self.phrases.bare(opened["what"]) if opened else ""
        return what if len(what) > 1 and not self.phrases.is_verb(what) else ""

    def _setting(self, draft: Statement, text: str) -> str:
        """What the clause before names, for an amount of something general: 开展新业态培训，覆盖人群达8万人次."""
        earlier = text[draft.sentence[0] : draft.quantity.start - len(draft.before)]
        clauses = [c for c in self.rules.boundary.split(earlier) if c]
        words = LIST_SIGN.split(self.phrases.bare(clauses[-1]))[-1] if clauses else ""
        return words if 2 <= len(words) <= LONG + 4 and not DIGIT.search(words) else ""

    def _carried(self, draft: Statement, last: Statement) -> Statement:
        """In a list of things done, the verb of the first holds for all: 新增实验室7家、孵化器1家."""
        bare = not draft.verb and not self.phrases.verb.match(draft.left) and not draft.before.startswith("（")
        things = self.units.family(draft.quantity.counted_unit) in ("area", "length", "mass", "volume")
        if not bare or not last.verb or not (things or self.descriptors.counts(draft.quantity)):
            return draft
        alike = draft.quantity.unit == last.quantity.unit and self.descriptors.counts(draft.quantity)
        flows = last.verb in self.rules.flow_verbs and alike and self.phrases.actor(draft.left) == draft.left
        carried = last.clause == draft.clause or flows
        named = last.verb + draft.left if carried else draft.left
        return draft._replace(indicator=named, verb=last.verb)

    def _several(self, draft: Statement, frame: Frame, text: str) -> Statement | None:
        """若干家营业收入超千亿元…的龙头企业: what is measured stands before the amount, of what after it."""
        measured = self._several_before.search(draft.left)
        thing = THING_AFTER.match(text, draft.quantity.end) if measured else None
        if not measured or not thing:
            return None
        listed = draft.left[: measured.start()]
        first = listed.removeprefix(self.phrases.head(listed)).split("、")[0].removesuffix("等")
        unknown = f"{first}等" if listed.endswith("等") else measured["unknown"]
        return draft._replace(
            indicator=unknown + thing["thing"] + measured["what"],
            subject=thing["thing"],
            rule="indicator.after",
        )

    def _ranked(self, right: str, text: str, start: int) -> str:
        """4项指标进入全国前20名: the rank belongs to the words after the amount."""
        end = text.find(right, start) + len(right)
        rank = self._rank.match(text[end:]) if right.endswith("前") else None
        return right + rank[0] if rank else right

    def _acting(self, draft: Statement, text: str) -> Statement:
        """突破50项技术 does not say more than 50: the sign is the verb."""
        sign = self._acting_sign.match(text, draft.quantity.start)
        if not sign or not self.descriptors.counts(draft.quantity):
            return draft
        return draft._replace(quantity=replace(draft.quantity, qualifier="="), left=draft.left + sign[0])

    def _counts(self, quantity: Quantity, right: str) -> bool:
        """True where the words after the amount say what is counted."""
        if not right or not OPENS_WORD.match(right) or self._predicate.match(right):
            return False
        family = self.units.family(quantity.counted_unit)
        if family in ("duration", "days", "years"):
            return self._reached.match(right) is not None
        things = family in ("area", "length", "ratio") or quantity.form in ("chinese", "big")
        return things or self.descriptors.counts(quantity)

    def _counted(self, draft: Statement, before: list[Statement]) -> Statement:
        left, right = draft.left, draft.right
        if draft.quantity.qualifier == "=" and self._at_least.search(draft.before):
            draft = draft._replace(quantity=replace(draft.quantity, qualifier=">="))
        counted = draft._replace(counted=True, rule="indicator.after")
        if self.units.family(draft.quantity.counted_unit) in ("duration", "days", "ratio"):
            listed = "、" in draft.clause and not draft.before and before and before[-1].clause == draft.clause
            subject = LIST_END.split(left)[-1] or (before[-1].subject if listed else "")
            reach = "时间" if self._travel.search(right) else ""
            return counted._replace(indicator=subject + right + reach, subject=subject or right)
        kept, beside = left, ""
        if not left and before and before[-1].clause == draft.clause and not draft.before:
            kept, beside = before[-1].verb, before[-1].indicator
        if len(left) > LONG or LIST_SIGN.search(left):
            kept = self.phrases.head(left)
            last = LAST_JOINED.search(left) if draft.quantity.form == "big" else None
            kept += last[1] if last else ""
        actor = self.phrases.actor(left)
        subject = actor if 2 <= len(actor) <= LONG and not self.phrases.is_verb(actor) else right
        verb = self.phrases.head(kept + right)
        return counted._replace(indicator=kept + right, subject=subject, verb=verb, beside=beside)

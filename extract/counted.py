"""Stage 6, first half: an amount whose thing stands after it (引进40家持牌机构; 总规模20亿元的产业基金)."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.descriptors import Descriptors
from extract.frames import Frame
from extract.model import Quantity
from extract.patterns import alternatives, from_start, pattern, word
from extract.phrases import Phrases
from extract.statement import LIST_SIGN, LONG, Statement
from extract.statement_rules import StatementRules
from extract.units import Units

OPENS_WORD = re.compile("[一-龥“”A-Za-z0-9《]")
LIST_END = re.compile("[、，]")


class Counted:
    """Names the things that are counted; built once from the lexicon."""

    def __init__(self, rules: StatementRules, phrases: Phrases, units: Units, descriptors: Descriptors) -> None:
        self.phrases, self.units, self.descriptors = phrases, units, descriptors
        self._predicate = pattern(rules.predicates)
        self._reached = re.compile(f'[”"]?{alternatives([*rules.travel, *rules.reached])}')
        self._acting_sign = word(rules.acting_signs)
        self._travel = re.compile(f"{alternatives(rules.travel)}$")
        self._thing = re.compile(rules.thing_measured)
        self._several_before = re.compile(f"(?P<unknown>{rules.several}){rules.several_of}")
        self._thing_far, self._last_joined = re.compile(rules.thing_far), re.compile(rules.last_joined)
        self._rank = re.compile(from_start(f"[0-9一二三四五六七八九十百]+{alternatives(rules.rank_signs)}"))
        self._with = re.compile(rules.counted_with)
        self._circle = re.compile(rules.circle)

    def right(self, frame: Frame, text: str) -> str:
        """The words after the amount of a frame that may name what is counted."""
        quantity = frame.quantities[0]
        beside = self._with.match(text, quantity.end) if not frame.right and self.descriptors.counts(quantity) else None
        if beside:
            return self.phrases.right(beside["thing"])
        timed = self.units.family(quantity.counted_unit) == "duration"
        circle = self._circle.match(text, quantity.end) if timed else None
        return circle["name"] if circle else self._ranked(self.phrases.right(frame.right), text, quantity.end)

    def several(self, draft: Statement, frame: Frame, text: str) -> Statement | None:
        """若干家营业收入超千亿元…的龙头企业: what is measured stands before the amount, of what after it."""
        measured = self._several_before.search(draft.left)
        thing = self._thing_far.match(text, draft.quantity.end) if measured else None
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

    def acting(self, draft: Statement, text: str) -> Statement:
        """突破50项技术 does not say more than 50: the sign is the verb."""
        sign = self._acting_sign.match(text, draft.quantity.start)
        if not sign or not self.descriptors.counts(draft.quantity):
            return draft
        return draft._replace(quantity=replace(draft.quantity, qualifier="="), left=draft.left + sign[0])

    def counts(self, quantity: Quantity, right: str) -> bool:
        """True where the words after the amount say what is counted."""
        if not right or not OPENS_WORD.match(right) or self._predicate.match(right):
            return False
        family = self.units.family(quantity.counted_unit)
        if family in ("duration", "days", "years"):
            return self._reached.match(right) is not None
        things = family in ("area", "length", "ratio") or quantity.form in ("chinese", "big")
        return things or self.descriptors.counts(quantity)

    def counted(self, draft: Statement, before: list[Statement]) -> Statement:
        left, right = draft.left, draft.right
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
            last = self._last_joined.search(left) if draft.quantity.form == "big" else None
            kept += last["name"] if last else ""
        actor = self.phrases.actor(left)
        subject = actor if 2 <= len(actor) <= LONG and not self.phrases.is_verb(actor) else right
        verb = self.phrases.head(kept + right)
        return counted._replace(indicator=kept + right, subject=subject, verb=verb, beside=beside)

    def whole_of(self, frame: Frame, left: str, text: str) -> tuple[str, str] | None:
        """The thing after an amount, and what of it is measured: 设立总规模20亿元的产业基金 → 产业基金, 总规模."""
        thing = self._thing.match(text, frame.quantities[0].end) if frame.right.startswith("的") else None
        if not thing or self._predicate.match(thing["thing"]):
            return None
        measured = self.phrases.general(left) or left.removeprefix(self.phrases.head(left))
        if not measured or not self.phrases.goes_on.search(measured):
            return None
        return self.phrases.right(thing["thing"]), measured

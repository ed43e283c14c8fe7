"""Stage 5: amounts in a text — number, range, unit, qualifier — and the numbers that are no amounts.

One grammar, composed from the lexicon: qualifier? number (range)? multiplier? unit qualifier?. What the exclusion rules
cover is never read as an amount; what neither covers is left for the ledger to report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extract.exclusions import ExclusionRules, Exclusions
from extract.lexicon_file import Lexicon, load
from extract.model import Exclusion, Quantity
from extract.numerals import AT_FIRST_SIGN, CHINESE, DIGITS, NumeralRules, bounds, over_myriads, value_of
from extract.patterns import one_of, opening
from extract.scanning import Sieve, Sifted
from extract.units import Units

DASH = r"(?:[—–\-~～至到]{1,2})"
HAN = "[一-龥]"

LISTED = ("、", "和", "及", "与")
REACHED = ("达", "达到", "过", "破", "上")
NOT_COUNTING = frozenset("一零〇")
ORDINAL_BEFORE = frozenset("0123456789.第几数每各这那哪某上下前后首")
FOLLOWING = ("以下", "如下")
"""Words before what is listed next (以下十件实事), not the 下 of 下一批."""
OF_RATIO = re.compile("比(?:例|值)?(?:达到?|为|控制在|不低于|不高于|提高到|降低?到|优化为|调整为|保持在)?$")
"""The name of a ratio, before its two numbers."""
HANDED_OUT = re.compile("分别[^，。；：0-9]{0,8}(?:[0-9.]{1,12}[、和及与]){0,8}[^，。；：0-9]{0,4}$")
"""Before one of several numbers that are handed out."""
PIECE = "个"
"""Opens units that a sign may part: 3个多月, 2个多小时."""


class QualifierRules(Lexicon):
    """lexicon/qualifiers.yaml."""

    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    inside: dict[str, tuple[str, ...]]
    last: tuple[str, ...]
    words: tuple[str, ...]

    def signs(self, side: str) -> dict[str, str]:
        """Words of one side → their sign."""
        return {word: sign for sign, words in getattr(self, side).items() for word in words}

    def pattern(self, side: str) -> str:
        """Regular expression of the words of one side, where they are not the edge of another word."""
        words = sorted(self.signs(side), key=len, reverse=True)
        return f"(?:{opening(words)}(?:{'|'.join(self._apart(side, word) for word in words)}))"

    def _apart(self, side: str, word: str) -> str:
        if side == "before":
            ends = (longer.removesuffix(word) for longer in self.words if longer.endswith(word))
            return "".join(f"(?<!{end})" for end in ends) + re.escape(word)
        starts = (longer.removeprefix(word) for longer in self.words if side == "after" and longer.startswith(word))
        stop = f"(?=的|(?!{HAN}))" if side == "after" and word in self.last else ""
        return re.escape(word) + "".join(f"(?!{start})" for start in starts) + stop


@dataclass(frozen=True, slots=True)
class Found:
    """What `Quantities.find` returns: both in order of their place, never overlapping."""

    quantities: tuple[Quantity, ...]
    exclusions: tuple[Exclusion, ...]


NOTHING = Found((), ())


class Quantities:
    """Reads quantities; built once from the lexicon."""

    def __init__(
        self, numerals: NumeralRules, qualifiers: QualifierRules, exclusions: Exclusions, units: Units
    ) -> None:
        self.numerals, self.units = numerals, units
        self._sign = {side: qualifiers.signs(side) for side in ("before", "after", "inside")}
        before, after, inside = (qualifiers.pattern(side) for side in ("before", "after", "inside"))
        multiplier, whole = one_of(units.lexicon.multipliers), units.pattern()
        families = units.lexicon.families.values()
        self._lookalikes = {u for f in families for u in f.units} | set(units.lexicon.counters)
        rest = one_of(u.removeprefix(PIECE) for u in self._lookalikes if u.startswith(PIECE) and u != PIECE)
        parted = f"(?:{multiplier}(?={inside}{whole})|{PIECE}(?={inside}{rest}))"
        unit = f"(?:(?P<head>{parted})(?P<parting>{inside})(?P<rest>{whole}|{rest})|(?P<unit>{whole}))"
        before, tail = f"(?P<before>{before})", f"(?P<after>{after})?"
        inside = f"(?P<inside>{inside})?"
        plain = (
            f"(?:{before}[达到至]{{0,2}})?(?P<low>{DIGITS})"
            f"(?:(?P<lowunit>{whole})?(?P<dash>{DASH})(?P<high>{DIGITS}))?{inside}{unit}?{tail}"
        )
        myriads, steps = one_of(numerals.myriads), one_of(units.lexicon.multipliers)
        before += "?"
        low = f"(?:{AT_FIRST_SIGN}(?P<low>{CHINESE})(?:{DASH}(?P<high>{CHINESE}))?)?"
        tenth = f"(?P<low>[一二两三四五六七八九]){inside}{numerals.chengs}"
        patterns = {
            "words": f"{before}(?<![0-9.])(?P<word>{opening(numerals.words)}{one_of(numerals.words)})(?![0-9]){tail}",
            "percent": f"{before}(?P<of>{one_of(numerals.fractions)})(?P<low>{CHINESE}){tail}",
            "tenths": f"{before}{tenth}(?![{numerals.cheng_words}]){tail}",
            "ratio": r"(?<!\d)(?P<a>\d+(?:\.\d+)?)[：:](?P<b>\d+(?:\.\d+)?)(?:[：:](?P<c>\d+(?:\.\d+)?))?(?![：:\d])",
            "steps": f"{before}(?<![\\d.])(?P<low>\\d+)(?P<myriad>{myriads})(?P<more>\\d+)(?P<step>{steps})?"
            f"{inside}(?P<last>{myriads})?(?P<base>{one_of(self._lookalikes)})?{tail}",
            "plain": plain,
            "chinese": f"{before}{low}{inside}{unit}{tail}",
            "big": "(?<![两二三四五六七八九十])(?P<low>[两二三四五六七八九十]+)大(?=[一-龥“])",
        }
        counting = "".join([*numerals.digits, *numerals.powers, *units.lexicon.multipliers])
        self._sieve = Sieve(exclusions.patterns | patterns, {"chinese": counting})
        self._exclusions = exclusions
        self._readers = {
            "words": self._read_words,
            "percent": self._read_percent,
            "tenths": self._read_tenths,
            "ratio": self._read_ratio,
            "steps": self._read_steps,
            "plain": self._read_plain,
            "chinese": self._read_chinese,
            "big": self._read_big,
        }

    @classmethod
    def load(cls, lexicon: Path, units: Units) -> Quantities:
        exclusions = Exclusions(load(lexicon / "exclusions.yaml", ExclusionRules), units.latin())
        numerals = load(lexicon / "numerals.yaml", NumeralRules)
        return cls(numerals, load(lexicon / "qualifiers.yaml", QualifierRules), exclusions, units)

    def find(self, text: str, taken: Iterable[tuple[int, int]] = (), exclusions: bool = True) -> Found:
        """Quantities and exclusions of a cleaned text.

        `taken` are spans already read as times. In a cell of values nothing is a false friend: `exclusions=False`.
        """
        sifted = self._sieve.sift(text)
        if not sifted.spans:
            return NOTHING
        busy = bytearray(len(text) + 1)
        for start, end in taken:
            busy[start:end] = b"\1" * (end - start)
        excluded = list(self._exclusions.find(sifted, busy)) if exclusions else []
        quantities: list[Quantity] = []
        for name, read in self._readers.items():
            for quantity in read(sifted, busy) if name in sifted.spans else ():
                counted = self.units.left_out(quantity.unit, text, quantity.end)
                quantities.append(replace(quantity, counted=counted) if counted else quantity)
                busy[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
        quantities = self._with_shared_units(text, sorted(quantities, key=lambda q: q.start))
        return Found(tuple(quantities), tuple(sorted(excluded, key=lambda e: e.start)))

    @staticmethod
    def _with_shared_units(text: str, quantities: list[Quantity]) -> list[Quantity]:
        """分别提高0.9、5.9个百分点: the unit at the end of a list of decimals is that of all.

        So it is of whole numbers that are handed out (分别达到15、12和10台).
        """
        for i in range(len(quantities) - 2, -1, -1):
            one, following = quantities[i], quantities[i + 1]
            if one.unit or not following.unit or text[one.end : following.start] not in LISTED:
                continue
            bare = one.form == following.form == "plain" and one.value_high is None
            decimals = "." in text[one.start : one.end] and "." in text[following.start : following.end]
            if bare and (decimals or HANDED_OUT.search(text, 0, one.start)):
                quantities[i] = replace(one, unit=following.unit, counted=following.counted)
        return quantities

    def _free(self, busy: bytearray, start: int, end: int) -> bool:
        return 1 not in busy[start:end]

    def _qualifier(self, found: re.Match[str]) -> str:
        groups = found.re.groupindex
        for side, key in (("after", "after"), ("before", "before"), ("inside", "inside"), ("inside", "parting")):
            if key in groups and found[key]:
                return self._sign[side][found[key]]
        return "="

    def _read_words(self, sifted: Sifted, busy: bytearray) -> Iterator[Quantity]:
        for found in sifted.finditer("words"):
            if self._free(busy, *found.span("word")):
                entry = self.numerals.words[found["word"]]
                value, unit, sign = float(entry["value"]), str(entry["unit"]), self._qualifier(found)
                sign = str(entry.get("qualifier", "=")) if sign == "=" else sign
                yield Quantity(*found.span(), value, None, unit, sign, (found.span("word"),), "quantity.word")

    def _read_percent(self, sifted: Sifted, busy: bytearray) -> Iterator[Quantity]:
        for found in sifted.finditer("percent"):
            if self._free(busy, *found.span()):
                value, unit = value_of(self.numerals, found["low"]), self.numerals.fractions[found["of"]]
                span = (found.start("of"), found.end("low"))
                yield Quantity(*found.span(), value, None, unit, self._qualifier(found), (span,), "quantity.percent")

    def _read_tenths(self, sifted: Sifted, busy: bytearray) -> Iterator[Quantity]:
        for found in sifted.finditer("tenths"):
            if self._free(busy, *found.span()):
                value, span = 10.0 * self.numerals.digits[found["low"]], (found.start("low"), found.end("low") + 1)
                yield Quantity(*found.span(), value, None, "%", self._qualifier(found), (span,), "quantity.tenths")

    def _read_ratio(self, sifted: Sifted, busy: bytearray) -> Iterator[Quantity]:
        for found in sifted.finditer("ratio"):
            if not self._free(busy, *found.span()):
                continue
            if not found["c"]:
                yield from self._to_one(found, sifted.text)
                continue
            for key in "abc":
                span, value = found.span(key), float(found[key])
                yield Quantity(*span, value, None, "%", "=", (span,), "quantity.ratio", f"ratio.{key}")

    @staticmethod
    def _to_one(found: re.Match[str], text: str) -> Iterator[Quantity]:
        """3.27:1 is an amount, and so is 1:16 of what is named a ratio (师生比1:16); 2:5 says too little."""
        of_one = found["a"] == "1" and OF_RATIO.search(text, 0, found.start()) is not None
        if "1" in (found["a"], found["b"]) and found["a"] != found["b"] and (found["b"] == "1" or of_one):
            value = float(found["b"] if of_one else found["a"])
            digits = (found.span("a"), found.span("b"))
            yield Quantity(*found.span(), value, None, "", "=", digits, "quantity.ratio", "proportion")

    def _read_steps(self, sifted: Sifted, busy: bytearray) -> Iterator[Quantity]:
        """2万5千公里, 1亿3千多万: one amount, in its highest myriad."""
        multipliers = self.units.lexicon.multipliers
        for found in sifted.finditer("steps"):
            digits = (found.span("low"), found.span("more"))
            myriad = self.numerals.myriads[found["myriad"]]
            written = bool(found["step"]) or (len(found["more"]) == 4 and bool(found["base"]))
            step = float(multipliers.get(found["step"] or "", 1)) * self.numerals.myriads.get(found["last"] or "", 1)
            more = float(found["more"]) * step
            if not written or more >= myriad or not all(self._free(busy, *span) for span in digits):
                continue
            value = round(float(found["low"]) + more / myriad, 9)
            unit = found["myriad"] + (found["base"] or "")
            yield Quantity(*found.span(), value, None, unit, self._qualifier(found), digits, "quantity.steps", "plain")

    def _read_plain(self, sifted: Sifted, busy: bytearray) -> Iterator[Quantity]:
        text = sifted.text
        for found in sifted.finditer("plain"):
            digits = tuple(found.span(g) for g in ("low", "high") if found[g])
            if not all(self._free(busy, *span) for span in digits):
                continue
            start, end = found.span()
            high, unit, low_unit = found["high"], _unit(found), found["lowunit"] or ""
            if low_unit and low_unit not in unit:
                high, unit, end, digits = None, low_unit, found.end("lowunit"), digits[:1]
            low_value = value_of(self.numerals, found["low"])
            high_value = value_of(self.numerals, high) if high else None
            sign, form = self._qualifier(found), "plain"
            ordinal = text[digits[0][0] - 1 : digits[0][0]] if unit in ("名", "位", "") else ""
            if unit and (text[end : end + 1] == "级" or (unit[1:].endswith("级") and unit not in self._lookalikes)):
                sign, form = "~", "scale"
            elif ordinal in ("第", "前"):
                sign, form = "<=" if ordinal == "前" else "=", "rank"
            yield Quantity(start, end, low_value, high_value, unit, sign, digits, "quantity.plain", form)

    def _read_chinese(self, sifted: Sifted, busy: bytearray) -> Iterator[Quantity]:
        text = sifted.text
        for found in sifted.finditer("chinese"):
            low, unit = found["low"] or "", _unit(found)
            start, unit_start = found.start("low" if low else "head" if found["head"] else "unit"), _unit_start(found)
            ordinal = text[start - 1 : start] in ORDINAL_BEFORE and not found["before"]
            ordinal = ordinal and not text.endswith(FOLLOWING, 0, start)
            if ordinal or not self._counts(found, low, unit) or not self._free(busy, *found.span()):
                continue
            multiplier = self.units.multiplier(unit)
            level = text[unit_start + len(unit) :].startswith("级") or unit.endswith("级")
            sign = "~" if level else self._qualifier(found)
            digits = ((start, unit_start + len(multiplier)),)
            value, high, unit = self._value(low, found["high"], unit.removesuffix("级"), multiplier)
            form = "scale" if level else "chinese"
            yield Quantity(*found.span(), value, high, unit, sign, digits, "quantity.chinese", form)

    def _value(self, low: str, high: str | None, unit: str, multiplier: str) -> tuple[float, float | None, str]:
        """Value or range, and the unit that it is in."""
        if high:
            return value_of(self.numerals, low), value_of(self.numerals, high), unit
        factor = float(self.units.lexicon.multipliers.get(multiplier, 1))
        value, myriad = over_myriads(self.numerals, low or "一", factor)
        if myriad:
            return value, None, myriad + unit.removeprefix(multiplier)
        return *bounds(self.numerals, low or "一"), unit

    def _counts(self, found: re.Match[str], low: str, unit: str) -> bool:
        """Not every numeral before a unit is an amount: 一个, 百家, 三方, 四类 and 三二分 are none."""
        digits = len(low) == 2 and set(low) <= self.numerals.digits.keys() and low not in self.numerals.pairs
        if digits or (low in NOT_COUNTING and unit not in self.numerals.ones):
            return False
        if (found["inside"] and low) or (found["parting"] and (low or found["head"] != PIECE)):
            return True
        if unit in self.numerals.powers or unit in self.numerals.names:
            return False
        ten = low == "十" and unit in self.numerals.counters
        if not low.strip("十百千") and not ten and not self._scaled(found, low, unit):
            return False
        counter = self.units.family(unit).startswith("counter:") and not self.units.multiplier(unit)
        return not counter or unit in self.numerals.counters or value_of(self.numerals, low) >= 100

    def _scaled(self, found: re.Match[str], low: str, unit: str) -> bool:
        """A numeral of powers alone (千亿元, 百家, 千人) is an amount only of money or after a word like 超."""
        multiplied = bool(self.units.multiplier(unit)) and unit not in self._lookalikes
        money = bool(low) and self.units.family(unit) == "money"
        reached = found.string[: found.start()].endswith(REACHED)
        length = low == "十" and self.units.family(unit) in ("length", "area")
        counted = low in ("百", "千") and unit in self.numerals.counters and bool(found["before"] or reached)
        return length or counted or (multiplied and bool(found["before"] or money or reached or unit.endswith("级")))

    def _read_big(self, sifted: Sifted, busy: bytearray) -> Iterator[Quantity]:
        """三大基地: a count without a unit."""
        for found in sifted.finditer("big"):
            if self._free(busy, *found.span()) and sifted.text[found.start() - 1 : found.start()] not in (
                "第",
                "十",
                "前",
            ):
                value, digits = value_of(self.numerals, found["low"]), (found.span("low"),)
                yield Quantity(*found.span(), value, None, "", "=", digits, "quantity.big", "big")


def _unit(found: re.Match[str]) -> str:
    """The unit, one that a sign parts (亿多元) put together."""
    head, rest, unit = found.group("head", "rest", "unit")
    return f"{head}{rest}" if head else unit or ""


def _unit_start(found: re.Match[str]) -> int:
    return found.start("head" if found["head"] else "unit")

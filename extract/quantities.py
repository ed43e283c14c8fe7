"""Stage 5: amounts in a text — number, range, unit, qualifier — and the numbers that are no amounts.

One grammar, composed from the lexicon: qualifier? number (range)? multiplier? unit qualifier?. What the exclusion rules
cover is never read as an amount; what neither covers is left for the ledger to report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.exclusions import ExclusionRules, Exclusions
from extract.lexicon_file import Lexicon, load
from extract.model import Exclusion, Quantity
from extract.numerals import NumeralRules, value_of
from extract.patterns import one_of
from extract.units import Units

DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
CHINESE = r"[一二两三四五六七八九十百千零〇]+"
DASH = r"(?:[—–\-~～至到]{1,2})"


REACHED = ("达", "达到", "过", "破", "上")
NOT_COUNTING = frozenset("一零〇")
ORDINAL_BEFORE = frozenset("0123456789.第几数每各这那哪某上下前后首")


class QualifierRules(Lexicon):
    """lexicon/qualifiers.yaml."""

    before: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    inside: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Found:
    """What `Quantities.find` returns: both in order of their place, never overlapping."""

    quantities: tuple[Quantity, ...]
    exclusions: tuple[Exclusion, ...]


class Quantities:
    """Reads quantities; built once from the lexicon."""

    def __init__(
        self, numerals: NumeralRules, qualifiers: QualifierRules, exclusions: Exclusions, units: Units
    ) -> None:
        self.numerals, self.units = numerals, units
        self._sign: dict[str, dict[str, str]] = {
            side: {w: sign for sign, words in getattr(qualifiers, side).items() for w in words}
            for side in ("before", "after", "inside")
        }
        before, after, inside = (one_of(self._sign[side]) for side in ("before", "after", "inside"))
        unit = units.pattern()
        self._multipliers = sorted(units.lexicon.multipliers, key=len, reverse=True)
        self._lookalikes = {u for f in units.lexicon.families.values() for u in f.units} | set(units.lexicon.counters)
        number = f"(?:{DIGITS})"
        tail = f"(?P<after>{after})?"
        self._plain = re.compile(
            f"(?P<before>{before})?(?:[达到近至约]{{0,2}})(?P<low>{number})"
            f"(?:(?P<lowunit>{unit})?(?P<dash>{DASH})(?P<high>{number}))?(?P<inside>{inside})?(?P<unit>{unit})?(?P<inside2>{inside})?{tail}"
        )
        self._chinese = re.compile(
            f"(?P<before>{before})?(?P<low>{CHINESE}(?:点{CHINESE})?)?(?P<inside>{inside})?(?P<unit>{unit}){tail}"
        )
        self._percent = re.compile(f"(?P<before>{before})?百分之(?P<low>{CHINESE}(?:点{CHINESE})?){tail}")
        self._tenths = re.compile(
            f"(?P<before>{before})?(?P<low>[一二两三四五六七八九])(?P<inside>{inside})?{numerals.chengs}{tail}"
        )
        self._words = re.compile(f"(?P<before>{before})?(?P<word>{one_of(numerals.words)}){tail}")
        self._ratio = re.compile(
            r"(?P<a>\d+(?:\.\d+)?)[：:](?P<b>\d+(?:\.\d+)?)(?:[：:](?P<c>\d+(?:\.\d+)?))?(?![：:\d])"
        )
        self._big = re.compile("(?P<low>[两二三四五六七八九十]+)大(?=[一-龥“])")
        self._exclusions = exclusions

    @classmethod
    def load(cls, lexicon: Path, units: Units) -> Quantities:
        return cls(
            load(lexicon / "numerals.yaml", NumeralRules),
            load(lexicon / "qualifiers.yaml", QualifierRules),
            Exclusions(load(lexicon / "exclusions.yaml", ExclusionRules)),
            units,
        )

    def find(self, text: str, taken: Iterable[tuple[int, int]] = (), exclusions: bool = True) -> Found:
        """Quantities and exclusions of a cleaned text.

        `taken` are spans already read as times. In a cell of values nothing is a false friend: `exclusions=False`.
        """
        busy = bytearray(len(text) + 1)
        for start, end in taken:
            busy[start:end] = b"\1" * (end - start)
        excluded = list(self._exclusions.find(text, busy)) if exclusions else []
        quantities: list[Quantity] = []
        for read in (
            self._read_words,
            self._read_percent,
            self._read_tenths,
            self._read_ratio,
            self._read_plain,
            self._read_chinese,
            self._read_big,
        ):
            for quantity in read(text, busy):
                quantities.append(quantity)
                busy[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
        return Found(tuple(sorted(quantities, key=lambda q: q.start)), tuple(sorted(excluded, key=lambda e: e.start)))

    def _free(self, busy: bytearray, start: int, end: int) -> bool:
        return not any(busy[start:end])

    def _qualifier(self, found: re.Match[str]) -> str:
        groups = found.groupdict()
        for side, key in (("after", "after"), ("before", "before"), ("inside", "inside"), ("inside", "inside2")):
            if groups.get(key):
                return self._sign[side][groups[key]]
        return "="

    def _read_words(self, text: str, busy: bytearray) -> Iterator[Quantity]:
        for found in self._words.finditer(text):
            if self._free(busy, *found.span("word")):
                entry = self.numerals.words[found["word"]]
                sign = self._qualifier(found)
                sign = str(entry.get("qualifier", "=")) if sign == "=" else sign
                yield Quantity(
                    *found.span(),
                    float(entry["value"]),
                    None,
                    str(entry["unit"]),
                    sign,
                    (found.span("word"),),
                    "quantity.word",
                )

    def _read_percent(self, text: str, busy: bytearray) -> Iterator[Quantity]:
        for found in self._percent.finditer(text):
            if self._free(busy, *found.span()):
                span = (found.start("low") - 3, found.end("low"))
                yield Quantity(
                    *found.span(),
                    value_of(self.numerals, found["low"]),
                    None,
                    "%",
                    self._qualifier(found),
                    (span,),
                    "quantity.percent",
                )

    def _read_tenths(self, text: str, busy: bytearray) -> Iterator[Quantity]:
        for found in self._tenths.finditer(text):
            end = found.end()
            if self._free(busy, *found.span()) and not re.match(
                r"[为立就果本都效绩长员套熟型功年]", text[end : end + 1]
            ):
                value = 10 * self.numerals.digits[found["low"]]
                yield Quantity(
                    *found.span(),
                    float(value),
                    None,
                    "%",
                    self._qualifier(found),
                    ((found.start("low"), found.end("low") + 1),),
                    "quantity.tenths",
                )

    def _read_ratio(self, text: str, busy: bytearray) -> Iterator[Quantity]:
        for found in self._ratio.finditer(text):
            if not self._free(busy, *found.span()):
                continue
            if not found["c"]:
                yield from self._to_one(found)
                continue
            for key in "abc":
                yield Quantity(
                    *found.span(key),
                    float(found[key]),
                    None,
                    "%",
                    "=",
                    (found.span(key),),
                    "quantity.ratio",
                    f"ratio.{key}",
                )

    @staticmethod
    def _to_one(found: re.Match[str]) -> Iterator[Quantity]:
        """3.27:1 is an amount, 2:5 says too little."""
        if found["b"] == "1" and found["a"] != "1":
            value, digits = float(found["a"]), (found.span("a"), found.span("b"))
            yield Quantity(*found.span(), value, None, "", "=", digits, "quantity.ratio", "proportion")

    def _read_plain(self, text: str, busy: bytearray) -> Iterator[Quantity]:
        for found in self._plain.finditer(text):
            digits = tuple(found.span(g) for g in ("low", "high") if found[g])
            if not all(self._free(busy, *span) for span in digits):
                continue
            start, end = found.span()
            high, unit = found["high"], found["unit"] or ""
            low_unit = found["lowunit"] or ""
            if low_unit and low_unit not in unit:
                high, unit, end, digits = None, low_unit, found.end("lowunit"), digits[:1]
            low_value = value_of(self.numerals, found["low"])
            high_value = value_of(self.numerals, high) if high else None
            if text[start : digits[0][0]].startswith(tuple("至到近约达")) and not found["before"]:
                start = digits[0][0]
            sign = self._qualifier(found)
            if sign == "=" and text[digits[0][0] - 1 : digits[0][0]] in ("近", "约"):
                sign, start = "~", digits[0][0] - 1
            if unit and (text[end : end + 1] == "级" or unit[1:].endswith("级")):
                yield Quantity(start, end, low_value, high_value, unit, "~", digits, "quantity.plain", "scale")
                continue
            ordinal = text[digits[0][0] - 1 : digits[0][0]] if unit in ("名", "位", "") else ""
            if ordinal in ("第", "前"):
                sign = "<=" if ordinal == "前" else "="
            yield Quantity(
                start,
                end,
                low_value,
                high_value,
                unit,
                sign,
                digits,
                "quantity.plain",
                "rank" if ordinal in ("第", "前") else "plain",
            )

    def _read_chinese(self, text: str, busy: bytearray) -> Iterator[Quantity]:
        for found in self._chinese.finditer(text):
            low, unit = found["low"] or "", found["unit"]
            scale = low.strip("十百千") == ""
            if low in NOT_COUNTING or (scale and not self._scaled(found)) or not self._free(busy, *found.span()):
                continue
            start = found.start("low") if low else found.start("unit")
            if text[start - 1 : start] and text[start - 1] in ORDINAL_BEFORE:
                continue
            value = value_of(self.numerals, low) if low else 1.0
            if (
                value < 100 and self.units.family(unit).startswith("counter:") and unit not in self.numerals.counters
            ) or unit in self.numerals.powers:
                continue
            level = text[found.end("unit") : found.end("unit") + 1] == "级" or unit.endswith("级")
            multiplier = next((m for m in self._multipliers if unit.startswith(m)), "")
            digits = ((start, found.start("unit") + len(multiplier)),)
            yield Quantity(
                *found.span(),
                value,
                None,
                unit.removesuffix("级"),
                "~" if level else self._qualifier(found),
                digits,
                "quantity.chinese",
                "scale" if level else "chinese",
            )

    def _scaled(self, found: re.Match[str]) -> bool:
        """A numeral of powers alone (千亿元, 百家) is an amount only of money or after a word like 超."""
        multiplied = found["unit"].startswith(tuple(self._multipliers)) and found["unit"] not in self._lookalikes
        money = bool(found["low"]) and self.units.family(found["unit"]) == "money"
        reached = found.string[: found.start()].endswith(REACHED)
        length = found["low"] == "十" and self.units.family(found["unit"]) in ("length", "area")
        return length or (multiplied and bool(found["before"] or money or reached or found["unit"].endswith("级")))

    def _read_big(self, text: str, busy: bytearray) -> Iterator[Quantity]:
        """三大基地: a count without a unit."""
        for found in self._big.finditer(text):
            if self._free(busy, *found.span()) and text[found.start() - 1 : found.start()] not in ("第", "十", "前"):
                yield Quantity(
                    *found.span(),
                    value_of(self.numerals, found["low"]),
                    None,
                    "",
                    "=",
                    (found.span("low"),),
                    "quantity.big",
                    "big",
                )

"""Units of measure: what family a unit belongs to, and the same amount in the one unit of that family.

A unit as written is an optional multiplier and a base unit (万件 = 万 × 件), possibly per something (万元/亩). What the
words are is in `lexicon/units.yaml`; how they compose is here. All arithmetic is decimal: 3.43 亿元 is 343000000 元.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import model_validator

from extract.lexicon_file import Lexicon, load
from extract.patterns import alternatives, opening

# Full-width forms of printed ASCII, and blanks, which tables scatter inside units.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord(blank): None for blank in " \t\u3000\xa0"}
# Digits kept of a standardised value: more than any source prints, fewer than a float holds.
_PRECISION = Context(prec=12)


class Family(Lexicon):
    """Amounts that compare with one another; `units` gives the factor of each base unit to the `standard` one."""

    standard: str
    units: dict[str, Decimal]
    bare: bool = False


NEAR = 6
"""So many characters may stand between a multiplier alone and the noun that it counts: 3600万农村中小学生."""


class UnitLexicon(Lexicon):
    """`lexicon/units.yaml` as it stands; the file itself tells what its fields mean."""

    multipliers: dict[str, Decimal]
    families: dict[str, Family]
    counters: tuple[str, ...]
    per: tuple[str, ...]
    left_out: dict[str, tuple[str, ...]]
    words: tuple[str, ...] = ()
    bare_of: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _each_unit_once(self) -> Self:
        """A base unit in two places would have two meanings."""
        seen: set[str] = set()
        for unit in (*(unit for family in self.families.values() for unit in family.units), *self.counters):
            if unit in seen:
                raise ValueError(f"unit {unit!r} is listed twice")
            seen.add(unit)
        return self


class Reading(NamedTuple):
    """A unit understood: amounts in it times `factor` are in `standard`; `multiplier` is what it begins with."""

    factor: Decimal
    standard: str
    family: str
    multiplier: str = ""


REMEMBERED = 1 << 13
"""So many amounts are remembered in their standard unit."""


class Units:
    """Reads units by the lexicon. Compiled once; every method is a pure function of its arguments."""

    def __init__(self, lexicon: UnitLexicon) -> None:
        self.lexicon = lexicon
        self._multipliers = sorted(lexicon.multipliers, key=len, reverse=True)
        self._bases = {
            unit: Reading(factor, family.standard, name)
            for name, family in lexicon.families.items()
            for unit, factor in family.units.items()
        } | {unit: Reading(Decimal(1), unit, f"counter:{unit}") for unit in lexicon.counters}
        self._bare = next((base for base in self._bases.values() if self._takes_bare(base)), None)
        per = _alternation(lexicon.per)
        per = f"每?(?:{_alternation(lexicon.multipliers)}(?={per}))?{per}"
        self._per = re.compile(f"{per}(?:[·/]{per})*")
        self._known: dict[str, Reading | None] = {}
        self._standard = lru_cache(REMEMBERED)(self._standardised)
        nouns = {unit: alternatives(words) for unit, words in lexicon.left_out.items()}
        self._following = {unit: re.compile(f"[一-龥]{{0,{NEAR}}}?{noun}") for unit, noun in nouns.items()}
        self._ending = {unit: re.compile(f"{noun}$") for unit, noun in nouns.items()}

    @classmethod
    def load(cls, path: Path) -> Units:
        """Units of the lexicon file at `path`.

        Raises OSError where the file cannot be read and LexiconError, naming each fault, where it is no such lexicon.
        """
        return cls(load(path, UnitLexicon))

    def standardise(self, value: float, unit: str) -> tuple[float, str]:
        """`value` and `unit` in the standard unit of the family; both unchanged where the unit is not known."""
        return self._standard(value, unit)

    def _standardised(self, value: float, unit: str) -> tuple[float, str]:
        reading = self._read(unit)
        if reading is None:
            return value, unit
        exact = Decimal(repr(float(value))) * reading.factor
        return float(_PRECISION.plus(exact)), reading.standard

    def standard_range(
        self, value: float | None, high: float | None, unit: str
    ) -> tuple[float | None, float | None, str]:
        """A value, the upper end of its range and their unit in the standard unit; nothing where there is no value."""
        if value is None:
            return None, None, ""
        standard, name = self.standardise(value, unit)
        return standard, None if high is None else self.standardise(high, unit)[0], name

    def family(self, unit: str) -> str:
        """Family of `unit`: `money`, `ratio`, `counter:家`, `mass/万元` (a per-unit), or "" where it is not known."""
        reading = self._read(unit)
        return reading.family if reading else ""

    def known(self, unit: str) -> bool:
        """True where `unit` is a unit of the lexicon, alone, with a multiplier or per something."""
        return self._read(unit) is not None

    def multiplier(self, unit: str) -> str:
        """The multiplier `unit` begins with: 万 of 万件, 千亿 of 千亿; "" of 件, 千瓦, 百分点 and of unknown units."""
        reading = self._read(unit)
        return reading.multiplier if reading else ""

    def bare(self, unit: str) -> bool:
        """True where `unit` is a multiplier alone (亿, 万), which says how much and leaves open of what."""
        return unit.translate(_FOLD) in self.lexicon.multipliers

    def left_out(self, unit: str, text: str, end: int) -> str:
        """The unit that `unit`, a multiplier alone that ends there in a text, leaves out: 人 of 46万群众; or ""."""
        if not self.bare(unit):
            return ""
        return next((one for one, noun in self._following.items() if noun.match(text, end)), "")

    def whole(self, unit: str, indicator: str) -> str:
        """`unit` with what it leaves out, where it is a multiplier alone and the indicator's name ends in that."""
        if not self.bare(unit):
            return unit
        return unit + next((one for one, noun in self._ending.items() if noun.search(indicator)), "")

    def of_what(self, unit: str, indicator: str) -> bool:
        """False where `unit` is a multiplier alone and the indicator none of money: 万 of what is then not said."""
        return not self.bare(unit) or any(word in indicator for word in self.lexicon.bare_of)

    def pattern(self) -> str:
        """Regular expression (no groups captured) of all units, longest first, for text with half-width signs.

        Base units that only look like multiplier × base (百分点, 千瓦) come first, or 百分点 would be read as hundreds
        of 分.
        """
        multiplier = _alternation(self.lexicon.multipliers)
        lookalikes = _alternation(base for base in self._bases if self._looks_composed(base))
        whole = f"(?!{_alternation(self.lexicon.words)})" if self.lexicon.words else ""
        unit = f"(?:{lookalikes}|{multiplier}?{whole}{_alternation(self._bases)})(?:/{self._per.pattern})?"
        first = opening([*self._bases, *self.lexicon.multipliers])
        return f"{first}(?:{unit}|{multiplier})" if self._bare else f"{first}{unit}"

    def latin(self) -> str:
        """Regular expression of the base units of several Latin letters (MW, TEU), which look like codes."""
        return _alternation(unit for unit in self._bases if len(unit) > 1 and unit.isascii() and unit.isalpha())

    def _looks_composed(self, base: str) -> bool:
        """True where `base` begins like a multiplier, but what follows is no unit."""
        rests = [base.removeprefix(multiplier) for multiplier in self._multipliers if base.startswith(multiplier)]
        return bool(rests) and not any(rest in self._bases for rest in rests)

    def _takes_bare(self, base: Reading) -> bool:
        family = self.lexicon.families.get(base.family)
        return family is not None and family.bare and base.factor == 1

    def _read(self, unit: str) -> Reading | None:
        if unit not in self._known:
            self._known[unit] = self._compose(unit) or self._compose(unit.translate(_FOLD))
        return self._known[unit]

    def _compose(self, unit: str) -> Reading | None:
        """A listed unit with its multiplier (万元/亩 as a whole where listed), else numerator per denominator."""
        plain = self._multiplied(unit)
        numerator, slash, denominator = unit.partition("/")
        if plain or not slash or not self._per.fullmatch(denominator):
            return plain
        base = self._multiplied(numerator)
        return base and base._replace(standard=f"{base.standard}/{denominator}", family=f"{base.family}/{denominator}")

    def _multiplied(self, unit: str) -> Reading | None:
        """The longest multiplier that leaves a base unit (or nothing, if it may stand alone), else the unit alone."""
        for multiplier in filter(unit.startswith, self._multipliers):
            rest = unit.removeprefix(multiplier)
            base = self._bases.get(rest) if rest else self._bare
            if base:
                factor = base.factor * self.lexicon.multipliers[multiplier]
                return base._replace(factor=factor, multiplier=multiplier)
        return self._bases.get(unit)


def _alternation(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))})"

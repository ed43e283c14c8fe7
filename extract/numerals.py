"""Chinese and Arabic numerals → values."""

from __future__ import annotations

from extract.lexicon_file import Lexicon

DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SIGN = "[一二两三四五六七八九十百千零〇]"
_PART = f"{_SIGN}+"
CHINESE = f"(?:(?:{_PART}[万亿])+(?={_PART}))?{_PART}(?:点{_PART})?"
"""A Chinese numeral; 万 and 亿 belong to it where more of it follows (一万二千), else to the unit."""
AT_FIRST_SIGN = f"(?<!{_SIGN})"
"""Before a numeral: not in the midst of one, which would be tried again from each of its signs."""


class NumeralRules(Lexicon):
    """lexicon/numerals.yaml; the file itself says what each field means."""

    digits: dict[str, int]
    powers: dict[str, int]
    myriads: dict[str, int]
    pairs: tuple[str, ...]
    fractions: dict[str, str]
    words: dict[str, dict[str, float | str]]
    counters: tuple[str, ...]
    ones: tuple[str, ...]
    names: tuple[str, ...]
    chengs: str
    cheng_words: str


def value_of(rules: NumeralRules, text: str) -> float:
    """Value of an isolated numeral: 二十三 → 23, 三十六点九 → 36.9, 二〇三五 → 2035, 一万二千 → 12000, 1,200 → 1200.

    Raises KeyError for a character that is no numeral.
    """
    if text[:1].isdigit():
        return float(text.replace(",", ""))
    whole, _, decimals = text.partition("点")
    value = _whole(rules, whole)
    return float(f"{value}.{_positional(rules, decimals)}") if decimals else float(value)


def bounds(rules: NumeralRules, text: str) -> tuple[float, float | None]:
    """Value of a numeral, or the two values of one that names neighbours: 两三 → 2, 3; 二三十 → 20, 30."""
    for i in range(len(text) - 1):
        pair, beside = text[i : i + 2], text[:i][-1:] + text[i + 2 : i + 3]
        if pair in rules.pairs and "点" not in text and not set(beside) & rules.digits.keys():
            low, high = (value_of(rules, text[:i] + digit + text[i + 2 :]) for digit in pair)
            return low, high
    return value_of(rules, text), None


def over_myriads(rules: NumeralRules, text: str, multiplier: float) -> tuple[float, str]:
    """The amount of a numeral before a unit with a multiplier, in its own highest myriad where that is the higher one.

    二十三亿六千(万元) → 23.6, 亿; 三万五千(亿元) → 35000, "".
    """
    highest = max((c for c in text if c in rules.myriads), key=rules.myriads.__getitem__, default="")
    end = max(text.rfind(c) for c in rules.myriads) + 1
    if not highest or not 1 < multiplier < rules.myriads[text[end - 1]]:
        return value_of(rules, text), ""
    whole = value_of(rules, text[:end]) + value_of(rules, text[end:]) * multiplier
    return whole / rules.myriads[highest], highest


def _whole(rules: NumeralRules, text: str) -> int:
    for myriad, size in sorted(rules.myriads.items(), key=lambda m: -m[1]):
        head, found, tail = text.rpartition(myriad)
        if found:
            return _whole(rules, head) * size + (_whole(rules, tail) if tail else 0)
    return _composed(rules, text) if set(text) & rules.powers.keys() else int(_positional(rules, text))


def _positional(rules: NumeralRules, text: str) -> str:
    """Numerals that stand for digits one by one."""
    return "".join(str(rules.digits[c]) for c in text)


def _composed(rules: NumeralRules, text: str) -> int:
    """Numerals with powers: 二百三十 → 230, 十五 → 15, 千 → 1000."""
    value, digit = 0, 0
    for c in text:
        if c in rules.powers:
            value += (digit or 1) * rules.powers[c]
            digit = 0
        else:
            digit = rules.digits[c]
    return value + digit

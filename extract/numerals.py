"""Chinese and Arabic numerals → values."""

from __future__ import annotations

from extract.lexicon_file import Lexicon


class NumeralRules(Lexicon):
    """lexicon/numerals.yaml; the file itself says what each field means."""

    digits: dict[str, int]
    powers: dict[str, int]
    words: dict[str, dict[str, float | str]]
    counters: tuple[str, ...]
    chengs: str


def value_of(rules: NumeralRules, text: str) -> float:
    """Value of an isolated numeral: 二十三 → 23, 三十六点九 → 36.9, 二〇三五 → 2035, 1,200 → 1200.

    Raises KeyError for a character that is no numeral.
    """
    if text[:1].isdigit():
        return float(text.replace(",", ""))
    whole, _, decimals = text.partition("点")
    value = _positional(rules, whole) if not set(whole) & rules.powers.keys() else _composed(rules, whole)
    return float(f"{value}.{_positional(rules, decimals, keep=True)}") if decimals else float(value)


def _positional(rules: NumeralRules, text: str, keep: bool = False) -> int | str:
    """Numerals that stand for digits one by one; `keep` leaves the zeros before them."""
    digits = "".join(str(rules.digits[c]) for c in text)
    return digits if keep else int(digits)


def _composed(rules: NumeralRules, text: str) -> int:
    """Numerals with powers: 二百三十 → 230, 十五 → 15, 千 → 1000."""
    value, digit = 0, None
    for c in text:
        if c in rules.powers:
            value += (1 if digit is None else digit) * rules.powers[c]
            digit = None
        else:
            digit = rules.digits[c]
    return value + (digit or 0)

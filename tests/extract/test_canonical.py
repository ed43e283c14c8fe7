"""Canonical indicators: the cases of specs/canonical.jsonl, and that the lexicon agrees with itself.

A case is {indicator, unit, measure, expect}; `expect` is an id, or "" for a trap, whose kind `trap` then names.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest

import extract
from extract.canonical import Canonical, Folding, IndicatorLexicon, Theme, expand
from extract.lexicon_file import LexiconError, load
from extract.units import Units

LEXICON = Path(extract.__file__).parent / "lexicon"
CANONICAL = Canonical.load(LEXICON / "indicators.yaml")
RAW = load(LEXICON / "indicators.yaml", IndicatorLexicon)
UNITS = Units.load(LEXICON / "units.yaml")
SPECS = Path(__file__).parents[1] / "specs" / "canonical.jsonl"
CASES: list[Mapping[str, str]] = [json.loads(line) for line in SPECS.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['indicator']}-{case['unit']}-{case['measure']}")
def test_case(case: Mapping[str, str]) -> None:
    assert CANONICAL.of(case["indicator"], case["unit"], case["measure"]) == case["expect"]


def test_no_case_twice_and_every_indicator_is_hit() -> None:
    assert len({(case["indicator"], case["unit"], case["measure"]) for case in CASES}) == len(CASES)
    assert set(CANONICAL.indicators) <= {case["expect"] for case in CASES}


PLAIN = {
    "any": ("地区生产总值", "亿元", "level", "gdp"),
    "level": ("市场主体", "万户", "level", "market_entities"),
    "cumulative": ("市场主体", "万户", "cumulative", "new_market_entities"),
    "growth": ("市场主体", "%", "growth", "market_entities_growth"),
    "change": ("PM2.5浓度", "%", "change", "pm25_reduction"),
}


@pytest.mark.parametrize(("kind", "word"), [(kind, word) for kind, words in RAW.neutral.items() for word in words])
def test_a_neutral_word_changes_nothing(kind: str, word: str) -> None:
    indicator, unit, measure, expect = PLAIN[kind]
    assert CANONICAL.of(word + indicator, unit, measure) == CANONICAL.of(indicator + word, unit, measure) == expect


def test_every_spelling_is_folded_to_its_word() -> None:
    folding = Folding(RAW)
    for word, spellings in ((word, group) for fold in RAW.folds for word, group in fold.items()):
        assert {folding.words(spelling) for spelling in spellings} == {folding.words(word)}, word


def test_the_documents_own_region_may_be_named() -> None:
    assert CANONICAL.of("甲乙区地区生产总值", "亿元", "level") == ""
    assert CANONICAL.of("甲乙区地区生产总值", "亿元", "level", region="甲乙区") == "gdp"
    assert CANONICAL.of("甲乙GDP", "%", "growth", region="甲乙区") == "gdp_growth"
    assert CANONICAL.of("甲乙路商圈社会消费品零售总额", "亿元", "level", region="甲乙区") == ""


def test_unknown_measure_has_no_indicator() -> None:
    assert CANONICAL.of("地区生产总值", "亿元", "") == ""


def test_ids_and_labels_are_used_once() -> None:
    source = (LEXICON / "indicators.yaml").read_text(encoding="utf-8")
    ids = re.findall(r"^    (\w+): \{label: ", source, flags=re.MULTILINE)
    assert len(ids) == len(set(ids)) == len(CANONICAL.indicators)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", id_) for id_ in ids)
    for name in ("label", "label_en"):
        labels = [getattr(entry, name) for entry in CANONICAL.indicators.values()]
        assert sorted(labels) == sorted(set(labels))


def test_every_theme_has_indicators() -> None:
    assert set(CANONICAL.themes.values()) == set(get_args(Theme))


def test_families_slots_and_named_lists_exist_and_are_used() -> None:
    names = {name for entry in CANONICAL.indicators.values() for name in entry.family}
    assert set(RAW.families) <= names
    plain = (names - set(RAW.families)) | {family for group in RAW.families.values() for family in group}
    assert {family for family in plain if UNITS.family(_unit(family)) != family} == set()
    variants = " ".join(variant for entry in CANONICAL.indicators.values() for variant in entry.variants)
    assert set(RAW.slots) == set(re.findall(r"\{(\w+)\}", variants))


def test_no_wording_leads_to_two_indicators() -> None:
    """Each wording, with each unit and measure of its indicator, finds that indicator and no other as long."""
    for wording in CANONICAL.wordings:
        for measure in CANONICAL.indicators[wording.id].measures:
            for family in CANONICAL.families[wording.id]:
                found = CANONICAL.of("".join(wording.pieces), _unit(family), measure)
                assert found == wording.id, (wording, measure, family)


def test_variants_are_multiplied_out() -> None:
    assert list(expand("[a|b](c|d)e*{s}", {"s": ("x", "")})) == [
        f"{first}{second}e*{last}" for first in ("", "a", "b") for second in "cd" for last in ("x", "")
    ]


@pytest.mark.parametrize(("variant", "fault"), [("[甲|乙", "brackets"), ("甲(乙", "brackets"), ("{丙丁}", "no slot")])
def test_a_faulty_variant_is_refused(variant: str, fault: str) -> None:
    with pytest.raises(LexiconError, match=fault):
        list(expand(variant, {}))


@pytest.mark.parametrize("change", [{"of": "nothing"}, {"variants": ["{nothing}"]}])
def test_a_reference_to_nothing_is_refused(change: Mapping[str, object]) -> None:
    entry = CANONICAL.indicators["gdp"].model_copy(update=change)
    with pytest.raises(LexiconError, match="nothing"):
        Canonical(RAW.model_copy(update={"indicators": {"economy": {"gdp": entry}}}), UNITS)


def test_an_id_under_two_themes_is_refused() -> None:
    gdp = {"gdp": CANONICAL.indicators["gdp"]}
    with pytest.raises(LexiconError, match="two themes"):
        Canonical(RAW.model_copy(update={"indicators": {"economy": gdp, "industry": gdp}}), UNITS)


def test_a_row_takes_little_time() -> None:
    """Meant: 50 µs a row; held: ten times that, for slow machines."""
    start = time.perf_counter()
    for case in CASES:
        CANONICAL.of(case["indicator"], case["unit"], case["measure"])
    assert (time.perf_counter() - start) / len(CASES) < 500e-6


def _unit(family: str) -> str:
    """A unit of the family: the standard one of a listed family, the counter itself, `…/denominator` of a per-unit."""
    if family in UNITS.lexicon.families:
        return UNITS.lexicon.families[family].standard
    numerator, slash, denominator = family.partition("/")
    counter = numerator.removeprefix("counter:")
    base = counter if counter != numerator else UNITS.lexicon.families[numerator].standard
    return f"{base}{slash}{denominator}"

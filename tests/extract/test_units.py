"""Units: composition, decimal arithmetic, families, and the pattern that finds them in a text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract.lexicon_file import LexiconError
from extract.units import UnitLexicon, Units

UNITS = Units.load(Path(extract.__file__).parent / "lexicon" / "units.yaml")


@pytest.mark.parametrize(
    ("value", "unit", "standard"),
    [
        (3.43, "亿元", (343000000.0, "元")),
        (0.1, "亿元", (10000000.0, "元")),
        (1.5, "万亿元", (1500000000000.0, "元")),
        (7000, "亿", (700000000000.0, "元")),
        (2.9, "万件", (29000.0, "件")),
        (36.8, "万户", (368000.0, "户")),
        (4.35, "平方公里", (4350000.0, "平方米")),
        (44.6, "公顷", (446000.0, "平方米")),
        (3, "亩", (2000.0, "平方米")),
        (1189, "万平方米", (11890000.0, "平方米")),
        (20.5, "%", (20.5, "%")),
        (20.5, "％", (20.5, "%")),
        (3.1, "‰", (0.31, "%")),
        (1.2, "个百分点", (1.2, "百分点")),
        (300, "万千瓦", (3000000.0, "千瓦")),
        (12, "千瓦", (12.0, "千瓦")),
        (90, "分钟", (1.5, "小时")),
        (22, "微克/立方米", (22.0, "微克/立方米")),
        (30, "万元/亩", (450.0, "元/平方米")),
        (0.5, "吨/万元", (0.5, "吨/万元")),
        (3, "公斤/人", (0.003, "吨/人")),
        (18, "万元/人", (180000.0, "元/人")),
        (5, "张/千人", (5.0, "张/千人")),
        (4, "某物", (4, "某物")),
        (4, "", (4, "")),
    ],
)
def test_standard_form_is_exact(value: float, unit: str, standard: tuple[float, str]) -> None:
    assert UNITS.standardise(value, unit) == standard


@given(st.decimals(min_value=0, max_value=999999, places=2))
def test_hundred_million_yuan_leave_no_float_noise(value: object) -> None:
    amount, unit = UNITS.standardise(float(str(value)), "亿元")
    assert (amount, unit) == (int(str(value).replace(".", "")) * 1000000.0, "元")


@pytest.mark.parametrize(
    ("unit", "family"),
    [
        ("万亿元", "money"),
        ("亿", "money"),
        ("%", "ratio"),
        ("百分点", "percentage_point"),
        ("万家", "counter:家"),
        ("吨/万元", "mass/万元"),
        ("亿元/平方公里", "intensity_area"),
        ("吨标准煤/万元", "coal_equivalent/万元"),
        ("元/人·年", "money/人·年"),
        ("某物", ""),
        ("", ""),
    ],
)
def test_family(unit: str, family: str) -> None:
    assert UNITS.family(unit) == family
    assert UNITS.known(unit) == bool(family)


def test_multiplier_and_bare_multiplier() -> None:
    multipliers = {"万件": "万", "千亿元": "千亿", "亿": "亿", "千瓦": "", "百分点": "", "某物": ""}
    assert {unit: UNITS.multiplier(unit) for unit in multipliers} == multipliers
    assert UNITS.bare("万亿")
    assert not UNITS.bare("亿元")


@pytest.mark.parametrize(
    ("unit", "after", "counted"),
    [
        ("万", "群众远离了危险", "人"),
        ("万", "农村中小学生", "人"),
        ("亿", "人次的游客", "人次"),
        ("万", "，比上年增长", ""),
        ("万亿", "居民存款", ""),
        ("万元", "农民收入", ""),
    ],
)
def test_what_follows_a_multiplier_tells_what_it_counts(unit: str, after: str, counted: str) -> None:
    assert UNITS.left_out(unit, f"3{unit}{after}", 1 + len(unit)) == counted


def test_the_name_of_an_indicator_tells_what_a_multiplier_counts() -> None:
    assert UNITS.whole("万", "旅游人次") == "万人次"
    assert UNITS.whole("万", "脱贫的农村人口") == "万人"
    assert UNITS.whole("亿", "地区生产总值") == "亿"


def test_pattern_finds_the_longest_unit() -> None:
    text = "5百分点 6百万千瓦时 7万元/平方公里 8亿 9微克/立方米 3千克 4万户 2人次 1个百分点"
    assert re.findall(rf"\d({UNITS.pattern()})", text) == [part[1:] for part in text.split()]


def test_pattern_reads_every_unit_of_the_lexicon_whole() -> None:
    pattern = re.compile(UNITS.pattern())
    lexicon = UNITS.lexicon
    for base in (*(unit for family in lexicon.families.values() for unit in family.units), *lexicon.counters):
        for unit in (base, f"万{base}", f"千万{base}"):
            assert (found := pattern.match(unit)) and found.group() == unit
            assert UNITS.known(unit)


def test_a_unit_listed_twice_is_refused() -> None:
    lexicon = {"multipliers": {"万": 10000}, "families": {}, "counters": ["家", "家"], "per": ["人"], "left_out": {}}
    with pytest.raises(ValueError, match="'家' is listed twice"):
        UnitLexicon.model_validate(lexicon)


def test_an_unknown_key_is_refused_by_name(tmp_path: Path) -> None:
    wrong = tmp_path / "units.yaml"
    wrong.write_text("multipliers: {}\nfamilies: {}\ncounters: []\nper: []\nprefixes: {}\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="prefixes"):
        Units.load(wrong)

"""Properties that hold for every number, unit and document, tried on many that nobody wrote down."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import cleaning, ledger
from extract.lexicons import lexicons
from extract.model import Quantity
from extract.numerals import value_of
from tests.extract import spec

UNITS = lexicons().tools.units
QUANTITIES = lexicons().tools.quantities
BASES = [*(unit for family in UNITS.lexicon.families.values() for unit in family.units), *UNITS.lexicon.counters]
MEASURES = "% 亿元 万吨 万亩 公里 家 万人次 个百分点 亿千瓦时 微克/立方米 万标箱 平方米 公顷 套 元".split()
BEFORE = {"": "=", "不少于": ">=", "超过": ">", "不超过": "<=", "低于": "<", "约": "~"}
AFTER = {"": "=", "以上": ">=", "以内": "<=", "左右": "~"}

digits = st.integers(0, 10**8)
decimals = st.integers(0, 10**8).map(lambda thousandths: (Decimal(thousandths) / 1000).normalize())
amounts = st.one_of(digits.map(Decimal), decimals)


def plain(value: Decimal) -> str:
    return f"{value:f}"


def grouped(value: Decimal) -> str:
    return f"{value:,f}"


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text)


def chinese(number: int) -> str:
    """A whole number below 10^9 in Chinese numerals, as it is written in documents."""
    if number < 10**4:
        return _thousands(number) or "零"
    high, low = divmod(number, 10**4)
    gap = "零" if low and low < 1000 else ""
    return f"{_thousands(high) if high < 10**4 else chinese(high)}万{gap}{_thousands(low)}"


def _thousands(number: int) -> str:
    text = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += "零一二三四五六七八九"[digit] + name
        elif text and number % power and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if 10 <= number < 20 else text


def read(text: str) -> tuple[Quantity, ...]:
    """Quantities of a sentence after cleaning."""
    return QUANTITIES.find(spec.tidy(text).text).quantities


def only(text: str) -> tuple[float, float | None, str, str]:
    found = read(text)
    assert len(found) == 1, (text, found)
    return found[0].value, found[0].value_high, found[0].unit, found[0].qualifier


# A number printed in any supported form is read back exactly


@given(amounts, st.sampled_from(MEASURES), st.sampled_from([plain, grouped, lambda v: full_width(plain(v))]))
def test_arabic_numbers(value: Decimal, unit: str, printed: object) -> None:
    assert only(f"该指标达到{printed(value)}{unit}。") == (float(value), None, unit, "=")  # type: ignore[operator]


@given(st.integers(1000, 10**8), st.sampled_from(["\u3000", " ", "\u00a0"]))
def test_groups_of_digits_between_blanks(value: int, blank: str) -> None:
    assert only(f"全年实现{value:,}家。".replace(",", blank)) == (value, None, "家", "=")


@given(amounts, st.sampled_from(MEASURES), st.sampled_from(sorted(BEFORE)), st.sampled_from(sorted(AFTER)))
def test_qualifiers(value: Decimal, unit: str, before: str, after: str) -> None:
    sign = AFTER[after] if after else BEFORE[before]
    assert only(f"该指标{before}{plain(value)}{unit}{after}。") == (float(value), None, unit, sign)


@given(
    amounts, amounts, st.sampled_from([*"—-～~至到–", "——"]), st.sampled_from(MEASURES), st.sampled_from(sorted(AFTER))
)
def test_ranges(low: Decimal, high: Decimal, dash: str, unit: str, after: str) -> None:
    found = only(f"该指标保持{plain(low)}{dash}{plain(high)}{unit}{after}。")
    assert found == (float(low), float(high), unit, AFTER[after])


@given(st.integers(100, 9999), st.sampled_from(["公里", "公顷", "公斤"]))
def test_chinese_numerals_before_units_with_gong(value: int, unit: str) -> None:
    assert only(f"共计{chinese(value)}{unit}。") == (value, None, unit, "=")


@given(st.integers(100, 9999), st.sampled_from(["家", "个", "名", "元", "亩", "吨", "套"]))
def test_chinese_numerals(value: int, unit: str) -> None:
    assert only(f"共计{chinese(value)}{unit}。") == (value, None, unit, "=")


@given(st.integers(10_001, 10**8 - 1).filter(lambda n: n % 10**4), st.sampled_from(["家", "元", "吨", "亩"]))
def test_large_chinese_numerals(value: int, unit: str) -> None:
    found, _, read_unit, sign = only(f"共计{chinese(value)}{unit}。")
    assert (UNITS.standardise(found, read_unit)[0], sign) == (UNITS.standardise(value, unit)[0], "=")


@given(st.integers(1, 100), st.integers(0, 99))
def test_percent_in_words(whole: int, rest: int) -> None:
    decimal = "".join("零一二三四五六七八九"[int(c)] for c in str(rest)) if rest else ""
    words = f"{chinese(whole)}点{decimal}" if decimal else chinese(whole)
    value = float(f"{whole}.{rest}") if rest else float(whole)
    assert only(f"覆盖率达到百分之{words}。") == (value, None, "%", "=")


@given(st.integers(1, 9), st.sampled_from(sorted(BEFORE)), st.sampled_from(sorted(AFTER)))
def test_tenths(value: int, before: str, after: str) -> None:
    sign = AFTER[after] if after else BEFORE[before]
    assert only(f"覆盖面{before}{chinese(value)}成{after}。") == (10.0 * value, None, "%", sign)


@pytest.mark.parametrize("number", [0, 5, 10, 12, 20, 105, 110, 999, 1000, 1001, 1010, 2300, 9999])
def test_numeral_of_every_shape(number: int) -> None:
    assert value_of(QUANTITIES.numerals, chinese(number)) == number


# Units


@pytest.mark.parametrize("unit", [unit for unit in BASES if not unit[0].isdigit()])
def test_every_unit_is_read_after_a_number(unit: str) -> None:
    found = QUANTITIES.find(f"该指标达到12{unit}", exclusions=False).quantities
    assert [(q.value, q.unit) for q in found] == [(12.0, unit)]


@pytest.mark.parametrize("multiplier", list(UNITS.lexicon.multipliers))
def test_every_multiplier_is_read_and_multiplies(multiplier: str) -> None:
    found = QUANTITIES.find(f"总额为3{multiplier}元").quantities
    assert [(q.value, q.unit) for q in found] == [(3.0, f"{multiplier}元")]
    assert UNITS.standardise(3, f"{multiplier}元") == (float(3 * UNITS.lexicon.multipliers[multiplier]), "元")


@pytest.mark.parametrize("per", UNITS.lexicon.per)
def test_every_denominator_is_read(per: str) -> None:
    found = QUANTITIES.find(f"强度为7千克/{per}").quantities
    assert [(q.value, q.unit) for q in found] == [(7.0, f"千克/{per}")]


@given(amounts, st.sampled_from(BASES), st.sampled_from(["", *UNITS.lexicon.multipliers]))
def test_the_standard_unit_of_a_standard_amount_is_itself(value: Decimal, base: str, multiplier: str) -> None:
    once = UNITS.standardise(float(value), multiplier + base)
    assert UNITS.standardise(*once) == once


@given(amounts, st.sampled_from(sorted(UNITS.lexicon.families)))
def test_a_standardised_amount_is_that_many_units(value: Decimal, family: str) -> None:
    known = UNITS.lexicon.families[family]
    for unit, factor in known.units.items():
        amount, standard = UNITS.standardise(float(value), unit)
        assert standard == known.standard
        assert amount == pytest.approx(float(value * factor), rel=1e-11)


@given(st.text(st.characters(categories=["L", "P"]), max_size=6), amounts)
def test_an_unknown_unit_is_left_alone(unit: str, value: Decimal) -> None:
    if not UNITS.known(unit):
        assert UNITS.standardise(float(value), unit) == (float(value), unit)


# Cleaning

WORDS = ["２０２５", "１２.５", "12", "3.4", "PM", "GDP", "2020"]
PIECES = st.sampled_from([*"到年建设地区生产总值增长达亿元万亩个百分点　 \t，。；,:○∶〜％（）－\u00a0\u200b", *WORDS])
TRADITIONAL = st.sampled_from([*"億萬畝個達產業發展區縣實現總值後來台灣著於裡製％（，。 　", "增長", "８.５"])
lines_of = st.lists(
    st.one_of(st.lists(PIECES, min_size=1, max_size=40), st.lists(TRADITIONAL, min_size=1, max_size=40)).map("".join),
    min_size=1,
    max_size=6,
)


def clean(lines: Sequence[str]) -> cleaning.Cleaned:
    known = lexicons()
    return cleaning.clean(spec.paragraphs(lines), known.furniture, known.headings)


def as_cleaned(line: str, script: str) -> str:
    """What cleaning makes of each character of a line, before it leaves any out."""
    text = cleaning.simplified(line) if script == "traditional" else line
    assert len(text) == len(line)
    return text.translate(cleaning.SAME_WIDTH)


@given(lines_of)
def test_each_character_equals_the_source_at_its_place(lines: list[str]) -> None:
    found = clean(lines)
    source = [as_cleaned(line.strip(), found.script) for line in lines]
    shift = [len(line) - len(line.lstrip()) for line in lines]
    for paragraph in found.paragraphs:
        for offset, character in enumerate(paragraph.text):
            line, column = paragraph.place(offset)
            printed = source[line - 1][column - shift[line - 1]]
            blank = " " if cleaning.BLANK.fullmatch(printed) else printed
            assert character in {printed, cleaning.PUNCTUATION.get(printed, printed), blank}


@given(lines_of)
def test_places_run_forward(lines: list[str]) -> None:
    for paragraph in clean(lines).paragraphs:
        places = [paragraph.place(i) for i in range(len(paragraph.text))]
        assert places == sorted(set(places))


@given(lines_of)
def test_cleaning_twice_is_cleaning_once(lines: list[str]) -> None:
    once = [p.text for p in clean(lines).paragraphs]
    assert [p.text for p in clean(once).paragraphs] == once


@given(
    st.text(alphabet="億萬畝個達產業發展區縣實現總值後來著於裡製國學會開關東車馬書長門問間聞", min_size=1, max_size=30)
)
def test_simplified_keeps_the_length(text: str) -> None:
    assert len(cleaning.simplified(text)) == len(text)


# The ledger

FORMS = """
到2025年，全县地区生产总值达到{}亿元，年均增长{}%。
新增规上企业{}家、高新技术企业{}家。
{}.加快推进{}号线建设。
（{}）优化布局，建设{}个园区。
依据政发〔20{}〕{}号文件执行。
联系电话：0931-88{}66，邮编73{}00。
截至{}年底累计完成{}万元。
三次产业比调整为{}:{}:35。
PM2.5浓度由{}微克/立方米降至{}微克/立方米。
指标\t单位\t20{}年\t20{}年
就业\t万人\t{}\t{}
单位代码A{}-{}X，编号{}
第{}届大会于{}月召开
“{}+{}”现代产业体系
总面积 {} {} 平方米
版本v{}.{}.1
{}
{}%
-{}-{}-
按{}×{}的规格配置
下降{}‰、提高{}个百分点
<p>投资{}万元</p><p>{}</p>
见附件{}和表{}-1
２０{}年完成{}项
""".strip().split("\n")
texts = st.builds(
    lambda form, a, b: form.format(*[a, b, a][: form.count("{}")]),
    st.sampled_from(FORMS),
    st.integers(0, 9999),
    st.integers(0, 99),
)


@settings(max_examples=40)
@given(st.lists(texts, min_size=1, max_size=12), st.sampled_from(["txt", "md", "html", "csv"]))
def test_every_number_of_a_document_has_one_fate(lines: list[str], form: str) -> None:
    found = spec.extraction(lines, form)
    printed = [(n, m.start(), m.group()) for n, text in enumerate(lines, start=1) for m in ledger.DIGITS.finditer(text)]
    told = [(n.line, n.start, n.text) for n in found.numbers if ledger.DIGITS.search(n.text)]
    assert told == printed
    assert {n.fate for n in found.numbers} <= {"target", "excluded", "issue"}
    assert all(n.rule for n in found.numbers)
    counted = {n.target_id for n in found.numbers if n.fate == "target"}
    assert {t.target_id for t in found.targets if t.digits} == counted


@settings(max_examples=40)
@given(st.lists(texts, min_size=1, max_size=12))
def test_every_fact_stands_where_it_says(lines: list[str]) -> None:
    found = spec.extraction(lines)
    passages = {p.passage_id: p for p in found.passages}
    for target in found.targets:
        body = passages[target.passage_id].body
        assert 0 <= target.start < target.end <= len(body.text)
        for start, end in target.digits:
            places = [body.place(i) for i in range(start, end)]
            source = "".join(lines[line - 1][column] for line, column in places)
            assert source.translate(cleaning.SAME_WIDTH) == body.text[start:end]
        assert target.digits == () or body.place(target.digits[0][0]).line == target.line

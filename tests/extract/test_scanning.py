"""Patterns are tried only where they can match, and find what they find when they are tried everywhere."""

from __future__ import annotations

import random
import re
import sys

import pytest

from extract import segmentation
from extract.beginnings import begun
from extract.lexicons import lexicons
from extract.scanning import Sieve
from extract.vocabulary import Vocabulary

SIEVES = {"quantities": lexicons().tools.quantities._sieve, "periods": lexicons().tools.periods._sieve}
SIGNS = "0123456789一二三四五六七八九十百千万亿两零〇年月日号第届次期条个家人元吨%％"
SIGNS += ".、，。；！？：“”（）《》〔〕·+-—～强级类圈"
WORDS = """
2025年 到2030 十四五 “十三五”时期 第十四个五年规划 今年 去年 过去五年 本届政府 期末 以上 超过 近 约 不少于 百分之 翻一番
半小时 三分之一 两成 3.27:1 亿元 万人次 平方公里 PM2.5 5G A4 MW 3号线 12345热线 18岁以下 24小时 图3 ① [1] 建成 增长 达到
的 中学 110千伏变电站 5A级景区 二十大 三旧 国道 x1 N ٣ ４ 推动 高质量 发展 现代化 产业 体系 和 乡村 振兴 AI+制造 3.5%
B超 一批
"""
PIECES = [*SIGNS, *WORDS.split()]


def texts(count: int) -> list[str]:
    dice = random.Random(8)
    return ["".join(dice.choices(PIECES, k=dice.randint(1, 40))) for _ in range(count)]


@pytest.mark.parametrize("name", SIEVES)
def test_nothing_is_missed_and_nothing_added(name: str) -> None:
    sieve, counting = SIEVES[name], re.compile("[一二三四五六七八九十百千万亿两零〇]")
    found = 0
    for text in texts(1500):
        sifted = sieve.sift(text)
        for rule, pattern in sieve.patterns.items():
            here, everywhere = (
                [(m.span(), m[0]) for m in of] for of in (sifted.finditer(rule), pattern.finditer(text))
            )
            if rule == "chinese":
                here, everywhere = ([m for m in of if counting.search(m[1])] for of in (here, everywhere))
            assert here == everywhere, (rule, text)
            found += len(here)
    assert found > 1000


def test_patterns_of_every_make() -> None:
    patterns = {
        "optional": "甲?乙*",
        "behind": "(?<=，)乙",
        "ahead": "甲(?=。丙)",
        "across": "甲[^乙]+丙",
        "either": "(?:甲乙|丙{2,3}|[丁戊])己",
        "case": "(?i)ab",
        "back": "(甲|乙)丙\\1",
        "end": "丙$",
    }
    sieve, dice = Sieve(patterns), random.Random(3)
    for _ in range(3000):
        text = "".join(dice.choices("甲乙丙丁己aBAb，。", k=12))
        sifted = sieve.sift(text)
        for name, pattern in patterns.items():
            spans = [m.span() for m in sifted.finditer(name)]
            assert spans == [m.span() for m in re.finditer(pattern, text)], (name, text)


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        ("(?:甲|乙丙)?丁", True),
        ("(?P<a>甲)?(?P<b>[丁-乙]+)??(?=，)|己", False),
        ("(?<!甲)(?:乙|[丙\\]-])?丁", True),
        ("(?:(?:甲|乙)*|丙)己", True),
        ("(?:甲)?\\d+", True),
        ("甲*", False),
        ("[^甲]乙", False),
        (".?乙", False),
        ("(?i)a?b", False),
    ],
)
def test_a_pattern_finds_the_same_when_its_beginnings_are_told(pattern: str, known: bool) -> None:
    told, dice = begun(pattern), random.Random(4)
    assert told.startswith("(?=[") == known
    for _ in range(500):
        text = "".join(dice.choices("甲乙丙丁己aBAb，。3٣]-", k=12))
        plain, sooner = re.finditer(pattern, text), re.finditer(told, text)
        assert [m.regs for m in plain] == [m.regs for m in sooner], text


def test_a_clause_without_a_number_is_passed_over() -> None:
    sifted = SIEVES["quantities"].sift("完善机制，新增学位3000个，提升水平。")
    assert sifted.spans["plain"] == [(5, 15)]


def test_the_automaton_finds_what_one_finds_step_by_step() -> None:
    words = ["AI", "AIDS", "人工智能", "智能", "智能制造", "制造业", "业主", "5G", "海"]
    vocabulary, dice = Vocabulary(dict.fromkeys(words, ())), random.Random(5)
    for _ in range(2000):
        text = "".join(dice.choices(["AI", "D", "S", "人工", "智能", "制造", "业", "主", "5G", "海", "，", "x"], k=8))
        assert vocabulary.matches(text) == list(vocabulary._one_by_one(text)), text


def test_both_segmenters_cut_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rjieba")
    mixed = texts(400)
    fast = [_han(text) for text in mixed]
    monkeypatch.setitem(sys.modules, "rjieba", None)
    segmentation._cutter.cache_clear()
    try:
        assert fast == [_han(text) for text in mixed]
    finally:
        segmentation._cutter.cache_clear()


def _han(text: str) -> list[str]:
    return [word for word in segmentation.cut(text) if re.fullmatch("[\u3400-\u9fff]{2,}", word)]

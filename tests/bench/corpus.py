"""A made-up corpus of any size: python -m tests.bench.corpus FOLDER --documents 1000 --kilobytes 50 --seed 1.

Plans and reports of invented regions, a folder for each city: headings, prose, targets with numbers, indicator tables,
about as many of each to a megabyte as real plans have. Every word comes from the lexicon or stands below; the same seed
gives the same bytes, whatever else is written.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extract.lexicons import lexicons

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
NAMES = [stem + branch for stem in STEMS for branch in BRANCHES]
UNITS = {"ratio": "%", "money": "亿元", "places": "个", "firms": "家", "area": "平方公里", "length": "公里",
         "mass": "万吨", "people": "万人", "beds": "张", "homes": "套"}  # fmt: skip
NUMERALS = "一二三四五六七八九十"
VERBS = ("完善", "优化", "健全", "加快建设", "大力发展", "深入推进", "统筹推进", "培育壮大", "积极引导", "全面提升")
ENDS = ("持续用力、久久为功", "形成各方合力", "让成果惠及更多群众", "补齐短板弱项", "守住底线", "取得新的成效")
KINDS = (
    ("14fyp", "{region}国民经济和社会发展第十四个五年规划和2035年远景目标纲要", (2020, 2025)),
    ("15fyp", "{region}国民经济和社会发展第十五个五年规划纲要", (2025, 2030)),
    ("2023gwr", "2023年{region}政府工作报告", (2022, 2023)),
)
WITH_TARGET, WITH_PROJECTS, WITH_ORDINAL = 0.04, 0.02, 0.1
"""How many sentences hold an amount of an indicator, one of things built, and of the others a number that is none."""
TABLE_EVERY = 16
"""Chapters from one table of indicators to the next."""
REGIONS = 16
"""Of a city: itself, and those in it."""


class Words(NamedTuple):
    """What sentences are made of: terms by theme, and indicators with a unit each."""

    terms: Sequence[Sequence[str]]
    indicators: Sequence[tuple[str, str]]


@cache
def words() -> Words:
    """The words of the lexicon."""
    known = lexicons()
    terms = [[w for t in theme.topics for w in (*t.strong, *t.terms)] for theme in known.themes.themes]
    canonical = known.tools.canonical.indicators.values()
    indicators = [(one.label, UNITS[one.family[0]]) for one in canonical if one.family[0] in UNITS]
    return Words(terms, indicators)


def write(folder: Path, documents: int, kilobytes: float, seed: int = 0) -> int:
    """Write so many documents of about that size each; returns the bytes written."""
    written = 0
    for number in range(documents):
        city, kind, text = document(number, kilobytes, seed)
        place = folder / city
        place.mkdir(parents=True, exist_ok=True)
        data = text.encode()
        (place / f"{number // len(KINDS):05d}-{kind}.md").write_bytes(data)
        written += len(data)
    return written


def document(number: int, kilobytes: float, seed: int = 0) -> tuple[str, str, str]:
    """City, kind and text of one document: of each region there is one of every kind. The first of a city is itself."""
    draw = random.Random(f"{seed}-{number}")
    region, kind = divmod(number, len(KINDS))
    city, county = divmod(region, REGIONS)
    more, first = divmod(city, len(NAMES))
    inner = f"{NAMES[county]}{'县' if county % 2 else '区'}" if county else ""
    name = f"{NAMES[first]}{NAMES[more - 1] if more else ''}市{inner}"
    code, title, years = KINDS[kind]
    parts, size, most = [f"# {title.format(region=name)}\n"], 0, kilobytes * 1000
    for line in _lines(draw, *years):
        parts.append(line)
        size += len(line.encode())
        if size > most:
            break
    return f"{city:03d}", code, "\n".join(parts) + "\n"


def _lines(draw: random.Random, before: int, until: int) -> Iterator[str]:
    """Chapters without end."""
    known, chapter = words(), 0
    while True:
        terms = known.terms[draw.randrange(len(known.terms))]
        yield f"## 第{_numeral(chapter + 1)}章 {draw.choice(VERBS)}{draw.choice(terms)}\n"
        chapter += 1
        for section in range(draw.randint(2, 4)):
            yield f"### 第{_numeral(section + 1)}节 {draw.choice(VERBS)}{draw.choice(terms)}\n"
            for _ in range(draw.randint(1, 4)):
                yield "".join(_sentence(draw, terms, known, until) for _ in range(draw.randint(3, 6))) + "\n"
        if chapter % TABLE_EVERY == 1:
            yield from _table(draw, known, before, until)


def _sentence(draw: random.Random, terms: Sequence[str], known: Words, until: int) -> str:
    if draw.random() < WITH_TARGET:
        label, unit = draw.choice(known.indicators)
        return f"到{until}年，{label}达到{_amount(draw, unit)}{unit}。"
    if draw.random() < WITH_PROJECTS:
        return f"新建{draw.choice(terms)}项目{draw.randint(2, 90)}个，{draw.choice(ENDS)}。"
    first, second, third = (draw.choice(terms) for _ in range(3))
    opening = f"落实第{draw.randint(2, 9)}号方案，" if draw.random() < WITH_ORDINAL else ""
    return f"{opening}{draw.choice(VERBS)}{first}，推动{second}与{third}相互促进，{draw.choice(ENDS)}。"


def _table(draw: random.Random, known: Words, before: int, until: int) -> Iterator[str]:
    yield f"| 序号 | 指标名称 | 单位 | {before}年 | {until}年 | 属性 |\n|---|---|---|---|---|---|"
    for i, (label, unit) in enumerate(draw.sample(known.indicators, 8), 1):
        attribute = draw.choice(("约束性", "预期性"))
        yield f"| {i} | {label} | {unit} | {_amount(draw, unit)} | {_amount(draw, unit)} | {attribute} |"
    yield ""


def _amount(draw: random.Random, unit: str) -> str:
    return f"{draw.uniform(1, 99):.1f}" if unit == "%" else str(draw.randint(2, 9000))


def _numeral(number: int) -> str:
    """A Chinese numeral up to 99."""
    tens, ones = divmod(number % 100, 10)
    return (NUMERALS[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (NUMERALS[ones - 1] if ones else "")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--kilobytes", type=float, default=50)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    size = write(options.folder, options.documents, options.kilobytes, options.seed)
    print(f"{options.folder}: {options.documents} documents, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

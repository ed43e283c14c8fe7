"""Texts that are hard on patterns and on loops over numbers, of any size.

Each opens with a title, so that it is taken for a plan; `FORMS` says how the file is named where it is not plain text.
"""

from __future__ import annotations

TITLE = "临江市青石区国民经济和社会发展第十四个五年规划和2035年远景目标纲要\n"
SENTENCE = "到2025年，全区经济总量达到480亿元，新建学校12所。"
NUMERALS = "零一二三四五六七八九"

UNITS = {
    "one line of sentences": SENTENCE,
    "no full stop": "推进产业升级和科技创新平台建设，新增企业35家，",
    "no punctuation": "推进产业升级和科技创新平台建设",
    "numbers": "指标12亿元，",
    "bare numbers": "7 ",
    "numbers and commas": "1,234,",
    "digits": "8",
    "decimals": "1.",
    "ratios": "3:",
    "spaces": " ",
    "blanks between digits": "123 ",
    "blanks between words": "规　划　",
    "commas": "，",
    "list signs": "产业、",
    "joints": "和",
    "ranges": "3—5",
    "dashes": "—",
    "ranges of years": "2021—2025年",
    "years": "2025年",
    "percent": "%",
    "percents": "12%、",
    "percent of": "百分之",
    "numerals": "一二三",
    "powers": "千百十",
    "myriads": "万亿一",
    "amounts in words": "三千五百万元",
    "brackets": "（",
    "square brackets": "[",
    "closed brackets": "（480亿元）",
    "title marks": "《",
    "closed title marks": "《产业规划》",
    "quotes": "“",
    "plan names": "“十四五”",
    "verbs": "新增",
    "rates": "年均增长",
    "shares": "占全区比重",
    "comparisons": "比2020年增长",
    "sums": "累计新增超过",
    "respectively": "分别达到3%、4%，",
    "ratio of three": "2.1：35.4：62.5",
    "bits of units": "平方",
    "letters": "a",
    "words": "GDP AI ",
    "addresses": "www.",
    "dots": "…",
    "short lines": "产业\n",
    "lines of numbers": "12\n",
    "long lines": "推进产业升级和科技创新平台建设，推进产业升级和科技创新平台建设，\n",
    "headings": "一、产业\n（一）科技\n",
    "chapters": "第一章 产业\n第一节 科技\n",
    "points": "1.产业12家\n",
    "heads of lists": "指标\n单位\n1\n产业总量\n",
    "rows between tabs": "指标\t单位\t2025年\n经济总量\t亿元\t480\n",
    "cells between tabs": "480\t",
    "rows between blanks": "经济总量  亿元  480\n",
    "rows between bars": "|经济总量|480亿元|\n|-|-|\n",
    "boxes": "专栏1 产业工程\n●建设园区3个\n",
    "contents": "目录\n第一章 产业……1\n",
    "angles": "<",
    "entities": "&#",
    "traditional": "發展經濟總產值達到480億元，",
}
MARKUP = {
    "open comments": "<!--",
    "open sections": "<![CDATA[",
    "open tags": "<a b='",
    "tables in tables": "<table><tr><td>",
    "wide cells": "<td colspan=60 rowspan=60>",
    "rows": "<tr><td rowspan=60>48<td>亿元",
    "items": "<li>新增12家",
    "inline": "<b>1</b>&nbsp;",
    "quoted cells": '"a,',
    "doubled quotes": '""',
    "bold": "**1",
    "closed tags": "</p>",
    "scripts": "<script>",
    "forms": "<form><input value='1'>",
}
FORMS = dict.fromkeys(MARKUP, "html") | {"quoted cells": "csv", "doubled quotes": "csv", "bold": "md"}


def numbered(size: int) -> str:
    """Headings, each with the next number."""
    lines, length, number = [], 0, 0
    while length < size:
        number += 1
        lines.append(f"{number}.{''.join(NUMERALS[int(c)] for c in str(number))}产业\n")
        length += len(lines[-1])
    return "".join(lines)


def nested(size: int) -> str:
    """Headings, each a level below the one before, over and over."""
    one = "第一篇 产业\n第一章 产业\n第一节 产业\n一、产业\n（一）产业\n1.产业\n（1）产业\n专栏1 产业\n"
    return one * (size // len(one) + 1)


def distinct(size: int) -> str:
    """Sentences, no two alike."""
    count = size // 16 + 1
    return "\n".join(f"第{i % 97}类产品{chr(0x4E00 + i % 20000)}产量达到{i}吨。" for i in range(count))


def shape(name: str, size: int) -> tuple[str, str]:
    """The text of that name with about `size` characters, and its form (txt, html, csv, md)."""
    made = {"numbered headings": numbered, "nested headings": nested, "distinct sentences": distinct}
    if name in made:
        return TITLE + made[name](size), "txt"
    unit = (UNITS | MARKUP)[name]
    return TITLE + unit * (size // len(unit) + 1), FORMS.get(name, "txt")


NAMES = (*UNITS, *MARKUP, "numbered headings", "nested headings", "distinct sentences")

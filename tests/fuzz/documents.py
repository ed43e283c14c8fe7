"""Documents for the fuzzer: synthetic ones from the words of the lexicon, pieces of real ones, and mutations of both.

Everything follows from the seed. Nothing of a document is stored.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZipFile

import docx

from extract import sources
from extract.lexicons import lexicons
from tests.archives import packed
from tests.extract.pdf_made import pdf

TITLES = (
    "临江市青石区国民经济和社会发展第十四个五年规划和2035年远景目标纲要",
    "中共临江市委关于制定国民经济和社会发展第十五个五年规划的建议",
    "2023年白马县政府工作报告",
    "通知",
)
HEADINGS = ("第一章 发展基础", "第二节 主要目标", "一、产业", "（二）科技创新", "3.重点工程", "（4）强化保障。")
HEADINGS += ("专栏1 主要指标", "目录", "附件", "注：")
STRANGE = (
    *"\0\x01\x0b\x1b\x7f\x85\u2028\u202e\u200f\u200b\ufeff\u3000\xa0\ue000\ufffd\U0001f600\u0301²①⑩Ⅳ٣１．％",
    *"《》“”‘’（）()[]{}<>|\\/&;#*\"',，。；！？：:—–-~～…·+=@%‰°℃$^`_",
    *("<table><tr><td>", "</td></tr></table>", "<!--", "-->", "<![CDATA[", "<script>", "</p>", "<br>", "&nbsp;", "&#"),
    *("| a | b |", "|-|-|", "\t", "\n\n", "\r\n", "---\n", "# ", "- ", "**", '""', "　　", "=1+1", "{{", "%s", "\\n"),
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MARKS = ("", "", "，", "、")
LONG = 60
"""A token is repeated up to so often, and seldom up to fifty times that."""


@cache
def tokens() -> tuple[str, ...]:
    """Units, counters, numerals, qualifiers, times, verbs and words of themes."""
    known = lexicons()
    units = known.tools.units.lexicon
    words = [unit for family in units.families.values() for unit in family.units]
    words += [*units.counters, *units.multipliers, *"一二两三十百千万亿半几多余零〇点第前约近超达"]
    words += (
        "百分之 个百分点 分别 年均 累计 增长 下降 提高到 不低于 以上 左右 翻一番 占全区 比重 其中 新增 建成".split()
    )
    words += "力争 比 较 至 到 和 及 等 每 项".split()
    words += "2025年 2020年底 “十四五”期间 今年 去年 2021—2025年 到2035年 过去五年".split()
    words += "12 3.5 480 1,234 1 0 99.9 15% 7%左右 2.1：35.4：62.5 １２ 3-5 3000—5000 00 1.2.3 10000000000".split()
    words += "-5 1/3 5A 110 国道".split()
    words += [word for theme in known.themes.themes for topic in theme.topics for word in topic.terms[:3]]
    return tuple(words)


@cache
def real() -> tuple[str, ...]:
    """The text of the real documents, where they are."""
    folder = Path(os.environ.get("PLAN_SOURCES") or "/nowhere")
    return tuple("\n".join(sources.read(path).lines) for path in sorted(folder.glob("*")) if folder.is_dir())


def synthetic(random: Random) -> str:
    """A short plan out of words that plans are made of."""
    lines = [random.choice(TITLES)]
    for _ in range(random.randint(2, 7)):
        if random.random() < 0.3:
            lines.append(random.choice(HEADINGS))
        elif random.random() < 0.2:
            cells = ["\t".join(random.choice(tokens()) for _ in range(4)) for _ in range(3)]
            lines += ["指标\t单位\t2020年\t2025年", *cells]
        else:
            said = "".join(random.choice(tokens()) + random.choice(MARKS) for _ in range(random.randint(2, 25)))
            lines.append(said + random.choice("。；，") + random.choice(("", "地区生产总值达到480亿元，年均增长7%。")))
    return "\n".join(lines) + "\n"


def piece(random: Random) -> str:
    """A synthetic document, or some lines of a real one under its title."""
    if not real() or random.random() < 0.5:
        return synthetic(random)
    text = random.choice(real())
    start = random.randrange(len(text))
    return random.choice((text[:60], random.choice(TITLES))) + "\n" + text[start : start + random.randint(80, 400)]


def mutated(text: str, random: Random) -> str:
    """The text after one mutation."""
    a, b = sorted(random.randrange(len(text) + 1) for _ in range(2))
    b = min(b, a + 200)
    token = random.choice(random.choice((tokens(), STRANGE)))
    lines = text.split("\n")
    kind = random.randrange(9)
    if kind == 0:
        return text[:a] + text[b:]
    if kind == 1:
        return text[:b] + text[a:b] * random.randint(1, 4) + text[b:]
    if kind == 2:
        random.shuffle(lines)
        return "\n".join(lines)
    if kind == 3:
        return "".join(lines)
    if kind == 4:
        return text[:a] + "\n" + text[a:]
    if kind == 5:
        return text[:a] + token * random.randint(2, LONG * random.choice((1, 1, 1, 1, 50))) + text[a:]
    if kind == 6:
        return text.replace(random.choice(text), token) if len(text) < 3_000 and len(token) < 4 else text
    return text[:a] + token + text[a:]


def spoilt(data: bytes, random: Random) -> bytes:
    """The bytes with some of them flipped, cut, doubled or put in."""
    for _ in range(random.randint(1, 4)):
        at, kind = random.randrange(len(data) + 1), random.randrange(4)
        if kind == 0:
            data = data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at]
        elif kind == 2:
            data = data[:at] + data[max(0, at - 50) : at] + data[at:]
        else:
            data = data[:at] + random.randbytes(random.randint(1, 6)) + data[at:]
    return data


def as_text(text: str, random: Random) -> bytes:
    encoding = random.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"))
    return text.encode(encoding, errors=random.choice(("replace", "ignore")))


def as_html(text: str, random: Random) -> bytes:
    shown = escape if random.random() < 0.5 else str
    lines = [shown(line) for line in text.split("\n")]
    cell = f"<td rowspan={random.randint(1, 70)}>"
    rows = "".join(f"<tr><td>{line}</td></tr>" for line in lines).replace("\t", cell)
    body = "".join(f"<p>{line}</p>\n" for line in lines) if random.random() < 0.6 else f"<table>{rows}"
    return as_text(f"<html><head><title>{text[:40]}</title></head><body>{body}</body></html>", random)


def as_csv(text: str, random: Random) -> bytes:
    return as_text(text.replace("\t", random.choice(",;")).replace("，", random.choice(('","', ",", "，"))), random)


@cache
def _empty_word() -> dict[str, bytes]:
    out = BytesIO()
    docx.Document().save(out)
    with ZipFile(out) as made:
        return {name: made.read(name) for name in made.namelist()}


def _word_line(line: str) -> str:
    """A paragraph, or a table of one row."""
    run = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    if "\t" not in line:
        return run.format(escape(line))
    cells = "".join(f"<w:tc>{run.format(escape(cell))}</w:tc>" for cell in line.split("\t"))
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


def as_docx(text: str, random: Random) -> bytes:
    shown = "".join(c for c in text if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff"))
    body = "".join(map(_word_line, shown.split("\n")))
    xml = f"<w:document {WORD}><w:body>{body}</w:body></w:document>"
    data = xml.encode("utf-8", errors="replace")
    return packed(_empty_word() | {"word/document.xml": spoilt(data, random) if random.random() < 0.3 else data})


def as_pdf(text: str, random: Random) -> bytes:
    known = ("".join(c for c in line if "一" <= c <= "龥" or c in "0123456789.%，。") for line in text.split("\n"))
    return pdf([line or "无" for line in known][:20])


FORMS: dict[str, tuple[int, Callable[[str, Random], bytes]]] = {
    ".txt": (45, as_text),
    ".md": (15, as_text),
    ".html": (20, as_html),
    ".csv": (8, as_csv),
    ".docx": (8, as_docx),
    ".zip": (4, lambda text, random: packed({"规划.txt": as_text(text, random), "b/表.html": as_html(text, random)})),
}
PDF = 0.003
"""Share of PDF files: each is read in a process of its own, which takes a second."""


def document(seed: int, pdfs: float = PDF) -> tuple[str, bytes]:
    """The name and the bytes of the file of that seed."""
    random = Random(seed)
    text = piece(random)
    for _ in range(random.randint(0, 6)):
        text = mutated(text, random)
    if random.random() < pdfs:
        suffix, make = ".pdf", as_pdf
    else:
        suffix = random.choices([*FORMS], [weight for weight, _ in FORMS.values()])[0]
        make = FORMS[suffix][1]
    data = make(text, random)
    return f"plan{suffix}", spoilt(data, random) if random.random() < 0.35 else data

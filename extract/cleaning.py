"""Stage 2: lines as found → clean paragraphs that keep the way back to the source.

Everything here either drops whole lines (each with the rule that dropped it) or drops blanks and joins lines;
characters are only ever replaced one for one, so each character of the result knows where it stood. Cleaning a cleaned
text changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import ne
from pathlib import Path

from extract.beginnings import begun
from extract.headings import SENTENCE_END, Headings
from extract.lexicon_file import Lexicon, load
from extract.model import Cleaned, Paragraph, Removed
from extract.patterns import word
from extract.pieces import LONGEST, bounded, concatenated, joined_cells

TRADITIONAL_SHARE = 0.05
"""Share of Han characters that simplification changes, above which a document counts as Traditional."""
WRAPPED = 30
"""A line at least this long that ends in mid-sentence goes on in the next one."""
NARROW = 20
"""No page has narrower lines."""
FEWEST_BROKEN, FEW_BROKEN = 6, 3
"""So many lines, and one in so many, end in mid-sentence where lines are set to one width."""
SPREAD = 8
"""Between the short and the long lines of one width, but for the blanks that were dropped."""
STOP = "。；！？：”）》…"
"""Ends a line that does not go on."""
HEADING_TAIL = 25
PART = 64
"""So many characters are compared at once; most parts are the same in both scripts."""
ADVERT = 200
"""A line of so many characters is no advertisement."""

HAN = "\u3400-\u9fff〇"
HAN_WORDS, TWO_HAN = re.compile(f"[{HAN}]+"), re.compile(f"[{HAN}]{{2}}")
FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
SAME_WIDTH = str.maketrans(
    {
        **{chr(k): chr(v) for k, v in FULL_WIDTH.items()},
        "％": "%",
        "．": ".",
        "﹒": ".",
        "＋": "+",
        "／": "/",
        "﹪": "%",
        "〜": "～",
        "∼": "～",
        "∙": "·",
        "‧": "·",
        "・": "·",
        "﹣": "-",
        "－": "-",
        "―": "—",
        "─": "—",
        "━": "—",
        "∶": "：",
        "︰": "：",
        "〞": "”",
        "〝": "“",
        "「": "“",
        "」": "”",
        "『": "‘",
        "』": "’",
        "○": "〇",
        "﹐": "，",
    }
)
OTHER_WIDTH = re.compile(f"[{re.escape(''.join(map(chr, SAME_WIDTH)))}]")
PUNCTUATION = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
MARK = re.compile(f"[{re.escape(''.join(PUNCTUATION))}]")
OTHERS = "".join(PUNCTUATION) + " \t\u3000\u00a0"
DOUBTFUL_MARK = re.compile(rf"[,;:?!()](?<![{HAN}，。；：、（）“”》%][,;:?!()])")
"""A mark that does not follow upon Chinese text."""
NO_WIDTH = r"\u200b-\u200f\u202a-\u202e\u2060\ufeff"
BLANK = re.compile(rf"[\s\u3000\u00a0{NO_WIDTH}]+")
WIDE_BLANK = re.compile(rf"[^{NO_WIDTH}]")
THOUSANDS = re.compile(r"(?<![\d.,，])\d{1,3}(?:，\d{3})+(?![\d.,，%年月日])")
PARTED_DIGITS = re.compile(r"，(?<=\d，)\d")
SPACED_YEAR = re.compile(r"(?<!\d)[12] [09] \d \d(?!\d)")
"""A year with a blank after each digit: a text layer in which all numbers are set so."""
SPACED_DIGITS = re.compile(r"(?<!\d)(?<!\d )\d(?: \d)+(?!\d)(?! \d)")
TYPED_QUOTE = re.compile(r'(?:“|(?<!\d)")([^“”"\n]{1,60})"')
"""A quotation whose marks are typewritten, or the second of them."""
CLAUSES, FIGURE = re.compile(r"[，。；：、\d%]"), re.compile(r"[\d.,%]+")
DIGIT_GROUPS = re.compile(r"(?<![\d.])\d{1,3}(?:[ \u3000\u00a0]\d{3})+(?![\d])")


class FurnitureRules(Lexicon):
    """lexicon/furniture.yaml as typed values."""

    line: dict[str, tuple[str, ...]]
    anywhere: dict[str, tuple[str, ...]]
    advert_words: int
    advert: tuple[str, ...]
    advert_sure: tuple[str, ...]
    title_within: int
    title: tuple[str, ...]
    tail: tuple[str, ...]
    contents: tuple[str, ...]
    contents_entry: tuple[str, ...]


class Furniture:
    """Says which lines are no text of the plan."""

    def __init__(self, rules: FurnitureRules) -> None:
        self.rules = rules
        self._line = [
            (f"furniture.{name}", re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE))
            for name, patterns in rules.line.items()
        ]
        self._anywhere = [
            (f"furniture.{name}", re.compile("|".join(f"(?:{p})" for p in patterns)))
            for name, patterns in rules.anywhere.items()
        ]
        self._any = re.compile(begun("|".join(pattern.pattern for _, pattern in self._anywhere)))
        self._any_line = re.compile("|".join(pattern.pattern for _, pattern in self._line), re.IGNORECASE)
        self._sure = word(rules.advert_sure)
        self._title, self._tail, self._contents, self._entry = (
            re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)
            for patterns in (rules.title, rules.tail, rules.contents, rules.contents_entry)
        )

    @classmethod
    def load(cls, path: Path) -> Furniture:
        return cls(load(path, FurnitureRules))

    def of_line(self, text: str) -> str:
        """The rule by which a line goes, or ""."""
        bare = _bare(text)
        if self._any_line.fullmatch(bare):
            return next(rule for rule, pattern in self._line if pattern.fullmatch(bare))
        if self._any.search(bare):
            return next(rule for rule, pattern in self._anywhere if pattern.search(bare))
        return "furniture.advert" if len(bare) < ADVERT and self._sure.search(bare) and self._advertises(bare) else ""

    def _advertises(self, bare: str) -> bool:
        sure = {word for word in self.rules.advert_sure if word in bare}
        return len(sure.union(w for w in self.rules.advert if w in bare)) >= self.rules.advert_words

    def is_title(self, text: str) -> bool:
        return bool(self._title.search(_bare(text)))

    def is_tail(self, text: str) -> bool:
        return bool(self._tail.search(_bare(text)))

    def opens_contents(self, text: str) -> bool:
        return bool(self._contents.fullmatch(_bare(text)))

    def is_contents_entry(self, text: str) -> bool:
        return bool(self._entry.fullmatch(_bare(text)))


def _bare(text: str) -> str:
    """A tidy line without blanks."""
    return "".join(text.split())


def clean(paragraphs: Sequence[Paragraph], furniture: Furniture, headings: Headings) -> Cleaned:
    """Clean the paragraphs of one document.

    Args: paragraphs as read (one a line), in order. Returns: cleaned paragraphs in Simplified Chinese without stray
    blanks, broken lines joined; the removed lines with their rules; the script of the original.
    """
    script = script_of("".join(p.text for p in paragraphs[:400]))
    spaced = any(" " in p.text and SPACED_YEAR.search(p.text) for p in paragraphs)
    tidy = [_tidy(p, script, spaced) for p in paragraphs]
    tidy = [p for p in tidy if p.text]
    removed: list[Removed] = []
    kept = _without_furniture(tidy, furniture, removed)
    kept = _without_contents(kept, furniture, headings, removed)
    joined = tuple(piece for paragraph in _joined(kept, furniture, headings) for piece in bounded(paragraph))
    return Cleaned(joined, tuple(removed), script)


def script_of(text: str) -> str:
    """`traditional` where simplification would change more than TRADITIONAL_SHARE of the Han characters."""
    sample = "".join(HAN_WORDS.findall(text))
    if not sample:
        return "simplified"
    converted = _converter("t2s")(sample)
    parts = ((sample[i : i + PART], converted[i : i + PART]) for i in range(0, len(sample), PART))
    changed = sum(sum(map(ne, one, other)) for one, other in parts if one != other)
    return "traditional" if changed > TRADITIONAL_SHARE * len(sample) else "simplified"


def simplified(text: str) -> str:
    """Traditional → Simplified, one character for one character.

    OpenCC's tw2s keeps the length on every text seen; a line on which it does not is converted character by character.
    """
    converted = _converter("tw2s")(text)
    return converted if len(converted) == len(text) else "".join(_converter("tw2s")(c)[:1] or c for c in text)


_CONVERTERS: dict[str, object] = {}


def _converter(name: str):  # type: ignore[no-untyped-def]
    if name not in _CONVERTERS:
        from opencc import OpenCC

        _CONVERTERS[name] = OpenCC(name).convert
    return _CONVERTERS[name]


def _tidy(paragraph: Paragraph, script: str, spaced: bool) -> Paragraph:
    text = simplified(paragraph.text) if script == "traditional" else paragraph.text
    text = _punctuated(text.translate(SAME_WIDTH) if OTHER_WIDTH.search(text) else text)
    if '"' in text:
        text = TYPED_QUOTE.sub(lambda found: f"“{found[1]}”" if HAN_WORDS.search(found[1]) else found[0], text)
    if PARTED_DIGITS.search(text):
        text = THOUSANDS.sub(lambda found: found[0].replace("，", ","), text)
    if not paragraph.cells:
        return _without_blanks(Paragraph(text, paragraph.anchors), spaced=spaced)
    return joined_cells([_tidy(cell, script, spaced) for cell in paragraph.cells])


def _punctuated(text: str) -> str:
    """ASCII punctuation beside Chinese text → Chinese punctuation; inside numbers and Latin words it stays."""
    if not MARK.search(text):
        return text
    staying = [found.start() for found in DOUBTFUL_MARK.finditer(text) if _stays(text, found)]
    changed = text
    for mark, wide in PUNCTUATION.items():
        changed = changed.replace(mark, wide)
    for at in staying:
        changed = changed[:at] + text[at] + changed[at + 1 :]
    return changed


def _stays(text: str, mark: re.Match[str]) -> bool:
    beside = text[mark.start() - 1 : mark.start()]
    if beside and not (beside.isascii() or beside.isspace() or beside.isdigit()):
        return False
    before, after = text[: mark.start()].rstrip(), text[mark.end() :].lstrip()
    if mark[0] in ",:" and before[-1:].isdigit() and after[:1].isdigit():
        return True
    a, b = before.rstrip(OTHERS)[-1:], after.lstrip(OTHERS)[:1]
    return a.isascii() and b.isascii() and bool(a and b) and not (a.isdigit() or b.isdigit())


def _without_blanks(paragraph: Paragraph, prose: bool = False, spaced: bool = False) -> Paragraph:
    """Without stray blanks; `prose` is known to be no title, of whatever length; `spaced`: a blank after each digit."""
    text = paragraph.text
    spans = list(_blanks(text, prose, spaced))
    if not spans:
        return paragraph
    parts, start = [], 0
    for blank_start, blank_end, keep in [*spans, (len(text), len(text), 0)]:
        if blank_start + keep > start:
            parts.append(paragraph.slice(start, blank_start + keep))
        start = blank_end
    whole = concatenated(parts)
    return Paragraph(BLANK.sub(" ", whole.text), whole.anchors or paragraph.anchors[:1])


def _blanks(text: str, prose: bool, spaced: bool) -> Iterator[tuple[int, int, int]]:
    """Runs of blanks as (start, end, blanks to keep)."""
    if not BLANK.search(text):
        return
    grouped: set[int] | None = None
    title = not prose and len(text) <= 60 and not any(mark in text for mark in SENTENCE_END)
    for blank in BLANK.finditer(text):
        a, b = text[blank.start() - 1 : blank.start()], text[blank.end() : blank.end() + 1]
        wide = WIDE_BLANK.search(blank[0]) is not None
        words = a.isascii() and b.isascii() and a.isalpha() and b.isalpha()
        numbers = a.isdigit() and b.isdigit()
        if numbers:
            grouped = _grouped(text, spaced) if grouped is None else grouped
            numbers = blank.start() not in grouped
        phrases = title and TWO_HAN.match(a + b) is not None and "〇" not in a + b
        yield blank.start(), blank.end(), int(wide and bool(a and b) and (words or numbers or phrases))


def _grouped(text: str, spaced: bool) -> set[int]:
    """The places of numbers that are set with blanks in them."""
    groups = (DIGIT_GROUPS, SPACED_DIGITS) if spaced else (DIGIT_GROUPS,)
    return {i for pattern in groups for m in pattern.finditer(text) for i in range(m.start(), m.end())}


def _without_furniture(paragraphs: list[Paragraph], furniture: Furniture, removed: list[Removed]) -> list[Paragraph]:
    kept = []
    first = _first_title(paragraphs, furniture)
    last = len(paragraphs)
    for i, paragraph in enumerate(paragraphs):
        rule = "furniture.before_title" if i < first else "" if paragraph.cells else furniture.of_line(paragraph.text)
        if i >= 0.75 * last and not rule and furniture.is_tail(paragraph.text):
            removed += [Removed(line, "furniture.tail") for p in paragraphs[i:] for line in _lines(p)]
            break
        if rule:
            removed += [Removed(line, rule) for line in _lines(paragraph)]
        else:
            kept.append(paragraph)
    return kept


def _first_title(paragraphs: list[Paragraph], furniture: Furniture) -> int:
    for i, paragraph in enumerate(paragraphs[: furniture.rules.title_within]):
        if furniture.is_title(paragraph.text):
            return i
    return 0


def _without_contents(
    paragraphs: list[Paragraph], furniture: Furniture, headings: Headings, removed: list[Removed]
) -> list[Paragraph]:
    start = next((i for i, p in enumerate(paragraphs) if furniture.opens_contents(p.text)), None)
    if start is None:
        return paragraphs
    seen: set[str] = set()
    end = start + 1
    for paragraph in paragraphs[start + 1 :]:
        bare = paragraph.text.rstrip("0123456789.…· \t")
        heading = headings.match(bare) if bare else None
        key = f"{heading.number}{heading.title}" if heading and heading.level <= 2 else ""
        if key in seen or not ((heading and not heading.run_in) or furniture.is_contents_entry(paragraph.text)):
            break
        seen |= {key} - {""}
        end += 1
    removed += [Removed(line, "contents") for p in paragraphs[start:end] for line in _lines(p)]
    return paragraphs[:start] + paragraphs[end:]


def _lines(paragraph: Paragraph) -> list[int]:
    return sorted({a.line for a in paragraph.anchors})


def _joined(paragraphs: list[Paragraph], furniture: Furniture, headings: Headings) -> Iterator[Paragraph]:
    """Join lines that were broken in mid-sentence, in a paragraph or in a heading.

    The blanks of what proves to be no title go.
    """
    pending: Paragraph | None = None
    wrapped = _wrapped_at(paragraphs)
    for paragraph in paragraphs:
        if pending and not furniture.is_title(pending.text) and _goes_on(pending, paragraph, headings, wrapped):
            prose = headings.match(pending.text) is None
            pending = _without_blanks(concatenated([pending, paragraph]), prose)
            continue
        if pending:
            yield pending
        pending = paragraph
    if pending:
        yield pending


def _wrapped_at(paragraphs: Sequence[Paragraph]) -> int:
    """The length from which on a line in mid-sentence goes on: less than WRAPPED where lines are set to one width."""
    lengths = [len(p.text) for p in paragraphs if not p.cells and len(p.text) >= NARROW]
    broken = sorted(len(p.text) for p in paragraphs if not p.cells and len(p.text) >= NARROW and p.text[-1] not in STOP)
    if len(broken) < FEWEST_BROKEN or FEW_BROKEN * len(broken) < len(lengths):
        return WRAPPED
    narrow, wide = broken[len(broken) // 10], broken[-1 - len(broken) // 10]
    return min(WRAPPED, narrow) if wide - narrow <= SPREAD else WRAPPED


def _goes_on(first: Paragraph, second: Paragraph, headings: Headings, wrapped: int) -> bool:
    a, b = first.text, second.text
    if first.cells or second.cells or len(a) + len(b) > LONGEST or headings.match(b) or headings.bullet(b):
        return False
    heading = headings.match(a)
    if heading and heading.name in ("part", "chapter", "section"):
        short = len(b) <= HEADING_TAIL and not CLAUSES.search(b)
        last = max(p.line for p in first.anchors)
        return (a[-1] in "，、" and len(b) <= 2 * HEADING_TAIL) or (short and second.line == last + 1)
    if heading and not heading.run_in:
        return False
    return len(a) >= wrapped and a[-1] not in STOP and not FIGURE.fullmatch(b)

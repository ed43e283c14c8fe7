"""Numbers that Word sets by itself before a paragraph (第一章, 一、, （一）, 1.), as they are printed.

A paragraph names a list and a level of it, itself or through its style; numbering.xml says how the numbers of each
level look (ECMA-376, part 1, 17.9). Lists made from one definition count on from one another, unless a list says where
a level of it starts. Bullets are left out: which sign it is depends on a font.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 8
MOST_STYLES = 50
"""A style rests on others, but on no more than these: a longer chain is a circle."""
MOST = 32_767
LONGEST = 40
"""A number with the words around it is no longer than so many characters."""
OFF = ("0", "false", "off")

DIGITS = "〇一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
         (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How the numbers of a level look. `restart`: the level (from 1) that makes it start anew, 0 for none."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    parted: bool = True
    restart: int | None = None
    arabic: bool = False
    style: str = ""


@dataclass(slots=True)
class Definition:
    """Levels that lists are made from, and where the count stands at each."""

    levels: dict[int, Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)
    style: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """A list: its definition, the levels it has of its own, and the starts it gives to levels of the definition."""

    definition: Definition
    own: Mapping[int, Level]
    starts: dict[int, int]

    def level(self, depth: int) -> Level | None:
        return self.own.get(depth) or self.definition.levels.get(depth)


class Numbers:
    """Counts the paragraphs of a document, which must come in its order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = {_get(one, "styleId"): one for one in _all(styles, "style")}
        self._default = next((id_ for id_, one in self._styles.items() if _is_default(one)), "")
        definitions = {_get(one, "abstractNumId"): _definition(one) for one in _all(numbering, "abstractNum")}
        self._lists = {_get(one, "numId"): _list(one, definitions) for one in _all(numbering, "num")}
        for one in definitions.values():
            self._borrow(one)

    def before(self, paragraph: Element) -> str:
        """The number of a paragraph with what parts it from the text, "" where it has none. Counts it."""
        found = self._place(paragraph)
        if not found:
            return ""
        numbers, depth = found
        level = numbers.level(depth)
        if level is None:
            return ""
        counts = numbers.definition.counts
        start = numbers.starts.pop(depth, None)
        counts[depth] = start if start is not None else counts[depth] + 1 if depth in counts else level.start
        for deeper in [other for other in counts if other > depth and _restarts(numbers.level(other), depth)]:
            del counts[deeper]
        if level.form == "bullet":
            return ""
        text = re.sub("%([1-9])", lambda mark: self._part(numbers, int(mark[1]) - 1, level), level.text)
        return f"{text} " if text and level.parted else text

    def _part(self, numbers: List, depth: int, level: Level) -> str:
        """The number of a level within that of another."""
        of = numbers.level(depth)
        if of is None:
            return ""
        count = numbers.definition.counts.get(depth, of.start)
        return written(count, "decimal" if level.arabic else of.form)

    def _place(self, paragraph: Element) -> tuple[List, int] | None:
        """The list and level of a paragraph: what it says itself, and for the rest what its style says."""
        own = paragraph.find(f"{WORD}pPr/{WORD}numPr")
        named = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
        style = _get(named, "val") if named is not None else self._default
        list_id, depth = _reference(own)
        if not list_id:
            list_id, of_style = self._of_style(style)
            depth = of_style if depth is None else depth
        numbers = self._lists.get(list_id)
        return (numbers, min(depth or 0, DEEPEST)) if numbers else None

    def _of_style(self, style: str) -> tuple[str, int | None]:
        """List and level by a style, or by those it rests on. The level is the one that names the style."""
        name = style
        for _ in range(MOST_STYLES):
            one = self._styles.get(name)
            if one is None:
                break
            list_id, depth = _reference(one.find(f"{WORD}pPr/{WORD}numPr"))
            if list_id:
                numbers = self._lists.get(list_id)
                linked = [i for i, level in numbers.definition.levels.items() if level.style == name] if numbers else []
                return list_id, linked[0] if linked else depth
            based = one.find(f"{WORD}basedOn")
            name = _get(based, "val") if based is not None else ""
        return "", None

    def _borrow(self, definition: Definition) -> None:
        """Take the levels of the list that a style of numbering stands for, where the definition names one."""
        if definition.style and not definition.levels:
            numbers = self._lists.get(self._of_style(definition.style)[0])
            if numbers and numbers.definition is not definition:
                definition.levels = numbers.definition.levels


def written(number: int, form: str) -> str:
    """A number in one of Word's forms; one that is not known here is written in Arabic digits."""
    if form == "none":
        return ""
    write = FORMS.get(form, str)
    return write(number) if 0 < number <= MOST else str(number)


def _counted(number: int) -> str:
    """一, 十, 十二, 二十, 一百零五: a number as one counts."""
    text = _named(number, DIGITS, ("", "十", "百", "千"))
    return text.removeprefix("一") if 10 <= number <= 19 else text


def _formal(number: int) -> str:
    """壹, 壹拾, 壹拾贰: a number as it stands on a bill."""
    return _named(number, FORMAL, ("", "拾", "佰", "仟"))


def _named(number: int, digits: str, units: Sequence[str]) -> str:
    """The digits of a number, each with its unit; zeros side by side are one, and none stands at the end."""
    if number > 9_999:
        return str(number)
    places = zip(str(number), reversed(units[: len(str(number))]), strict=True)
    text = "".join(digits[int(digit)] + unit if digit != "0" else "零" for digit, unit in places)
    return re.sub("零+", "零", text).rstrip("零")


def _digits(number: int) -> str:
    return "".join(DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _of(signs: str) -> Callable[[int], str]:
    """One sign a number, Arabic digits beyond the last."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


def _signs(first: int, count: int) -> Callable[[int], str]:
    return _of("".join(chr(first + i) for i in range(count)))


FORMS: Mapping[str, Callable[[int], str]] = {
    "decimalZero": "{:02d}".format,
    "decimalFullWidth": lambda number: str(number).translate(FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(FULL_WIDTH),
    "numberInDash": "- {} -".format,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
         "taiwaneseCountingThousand"), _counted,
    ),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digits),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"), _formal),
    "ideographTraditional": _of(STEMS),
    "ideographZodiac": _of(BRANCHES),
    "ideographZodiacTraditional": lambda number: STEMS[(number - 1) % 10] + BRANCHES[(number - 1) % 12],
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _signs(0x2460, 20)),
    "decimalEnclosedParen": _signs(0x2474, 20),
    "decimalEnclosedFullstop": _signs(0x2488, 20),
    "ideographEnclosedCircle": _signs(0x3280, 10),
}  # fmt: skip
"""Forms other than Arabic digits."""


def _definition(element: Element) -> Definition:
    levels = {depth: _level(one) for one in _all(element, "lvl") if (depth := _whole(_get(one, "ilvl"))) is not None}
    link = element.find(f"{WORD}numStyleLink")
    return Definition(levels, {}, _get(link, "val") if link is not None else "")


def _list(element: Element, definitions: Mapping[str, Definition]) -> List:
    of = element.find(f"{WORD}abstractNumId")
    own, starts = dict[int, Level](), dict[int, int]()
    for one in _all(element, "lvlOverride"):
        depth = _whole(_get(one, "ilvl")) or 0
        level, start = one.find(f"{WORD}lvl"), _value(one, "startOverride")
        if level is not None:
            own[depth] = _level(level)
        if start is not None:
            starts[depth] = start
    return List(definitions.get(_get(of, "val") if of is not None else "", Definition()), own, starts)


def _level(element: Element) -> Level:
    form = next((one for one in element.iter(f"{WORD}numFmt") if _get(one, "val") not in ("", "custom")), None)
    text, after = element.find(f"{WORD}lvlText"), element.find(f"{WORD}suff")
    style, legal = element.find(f"{WORD}pStyle"), element.find(f"{WORD}isLgl")
    start = _value(element, "start")
    return Level(
        0 if start is None else start,
        _get(form, "val") if form is not None else "decimal",
        _get(text, "val")[:LONGEST] if text is not None else "",
        after is None or _get(after, "val") != "nothing",
        _value(element, "lvlRestart"),
        legal is not None and _get(legal, "val") not in OFF,
        _get(style, "val") if style is not None else "",
    )


def _restarts(level: Level | None, depth: int) -> bool:
    """True where a paragraph of the level `depth` lets a deeper level start anew."""
    return level is None or level.restart is None or 0 < depth + 1 <= level.restart


def _reference(element: Element | None) -> tuple[str, int | None]:
    """(list, level) that a paragraph or a style names, "" and None where it does not."""
    if element is None:
        return "", None
    named = element.find(f"{WORD}numId")
    return _get(named, "val") if named is not None else "", _value(element, "ilvl")


def _is_default(style: Element) -> bool:
    return _get(style, "type") == "paragraph" and _get(style, "default") not in ("", *OFF)


def _all(element: Element | None, tag: str) -> Iterator[Element]:
    return iter(()) if element is None else iter(element.findall(WORD + tag))


def _get(element: Element, name: str) -> str:
    return str(element.get(WORD + name) or "")


def _value(element: Element, tag: str) -> int | None:
    found = element.find(WORD + tag)
    return _whole(_get(found, "val")) if found is not None else None


def _whole(text: str) -> int | None:
    return min(int(text), MOST) if re.fullmatch("[0-9]{1,9}", text) else None

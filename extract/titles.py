"""What a title says: kind of document, plan, years and region. Knowledge in lexicon/recognition.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.lexicon_file import LEXICON, Lexicon, load

QUOTES = str.maketrans("", "", "“”‘’\"'＂「」『』")
WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
OPENING, CLOSING = re.compile("[“‘「『]"), re.compile("[”’」』]")
SENTENCE_END, COMMA = re.compile("[。！？!?；;]"), re.compile("[,，]")
YEAR = re.compile("((?:19|20)[0-9]{2})(?:年|$|[）)])")
WIDE_SIGN = re.compile("[\uff10-\uff5a]")
DIGITS = dict(zip("〇零○O一二三四五六七八九", "0000123456789", strict=True))
WRAPPED = 40
"""A title goes on in the next line only after a line this short."""
LONGEST = 90
NAME = "(?:(?!{no_name})[㐀-鿿]){{1,12}}?"
"""A name without its suffix."""
ASIDE = re.compile("[（(][^（）()]*[）)]")


class Kind(Lexicon):
    """A kind of document, by its title."""

    type: str
    plan: str
    firm: bool
    pattern: str
    within: int = 0


class TitleRules(Lexicon):
    """lexicon/recognition.yaml."""

    kinds: tuple[Kind, ...]
    number: str
    breaks: tuple[str, ...]
    no_name: tuple[str, ...]
    generic: tuple[str, ...]
    suffixes: dict[str, str]
    provinces: tuple[str, ...]
    first_level: tuple[str, ...]
    short: dict[str, str]
    opening_names: dict[str, str]
    not_after: dict[str, str]
    nation: tuple[str, ...]
    delivered: str
    opening: str
    officers: tuple[str, ...]
    years: tuple[str, ...]
    reviewed: str
    span: str
    trim: tuple[str, ...]
    quoting: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title as found: `line` is the index of its first line, `number` of the five-year plan or 0, first and last of
    its `years` or zeros."""

    text: str
    line: int
    type: str
    plan: str
    number: int
    years: tuple[int, int]
    region: tuple[str, ...]
    firm: bool


class Titles:
    """Reads titles; built once from the lexicon."""

    def __init__(self, rules: TitleRules) -> None:
        self.rules = rules
        self._kinds = [(kind, re.compile(kind.pattern.replace("{n}", rules.number))) for kind in rules.kinds]
        self._breaks = re.compile("|".join(rules.breaks))
        suffixes = sorted(rules.suffixes, key=len, reverse=True)
        unit = "|".join(f"{s}(?!{rules.not_after[s]})" if s in rules.not_after else s for s in suffixes)
        known = (*rules.provinces, *rules.first_level, *(f"{name}(?![区市县])" for name in rules.short))
        name = NAME.format(no_name="|".join((*rules.no_name, *known)))
        self._unit = re.compile(f"{'|'.join(known)}|{name}(?:{unit})")
        self._generic = [re.compile(pattern) for pattern in rules.generic]
        self._span = re.compile(rules.span)
        self._nation = re.compile("|".join(rules.nation))
        self._delivered = re.compile(rules.delivered)
        self._opening = re.compile(rules.opening)
        self._reviewed = re.compile(rules.reviewed)
        self._officer = re.compile(f"(?:{'|'.join(rules.officers)})")
        self._years = [re.compile(pattern) for pattern in rules.years]
        self._trim = [re.compile(pattern) for pattern in rules.trim]
        self.quoting = re.compile(rules.quoting)

    def find(self, lines: Sequence[str]) -> Title | None:
        """The document's own title among bare lines: the first firm one, else the first of any kind.

        A work report without a firm title is told by the sentence that opens it.
        """
        first: Title | None = None
        for title in self._titles(lines):
            if title.firm:
                return title
            first = first or title
        return self._opened(lines) or first

    def regions(self, text: str) -> tuple[str, ...]:
        """The last name of a region in the text, from the outermost on: (广州市, 越秀区).

        Where it stands there twice, once with its city, the city belongs to it. What stands in brackets counts where
        nothing else names one.
        """
        if self._nation.search(text):
            return ("全国",)
        chains = self._chains(ASIDE.sub("|", text)) or self._chains(text)
        return max((chain for chain in chains if chain[-1] == chains[-1][-1]), key=len, default=())

    def _chains(self, text: str) -> list[tuple[str, ...]]:
        """Every name of a region in the text, with those right before it that it lies in."""
        chains: list[tuple[str, ...]] = []
        for part in self._breaks.split(text):
            end = -1
            for unit in self._unit.finditer(part):
                name = self._named(unit[0])
                if name:
                    chains = [*chains[:-1], (*chains[-1], name)] if unit.start() == end else [*chains, (name,)]
                    end = unit.end()
        return chains

    def _opening_name(self, title: str) -> tuple[str, ...]:
        """The province that a title opens with, called for short."""
        return tuple(name for short, name in self.rules.opening_names.items() if title.startswith(short))

    def _named(self, unit: str) -> str:
        """What of a unit is a name, "" for one that only ends as names do."""
        generic = next((found for pattern in self._generic if (found := pattern.fullmatch(unit))), None)
        return self.rules.short.get(unit, unit) if generic is None else generic.groupdict().get("name") or ""

    def level(self, region: Sequence[str]) -> str:
        """Level of a region by the end of its name, "" where there is none."""
        if not region or region[-1] == "全国":
            return "nation" if region else ""
        if region[-1] in self.rules.provinces:
            return "province"
        suffix = next(s for s in sorted(self.rules.suffixes, key=len, reverse=True) if region[-1].endswith(s))
        within_city = suffix == "市" and any(name.endswith(("市", "州")) for name in region[:-1])
        return "county" if within_city else self.rules.suffixes[suffix]

    def delivery(self, lines: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        """(year a work report plans for, region) by the line that says when and where it was given; (0, ()) without."""
        for line in lines:
            found = self._delivered.search(line)
            if found:
                month = numeral(found["month"])
                year = int("".join(DIGITS.get(c, c) for c in found["year"]))
                return year + (month >= 11), self.regions(line[found.start("where") : found.end() + 10])
        return 0, ()

    def occasion(self, lines: Sequence[str]) -> str:
        """The words that say when and where a work report was given, "" without."""
        return next((found[0] for line in lines if (found := self._delivered.search(line))), "")

    def signed(self, lines: Sequence[str]) -> tuple[str, ...]:
        """The region whose government or head is named first."""
        for line in lines:
            for officer in self._officer.finditer(line):
                region = self.regions(line[: officer.start()])
                if region and line[: officer.start()].endswith(region[-1]):
                    return region
        return ()

    def planned_year(self, lines: Sequence[str]) -> int:
        """The year that a work report names as the one it plans for, 0 where it names none."""
        for pattern in self._years:
            years = [int(found["year"]) for line in lines for found in pattern.finditer(line)]
            if years:
                return max(sorted(set(years)), key=years.count)
        reviewed = [int(found["year"]) for line in lines for found in self._reviewed.finditer(line)]
        return max(reviewed) + 1 if reviewed else 0

    def _opened(self, lines: Sequence[str]) -> Title | None:
        """The title that a work report would bear which opens in these lines."""
        for i, line in enumerate(lines):
            found = self._opening.search(line)
            if found:
                kind = next(kind for kind, _ in self._kinds if kind.plan == "gwr")
                return Title(kind.type, i, kind.type, kind.plan, 0, (0, 0), self.regions(found["who"]), False)
        return None

    def _titles(self, lines: Sequence[str]) -> Iterator[Title]:
        for i, line in enumerate(lines):
            for count in range(1, 4):
                parts = lines[i : i + count]
                if len(parts) < count or any(len(part) > WRAPPED for part in parts[: count - 1]):
                    break
                title = self._title("".join(parts), i, len(line))
                if title:
                    yield title
                    break

    def _title(self, text: str, line: int, first: int) -> Title | None:
        bare = text.translate(QUOTES)
        for part in SENTENCE_END.split(bare):
            for kind, pattern in self._kinds:
                found = pattern.search(part)
                said = (kind.firm or not COMMA.search(part)) and (not kind.within or line < kind.within)
                if found and said and len(part) <= LONGEST and found.start() < first and not self._refers(part, found):
                    number = numeral(found["n"]) if "n" in pattern.groupindex else 0
                    region = self.regions(part[: found.end()]) or self._opening_name(part)
                    firm = kind.firm and (bool(region) or len(part) < 20)
                    plan = f"{number}fyp" if number else kind.plan
                    named = _printed(self._trimmed(part), text)
                    return Title(named, line, kind.type, plan, number, self._years_of(part), region, firm)
        return None

    def _years_of(self, text: str) -> tuple[int, int]:
        """The first and last year that a title names, zeros where it names none."""
        span, year = self._span.search(text), YEAR.search(text)
        if span:
            return int(span["first"]), int(span["last"])
        return (int(year[1]), int(year[1])) if year else (0, 0)

    def _refers(self, text: str, found: re.Match[str]) -> bool:
        """True where the title stands between 《》 as that of another document."""
        opened = text.rfind("《", 0, found.start())
        if opened < 0 or text.find("》", opened, found.start()) >= 0:
            return False
        closed = text.find("》", found.end() - 1)
        return not (self.quoting.match(text, closed + 1) or (opened >= 2 and text[opened - 2 : opened] == "印发"))

    def _trimmed(self, text: str) -> str:
        for pattern in self._trim:
            text = pattern.sub("", text)
        return text.strip("《》|｜-—_:：,，、 ")


def _printed(title: str, text: str) -> str:
    """A title with the quotation marks that it has in the text."""
    places = [place for place, character in enumerate(text) if ord(character) not in QUOTES]
    start = text.translate(QUOTES).find(title)
    if start < 0 or not title:
        return title
    first, last = places[start], places[start + len(title) - 1] + 1
    opened = len(OPENING.findall(text, first, last)) - len(CLOSING.findall(text, first, last))
    return text[first - (opened < 0) : last + (opened > 0)]


@cache
def titles() -> Titles:
    """The reader of titles, loaded once."""
    return Titles(load(LEXICON / "recognition.yaml", TitleRules))


def bare(text: str) -> str:
    """A line without blanks, full-width digits and letters made narrow."""
    whole = "".join(text.split())
    return whole.translate(WIDE) if WIDE_SIGN.search(whole) else whole


def numeral(text: str) -> int:
    """A small Chinese or Arabic numeral: 十四 → 14."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (int(DIGITS.get(tens, "1")) * 10 if ten else 0) + int(DIGITS.get(ones, "0"))


def five_years(number: int) -> tuple[int, int]:
    """First and last year of the nth five-year plan: the 10th is 2001–2005."""
    first = 2001 + 5 * (number - 10)
    return first, first + 4

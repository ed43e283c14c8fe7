"""Which canonical indicator a row is about, so that "GDP", "地区生产总值" and "经济总量" meet in one comparison.

An indicator is read by elimination. Its words are folded to one spelling; a variant of the lexicon must stand in them,
and everything beside the variant must be words known to change nothing. One word left unexplained (a park, a company,
占全市比重, 人均) and the row gets no id: a wrong meeting in the comparison is worse than a missing one. Measure and
unit must fit as well, which keeps amount and growth, amount and share apart. All knowledge of words is in
`lexicon/indicators.yaml`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, get_args

from pydantic import BeforeValidator, Field

from extract.lexicon_file import Lexicon, LexiconError, load
from extract.units import Units

Measure = Literal["level", "cumulative", "growth", "share", "change", "multiple", "rank"]
Theme = Literal[
    "economy", "industry", "innovation", "digital", "consumption", "opening", "reform", "urban", "transport", "rural",
    "ecology", "culture", "education", "health", "welfare", "governance", "safety", "marine", "party",
]  # fmt: skip


def _listed(value: object) -> object:
    """One word where a list is meant is a list of one."""
    return (value,) if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Measures = Annotated[tuple[Measure, ...], BeforeValidator(_listed)]


class Indicator(Lexicon):
    """A canonical indicator; the fields are told at the head of the lexicon."""

    label: str
    label_en: str
    family: Words
    measures: Measures
    direction: Literal["up", "down", "neutral"] = "up"
    of: str = ""
    variants: tuple[str, ...] = ()
    vetoes: tuple[str, ...] = Field(default=(), alias="not")


class IndicatorLexicon(Lexicon):
    """`lexicon/indicators.yaml` as it stands."""

    dropped: str
    folds: tuple[dict[str, tuple[str, ...]], ...]
    times: tuple[str, ...]
    since: tuple[str, ...]
    neutral: dict[Literal["any"] | Measure, tuple[str, ...]]
    slots: dict[str, tuple[str, ...]]
    families: dict[str, tuple[str, ...]]
    indicators: dict[Theme, dict[str, Indicator]]


REMEMBERED = 1 << 13
"""So many indicators are remembered: many plans are about the same ones."""


class Wording(NamedTuple):
    """One spelling of an indicator, folded: `pieces` in this order, with nothing but neutral words between them."""

    pieces: tuple[str, ...]
    id: str


_PART = re.compile(r"\[([^\[\]]*)\]|\(([^()]*)\)|\{(\w+)\}|([^\[\](){}]+)")
_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")


def expand(variant: str, slots: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """All wordings a variant stands for: `[a|b]`, `(a|b)` and `{slot}` multiplied out, `*` left as it is.

    Raises LexiconError for a slot that does not exist and for brackets that do not match.
    """
    choices: list[Sequence[str]] = []
    if "".join(part.group() for part in _PART.finditer(variant)) != variant:
        raise LexiconError(f"indicators.yaml: variant {variant!r}: brackets do not match")
    for optional, group, slot, plain in _PART.findall(variant):
        if slot and slot not in slots:
            raise LexiconError(f"indicators.yaml: variant {variant!r}: no slot {slot!r}")
        words = (optional or group).split("|") if optional or group else slots.get(slot, (plain,))
        choices.append(("", *words) if optional else words)
    yield from dict.fromkeys("".join(choice) for choice in product(*choices))


class Folding:
    """Brings spellings of the same words together; the lexicon's own words go through it as the documents' do."""

    def __init__(self, lexicon: IndicatorLexicon) -> None:
        self._dropped = {ord(character): None for character in lexicon.dropped}
        self._times = re.compile("|".join(lexicon.times))
        self._since = re.compile("|".join(lexicon.since))
        self._passes: list[tuple[re.Pattern[str], dict[str, str]]] = []
        for fold in lexicon.folds:
            spellings = {self._bare(spelling): word for word, group in fold.items() for spelling in (word, *group)}
            spellings.pop("", None)
            longest_first = sorted(spellings, key=len, reverse=True)
            self._passes.append((re.compile("|".join(map(re.escape, longest_first))), spellings))

    def words(self, text: str) -> str:
        """`text` in one spelling, times kept."""
        text = self._bare(text)
        for pattern, spellings in self._passes:
            text = pattern.sub(lambda found: spellings[found.group()], text)  # noqa: B023 - used up at once
        return text

    def each(self, texts: Iterable[str]) -> list[str]:
        """Many texts of one line, each as `words` gives it."""
        return self.words("\n".join(texts)).split("\n")

    def timeless(self, text: str) -> str:
        """`text` in one spelling, times removed."""
        return self.words(self._times.sub("", self._bare(text)))

    def has_base_year(self, text: str) -> bool:
        """True for "比2015年", "较“十二五”期末": what is said is said against an earlier year."""
        return self._since.search(self._bare(text)) is not None

    def _bare(self, text: str) -> str:
        return unicodedata.normalize("NFKC", text).upper().translate(self._dropped)


class _Reader:
    """The wordings and neutral words that hold for one measure."""

    def __init__(self, wordings: Iterable[Wording], neutral: Collection[str]) -> None:
        self._neutral: dict[str, list[str]] = defaultdict(list)
        for word in neutral:
            self._neutral[word[0]].append(word)
        self._wordings: dict[str, list[Wording]] = defaultdict(list)
        for wording in wordings:
            self._wordings[wording.pieces[0]].append(wording)
        self._lengths = sorted({len(piece) for piece in self._wordings})

    def read(self, text: str, extra: Collection[str]) -> Iterator[Wording]:
        """Wordings that stand in `text` with nothing but neutral words (and `extra` ones) around them."""
        opened = [*self._opened(text, extra)]
        reach = self._reach(text, extra) if opened else []
        for start, wording in opened:
            if self._ends_well(text, wording, start + len(wording.pieces[0]), reach):
                yield wording

    def _opened(self, text: str, extra: Collection[str]) -> Iterator[tuple[int, Wording]]:
        """Wordings whose first piece stands in `text` with nothing but neutral words before it, and where it does."""
        starts = {0}
        for start in range(len(text)):
            if start not in starts:
                continue
            starts.update(start + len(word) for word in self._neutral_at(text, start, extra))
            for length in self._lengths[: bisect_right(self._lengths, len(text) - start)]:
                for wording in self._wordings.get(text[start : start + length], ()):
                    yield start, wording

    def _neutral_at(self, text: str, position: int, extra: Collection[str]) -> list[str]:
        """The neutral words that begin at a position."""
        words = (*self._neutral.get(text[position], ()), *extra)
        return [word for word in words if text.startswith(word, position)]

    def _reach(self, text: str, extra: Collection[str]) -> list[int]:
        """For each position the positions that neutral words lead to from it, as bits of a number."""
        reach = [0] * len(text) + [1 << len(text)]
        for position in range(len(text) - 1, -1, -1):
            reached = 1 << position
            for word in self._neutral_at(text, position, extra):
                reached |= reach[position + len(word)]
            reach[position] = reached
        return reach

    @staticmethod
    def _ends_well(text: str, wording: Wording, end: int, reach: Sequence[int]) -> bool:
        """True where the further pieces follow, and neutral words lead on to the end of the text."""
        ends = [end]
        for piece in wording.pieces[1:]:
            starts = {start for end in ends for start in _positions(reach[end])}
            ends = [start + len(piece) for start in starts if text.startswith(piece, start)]
        return any(reach[end] >> len(text) & 1 for end in ends)


class Canonical:
    """Gives rows their canonical indicator. Compiled once; every method is a pure function of its arguments.

    By id: `indicators`, their `themes`, the unit `families` of each; `wordings` are all spellings that are known.
    """

    def __init__(self, lexicon: IndicatorLexicon, units: Units) -> None:
        self._units, self._folding = units, Folding(lexicon)
        self.indicators = {id_: entry for group in lexicon.indicators.values() for id_, entry in group.items()}
        self.themes: dict[str, Theme] = {id_: theme for theme, group in lexicon.indicators.items() for id_ in group}
        if len(self.indicators) < sum(map(len, lexicon.indicators.values())):
            raise LexiconError("indicators.yaml: an id stands under two themes")
        self.families = {id_: _families(entry, lexicon) for id_, entry in self.indicators.items()}
        self._vetoes = {id_: tuple(map(self._folding.words, entry.vetoes)) for id_, entry in self.indicators.items()}
        self.wordings = tuple(dict.fromkeys(self._worded(lexicon.slots)))
        self._readers: dict[str, _Reader] = {
            measure: self._reader(measure, lexicon.neutral) for measure in get_args(Measure)
        }
        self._text, self._names = lru_cache(REMEMBERED)(self._bare_text), lru_cache(REMEMBERED)(self._called)
        self._found = lru_cache(REMEMBERED)(self._find)

    @classmethod
    def load(cls, path: Path) -> Canonical:
        """Indicators of the lexicon file at `path`; units.yaml is read from beside it.

        Raises OSError where a file cannot be read and LexiconError, naming each fault, where it is no such lexicon.
        """
        return cls(load(path, IndicatorLexicon), Units.load(path.with_name("units.yaml")))

    def of(self, indicator: str, unit: str, measure: str, region: str = "") -> str:
        """Id of the canonical indicator, or "" where none fits or two fit equally well.

        `indicator`, `unit` and `measure` are as in the row (data contract). `region` may name the document's own region
        (甲乙区): the name beside an indicator is then no other area's.
        """
        if measure not in self._readers or (measure == "growth" and self._folding.has_base_year(indicator)):
            return ""
        text = self._text(indicator)
        return self._found(text, unit, measure, tuple(name for name in self._names(region) if name in text))

    def _bare_text(self, indicator: str) -> str:
        return self._folding.timeless(_BRACKETS.sub(self._unless_unit, indicator))

    def _called(self, region: str) -> tuple[str, ...]:
        """A region as it may be called: 甲乙区, 甲乙."""
        whole = self._folding.words(region)
        return tuple(name for name in (whole, whole.rstrip("省市区县州盟旗")) if len(name) > 1)

    def _find(self, text: str, unit: str, measure: str, names: Collection[str]) -> str:
        sizes: dict[str, int] = {}
        for wording in self._readers[measure].read(text, names):
            if self._fits(wording.id, unit) and not any(word in text for word in self._vetoes[wording.id]):
                sizes[wording.id] = max(sizes.get(wording.id, 0), sum(map(len, wording.pieces)))
        best = [id_ for id_, size in sizes.items() if size == max(sizes.values())]
        return best[0] if len(best) == 1 else ""

    def _unless_unit(self, bracket: re.Match[str]) -> str:
        """A unit in brackets (table cells: 粮食产量（万吨）) is no word of the indicator."""
        return "" if self._units.known(bracket.group(1)) else bracket.group()

    def _fits(self, id_: str, unit: str) -> bool:
        """True where the unit may be the indicator's. No unit, or a bare 万, says nothing against it."""
        return not unit or self._units.bare(unit) or self._units.family(unit) in self.families[id_]

    def _variants(self, entry: Indicator) -> tuple[str, ...]:
        """Variants of the entry after those of the indicator it is `of`."""
        if entry.of and entry.of not in self.indicators:
            raise LexiconError(f"indicators.yaml: {entry.label}: of: no indicator {entry.of!r}")
        return (*self.indicators[entry.of].variants, *entry.variants) if entry.of else entry.variants

    def _worded(self, slots: Mapping[str, Sequence[str]]) -> Iterator[Wording]:
        spelled = [
            (id_, words.split("*"))
            for id_, entry in self.indicators.items()
            for variant in self._variants(entry)
            for words in expand(variant, slots)
        ]
        folded = iter(self._folding.each(piece for _, pieces in spelled for piece in pieces))
        for id_, pieces in spelled:
            yield Wording(tuple(filter(None, islice(folded, len(pieces)))), id_)

    def _reader(self, measure: Measure, neutral: Mapping[Literal["any"] | Measure, Sequence[str]]) -> _Reader:
        words = {self._folding.words(word) for word in (*neutral.get("any", ()), *neutral.get(measure, ()))}
        return _Reader((w for w in self.wordings if measure in self.indicators[w.id].measures), words - {""})


def _families(entry: Indicator, lexicon: IndicatorLexicon) -> frozenset[str]:
    """The unit families of an entry, its named lists spelled out."""
    return frozenset(family for name in entry.family for family in lexicon.families.get(name, (name,)))


def _positions(bits: int) -> Iterator[int]:
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest

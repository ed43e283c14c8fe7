"""Words of this field: the lexicon of themes, where its terms stand in a text, and the words of a document with counts.

Terms are found by longest match from left to right; a term inside a longer term, a false friend (`neutral`) or an
accidental join of two words (`joins`) is not found. Words are what jieba makes of the text between them.
"""

from __future__ import annotations

import marshal
import os
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

from pydantic import model_validator

from extract.lexicon_file import Lexicon, load
from extract.model import Passage, Term

HAN_WORD = re.compile("[\u3400-\u9fff]{2,}")
NUMERAL = re.compile("[第零〇一二三四五六七八九十百千万亿两几数多余半]+[年月日个项条]?")
Tokenise = Callable[[str], Iterable[str]]


class Sense(NamedTuple):
    """What a term says: a theme, a topic of it ("" for none), and how much."""

    theme: str
    topic: str
    weight: float


class Found(NamedTuple):
    """A term where it stands: `text[start:start + len(word)] == word`."""

    start: int
    word: str
    senses: tuple[Sense, ...]


class Vocabulary:
    """Words with their senses, found in a text by longest match.

    At each place only the lengths are tried that words opening with its two characters have; three times as fast as one
    pattern of all words, whose branches Python tries one by one. Words of one character are never found.
    """

    def __init__(self, senses: Mapping[str, tuple[Sense, ...]]) -> None:
        self.senses = senses
        lengths: dict[str, set[int]] = defaultdict(set)
        for word in senses:
            lengths[word[:2]].add(len(word))
        self._lengths = {prefix: sorted(of, reverse=True) for prefix, of in lengths.items()}

    def find(self, text: str) -> Iterator[Found]:
        """The words of `text` from left to right, none inside another; a Latin word only where it stands alone."""
        lengths, senses, start, last = self._lengths, self.senses, 0, len(text) - 1
        while start < last:
            for length in lengths.get(text[start : start + 2], ()):
                word = text[start : start + length]
                if word in senses and not (word[0].isascii() and _inside_latin(text, start, start + length)):
                    yield Found(start, word, senses[word])
                    start += length
                    break
            else:
                start += 1


class Strengths(Lexicon):
    """What one mention weighs."""

    strong: float
    plain: float
    weak: float
    heading: float
    figure: float


class Topic(Lexicon):
    """A narrower subject inside a theme."""

    id: str
    label: str
    strong: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()


class Theme(Lexicon):
    """A field of policy."""

    id: str
    label: str
    label_en: str
    headings: tuple[str, ...]
    weak: tuple[str, ...]
    figures: tuple[str, ...] = ()
    topics: tuple[Topic, ...]

    def words(self, strengths: Strengths) -> Iterator[tuple[str, str, float]]:
        """Every word of running text that points here, as (word, topic id or "", weight)."""
        for topic in self.topics:
            yield from ((word, topic.id, strengths.strong) for word in topic.strong)
            yield from ((word, topic.id, strengths.plain) for word in topic.terms)
            yield from ((word, topic.id, strengths.weak) for word in topic.weak)
        yield from ((word, "", strengths.weak) for word in self.weak)

    @model_validator(mode="after")
    def _said_once(self) -> Theme:
        twice = _repeated([w for t in self.topics for w in (*t.strong, *t.terms, *t.weak)] + list(self.weak))
        twice += _repeated(self.headings) + _repeated(self.figures)
        if twice:
            raise ValueError(f"theme {self.id}: given twice: {', '.join(twice)}")
        return self


class ThemeLexicon(Lexicon):
    """lexicon/themes.yaml as typed values, with the vocabularies made from it."""

    strengths: Strengths
    neutral: tuple[str, ...]
    joins: tuple[str, ...]
    overview: tuple[str, ...]
    yielding: frozenset[str]
    themes: tuple[Theme, ...]

    @model_validator(mode="after")
    def _ids_once(self) -> ThemeLexicon:
        twice = _repeated(t.id for t in self.themes) + _repeated(topic.id for t in self.themes for topic in t.topics)
        if twice:
            raise ValueError(f"ids given twice: {', '.join(twice)}")
        return self

    @cached_property
    def body(self) -> Vocabulary:
        """The words of running text; neutral words and accidental joins stand there without a sense."""
        entries = ((theme.id, *word) for theme in self.themes for word in theme.words(self.strengths))
        return Vocabulary(dict.fromkeys((*self.neutral, *self.joins), ()) | _senses(entries))

    @cached_property
    def heading(self) -> Vocabulary:
        """The words of headings: those of running text, with the heading cues in place of weak words."""
        cues = _senses((theme.id, cue, "", self.strengths.heading) for theme in self.themes for cue in theme.headings)
        body = dict(self.body.senses)
        return Vocabulary(
            body
            | {cue: (*(sense for sense in body.get(cue, ()) if sense.topic), *senses) for cue, senses in cues.items()}
        )

    @cached_property
    def indicator(self) -> Vocabulary:
        """The words of indicators: those of headings, with figures in place of what these say elsewhere."""
        entries = _senses((t.id, word, "", self.strengths.figure) for t in self.themes for word in t.figures)
        topics = {(s.theme, word): s.topic for word, senses in self.body.senses.items() for s in senses}
        figures = {
            word: tuple(s._replace(topic=topics.get((s.theme, word), "")) for s in senses)
            for word, senses in entries.items()
        }
        return Vocabulary(dict(self.heading.senses) | figures)


class UserDictionary(Lexicon):
    """lexicon/user_dictionary.yaml as typed values."""

    words: tuple[str, ...]
    stop_words: frozenset[str]


def load_themes(path: Path) -> ThemeLexicon:
    """Read lexicon/themes.yaml. Raises LexiconError for unknown keys, ids used twice, terms given twice in a theme."""
    return load(path, ThemeLexicon)


def load_dictionary(path: Path) -> UserDictionary:
    """Read lexicon/user_dictionary.yaml. Raises LexiconError naming every fault."""
    return load(path, UserDictionary)


def words(
    passages: Sequence[Passage], lexicon: ThemeLexicon, dictionary: UserDictionary, tokenise: Tokenise | None = None
) -> list[list[str]]:
    """The words of each passage, as often as they stand there.

    Terms of the lexicon and words of the dictionary are found as they stand, by longest match; the rest is cut by
    `tokenise` (jieba unless another is given), and only words of two or more Han characters that are neither stop
    words nor numerals are kept.
    """
    tokenise = tokenise or jieba_words
    whole = Vocabulary(dict.fromkeys(dictionary.words, ()) | dict(lexicon.body.senses))
    no_words = dictionary.stop_words.union(lexicon.joins)
    return [list(_words(passage.text, whole, no_words, tokenise)) for passage in passages]


def terms(
    passages: Sequence[Passage], said: Sequence[Sequence[str]], lexicon: ThemeLexicon, chapters: Mapping[str, str]
) -> tuple[Term, ...]:
    """The words of each document with their counts, most frequent first.

    Args: `said` are the words of each passage, `chapters` the chapter of each section ("" for text outside of
    chapters). `topic` and `theme` are those of the term (of its first theme in the lexicon where it has several), empty
    for other words.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for passage, found in zip(passages, said, strict=True):
        counts[passage.doc_id].update(found)
        chapter = chapters.get(passage.section_id, "")
        for word in set(found) if chapter else ():
            places[passage.doc_id, word].add(chapter)
    senses = lexicon.body.senses
    return tuple(
        Term(doc_id, word, *_first_sense(senses.get(word, ())), count, len(places.get((doc_id, word), ())))
        for doc_id, counted in counts.items()
        for word, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    )


def jieba_words(text: str) -> list[str]:
    """`text` cut by jieba without its model for unknown words (HMM), which joins across numbers and names."""
    return list(_jieba()(text, HMM=False))


@cache
def _jieba() -> Callable[..., Iterable[str]]:
    """jieba, loaded at the first call. Its dictionary cache is read as bytes (three times faster than by jieba itself)
    and kept in a folder of the user's own instead of the shared one for temporary files."""
    import jieba

    jieba.setLogLevel("CRITICAL")
    jieba.marshal = SimpleNamespace(load=lambda file: marshal.loads(file.read()), dump=marshal.dump)
    tokenizer = jieba.Tokenizer()
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "plan-terms"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(folder)
    cut: Callable[..., Iterable[str]] = tokenizer.cut
    return cut


def _words(text: str, whole: Vocabulary, no_words: frozenset[str], tokenise: Tokenise) -> Iterator[str]:
    """The words of one passage that count: those of `whole`, then those of the text between them."""
    rest, end = [], 0
    for found in whole.find(text):
        if found.word not in no_words:
            yield found.word
            rest.append(text[end : found.start])
            end = found.start + len(found.word)
    for word in tokenise("\n".join([*rest, text[end:]])):
        if HAN_WORD.fullmatch(word) and word not in no_words and not NUMERAL.fullmatch(word):
            yield word


def _inside_latin(text: str, start: int, end: int) -> bool:
    """True where a letter goes on before or after text[start:end] (the AI of AIDS)."""
    return any(char.isascii() and char.isalpha() for char in (text[max(start - 1, 0) : start], text[end : end + 1]))


def _senses(entries: Iterable[tuple[str, str, str, float]]) -> dict[str, tuple[Sense, ...]]:
    """(theme, word, topic, weight) → senses by word; the weight grows with the word and is shared among its themes."""
    found: dict[str, list[Sense]] = defaultdict(list)
    for theme, word, topic, weight in entries:
        found[word].append(Sense(theme, topic, weight * _length_factor(word)))
    return {word: tuple(s._replace(weight=s.weight / len(senses)) for s in senses) for word, senses in found.items()}


def _length_factor(word: str) -> float:
    """Long words say more: 0.7 for two characters, 1 for four, at most 1.45; Latin words count as four."""
    return min(1.45, 0.4 + 0.15 * (4 if word[0].isascii() else len(word)))


def _first_sense(senses: tuple[Sense, ...]) -> tuple[str, str]:
    return (senses[0].topic, senses[0].theme) if senses else ("", "")


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]

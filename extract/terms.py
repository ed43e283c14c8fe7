"""Words of this field: the lexicon of themes, where its terms stand in a text, and the words of a document with counts.

Terms are found by longest match from left to right; a term inside a longer term, a false friend (`neutral`) or an
accidental join of two words (`joins`) is not found. Words are what jieba makes of the text between them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, repeat
from pathlib import Path

from pydantic import model_validator

from extract.lexicon_file import Lexicon, load
from extract.model import Passage, Term
from extract.segmentation import cut
from extract.vocabulary import Sense, Vocabulary

NUMERAL = "[第零〇一二三四五六七八九十百千万亿两几数多余半]+[年月日个项条]?|第[零〇一二三四五六七八九十百]+[编篇章节]"
"""Numbers in words, and what a document numbers its parts with."""
WORD = re.compile(f"(?!(?:{NUMERAL})\\Z)[\u3400-\u9fff]{{2,}}")

REMEMBERED = 1 << 15
"""So many words are remembered, and whether they count."""

Tokenise = Callable[[str], Iterable[str]]


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
    label_en: str
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
    def topics_of(self) -> dict[str, list[str]]:
        """The topics that a word of running text signals, of words that signal one."""
        signalled = ((word, [sense.topic for sense in of if sense.topic]) for word, of in self.body.senses.items())
        return {word: topics for word, topics in signalled if topics}

    def __hash__(self) -> int:
        """A lexicon is loaded once and stays as it is."""
        return id(self)

    @cached_property
    def first_of(self) -> dict[str, tuple[str, str]]:
        """The topic and theme that a word of running text names first, of words that name one."""
        return {word: (of[0].topic, of[0].theme) for word, of in self.body.senses.items() if of}

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """All themes with their topics, "" for what belongs to none, in the order of the lexicon."""
        return [(theme.id, topic) for theme in self.themes for topic in ("", *(t.id for t in theme.topics))]

    @cached_property
    def named(self) -> list[tuple[int, ...]]:
        """By the number of a word of running text: the places in `names` of what it speaks of."""
        place = {name: i for i, name in enumerate(self.names)}
        return [tuple(place[sense.theme, sense.topic] for sense in senses) for senses in self.body.said]

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
    of_itself: frozenset[str]
    stop_words: frozenset[str]


class Words:
    """Finds the words of passages; built once from the lexicon."""

    def __init__(self, lexicon: ThemeLexicon, dictionary: UserDictionary, tokenise: Tokenise = cut) -> None:
        """Terms of the lexicon and words of the dictionary stay whole; `tokenise` cuts the text between them."""
        self._whole = Vocabulary(dict.fromkeys(dictionary.words, ()) | dict(lexicon.body.senses))
        self._no_words = dictionary.stop_words | dictionary.of_itself
        joins = frozenset(lexicon.joins)
        self._told = [(word not in joins, word not in self._no_words, word) for word in self._whole.words]
        self._tokenise = tokenise
        self._counts = lru_cache(REMEMBERED)(self._kept)

    def of(self, passages: Sequence[Passage]) -> list[list[str]]:
        """The words of each passage, as often as they stand there: those that stay whole, then those of the rest.

        Stop words, and words of a document for itself, are none. Of the rest only words of two or more Han characters
        are kept that are no numerals; a join is cut like the text round it.
        """
        return [self._of(passage.text) for passage in passages]

    def _of(self, text: str) -> list[str]:
        """The words of one text."""
        words, rest, end, told = [], [], 0, self._told
        for number, start, stop in self._whole.matches(text):
            held, counts_as_word, word = told[number]
            if held:
                if counts_as_word:
                    words.append(word)
                if start - end > 1:
                    rest.append(text[end:start])
                end = stop
        rest.append(text[end:])
        words += filter(self._counts, self._tokenise("\n".join(rest)))
        return words

    def _kept(self, word: str) -> bool:
        return WORD.fullmatch(word) is not None and word not in self._no_words


def load_themes(path: Path) -> ThemeLexicon:
    """Read lexicon/themes.yaml. Raises LexiconError for unknown keys, ids used twice, terms given twice in a theme."""
    return load(path, ThemeLexicon)


def load_dictionary(path: Path) -> UserDictionary:
    """Read lexicon/user_dictionary.yaml. Raises LexiconError naming every fault."""
    return load(path, UserDictionary)


def terms(
    passages: Sequence[Passage], said: Sequence[Sequence[str]], lexicon: ThemeLexicon, chapters: Mapping[str, str]
) -> tuple[Term, ...]:
    """The words of each document with their counts, most frequent first.

    Args: `said` are the words of each passage, `chapters` the chapter of each section ("" for text outside of
    chapters). `topic` and `theme` are those of the term (of its first theme in the lexicon where it has several), empty
    for other words.
    """
    places: dict[str, dict[str, list[Sequence[str]]]] = defaultdict(lambda: defaultdict(list))
    for passage, found in zip(passages, said, strict=True):
        places[passage.doc_id][chapters.get(passage.section_id, "")].append(found)
    about, nothing = lexicon.first_of, ("", "")
    rows: list[Term] = []
    for doc_id, by_chapter in places.items():
        whole = {chapter: [*chain.from_iterable(of)] for chapter, of in by_chapter.items()}
        counted = Counter(chain.from_iterable(whole.values()))
        standing = Counter(chain.from_iterable(set(of) for chapter, of in whole.items() if chapter))
        ranked = sorted(sorted(counted), key=counted.__getitem__, reverse=True)
        topics, themes = zip(*(about.get(word, nothing) for word in ranked), strict=True) if ranked else ((), ())
        counts, chapters_of = map(counted.__getitem__, ranked), (standing.get(word, 0) for word in ranked)
        rows += map(Term._make, zip(repeat(doc_id), ranked, topics, themes, counts, chapters_of))
    return tuple(rows)


def _senses(entries: Iterable[tuple[str, str, str, float]]) -> dict[str, tuple[Sense, ...]]:
    """(theme, word, topic, weight) → senses by word; the weight grows with the word and is shared among its themes."""
    found: dict[str, list[Sense]] = defaultdict(list)
    for theme, word, topic, weight in entries:
        found[word].append(Sense(theme, topic, weight * _length_factor(word)))
    return {word: tuple(s._replace(weight=s.weight / len(senses)) for s in senses) for word, senses in found.items()}


def _length_factor(word: str) -> float:
    """Long words say more: 0.7 for two characters, 1 for four, at most 1.45; Latin words count as four."""
    return min(1.45, 0.4 + 0.15 * (4 if word[0].isascii() else len(word)))


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]

"""Stage 7: the theme and topic of passages and statements, and how much of each section speaks of which theme.

A passage speaks of the themes whose terms it holds. The clause it opens with says more than its middle, and the
headings above it say something too, the nearer the more. All weights of words stand in lexicon/themes.yaml; what
follows is how evidence adds up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from extract.model import Coverage, Passage, PassageThemes, Section
from extract.terms import ThemeLexicon, load_themes
from extract.vocabulary import Match, Sense

__all__ = ["Mix", "classify", "coverage", "load_themes", "theme_of"]

Mix = Mapping[str, float]
"""Evidence or shares by theme."""
Place = tuple[str, str]
"""Document and section."""

OPENING, OPENING_CHARS = 1.5, 40
"""What a term weighs in the first clause of a paragraph that has no lead."""
LEAD_CHARS = 34
"""A first sentence up to this long is a lead: it names the subject of its paragraph, as a heading would."""
REPEAT = 0.7
"""A term that stands n times counts as n to this power: a word said often is one subject, not many."""
LEAD, HEADINGS, DECAY = 0.8, 0.6, 0.5
"""What a lead and the nearest heading add to the shares of the text, and what each heading further up keeps of that."""
UNSAID = 0.6
"""What a heading keeps for a theme of which its paragraph has no word, but words of others."""
SCARCE, SCARCE_HEADING, SCARCE_STATEMENT = 1.0, 0.7, 0.4
"""Evidence that counts half, in a paragraph, a heading, a statement: what says little leaves it to its surroundings."""
STATEMENT_PRIOR = 0.4
"""What the passage's themes add to the shares of a statement's own words."""
HEAD = 1.5
"""What the last word of an indicator weighs."""
YIELDING = 0.5
"""What a word weighs that yields to others, where there are no others."""
KEPT = 0.15
"""A theme with a smaller share of a passage is left out of it."""
REMEMBERED = 1 << 13
"""So many indicators are remembered with what their words say."""
PARTS = 1000
"""Weights are whole thousandths."""
LAST_RESORT = "party"
"""Preambles, guiding ideology and implementation speak in no terms of any other theme."""

MARKER = re.compile(r"[\s—\-·●■◆▲★※•]*(?:[（(]?[一二三四五六七八九十\d]{1,3}(?:[）)]、?|[、.．]|是))?\s*")
LEAD_END = re.compile("[。：；！]")
OPENING_END = re.compile("[，。：；！]")
QUOTES = str.maketrans("", "", "“”‘’\"'")
ASIDE = re.compile("（[^（）]*）")
DENOMINATOR = re.compile(
    r"占[^，。；]{1,20}?(?:比重|比例|比率|比|份额)"
    r"|[比较][^，。；]{0,10}?(?:年|时期|期末|期间|同期)"
    r"|对[^，。；]{1,16}?贡献率?"
    r"|在[^，。；]{1,16}?中的?(?=占比|比重)"
    r"|(?:不[低高少]于|相当于)[^，。；]*"
)


def classify(
    passages: Sequence[Passage],
    sections: Sequence[Section],
    lexicon: ThemeLexicon,
    said: Sequence[Sequence[Match]] | None = None,
) -> tuple[PassageThemes, ...]:
    """The themes of each passage, in the order given; weights add up to one, strongest first.

    Args: `said` are the terms of each passage (`terms_of`), found here where they are not given.

    A passage without a term takes the themes of the headings above it; without any there, those of the passage before
    it in its document (of the next one at the beginning), and `party` where a document has none at all.
    """
    above = _above(sections, lexicon)
    said = said or terms_of(passages, lexicon)
    mixed = (
        _passage_mix(p.text, of, above.get(p.section_id, {}), lexicon) for p, of in zip(passages, said, strict=True)
    )
    mixes = _filled(passages, mixed)
    order = {theme.id: i for i, theme in enumerate(lexicon.themes)}
    return tuple(_passage_themes(p.passage_id, mix, order) for p, mix in zip(passages, mixes, strict=True))


def terms_of(passages: Sequence[Passage], lexicon: ThemeLexicon) -> list[list[Match]]:
    """The terms of the lexicon in each passage, by longest match."""
    return [lexicon.body.matches(passage.text) for passage in passages]


def theme_of(text: str, passage_themes: PassageThemes, lexicon: ThemeLexicon) -> tuple[str, str]:
    """Theme and topic of one statement or indicator ("新增公办学位") that stands in a passage.

    Its own words decide, the last most of all; the passage's themes only where these leave it open. What an amount is
    compared with (占…比重, 比…年), what stands in brackets and words that yield count only where nothing else does. The
    topic is "" where no word names one.
    """
    own: dict[str, float] = defaultdict(float)
    topics: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for theme, topic, weight in _named(text.translate(QUOTES), lexicon):
        own[theme] += weight
        if topic:
            topics[theme][topic] += weight
    mix = _shares(own, SCARCE_STATEMENT)
    for theme, weight in zip(passage_themes.themes, passage_themes.weights, strict=True):
        mix[theme] += STATEMENT_PRIOR * weight
    theme = max(mix, key=lambda name: mix[name])
    return theme, max(topics[theme], key=lambda name: topics[theme][name], default="")


def coverage(
    passages: Sequence[Passage],
    themes: Sequence[PassageThemes],
    lexicon: ThemeLexicon,
    said: Sequence[Sequence[Match]] | None = None,
) -> tuple[Coverage, ...]:
    """How much of each section speaks of each theme and topic, in document order.

    Rows with topic "" carry `chars`: the characters of the section's own passages, each passage's split among its
    themes by weight into whole characters, so that they add up to the section's characters; their `mentions` are of
    words of the theme that belong to no topic. Rows with a topic carry `mentions` (terms found by longest match; a term
    of two themes counts for both) and no `chars`. So both columns may be summed over all rows.
    """
    names, named = lexicon.names, lexicon.named
    place_of = {theme: i for i, (theme, topic) in enumerate(names) if not topic}
    chars: dict[Place, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    mentions: dict[Place, Counter[int]] = defaultdict(Counter)
    for passage, carried, found in zip(passages, themes, said or terms_of(passages, lexicon), strict=True):
        place = passage.doc_id, passage.section_id
        for theme, share in zip(carried.themes, _split(len(passage.text), carried.weights), strict=True):
            chars[place][place_of.get(theme, -1)] += share
        mentions[place].update(chain.from_iterable([named[number] for number, _, _ in found]))
    return tuple(
        Coverage(*place, *names[i], said_here.get(i, 0), long.get(i, 0))
        for place, long in chars.items()
        for said_here in (mentions[place],)
        for i in sorted(long.keys() | said_here.keys())
        if i >= 0 and (i in said_here or long[i])
    )


def _above(sections: Sequence[Section], lexicon: ThemeLexicon) -> dict[str, Mix]:
    """What the headings from each section up say, by section, the nearest at full weight.

    The title of the document says nothing; a heading over a review or a list of aims ends the way up.
    """
    by_id = {s.section_id: s for s in sections}
    overview = re.compile("|".join(map(re.escape, lexicon.overview)) or "(?!)")
    said: dict[str, Mix] = {}
    for section in sections:
        said[section.section_id] = _heading_mix(section.heading, lexicon) if section.level else {}
    above: dict[str, Mix] = {}
    for section in sections:
        mix: dict[str, float] = defaultdict(float)
        share, here = 1.0, by_id.get(section.section_id)
        while here and not overview.search(here.heading):
            for theme, value in said[here.section_id].items():
                mix[theme] += share * value
            share *= DECAY if said[here.section_id] else 1.0
            here = by_id.get(here.parent_id)
        above[section.section_id] = mix
    return above


def _passage_mix(text: str, said: Sequence[Match], above: Mix, lexicon: ThemeLexicon) -> Mix:
    """The themes of a passage: its text, its lead and the headings above it."""
    begin, end = _lead(text)
    own = _shares(_evidence(text, said, begin, end, lexicon), SCARCE)
    lead = _heading_mix(text[begin:end], lexicon) if end else {}
    mix = defaultdict(float, own)
    for theme, value in lead.items():
        mix[theme] += LEAD * value
    heading = HEADINGS * (DECAY if lead else 1.0)
    for theme, value in above.items():
        mix[theme] += heading * value * (1.0 if theme in own or not own else UNSAID)
    return mix


def _heading_mix(heading: str, lexicon: ThemeLexicon) -> Mix:
    """What a heading says by itself."""
    mix: dict[str, float] = defaultdict(float)
    for theme, _, weight in _said(heading, lexicon):
        mix[theme] += weight
    return _shares(mix, SCARCE_HEADING)


def _said(text: str, lexicon: ThemeLexicon) -> list[Sense]:
    """The senses of the words of a heading, a lead or a statement."""
    return [sense for _, _, senses in lexicon.heading.find(text) for sense in senses]


def _evidence(text: str, said: Sequence[Match], begin: int, lead: int, lexicon: ThemeLexicon) -> Mix:
    """Evidence for each theme from the terms of a text; where it has no lead, those of its first clause say more."""
    end = OPENING_END.search(text, begin)
    opening = 0 if lead else min(end.start() if end else len(text), begin + OPENING_CHARS)
    counts: dict[int, float] = defaultdict(float)
    for number, start, _ in said:
        counts[number] += OPENING if start < opening else 1.0
    mix: dict[str, float] = defaultdict(float)
    senses = lexicon.body.said
    for number, count in counts.items():
        often = count**REPEAT
        for theme, _, weight in senses[number]:
            mix[theme] += weight * often
    return mix


@lru_cache(REMEMBERED)
def _named(text: str, lexicon: ThemeLexicon) -> list[Sense]:
    """The senses of the words of an indicator: those of its subject if any, else those of its amount; else of all.

    The last word says more than those before: it is what they describe (拔尖人才试点校 is a school).
    """
    found = [one for one in lexicon.indicator.find(DENOMINATOR.sub(" ", ASIDE.sub("", text))) if one[2]]
    subject = [one for one in found if one[1] not in lexicon.yielding]
    words = subject or found or [one for one in lexicon.indicator.find(text) if one[2]]
    factors = [1.0] * (len(words) - 1) + [HEAD]
    share = 1.0 if subject else YIELDING
    return [
        sense._replace(weight=share * factor * sense.weight)
        for (_, _, senses), factor in zip(words, factors, strict=False)
        for sense in senses
    ]


def _lead(text: str) -> tuple[int, int]:
    """Where the words after number or bullet begin, and where a short first sentence (or heading) ends, else 0."""
    marker = MARKER.match(text)
    begin = marker.end() if marker else 0
    end = LEAD_END.search(text, begin)
    stop = end.start() if end else len(text)
    return begin, stop if stop - begin <= LEAD_CHARS else 0


def _shares(evidence: Mix, scarce: float) -> dict[str, float]:
    """Evidence as shares that sum to less than one, the less the less evidence there is."""
    total = sum(evidence.values()) + scarce
    return defaultdict(float, {theme: value / total for theme, value in evidence.items()})


def _filled(passages: Sequence[Passage], mixes: Iterable[Mix]) -> list[Mix]:
    """Mixes with the empty ones taken from the nearest neighbour in the document, before rather than after."""
    filled = list(mixes)
    for indices in (range(len(filled)), range(len(filled) - 1, -1, -1)):
        last: tuple[str, Mix] = "", {}
        for i in indices:
            if not filled[i] and last[0] == passages[i].doc_id:
                filled[i] = last[1]
            last = passages[i].doc_id, filled[i]
    return [mix or {LAST_RESORT: 1.0} for mix in filled]


def _passage_themes(passage_id: str, mix: Mix, order: Mapping[str, int]) -> PassageThemes:
    total = sum(mix.values())
    ranked = sorted(mix.items(), key=lambda item: (-item[1], order.get(item[0], 0)))
    kept = [(theme, value) for i, (theme, value) in enumerate(ranked) if i == 0 or value >= KEPT * total]
    parts = _split(PARTS, [value for _, value in kept])
    return PassageThemes(passage_id, tuple(theme for theme, _ in kept), tuple(part / PARTS for part in parts))


def _split(whole: int, weights: Sequence[float]) -> list[int]:
    """`whole` in whole numbers in proportion to `weights` (largest remainder), earlier ones first where it is a tie."""
    if len(weights) == 1:
        return [whole]
    total = sum(weights)
    exact = [whole * weight / total for weight in weights]
    parts = [int(value) for value in exact]
    for i in sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])[: whole - sum(parts)]:
        parts[i] += 1
    return parts

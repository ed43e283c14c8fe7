"""Stage 7, last part: what chance gives. A document is compared with itself, one half with the other.

Its text is cut into pieces of neighbouring passages, for words of one subject stand together; the pieces are dealt into
two halves at random, many times, always in the same way. What the measure of emphasis finds between the halves is
chance, and what lies inside these bounds between two documents may be chance as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from extract.log_odds import MIN_MENTIONS, compare
from extract.model import Chance, Passage
from extract.terms import ThemeLexicon

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from extract.log_odds import Floats

PIECE_CHARS = 500
"""A piece has at least so many characters: a long paragraph, or a heading with the short ones under it."""
SPLITS = 200
AT_ONCE = 40
"""Splits that are compared at once: their figures stay in the memory of the processor."""
SEED = 2008
REMEMBERED = 64
"""So many numbers of pieces are remembered with what was drawn for them."""
FEWEST_PIECES = 8
"""Fewer pieces have too few halves to tell chance from."""


class _Said(NamedTuple):
    """What is said in some pieces of a text: `names`, and for each mention the number of its name, and its piece."""

    names: list[str]
    numbers: NDArray[np.intp]
    places: NDArray[np.intp]
    pieces: int


def chance(passages: Sequence[Passage], words: Sequence[Sequence[str]], lexicon: ThemeLexicon) -> tuple[Chance, ...]:
    """What chance gives for terms and for topics of one document; nothing for one too short to be halved.

    Args: `words` are those of each passage (terms.Words). Topics are counted as these words signal them.
    """
    pieces = _pieces(passages)
    if not pieces or pieces[-1] + 1 < FEWEST_PIECES:
        return ()
    said = _said(pieces, words)
    both = {"term": said, "topic": _topics(said, lexicon)}
    return tuple(found for unit, of in both.items() if (found := _halved(passages[0].doc_id, unit, of)))


def _pieces(passages: Sequence[Passage]) -> list[int]:
    """The number of the piece that each passage belongs to."""
    numbers, piece, chars = [], 0, 0
    for passage in passages:
        numbers.append(piece)
        chars += len(passage.text)
        if chars >= PIECE_CHARS:
            piece, chars = piece + 1, 0
    return numbers


def _halved(doc_id: str, unit: str, said: _Said) -> Chance | None:
    import numpy as np

    counts, totals = _matrix(unit, said)
    if not counts.shape[1]:
        return None
    drawn = _drawn(len(totals))
    first, size = drawn @ counts, (drawn @ totals)[:, None]
    usable = np.flatnonzero((size > 0) & (size < totals.sum()))
    if not len(usable):
        return None
    mentions = counts.sum(axis=0)
    found = np.concatenate(
        [
            _apart(first[i], mentions, size[i], float(totals.sum()))
            for i in np.array_split(usable, -(-len(usable) // AT_ONCE))
        ]
    )
    together = (counts * (counts - 1)).sum() / (mentions * (mentions - 1)).sum()
    return Chance(
        doc_id,
        unit,
        pieces=len(totals),
        splits=len(usable),
        names=counts.shape[1],
        together=round(float(together), 4),
        z95=round(float(np.quantile(found, 0.95)), 4),
        z_top=round(float(np.median(found.max(axis=1))), 4),
    )


@lru_cache(REMEMBERED)
def _drawn(pieces: int) -> NDArray[np.bool_]:
    """By split and piece, whether it goes into the first half; the same for each document of so many pieces."""
    import numpy as np

    return np.random.default_rng(SEED).random((SPLITS, pieces)).argsort(axis=1) < pieces // 2


def _apart(first: Floats, mentions: Floats, size: Floats, total: float) -> Floats:
    """|z| by split and name: the first half, with its mentions and its size, against the rest of the document."""
    import numpy as np

    return np.abs(compare(first, mentions - first, size, total - size).z)


def _said(pieces: Sequence[int], words: Sequence[Sequence[str]]) -> _Said:
    import numpy as np

    names = list(dict.fromkeys(chain.from_iterable(words)))
    number, lengths = dict(zip(names, range(len(names)), strict=True)), [*map(len, words)]
    numbers = np.fromiter(map(number.__getitem__, chain.from_iterable(words)), np.intp, sum(lengths))
    return _Said(names, numbers, np.repeat(pieces, lengths), pieces[-1] + 1)


def _topics(said: _Said, lexicon: ThemeLexicon) -> _Said:
    """The topics that the words signal, some more than one, in place of the words."""
    import numpy as np

    topics_of, number = lexicon.topics_of, dict[str, int]()
    signalling = [i for i, name in enumerate(said.names) if name in topics_of]
    signalled = [[number.setdefault(one, len(number)) for one in topics_of[said.names[i]]] for i in signalling]
    many = np.zeros(len(said.names), np.intp)
    many[signalling] = [*map(len, signalled)]
    first, times = many.cumsum() - many, many[said.numbers]
    turn = np.arange(times.sum()) - np.repeat(times.cumsum() - times, times)
    numbers = np.fromiter(chain.from_iterable(signalled), np.intp)[np.repeat(first[said.numbers], times) + turn]
    return _Said(list(number), numbers, np.repeat(said.places, times), said.pieces)


def _matrix(unit: str, said: _Said) -> tuple[Floats, Floats]:
    """Mentions by piece and name, of the names that stand there often enough, and of all names by piece."""
    import numpy as np

    often = np.bincount(said.numbers, minlength=len(said.names)) >= MIN_MENTIONS[unit]
    column, of = often.cumsum() - 1, often[said.numbers]
    wide = int(often.sum())
    cells = said.places[of] * wide + column[said.numbers[of]]
    counts: Floats = np.bincount(cells, minlength=said.pieces * wide).astype(float).reshape(said.pieces, wide)
    totals: Floats = np.bincount(said.places, minlength=said.pieces).astype(float)
    return counts, totals

"""Chinese text → words, without a model for unknown words, which joins across numbers and names.

Cut by rjieba where it is installed, else with the dictionary of jieba and in its way, in one pass where jieba needs
two: the same words.
"""

from __future__ import annotations

import marshal
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache, partial
from itertools import chain
from math import inf, log
from pathlib import Path
from types import SimpleNamespace

BLOCK = re.compile(r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%\-]{2,}")
"""What jieba cuts by itself, whatever stands around it."""
REMEMBERED = 1 << 15


def cut(text: str) -> Iterable[str]:
    """The words of `text`; signs and blanks may be left out, and characters that stand alone between them.

    Latin letters and digits may come in pieces.
    """
    return _cutter()(text)


@cache
def _cutter() -> Callable[[str], Iterable[str]]:
    """The dictionary is loaded at the first call."""
    try:
        from rjieba import Jieba
    except ImportError:
        return _remembering(_by_jieba())
    return partial(Jieba().cut, hmm=False)


def _remembering(slow: Callable[[str], Sequence[str]]) -> Callable[[str], Iterable[str]]:
    """The same words, what was cut lately remembered: what stands between terms is short and comes back."""
    block = lru_cache(REMEMBERED)(slow)
    return lambda text: chain.from_iterable(map(block, BLOCK.findall(text)))


def _by_jieba() -> Callable[[str], Sequence[str]]:
    """Cuts a block into the words that are together the likeliest; of equal ways the one with the longer first word.

    Characters that stand alone are left out.
    """
    known, total = _dictionary()
    frequency, all_words = known.get, log(total)

    @lru_cache(REMEMBERED)
    def alone(character: str) -> float | None:
        """How likely it is by itself; None where it does not even begin a word."""
        count = frequency(character)
        return None if count is None else log(count) - all_words if count else -inf

    def words(text: str) -> Sequence[str]:
        length = len(text)
        likely, ends = [0.0] * (length + 1), [0] * length
        for start in range(length - 1, -1, -1):
            end = stop = start + 1
            best = alone(text[start])
            if best is not None:
                best += likely[end]
                stop += 1
                while stop <= length and (count := frequency(text[start:stop])) is not None:
                    if count and (way := log(count) - all_words + likely[stop]) >= best:
                        best, end = way, stop
                    stop += 1
            if best is None or best == -inf:
                best, end = likely[start + 1] - all_words, start + 1
            likely[start], ends[start] = best, end
        found, at = [], 0
        while at < length:
            if ends[at] - at > 1:
                found.append(text[at : ends[at]])
            at = ends[at]
        return found

    return words


def _dictionary() -> tuple[Mapping[str, int], int]:
    """How often jieba's corpus has each word, 0 for what only begins words, and all words together.

    jieba's cache of it is read as bytes (three times faster than by jieba itself) and kept in a folder of the user's
    own instead of the shared one for temporary files.
    """
    import jieba

    jieba.setLogLevel("CRITICAL")
    jieba.marshal = SimpleNamespace(load=lambda file: marshal.loads(file.read()), dump=marshal.dump)
    tokenizer = jieba.Tokenizer()
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "plan-terms"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    return tokenizer.FREQ, tokenizer.total

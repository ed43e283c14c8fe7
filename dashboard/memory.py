"""What is made once for all visitors and kept: what was used last stays, and of those who ask at once one makes it.

Streamlit's own cache does the same, but works out its key anew from every argument: on a page that asks for ten things
that took a tenth of each run.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from threading import Condition, Lock
from typing import Any, ParamSpec, TypeVar

import pandas as pd
from cachetools import LRUCache, cached
from pandas.api.types import is_object_dtype, is_string_dtype

P = ParamSpec("P")
T = TypeVar("T")

_MEMORIES: list[Any] = []
_WORD = 64
"""Bytes that a word in a frame is reckoned with."""


def keep(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep `most` results of a function whose last argument is the key: it tells all that the result follows from."""

    def kept(make: Callable[P, T]) -> Callable[P, T]:
        _MEMORIES.append(remembering := _remembering(make, most))
        return remembering

    return kept


class Store:
    """What was made of one thing, the latest `most` of it: kept as long as the store is, and no longer."""

    def __init__(self, most: int) -> None:
        self._made = _remembering(lambda make, _key: make(), most)

    def get(self, key: str, make: Callable[[], T]) -> T:
        """What is kept under a key, made where it is not."""
        found: T = self._made(make, key)
        return found


class Shelf:
    """Frames by key, the latest of them, as many as weigh `most` bytes together."""

    def __init__(self, most: int) -> None:
        self._lock = Lock()
        self._held: LRUCache[Hashable, pd.DataFrame] = LRUCache(most, getsizeof=_weight)

    def get(self, key: Hashable) -> pd.DataFrame | None:
        """What stands there under a key, None where nothing does."""
        with self._lock:
            return self._held.get(key)

    def put(self, key: Hashable, frame: pd.DataFrame) -> None:
        """Hold a frame; one that is heavier than all may be together is not held."""
        with self._lock, suppress(ValueError):
            self._held[key] = frame


def _weight(frame: pd.DataFrame) -> int:
    """About what a frame takes; to measure it would take longer than to make it."""
    return len(frame) * sum(_WORD if is_object_dtype(kind) or is_string_dtype(kind) else 8 for kind in frame.dtypes)


def _remembering(make: Callable[..., Any], most: int) -> Any:
    def last(*args: Any) -> Hashable:
        key: Hashable = args[-1]
        return key

    return cached(LRUCache(most), key=last, condition=Condition())(make)


def forget() -> None:
    """Throw away all that is kept: for tests, which give the same names to other things."""
    for one in _MEMORIES:
        one.cache_clear()

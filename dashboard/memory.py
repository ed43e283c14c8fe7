"""What is made once for all visitors and kept: what was used last stays, and of those who ask at once one makes it.

Streamlit's own cache does the same, but works out its key anew from every argument: on a page that asks for ten things
that took a tenth of each run.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable
from functools import cache
from threading import Condition
from typing import Any, ParamSpec, TypeVar

from cachetools import LRUCache, cached

P = ParamSpec("P")
T = TypeVar("T")

_MEMORIES: list[Any] = []


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


def _remembering(make: Callable[..., Any], most: int) -> Any:
    def last(*args: Any) -> Hashable:
        key: Hashable = args[-1]
        return key

    return cached(LRUCache(most), key=last, condition=Condition())(make)


@cache
def settle() -> None:
    """What is there at the first load stays: collections of garbage, in mid-page, need not go through it. Once."""
    gc.collect()
    gc.freeze()


def forget() -> None:
    """Throw away all that is kept: for tests, which give the same names to other things."""
    for one in _MEMORIES:
        one.cache_clear()

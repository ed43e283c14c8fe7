"""Frames that are kept document by document: of another choice of documents only those are made that were in none.

They are shared by all sessions: never change one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock

import pandas as pd
from cachetools import LRUCache

MOST = 128 << 20
"""Bytes of what is kept together, about."""

_WORD = 64
"""Bytes that a word in a frame is reckoned with."""


class Pieces:
    """What was told of documents, by name and document, the latest of it."""

    def __init__(self, most: int = MOST) -> None:
        self._lock = Lock()
        self._held: LRUCache[tuple[str, str], pd.DataFrame] = LRUCache(most, getsizeof=_weight)

    def frame(
        self, name: str, documents: Iterable[str], make: Callable[[tuple[str, ...]], pd.DataFrame]
    ) -> pd.DataFrame:
        """What is told of documents under a name, in their order. `make` tells it of some, with a column doc_id; it is
        asked for those of which it has not been kept.
        """
        pieces = {one: self._get(name, one) for one in sorted(documents)}
        missing = tuple(one for one, piece in pieces.items() if piece is None)
        if missing or not pieces:
            made = make(missing)
            rows = made.groupby("doc_id").indices
            for one in missing:
                pieces[one] = made.take(rows.get(one, []))
                self._put(name, one, pieces[one])
            if not pieces:
                return made
        return pd.concat([piece for piece in pieces.values() if piece is not None], ignore_index=True)

    def _get(self, name: str, document: str) -> pd.DataFrame | None:
        with self._lock:
            return self._held.get((name, document))

    def _put(self, name: str, document: str, piece: pd.DataFrame) -> None:
        with self._lock, suppress(ValueError):
            self._held[name, document] = piece


def _weight(frame: pd.DataFrame) -> int:
    """About what a frame takes: words that are Python's own are reckoned, as to measure them takes long."""
    return sum(
        len(frame) * _WORD if frame[name].dtype == object else int(frame[name].array.nbytes) for name in frame.columns
    )

"""Frames that are kept document by document: of another choice of documents only those are made that were in none.

They are shared by all sessions: never change one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Lock

import pandas as pd
import pyarrow as pa
from cachetools import LRUCache

MOST = 64 << 20
"""Bytes of what is kept together."""


class Pieces:
    """What was told of documents, by name and document, the latest of it.

    It is kept as columns of Arrow: as frames, thousands of pieces would be millions of objects, through which every
    collection of garbage goes.
    """

    def __init__(self, most: int = MOST) -> None:
        self._lock = Lock()
        self._held: LRUCache[tuple[str, str], pa.Table] = LRUCache(most, getsizeof=lambda piece: piece.nbytes)

    def frame(
        self, name: str, documents: Iterable[str], make: Callable[[tuple[str, ...]], pd.DataFrame]
    ) -> pd.DataFrame:
        """What is told of documents under a name, in their order. `make` tells it of some, with a column doc_id; it is
        asked for those of which it has not been kept.
        """
        pieces = {one: self._get(name, one) for one in sorted(documents)}
        missing = tuple(one for one, piece in pieces.items() if piece is None)
        if not pieces:
            return make(missing)
        if missing:
            made = make(missing)
            table, rows = pa.Table.from_pandas(made, preserve_index=False), made.groupby("doc_id").indices
            for one in missing:
                pieces[one] = piece = table.take(pa.array(rows.get(one, []), pa.int64()))
                self._put(name, one, piece)
        told = [piece for piece in pieces.values() if piece is not None]
        return pa.concat_tables(told, promote_options="permissive").to_pandas()

    def _get(self, name: str, document: str) -> pa.Table | None:
        with self._lock:
            return self._held.get((name, document))

    def _put(self, name: str, document: str, piece: pa.Table) -> None:
        with self._lock, suppress(ValueError):
            self._held[name, document] = piece

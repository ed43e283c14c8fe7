"""Frames that are kept document by document: of another choice of documents only those are made that were in none.

They are shared by all sessions: never change one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from threading import Lock

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
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

    def rows(
        self,
        name: str,
        documents: Iterable[str],
        make: Callable[[tuple[str, ...]], pd.DataFrame | pa.Table],
        only: Collection[str] = (),
    ) -> pa.Table:
        """What is told of documents under a name, in their order; where `only` some of them are named, of these.

        `make` tells it of some, with a column doc_id; it is asked for all of which it has not been kept.
        """
        pieces = {one: self._get(name, one) for one in sorted(documents)}
        missing = tuple(one for one, piece in pieces.items() if piece is None)
        if not pieces:
            return _table(make(missing))
        if missing:
            for one, piece in _apart(_table(make(missing)), missing).items():
                pieces[one] = piece
                self._put(name, one, piece)
        told = [piece for one, piece in pieces.items() if piece is not None and (not only or one in only)]
        return together(told)

    def _get(self, name: str, document: str) -> pa.Table | None:
        with self._lock:
            return self._held.get((name, document))

    def _put(self, name: str, document: str, piece: pa.Table) -> None:
        with self._lock, suppress(ValueError):
            self._held[name, document] = piece


def together(tables: list[pa.Table]) -> pa.Table:
    """Rows of some tables, one after the other; those without any, whose types say nothing, are left aside."""
    return pa.concat_tables([one for one in tables if one.num_rows] or tables[:1], promote_options="permissive")


def _table(made: pd.DataFrame | pa.Table) -> pa.Table:
    return made if isinstance(made, pa.Table) else pa.Table.from_pandas(made, preserve_index=False)


def _apart(table: pa.Table, documents: tuple[str, ...]) -> dict[str, pa.Table]:
    """The rows of each document, copies of their own, in their order."""
    named = table["doc_id"].cast(pa.string())
    places = pc.index_in(named, value_set=pa.array(documents, pa.string())).fill_null(len(documents))
    of = places.to_numpy()
    rows = np.argsort(of, kind="stable")
    ends = np.searchsorted(of[rows], range(len(documents) + 1))
    return {one: table.take(rows[ends[at] : ends[at + 1]]) for at, one in enumerate(documents)}

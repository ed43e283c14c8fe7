"""Rows ↔ Parquet: columns typed as the schema says, the same bytes for the same rows.

A file may grow document by document. It is cut into groups of rows between documents, so that whoever looks for some
documents (by the least and the largest id of each group) reads little more than these.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from extract import locations
from extract.schema import Column, Columns, Row, Value

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]

GROUP = 16_384
"""A group of rows ends with the document in which it gets so many."""


class Growing:
    """A Parquet file in memory, packed, that grows by the rows of one document after another."""

    def __init__(self, columns: Mapping[str, Column]) -> None:
        import pyarrow.parquet as pq

        self.columns, self._schema, self._bytes = tuple(columns), _schema(columns), BytesIO()
        self._writer = pq.ParquetWriter(self._bytes, self._schema, compression="zstd")
        self._waiting: Columns = {name: [] for name in self.columns}
        self._rows = 0

    def add(self, rows: Sequence[Row]) -> None:
        """Put rows to the end. They are as the schema says (see tables.ordered)."""
        self.extend({name: list(map(itemgetter(name), rows)) for name in self.columns})

    def extend(self, columns: Columns) -> None:
        """The same for rows that are told by their columns (see tables.arranged)."""
        for name, values in self._waiting.items():
            values += columns[name]
        self._rows += len(columns[self.columns[0]])
        if self._rows >= GROUP:
            self._flush()

    def whole(self) -> bytes:
        """The file. It grows no more."""
        self._flush()
        self._writer.close()
        return self._bytes.getvalue()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            columns = [_column(self._waiting[field.name], field) for field in self._schema]
            self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema), row_group_size=self._rows)
            self._waiting, self._rows = {name: [] for name in self.columns}, 0


def packed(columns: Mapping[str, Column], rows: Sequence[Row]) -> bytes:
    """A whole file of rows."""
    growing = Growing(columns)
    growing.add(rows)
    return growing.whole()


def names(path: Path) -> list[str]:
    """The names of the columns of a file."""
    import pyarrow.parquet as pq

    with locations.reading(path) as file:
        return list(pq.ParquetFile(file).schema_arrow.names)


def table(path: Path) -> pa.Table:
    """A whole file, as its columns."""
    import pyarrow.parquet as pq

    with locations.reading(path) as file:
        return pq.ParquetFile(file).read()


def read(path: Path) -> list[Row]:
    """All rows of a file."""
    rows: list[Row] = table(path).to_pylist()
    return rows


def of_documents(path: Path, doc_ids: Collection[str], columns: Sequence[str]) -> Iterator[tuple[str, pa.Table]]:
    """Some columns of the rows of some documents, one document after the other; of documents without rows nothing.

    Only groups of rows that may hold such a document are read. Rows of a document stand next to one another.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = pa.array(sorted(doc_ids), pa.string())
    with locations.reading(path) as file:
        opened = pq.ParquetFile(file)
        at = opened.schema_arrow.get_field_index("doc_id")
        for i in range(opened.num_row_groups):
            seen = opened.metadata.row_group(i).column(at).statistics
            if not any(seen.min <= doc_id <= seen.max for doc_id in doc_ids):
                continue
            group = opened.read_row_group(i, ["doc_id", *columns])
            group = group.filter(pc.is_in(group["doc_id"], wanted))
            runs = pc.run_end_encode(group["doc_id"].combine_chunks())
            ends = np.asarray(runs.run_ends.to_pylist(), dtype=int)
            for doc_id, start, end in zip(runs.values.to_pylist(), [0, *ends][:-1], ends, strict=True):
                yield doc_id, group.slice(start, end - start)


def coded(column: pa.ChunkedArray) -> tuple[Integers, int]:
    """The words of a column as numbers, those of the same word alike, and how many words there are; none is one too."""
    found = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return _numbers(found.indices, "int32"), len(found.dictionary)


def values(column: pa.ChunkedArray) -> Integers:
    """A column of whole numbers that lacks none. Asked for them itself, pyarrow loads all of pandas."""
    return _numbers(column.combine_chunks(), "int64")


def numbers(found: Integers) -> pa.Array:
    """The same back again."""
    import pyarrow as pa

    return pa.Array.from_buffers(pa.int64(), len(found), [None, pa.py_buffer(found.astype("int64").tobytes())])


def _numbers(column: pa.Array, kind: str) -> Integers:
    import numpy as np

    there = np.frombuffer(column.buffers()[1], kind)[column.offset : column.offset + len(column)]
    return there.astype(np.int64)


def _schema(columns: Mapping[str, Column]) -> pa.Schema:
    import pyarrow as pa

    types = {"str": pa.string(), "int": pa.int64(), "float": pa.float64()}
    return pa.schema([pa.field(name, types[column.type], nullable=column.null) for name, column in columns.items()])


def _column(values: list[Value], field: pa.Field) -> pa.Array:
    """A column made of its bytes: before it reads a list, pyarrow loads all of pandas."""
    import pyarrow as pa

    kind, there, empty = field.type, None, values.count(None) if field.nullable else 0
    if empty:
        import numpy as np

        present = np.array([value is not None for value in values])
        there = pa.py_buffer(np.packbits(present, bitorder="little").tobytes())
        values = [("" if kind == pa.string() else 0) if value is None else value for value in values]
    if kind != pa.string():
        numbers = array("qd"[kind == pa.float64()], values)  # type: ignore[type-var]
        return pa.Array.from_buffers(kind, len(values), [there, pa.py_buffer(numbers)], empty)
    words: list[str] = values  # type: ignore[assignment]
    whole = "".join(words)
    lengths = map(len, words if whole.isascii() else map(str.encode, words))
    ends = array("i", accumulate(lengths, initial=0))
    return pa.Array.from_buffers(kind, len(words), [there, pa.py_buffer(ends), pa.py_buffer(whole.encode())], empty)

"""Where tables lie and how DuckDB reads them: `<name>.csv`, `<name>.parquet`, or `<name>/part-*.parquet`, mixed.

Parts are sorted by document in small groups of rows, so that a query for some documents reads little else. They are
replaced, never written into: the time of change of their folder tells one state of a table from another.
"""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

import labels
from errors import ReadableError
from schema import Columns

Fingerprint = tuple[tuple[str, int, int], ...]
"""Name, time of change and size of each file or folder of parts: what tells one state of a folder from another."""

Spans = dict[str, tuple[str, str]]
"""Part of a table → the first and the last id of a document, or of a passage, of which it has rows."""

PARTS, SUFFIXES = "part-*.parquet", (".csv", ".parquet")


@dataclass(frozen=True)
class Source:
    """A table on disk: `path` is its file, or the folder of its parts."""

    table: str
    path: Path

    @cached_property
    def files(self) -> list[Path]:
        """Its files, in order."""
        return sorted(self.path.glob(PARTS)) if self.path.is_dir() else [self.path]

    @cached_property
    def names(self) -> list[str]:
        """Their paths as text."""
        return [str(file) for file in self.files]

    @property
    def csv(self) -> bool:
        """Whether it is text without types."""
        return self.path.suffix == ".csv"

    @property
    def empty(self) -> bool:
        """Whether it has not even a head."""
        return not any(file.stat().st_size for file in self.files)

    @property
    def sql(self) -> str:
        """What reads it, for a query: all columns as text from CSV, with their types from Parquet."""
        path = _quoted(self.path / PARTS if self.path.is_dir() else self.path)
        if self.csv:
            form = "header=true, all_varchar=true, delim=',', quote='\"', escape='\"', strict_mode=true"
            return f"read_csv('{path}', {form})"
        return f"read_parquet('{path}')"


def find(folder: Path, table: str) -> Source | None:
    """A table of a folder: CSV, else Parquet, in one file or in parts; None where there is none of these."""
    for name in (f"{table}.csv", f"{table}.parquet"):
        if (folder / name).is_file():
            return Source(table, folder / name)
    parts = Source(table, folder / table)
    return parts if parts.path.is_dir() and parts.files else None


def need(folder: Path, table: str) -> Source:
    """A table of a folder. Raises ReadableError where it is not there."""
    source = find(folder, table)
    if source is None:
        raise ReadableError(labels.word("errors.missing_table", table=table))
    return source


def fingerprint(folder: Path, tables: Collection[str]) -> Fingerprint:
    """State of the `tables` in `folder`. Raises ReadableError when the folder is missing."""
    if not folder.is_dir():
        raise ReadableError(labels.word("errors.missing_folder", path=folder))
    with os.scandir(folder) as entries:
        found = [(one.name, one.stat()) for one in entries if one.name.endswith(SUFFIXES) or one.name in tables]
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found))


def version(sources: Iterable[Source]) -> str:
    """First eight digits of the sha256 over the files of tables."""
    digest = hashlib.sha256()
    for source in sources:
        for file in source.files:
            digest.update(str(file.relative_to(source.path.parent)).encode() + b"\0")
            with file.open("rb") as opened:
                for piece in iter(lambda: opened.read(1 << 20), b""):
                    digest.update(piece)
    return digest.hexdigest()[:8]


def together(*versions: str) -> str:
    """The version of tables that stand beside one another."""
    return hashlib.sha256("".join(versions).encode()).hexdigest()[:8]


def typed(source: Source, columns: Columns, types: dict[str, str]) -> str:
    """A query for all of a table with the types of `columns`; columns not named there as text.

    `types`: column → its type on disk. Columns of the right kind are left alone, so that filters reach the file.
    """
    numbers = dict.fromkeys(columns.year + columns.count, "bigint") | dict.fromkeys(columns.amount, "double")
    made = [_column(name, kind, numbers.get(name, "")) for name, kind in types.items()]
    return f"select {', '.join(made)} from {source.sql}"


def _column(name: str, kind: str, number: str) -> str:
    """A column as `number` (a type), or as text where that is empty. `kind`: its type on disk."""
    if number and kind == "VARCHAR":
        return f'nullif("{name}", \'\')::{number} as "{name}"'
    return f'"{name}"' if number or kind == "VARCHAR" else f'"{name}"::varchar as "{name}"'


def spans(source: Source, connection: duckdb.DuckDBPyConnection, column: str) -> Spans:
    """First and last id, in a column, of each part of a table; {} of a table in one file."""
    if not source.path.is_dir():
        return {}
    found = connection.cursor().execute(
        "select file_name, min(stats_min_value), max(stats_max_value), count(*) = count(stats_max_value) "
        f"from parquet_metadata('{_quoted(source.path / PARTS)}') where path_in_schema = '{column}' group by file_name"
    )
    return {str(name): (str(low), str(high)) for name, low, high, told in found.fetchall() if told}


def narrowed(sql: str, source: Source, spans: Spans, ids: Iterable[str]) -> str:
    """A query over a table that reads those of its parts that may hold some of the documents, or passages."""
    if not spans:
        return sql
    ordered = sorted(ids)
    files = [file for file in source.names if file not in spans or _any_between(ordered, *spans[file])]
    if not files:
        return sql
    named = ", ".join(f"'{_quoted(file)}'" for file in files)
    return sql.replace(source.sql, f"read_parquet([{named}])")


def _any_between(ordered: list[str], low: str, high: str) -> bool:
    """Whether one of some ids, in order, lies between two."""
    place = bisect_left(ordered, low)
    return place < len(ordered) and ordered[place] <= high


def _quoted(path: Path | str) -> str:
    return str(path).replace("'", "''")

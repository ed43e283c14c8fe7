"""Tables on disk → typed frames and queries, through DuckDB views that are made once per version of the files.

Each table is `<name>.csv`, or `<name>.parquet` for large corpora. A frame is read when it is first asked for and shared
by all sessions: never change one. Of the words of passages (texts) only what is asked for is read.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd

import labels
import memory
from errors import ReadableError
from schema import EVIDENCE, NAMES, TABLES, Columns

Fingerprint = tuple[tuple[str, int, int], ...]
"""Name, time of change and size of each file: what tells one state of the folder from another."""


@dataclass(frozen=True)
class Tables:
    """All tables of one folder.

    `tables["targets"]` is a frame; `names` by table name and language, id → name, without a table that is not there;
    `evidence` is None where the documents' words are absent.
    """

    folder: Path
    names: dict[tuple[str, str], dict[str, str]]
    evidence: pd.DataFrame | None
    version: str
    fingerprint: Fingerprint
    connection: duckdb.DuckDBPyConnection
    _frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __getitem__(self, table: str) -> pd.DataFrame:
        with self._lock:
            if table not in self._frames:
                self._frames[table] = _typed(self.query(f"select * from {table}"), (TABLES | NAMES)[table], table)
            return self._frames[table]

    def __contains__(self, table: object) -> bool:
        return table in TABLES or (str(table), labels.LANGUAGES[0]) in self.names

    @cached_property
    def key(self) -> str:
        """Tells these tables from all others that the process reads, those of another visitor too."""
        return repr((str(self.folder), self.fingerprint))

    @property
    def has_words(self) -> bool:
        """Whether the words of the passages are there."""
        return any(name == "texts.parquet" for name, _, _ in self.fingerprint)

    def query(self, sql: str, values: Sequence[object] = ()) -> pd.DataFrame:
        """Rows of a query over views named like the tables, all columns as text. `values` fill its question marks."""
        try:
            return self.connection.cursor().execute(sql, list(values)).df()
        except duckdb.Error as error:
            raise ReadableError(labels.word("errors.unreadable_tables", reason=str(error).splitlines()[0])) from error

    def texts(self, passage_ids: Sequence[str]) -> dict[str, str]:
        """The words of passages by id; {} where they are absent."""
        if not self.has_words or not passage_ids:
            return {}
        found = self.query(
            "select passage_id, text from texts where passage_id in (select unnest(?))", [list(passage_ids)]
        )
        return dict(zip(found["passage_id"], found["text"], strict=True))


def table_file(folder: Path, table: str) -> Path:
    """The file of a table: CSV, else Parquet. Raises ReadableError when there is neither."""
    for suffix in (".csv", ".parquet"):
        path = folder / f"{table}{suffix}"
        if path.is_file():
            return path
    raise ReadableError(labels.word("errors.missing_table", table=table))


def _damaged(table: str, reason: str, **values: str) -> ReadableError:
    told = labels.word(f"errors.reason_{reason}", **values)
    return ReadableError(labels.word("errors.damaged_table", table=table, reason=told))


def _complete(given: Sequence[str], columns: Columns, table: str) -> None:
    missing = [column for column in columns.all if column not in given]
    if missing:
        raise ReadableError(labels.word("errors.missing_columns", table=table, columns=labels.join(missing)))


def _typed(frame: pd.DataFrame, columns: Columns, table: str) -> pd.DataFrame:
    """Text → the types of `columns`. Raises ReadableError for a missing column or a number that is none."""
    _complete(list(frame), columns, table)
    typed = frame.copy()
    for column in columns.year + columns.count + columns.amount:
        try:
            numbers = pd.to_numeric(typed[column].replace("", None))
            typed[column] = numbers.astype("float64" if column in columns.amount else "Int64")
        except (ValueError, TypeError) as error:
            raise _damaged(table, "not_number", column=column) from error
    return typed.assign(**{column: typed[column].fillna(0).astype("int64") for column in columns.count})


def _open(folder: Path, tables: Sequence[str]) -> duckdb.DuckDBPyConnection:
    """A connection with a view of each table, all columns as text and without missing values."""
    connection = duckdb.connect(config={"threads": 1})
    for table in tables:
        path = str(table_file(folder, table)).replace("'", "''")
        csv = f"read_csv('{path}', header=true, all_varchar=true, delim=',', quote='\"', escape='\"', strict_mode=true)"
        source = csv if path.endswith(".csv") else f"read_parquet('{path}')"
        try:
            connection.execute(f"create view {table} as select coalesce(columns(*)::varchar, '') from {source}")
        except duckdb.Error as error:
            raise _damaged(table, "format") from error
    return connection


def read_table(folder: Path, table: str, columns: Columns) -> pd.DataFrame:
    """One table with the types of `columns`. Raises ReadableError when it is missing or damaged."""
    try:
        return _typed(_open(folder, [table]).execute(f"select * from {table}").df(), columns, table)
    except duckdb.Error as error:
        raise _damaged(table, "format") from error


def _evidence(folder: Path) -> pd.DataFrame | None:
    """The sentences, or None: they are absent wherever the documents are, and a damaged file counts as absent."""
    if not (folder / "evidence.parquet").is_file():
        return None
    try:
        return read_table(folder, "evidence", EVIDENCE).drop_duplicates("target_id").set_index("target_id")
    except ReadableError:
        return None


def _names(frame: pd.DataFrame, columns: Columns, language: str) -> dict[str, str]:
    """Id → name from a table of names, in a language."""
    label = "label" if language == labels.LANGUAGES[0] else f"label_{language}"
    return dict(zip(frame[columns.text[0]], frame[label], strict=True))


def fingerprint(folder: Path) -> Fingerprint:
    """State of the table files in `folder`. Raises ReadableError when the folder is missing."""
    if not folder.is_dir():
        raise ReadableError(labels.word("errors.missing_folder", path=folder))
    with os.scandir(folder) as entries:
        found = [(one.name, one.stat()) for one in entries if one.name.endswith((".csv", ".parquet"))]
    return tuple(sorted((name, stat.st_mtime_ns, stat.st_size) for name, stat in found))


def version_of(folder: Path) -> str:
    """First eight digits of the sha256 over the committed tables: the same with and without the documents' words."""
    digest = hashlib.sha256()
    for table in TABLES:
        path = table_file(folder, table)
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


@memory.keep(32)
def _load(folder: Path, state: Fingerprint, _key: str) -> Tables:
    present = {name for name, _, _ in state}
    given = [name for name in NAMES if f"{name}.csv" in present or f"{name}.parquet" in present]
    words = ["texts"] if "texts.parquet" in present else []
    for table in TABLES:
        if table_file(folder, table).stat().st_size == 0:
            raise _damaged(table, "empty")
    connection = _open(folder, [*TABLES, *given, *words])
    for table, columns in TABLES.items():
        _complete(list(connection.execute(f"select * from {table} limit 0").df()), columns, table)
    frames = {name: read_table(folder, name, NAMES[name]) for name in given}
    names = {
        (name, language): _names(frame, NAMES[name], language)
        for name, frame in frames.items()
        for language in labels.LANGUAGES
    }
    return Tables(folder, names, _evidence(folder), version_of(folder), state, connection, dict(frames))


def load(folder: Path) -> Tables:
    """All tables of `folder`, cached by the state of its files. Raises ReadableError."""
    state = fingerprint(folder)
    return _load(folder, state, repr((str(folder), state)))

"""Tables on disk → typed frames, read once per version of the files.

Each table is `<name>.csv`, or `<name>.parquet` for large corpora. Frames are shared by all sessions: never change one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import streamlit as st

import labels
from errors import ReadableError
from schema import EVIDENCE, NAMES, TABLES, Columns

Fingerprint = tuple[tuple[str, int, int], ...]
"""Name, time of change and size of each file: what tells one state of the folder from another."""


@dataclass(frozen=True)
class Tables:
    """All tables of one folder.

    `frames` by table name, those of names only where they are there; `names` by table name, id → name, empty where
    there is no such table; `evidence` is None where the documents' words are absent.
    """

    folder: Path
    frames: dict[str, pd.DataFrame]
    names: dict[str, dict[str, str]]
    evidence: pd.DataFrame | None
    version: str
    fingerprint: Fingerprint

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.frames[table]


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


def _typed(frame: pd.DataFrame, columns: Columns, table: str) -> pd.DataFrame:
    """Text → the types of `columns`. Raises ReadableError for a missing column or a number that is none."""
    missing = [column for column in columns.all if column not in frame.columns]
    if missing:
        raise ReadableError(labels.word("errors.missing_columns", table=table, columns=labels.join(missing)))
    typed = frame.copy()
    for column in columns.year + columns.count + columns.amount:
        try:
            numbers = pd.to_numeric(typed[column].replace("", None))
            typed[column] = numbers.astype("float64" if column in columns.amount else "Int64")
        except (ValueError, TypeError) as error:
            raise _damaged(table, "not_number", column=column) from error
    return typed.assign(**{column: typed[column].fillna(0).astype("int64") for column in columns.count})


def read_table(folder: Path, table: str, columns: Columns) -> pd.DataFrame:
    """One table with the types of `columns`. Raises ReadableError when it is missing or damaged."""
    path = table_file(folder, table)
    try:
        if path.suffix == ".csv":
            frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        else:
            frame = pd.read_parquet(path)
            words = [column for column in frame if frame[column].dtype == object or column in columns.text]
            frame = frame.assign(**{column: frame[column].fillna("").astype(str) for column in words})
    except pd.errors.EmptyDataError as error:
        raise _damaged(table, "empty") from error
    except (pd.errors.ParserError, UnicodeDecodeError, OSError, pa.ArrowException) as error:
        raise _damaged(table, "format") from error
    return _typed(frame, columns, table)


def _evidence(folder: Path) -> pd.DataFrame | None:
    """The sentences, or None: they are absent wherever the documents are, and a damaged file counts as absent."""
    if not (folder / "evidence.parquet").is_file():
        return None
    try:
        return read_table(folder, "evidence", EVIDENCE).drop_duplicates("target_id").set_index("target_id")
    except ReadableError:
        return None


def _names(frame: pd.DataFrame, columns: Columns) -> dict[str, str]:
    """Id → name from a table of names."""
    return dict(zip(frame[columns.text[0]], frame[columns.text[1]], strict=True))


def fingerprint(folder: Path) -> Fingerprint:
    """State of the table files in `folder`. Raises ReadableError when the folder is missing."""
    if not folder.is_dir():
        raise ReadableError(labels.word("errors.missing_folder", path=folder))
    files = sorted(path for path in folder.iterdir() if path.suffix in {".csv", ".parquet"})
    return tuple((path.name, stat.st_mtime_ns, stat.st_size) for path in files for stat in [path.stat()])


def version_of(folder: Path) -> str:
    """First eight digits of the sha256 over the committed tables: the same with and without the documents' words."""
    digest = hashlib.sha256()
    for table in TABLES:
        path = table_file(folder, table)
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


@st.cache_resource(max_entries=4, show_spinner=False)
def _load(folder: Path, state: Fingerprint) -> Tables:
    frames = {table: read_table(folder, table, columns) for table, columns in TABLES.items()}
    given = {name: read_table(folder, name, NAMES[name]) for name in NAMES if (folder / f"{name}.csv").is_file()}
    names = {name: _names(given[name], NAMES[name]) if name in given else {} for name in NAMES}
    return Tables(folder, frames | given, names, _evidence(folder), version_of(folder), state)


def load(folder: Path) -> Tables:
    """All tables of `folder`, cached by the state of its files. Raises ReadableError."""
    return _load(folder, fingerprint(folder))

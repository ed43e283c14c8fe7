"""Tables on disk → `Tables`, once for each version of the files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

import database
import labels
import memory
import table_files
import typed_rows
from schema import KINDS, NAMES, TABLES, WORDS, Columns
from table_files import Fingerprint
from table_set import Tables


def _names(frame: pd.DataFrame, columns: Columns, language: str) -> dict[str, str]:
    """Id → name from a table of names, in a language."""
    label = "label" if language == labels.LANGUAGES[0] else f"label_{language}"
    return dict(zip(frame[columns.text[0]], frame[label], strict=True))


@memory.keep(32)
def _load(folder: Path, state: Fingerprint, _key: str) -> Tables:
    sources = {table: table_files.need(folder, table) for table in TABLES}
    for source in sources.values():
        if source.empty:
            raise typed_rows.damaged(source.table, "empty")
    more = {name: table_files.find(folder, name) for name in (*NAMES, "regions", *WORDS)}
    sources |= {name: source for name, source in more.items() if source is not None}
    connection, typed = database.open_tables(sources)
    sources = {name: source for name, source in sources.items() if name in typed}
    for table, columns in TABLES.items():
        typed_rows.complete(list(connection.execute(f"select * from {table} limit 0").df()), columns, table)
    version = table_files.version(sources[table] for table in TABLES)
    tables = Tables(folder, {}, version, state, connection, sources, typed)
    names = {
        (name, language): _names(tables[name], NAMES[name], language)
        for name in NAMES
        if name in sources
        for language in labels.LANGUAGES
    }
    return replace(tables, names=names)


def load(folder: Path) -> Tables:
    """All tables of `folder`, cached by the state of its files. Raises ReadableError."""
    state = table_files.fingerprint(folder, KINDS)
    return _load(folder, state, repr((str(folder), state)))

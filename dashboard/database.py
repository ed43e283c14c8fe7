"""The tables of a folder as views of a database, through which DuckDB reads the files."""

from __future__ import annotations

import duckdb

import table_files
import typed_rows
from schema import KINDS, WORDS
from table_files import Source

MEMORY = "256MB"
"""What the database may hold of files and work in hand."""


def open_tables(sources: dict[str, Source]) -> tuple[duckdb.DuckDBPyConnection, dict[str, str]]:
    """A connection with two views of each table, as `Tables.query` says; the query of each that has types."""
    typed = {}
    connection = duckdb.connect(config={"threads": 1, "memory_limit": MEMORY})
    connection.execute("set parquet_metadata_cache = true; create schema typed")
    for table, source in sources.items():
        try:
            described = connection.execute(f"describe select * from {source.sql}").fetchall()
            types = {str(name): str(kind) for name, kind, *_ in described}
            connection.execute(f"create view {table} as select coalesce(columns(*)::varchar, '') from {source.sql}")
            typed[table] = table_files.typed(source, KINDS[table], types)
            connection.execute(f"create view typed.{table} as {typed[table]}")
        except duckdb.Error as error:
            if table not in WORDS:
                raise typed_rows.damaged(table, "format") from error
    return connection, typed

"""Rows as files and the database give them → frames with the types of `schema.Columns`, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pandas as pd
import pyarrow as pa

import labels
from errors import ReadableError
from schema import Columns


def damaged(table: str, reason: str, **values: str) -> ReadableError:
    told = labels.word(f"errors.reason_{reason}", **values)
    return ReadableError(labels.word("errors.damaged_table", table=table, reason=told))


def complete(given: Sequence[str], columns: Columns, table: str) -> None:
    missing = [column for column in columns.all if column not in given]
    if missing:
        raise ReadableError(labels.word("errors.missing_columns", table=table, columns=labels.join(missing)))


def none(columns: Columns) -> pd.DataFrame:
    """No rows, with the types of `columns`."""
    return from_text(pd.DataFrame(columns=list(columns.all), dtype="str"), columns, "")


def from_text(frame: pd.DataFrame, columns: Columns, table: str) -> pd.DataFrame:
    """Text → the types of `columns`. Raises ReadableError for a missing column or a number that is none."""
    complete(list(frame), columns, table)
    typed = frame.copy()
    for column in columns.year + columns.count + columns.amount:
        try:
            numbers = pd.to_numeric(typed[column].replace("", None))
            typed[column] = numbers.astype("float64" if column in columns.amount else "Int64")
        except (ValueError, TypeError) as error:
            raise damaged(table, "not_number", column=column) from error
    return typed.assign(**{column: typed[column].fillna(0).astype("int64") for column in columns.count})


def from_types(rows: pa.Table, columns: Columns) -> pa.Table:
    """Rows with types as the database gives them → those of `columns`, text without missing values; what becomes of
    them as a frame is said in them.
    """
    types = dict.fromkeys(columns.year + columns.count, pa.int64()) | dict.fromkeys(columns.amount, pa.float64())
    made = {name: rows[name].cast(types.get(name, pa.string())) for name in rows.column_names}
    made |= {name: column.fill_null("") for name, column in made.items() if name not in types}
    made |= {name: made[name].fill_null(0) for name in columns.count}
    return pa.table(made).replace_schema_metadata(_as_frame(tuple(made), columns))


@cache
def _as_frame(names: tuple[str, ...], columns: Columns) -> dict[bytes, bytes]:
    """What tells that years stay whole numbers in a frame, missing ones among them."""
    types = dict.fromkeys(names, "str") | dict.fromkeys(columns.year, "Int64")
    types |= dict.fromkeys(columns.count, "int64") | dict.fromkeys(columns.amount, "float64")
    told: dict[bytes, bytes] = pa.Schema.from_pandas(pd.DataFrame(columns=list(names)).astype(types)).metadata
    return told

"""Rows as files and the database give them → frames with the types of `schema.Columns`, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

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


def from_types(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """A frame with types as the database gives it → those of `columns`, text without missing values."""
    types = dict.fromkeys(columns.year, "Int64") | dict.fromkeys(columns.amount, "float64")
    numbers = {*types, *columns.count}
    filled = {name: _words(frame[name]) for name in frame if name not in numbers}
    filled |= {name: frame[name].fillna(0).astype("int64") for name in columns.count if frame[name].dtype != "int64"}
    return frame.assign(**filled).astype(types)


def _words(column: pd.Series) -> pd.Series:
    """A column as words without missing ones."""
    return column if isinstance(column.dtype, pd.StringDtype) and not column.hasnans else column.fillna("").astype(str)

"""Stage 9: rows → files and back. Same rows, same bytes.

CSV in UTF-8 with LF, sorted by the key of the table, numbers in one form each (7000, never 7000.0). The tables that
hold words of the documents are Parquet. All files are replaced at once, see swap.py.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

from extract import locations, parquet, swap
from extract.schema import Columns, Row, Table, Tables, Value, schema

DIGITS = 15
"""So many digits of a number count."""


class TableError(ValueError):
    """Rows or files are not as the schema says. The message names table and column."""


def write(tables: Mapping[str, Sequence[Row]], folder: Path) -> None:
    """Write all tables of the schema; one that is not given is written empty.

    Raises TableError where a row breaks the schema, OSError where the folder cannot be written. The folder then holds
    what it held before.
    """
    files = schema().files()
    unknown = [name for name in tables if name not in files]
    if unknown:
        raise TableError(f"no such tables in the schema: {', '.join(unknown)}")

    def fill(new: Path) -> None:
        for name, table in schema().tables.items():
            rows = ordered(name, tables.get(name, ()))
            (_write_parquet if table.words else _write_csv)(new / files[name], table, rows)

    swap.replace(folder, frozenset(files.values()), fill)


def read(folder: Path, names: Iterable[str] | None = None) -> Tables:
    """Read tables by name (all of the schema where none are named), each from its file or from its partitions.

    A file that is not there gives no rows. Raises TableError where a file is not what the schema says.
    """
    swap.recover(folder)
    with locations.asked(folder):
        return {name: list(_rows(folder, name)) for name in (schema().tables if names is None else names)}


def partitions(folder: Path, name: str) -> list[Path]:
    """The files of a table that is in partitions."""
    place = folder / name
    return sorted(path for path in place.iterdir() if path.name.startswith("part-")) if place.is_dir() else []


def read_file(path: Path, name: str) -> list[Row]:
    """Read one file of a table. Raises TableError where it is not what the schema says."""
    return _read(path, schema().tables[name])


def _rows(folder: Path, name: str) -> Iterator[Row]:
    for path in partitions(folder, name) or [folder / schema().files()[name]]:
        yield from read_file(path, name)


def ordered(name: str, rows: Iterable[Row]) -> list[Row]:
    """The rows in the order of the key. Raises TableError for a wrong type, an empty field, a key that stands twice."""
    table, found = schema().tables[name], list(rows)
    columns = _by_column(name, table, found)
    held = _held(name, table, columns)
    for field in (field for field in held if held[field] is not columns[field]):
        for row, value in zip(found, held[field], strict=True):
            row[field] = value
    return list(map(found.__getitem__, _order(name, table, held)))


def arranged(name: str, columns: Columns) -> Columns:
    """The same for rows that are told by all columns of the table."""
    table = schema().tables[name]
    held = _held(name, table, columns)
    order = _order(name, table, held)
    return {field: list(map(values.__getitem__, order)) for field, values in held.items()}


def _order(name: str, table: Table, columns: Columns) -> list[int]:
    """The places of the rows in the order of the key."""
    keys = _keys(table, columns)
    places = {key: i for i, key in enumerate(keys)}
    if len(places) < len(keys):
        twice = next(i for i, key in enumerate(keys) if places[key] != i)
        raise TableError(f"{name}: the key {_told_key(table, columns, twice)} stands twice")
    return list(map(places.__getitem__, sorted(keys)))


def _keys(table: Table, columns: Columns) -> list[Any]:
    """Keys of rows so that they can be sorted, made of no more columns than it takes to tell the rows apart."""
    telling: list[list[Any]] = [columns[table.key[0]]]
    for name in table.key:
        values, count = columns[name], len(set(columns[name]))
        if count > 1:
            telling.append(_sortable(values) if table.columns[name].null else values)
        if count == len(values):
            break
    least = telling[1:] or telling
    return list(zip(*least, strict=True)) if len(least) > 1 else least[0]


def _sortable(values: list[Any]) -> list[Any]:
    """Values of a column of the key so that they can be sorted; what is empty comes first."""
    return [(False, "") if value is None else (True, value) for value in values]


def _told_key(table: Table, columns: Columns, place: int) -> str:
    return ", ".join(str(columns[name][place]) for name in table.key)


def printed(value: Value) -> str:
    """A value as it stands in a CSV file: at most 15 digits that count, no exponent, no needless zero."""
    if value is None:
        return ""
    if not isinstance(value, float):
        return str(value)
    if not math.isfinite(value):
        raise TableError(f"{value} is no number that can stand in a table")
    text = repr(value + 0.0)
    if len(text) <= DIGITS and "e" not in text:
        return text.removesuffix(".0")
    return f"{Decimal(f'{value:.{DIGITS}g}').normalize() + 0:f}"


def _held(name: str, table: Table, columns: Columns) -> Columns:
    """Columns as the schema has them: an empty text becomes None, a whole number a float where due."""
    held: Columns = {}
    for field, values in columns.items():
        column = table.columns[field]
        kinds = {kind.__name__ for kind in set(map(type, values))}
        empty = "str" in kinds and "" in values
        if kinds <= {column.type, "NoneType"} and (column.null or not (empty or "NoneType" in kinds)):
            held[field] = [value or None for value in values] if empty else values
        else:
            held[field] = [_held_one(name, table, columns, field, i) for i in range(len(values))]
    return held


def _by_column(name: str, table: Table, rows: Sequence[Row]) -> Columns:
    """The values of each column. Raises TableError where a row has other columns than these."""
    if {*map(len, rows)} <= {len(table.columns)}:
        with suppress(KeyError):
            return {field: list(map(itemgetter(field), rows)) for field in table.columns}
    wrong = next(different for row in rows if (different := row.keys() ^ table.columns.keys()))
    raise TableError(f"{name}: columns missing or unknown: {', '.join(sorted(wrong))}")


def _held_one(name: str, table: Table, columns: Columns, field: str, place: int) -> Value:
    value, column = columns[field][place], table.columns[field]
    if value is None or value == "":
        if not column.null:
            raise TableError(f"{name}.{field}: is empty in row {_told_key(table, columns, place)}")
        return None
    if column.type == "float" and type(value) is int:
        return float(value)
    if type(value).__name__ != column.type:
        raise TableError(f"{name}.{field}: {value!r} is no {column.type}")
    return value


def _write_csv(path: Path, table: Table, rows: Sequence[Row]) -> None:
    columns = [
        [printed(row[name]) for row in rows] if column.type == "float" else [row[name] for row in rows]
        for name, column in table.columns.items()
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(zip(*columns, strict=True))


def _write_parquet(path: Path, table: Table, rows: Sequence[Row]) -> None:
    path.write_bytes(parquet.packed(table.columns, rows))


def _read(path: Path, table: Table) -> list[Row]:
    if not path.exists():
        return []
    if path.suffix == ".parquet":
        header, rows = parquet.names(path), parquet.read(path)
    else:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader, [])
            lines = list(reader)
        _expect(path, header, table)
        try:
            rows = _parsed(table, lines)
        except ValueError as reason:
            raise TableError(f"{path.name}: {reason}") from reason
    _expect(path, header, table)
    return rows


def _expect(path: Path, header: Sequence[str], table: Table) -> None:
    if list(header) != list(table.columns):
        wrong = sorted(set(header) ^ set(table.columns)) or ["other order"]
        raise TableError(f"{path.name}: not the columns of the schema ({', '.join(wrong)})")


def _parsed(table: Table, lines: Sequence[Sequence[str]]) -> list[Row]:
    """Raises ValueError."""
    width = len(table.columns)
    if short := next((line for line in lines if len(line) != width), None):
        raise ValueError(f"a row of {len(short)} instead of {width} cells, beginning {short[:2]}")
    if not lines:
        return []
    columns = [_column(table, *one) for one in zip(table.columns, zip(*lines, strict=True), strict=True)]
    return [dict(zip(table.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _column(table: Table, name: str, texts: Sequence[str]) -> list[Value]:
    try:
        return list(map(table.columns[name].parse, texts))
    except ValueError as reason:
        raise ValueError(f"{name}: {reason}") from None

"""The schema of the tables, read from schema.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from extract.strict_yaml import Strict, load

SCHEMA = Path(__file__).with_name("schema.yaml")

Value = str | int | float | None
Row = dict[str, Value]
Columns = dict[str, list[Value]]
"""Rows by their columns."""
Tables = dict[str, list[Row]]


class Column(Strict):
    """One column; see the head of schema.yaml."""

    type: Literal["str", "int", "float"]
    about: str
    null: bool = False
    values: str = ""
    list_: Annotated[bool, Field(alias="list")] = False
    range: tuple[float, float] | None = None
    refers: str = ""

    def parse(self, text: str) -> Value:
        """A cell of a CSV file as a value; raises ValueError where it is none of this type."""
        if text == "":
            return None if self.null else ""
        if self.type == "str":
            return text
        try:
            return int(text) if self.type == "int" else float(text)
        except ValueError:
            raise ValueError(f"{text!r} is no {self.type}") from None


class Table(Strict):
    """One table."""

    about: str
    key: tuple[str, ...]
    columns: dict[str, Column]
    words: bool = False
    names: bool = False
    compares: bool = False


class Schema(Strict):
    """All tables, and the lists of allowed values that columns name."""

    values: dict[str, tuple[str, ...]]
    tables: dict[str, Table]

    @model_validator(mode="after")
    def _hangs_together(self) -> Schema:
        for name, table in self.tables.items():
            unknown = [key for key in table.key if key not in table.columns]
            unknown += [
                column.values for column in table.columns.values() if column.values and column.values not in self.values
            ]
            for column in table.columns.values():
                other, _, field = column.refers.partition(".")
                if column.refers and (other not in self.tables or field not in self.tables[other].columns):
                    unknown.append(column.refers)
            if unknown:
                raise ValueError(f"{name} names what is not there: {', '.join(unknown)}")
        return self

    def files(self) -> dict[str, str]:
        """Table → name of its file."""
        return {name: f"{name}.parquet" if table.words else f"{name}.csv" for name, table in self.tables.items()}


@cache
def schema() -> Schema:
    """The schema, read once."""
    return load(SCHEMA, Schema)

"""What the columns of a table hold, from their headings: shared by the two stages that meet tables."""

from __future__ import annotations

import re
from pathlib import Path

from extract.lexicon_file import Lexicon, load

VALUE = "value"


class TableRules(Lexicon):
    """lexicon/tables.yaml."""

    columns: dict[str, tuple[str, ...]]
    regions: str
    value_column: tuple[str, ...]
    fragment: str
    whole: str
    total_row: str
    aim: tuple[str, ...]
    actual: tuple[str, ...]
    yearly: tuple[str, ...]
    compared: str
    plain: str
    measured: str
    grown: str
    said_in_cell: str
    differs: str
    percentage: str
    made: str
    allotted: str
    lasting: tuple[str, ...]
    each_year: tuple[str, ...]
    summed: tuple[str, ...]
    states: tuple[str, ...]
    footnote: str
    summed_value: str
    caption_unit: str


class Columns:
    """Reads headings of columns."""

    def __init__(self, rules: TableRules) -> None:
        self.rules = rules
        self._roles = [
            (role, re.compile("|".join(f"(?:{p})" for p in patterns))) for role, patterns in rules.columns.items()
        ]
        self._value = re.compile("|".join(f"(?:{p})" for p in rules.value_column))
        self._regions = re.compile(rules.regions)
        self.fragment, self.whole = re.compile(rules.fragment), re.compile(rules.whole)
        self.total = re.compile(rules.total_row)

    @classmethod
    def load(cls, path: Path) -> Columns:
        return cls(load(path, TableRules))

    def role(self, heading: str) -> str:
        """number, category, name, time, unit, attribute, note, value — or "" where a heading is none of these."""
        bare = "".join(heading.split())
        for role, pattern in self._roles:
            if pattern.fullmatch(bare):
                return role
        if self._regions.match(bare):
            return "name"
        return VALUE if bare and self._value.search(bare) else ""

    def of_regions(self, heading: str) -> bool:
        """True of the heading of a column of regions."""
        return self._regions.match("".join(heading.split())) is not None

    def is_header(self, cells: list[str]) -> bool:
        """True where a row names its columns: an indicator or project column and at least one other, or years."""
        roles = [self.role(c) for c in cells]
        return ("name" in roles and len([r for r in roles if r]) >= 2) or self.by_time(cells)

    def by_time(self, cells: list[str]) -> bool:
        """True of headings of a table that has a row a year, and a column an indicator."""
        named = [cell for cell in cells[1:] if cell and self.role(cell) in ("", VALUE)]
        return bool(cells) and self.role(cells[0]) == "time" and len(named) == len(cells) - 1 >= 2

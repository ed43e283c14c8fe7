"""What the columns of a table hold, from their headings: shared by the two stages that meet tables."""

from __future__ import annotations

import re
from pathlib import Path

from extract.lexicon_file import Lexicon, load

VALUE = "value"


class Put(Lexicon):
    """Words that are put to the name of a row."""

    total: str
    projects: str
    growth: str
    yearly_growth: str
    last_growth: str
    yearly: str
    summed: str
    change: str
    rise: str
    fall: str
    during: str


class TableRules(Lexicon):
    """lexicon/tables.yaml."""

    columns: dict[str, tuple[str, ...]]
    regions: re.Pattern[str]
    value_column: tuple[str, ...]
    fragment: re.Pattern[str]
    whole: re.Pattern[str]
    total_row: re.Pattern[str]
    aim: tuple[str, ...]
    actual: tuple[str, ...]
    yearly: tuple[str, ...]
    compared: re.Pattern[str]
    plain: re.Pattern[str]
    measured: re.Pattern[str]
    grown: re.Pattern[str]
    said_in_cell: re.Pattern[str]
    differs: re.Pattern[str]
    percentage: re.Pattern[str]
    made: re.Pattern[str]
    allotted: re.Pattern[str]
    lasting: tuple[str, ...]
    each_year: tuple[str, ...]
    summed: tuple[str, ...]
    states: tuple[str, ...]
    footnote: re.Pattern[str]
    summed_value: re.Pattern[str]
    caption_unit: re.Pattern[str]
    row_number: re.Pattern[str]
    part_of: re.Pattern[str]
    note_line: re.Pattern[str]
    grown_heading: re.Pattern[str]
    title_signs: re.Pattern[str]
    plan_name: re.Pattern[str]
    quantity_ends: re.Pattern[str]
    rate_ends: re.Pattern[str]
    growth_names: re.Pattern[str]
    change_names: re.Pattern[str]
    rate_changes: re.Pattern[str]
    rate_names: re.Pattern[str]
    sum_names: re.Pattern[str]
    sum_of_change: re.Pattern[str]
    counted_in_sum: re.Pattern[str]
    projects: re.Pattern[str]
    put: Put


class Columns:
    """Reads headings of columns."""

    def __init__(self, rules: TableRules) -> None:
        self.rules = rules
        self._roles = [
            (role, re.compile("|".join(f"(?:{p})" for p in patterns))) for role, patterns in rules.columns.items()
        ]
        self._value = re.compile("|".join(f"(?:{p})" for p in rules.value_column))

    @classmethod
    def load(cls, path: Path) -> Columns:
        """Raises LexiconError naming every fault of the file."""
        return cls(load(path, TableRules))

    def role(self, heading: str) -> str:
        """number, category, name, time, unit, attribute, note, value — or "" where a heading is none of these."""
        bare = "".join(heading.split())
        for role, pattern in self._roles:
            if pattern.fullmatch(bare):
                return role
        if self.rules.regions.match(bare):
            return "name"
        return VALUE if bare and self._value.search(bare) else ""

    def of_regions(self, heading: str) -> bool:
        """True of the heading of a column of regions."""
        return self.rules.regions.match("".join(heading.split())) is not None

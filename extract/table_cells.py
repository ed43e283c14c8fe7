"""Stage 4: a cell of values → a fact: its amount or words, and its indicator, measure, kind and time.

All follow from what the cell itself says, from the heading of its column, and from the name of its row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extract.model import Document, Period, Quantity
from extract.patterns import word
from extract.quantities import Quantities
from extract.row import Row
from extract.table_columns import TableRules
from extract.table_heads import Column, years_before
from extract.units import Units

DIGIT, HAN, WORDS = re.compile("[0-9]"), re.compile("[一-龥]"), re.compile("[一-龥]{4,}")
MINUS, BRACKET = re.compile("[-−](?=[0-9])"), re.compile("（.*")
LONGEST_AMOUNT = 24
"""A longer cell is a text, whatever numbers are in it."""
SAME = 1e-6
"""Share of an amount within which another is the same."""


class Cell(NamedTuple):
    """A cell of a row, and the place of its first character in the passage."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What all values of a row are of: an indicator, or (not `indicators`) what the heading of a value names of it."""

    name: str
    document: Document
    attribute: str = ""
    indicators: bool = True


class _Said(NamedTuple):
    """What a cell says, without its marks: an amount, counted since when, of what change, by the year or in sum."""

    bare: str
    amount: str
    base: str
    verb: str
    summed: bool
    yearly: bool


class Cells:
    """Reads cells of values; built once from the lexicon."""

    def __init__(self, rules: TableRules, quantities: Quantities, units: Units) -> None:
        self.rules, self.quantities, self.units = rules, quantities, units
        self._aim, self._actual, self._states = word(rules.aim), word(rules.actual), word(rules.states)
        self._yearly, self._summed, self._each_year = word(rules.yearly), word(rules.summed), word(rules.each_year)

    def read(self, cell: Cell, column: Column, unit: str, subject: Subject) -> Row | None:
        """The fact of a cell in that column; None of words that are no aim of an indicator.

        Args: `unit`, that of the row or the table, for an amount that tells none.
        """
        said = self._said(cell.text, column, subject.name)
        if said.yearly or self.rules.compared.search(column.heading):
            unit = column.unit or "%"
        quantity = self._quantity(said.amount, unit)
        measure = self._measure(subject.name, column, unit, said, quantity)
        kind, period = self.kind(subject.name, column, measure, subject.document, said.summed)
        grown = measure == "share" and self.rules.grown.match(said.bare) is not None
        indicator = self._indicator(subject, column, said, quantity, measure)
        if grown:
            measure = "growth"
        if quantity:
            amount = shifted(quantity, cell.start + cell.text.find(said.amount))
            marked = self.rules.footnote.search(cell.text) is not None
            rule = "table.value"
            return Row(amount, indicator, kind, measure, period, subject.attribute, "table", rule, marked=marked)
        if not subject.indicators or kind == "baseline" or not HAN.search(said.bare):
            return None
        rule, kind = "table.worded", "qualitative"
        worded = Quantity(cell.start, cell.start + len(cell.text), 0.0, None, unit, "=", (), rule)
        return Row(worded, indicator, kind, measure, period, subject.attribute, "table", rule, value_text=said.bare)

    def kind(
        self, name: str, column: Column, measure: str, document: Document, summed: bool = False
    ) -> tuple[str, Period]:
        """Kind and time of the values of a column.

        Args: `summed`, whether the value is a sum over a period, whatever its measure.
        """
        start, end = document.period_start, document.period_end
        said = column.mention.period if column.mention else None
        if start is None or end is None:
            return "target", said or Period()
        actual = self._actual.search(column.heading) is not None
        aimed = not actual and self._aim.search(column.heading) is not None
        if said is None and not actual and not aimed and self._states.search(column.heading):
            return "baseline", Period(year=start)
        last = (said.year or said.end) if said else None
        past = actual if said is None else bool(last and last < start)
        kind = ("past_target" if aimed else "baseline") if past else "target"
        whole = years_before(start) if past else Period(start=start, end=end)
        each_year = measure == "growth" or self._each_year.match(name) is not None
        summed_change = measure == "change" and self.rules.sum_of_change.search(name) is not None
        between_levels = measure == "change" and self.rules.differs.search(column.heading) is not None
        flow = summed or each_year or measure == "cumulative" or summed_change or between_levels
        if said and said.year:
            between = start <= said.year < end
            yearly_flow = flow and self._yearly.search(column.heading)
            if (between or not summed) and not yearly_flow:
                return kind, whole if each_year and said.year == end else said
        return kind, whole if flow else Period(year=said.end if said and said.end else whole.end)

    def differences(self, rows: list[Row]) -> list[Row]:
        """The rows; a sum that is just what lies between the level before and the level aimed at is a change of it."""
        levels = {row.kind: row.quantity.value for row in rows if row.measure == "level" and not row.value_text}
        if not {"baseline", "target"} <= levels.keys():
            return rows
        between = levels["target"] - levels["baseline"]
        by = self.rules.put.rise if between >= 0 else self.rules.put.fall
        return [
            replace(row, measure="change", indicator=row.indicator + by) if _is_difference(row, abs(between)) else row
            for row in rows
        ]

    def _said(self, text: str, column: Column, name: str) -> _Said:
        """What a cell says of its amount: 累计提高7.6个百分点, 较2020年降低10%, 24（累计）."""
        bare = self.rules.footnote.sub("", text).strip() or text
        bracketed = self.rules.summed_value.match(bare)
        amount, base, verb = bracketed[1] if bracketed else bare, "", ""
        summed = bracketed is not None
        said = self.rules.said_in_cell.match(amount)
        if said and (said["base"] or said["sum"] or said["verb"] or said["whole"]):
            amount, base, verb = said["amount"], said["base"] or "", said["verb"] or ""
            summed = summed or bool(base or said["sum"] or said["whole"])
        compared = self.rules.compared.search(column.heading) is not None
        by_year = not compared and self._yearly.search(column.heading) is not None
        summed = summed or (verb != "" and not by_year)
        worded_change = not DIGIT.search(bare) and self.rules.change_names.search(name) is not None
        return _Said(bare, amount, base, verb, summed, by_year and not summed and not worded_change)

    def _indicator(self, subject: Subject, column: Column, said: _Said, quantity: Quantity | None, measure: str) -> str:
        """The name of the row, with what its cell or its column says of it."""
        name, put = subject.name, self.rules.put
        if quantity and said.verb and not name.endswith(said.verb):
            over = put.yearly if said.yearly else "" if said.base else put.summed
            return f"{name}{said.base}{over}{said.verb}"
        if said.summed and measure == "change" and not self.rules.change_names.search(name):
            return f"{name}{put.change}"
        indicator = self._of_column(subject, column, said.yearly)
        grown = measure == "share" and self.rules.grown.match(said.bare)
        return f"{indicator}{put.growth}" if grown and not self.rules.growth_names.search(indicator) else indicator

    def _of_column(self, subject: Subject, column: Column, yearly: bool) -> str:
        """The name of the row; with what its column says of it, where a row has several of them."""
        name, rules = subject.name, self.rules
        grows = rules.growth_names.search(name) is not None
        if yearly and not grows:
            return f"{name}{rules.put.yearly_growth}"
        if rules.compared.search(column.heading):
            return name if grows else f"{name}{rules.put.last_growth}"
        timed = column.mention
        measured = column.heading[: timed.start] + column.heading[timed.end :] if timed else column.heading
        if rules.measured.search(measured) and not name.endswith(measured):
            return f"{name}{measured}"
        timed_alone = timed is not None and not self._summed.search(column.heading)
        if subject.indicators or timed_alone or rules.plain.search(column.heading):
            return name
        return f"{without_brackets(name)}{column.heading}"

    def _quantity(self, text: str, unit: str) -> Quantity | None:
        """The amount of a value cell; its own unit wins over that of the row."""
        sign = 1 if MINUS.match(text) else 0
        found = self.quantities.find(text[sign:], exclusions=False).quantities
        if not found or len(text) > LONGEST_AMOUNT or WORDS.match(text):
            return None
        value = -found[0].value if sign else found[0].value
        quantity = replace(found[0], value=value, unit=found[0].unit or unit, rule="table", counted="")
        return shifted(quantity, sign)

    def _measure(self, name: str, column: Column, unit: str, said: _Said, quantity: Quantity | None) -> str:
        rules, heading, summed = self.rules, column.heading, said.summed
        if quantity and said.verb and summed:
            return "change"
        family = self.units.family(quantity.unit if quantity else unit)
        yearly = not summed and self._yearly.search(heading)
        if yearly or rules.compared.search(heading) or rules.growth_names.search(without_brackets(name)):
            return "growth" if family in ("ratio", "") else "change"
        if rules.differs.search(heading):
            return "growth" if family == "ratio" else "change"
        if (summed and family in ("ratio", "years")) or family == "percentage_point":
            return "change"
        if family in ("ratio", "per_100000") or (quantity is None and rules.rate_ends.search(name)):
            return "change" if rules.rate_changes.search(name) and not rules.rate_names.search(name) else "share"
        if family == "multiple":
            return "multiple"
        made = rules.made.search(heading) or self._summed.search(heading) or rules.sum_names.search(name)
        counted = rules.counted_in_sum.search(name) and (not family or family.startswith("counter:"))
        return "cumulative" if summed or made or counted else "level"


def without_brackets(name: str) -> str:
    """A name up to its first bracket."""
    return BRACKET.sub("", name)


def shifted(quantity: Quantity, by: int) -> Quantity:
    """The same amount, so many characters further on."""
    digits = tuple((start + by, end + by) for start, end in quantity.digits)
    return replace(quantity, start=quantity.start + by, end=quantity.end + by, digits=digits)


def _is_difference(row: Row, between: float) -> bool:
    summed = row.measure == "cumulative" and row.kind == "target"
    return summed and abs(abs(row.quantity.value) - between) <= SAME * between


def with_places(texts: Sequence[str]) -> list[Cell]:
    """The cells of a row, each with its place: one character parts two cells."""
    cells, start = [], 0
    for text in texts:
        cells.append(Cell(start, text))
        start += len(text) + 1
    return cells

"""Stage 4, first half: tables that arrive with one cell a line → rows of cells, as if they had been marked up.

Such a table is found by its headings (序号, 指标, 单位, …) standing on lines of their own, and cut into rows at its row
numbers (1, 2, … alone or before the name). A cell's kind — unit, attribute, value — says which column it belongs to, so
that missing cells and merged categories do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from extract.headings import SENTENCE_END, Headings
from extract.model import Anchor, Cleaned, Paragraph
from extract.pieces import concatenated, joined_cells
from extract.table_columns import VALUE, Columns
from extract.units import Units

NUMBERING = re.compile("[.．、](?![0-9])")
"""Follows the number of a row."""
FIGURE = re.compile("[0-9≥≤<>%]")
BRACKETS, ROW_NUMBER = re.compile("（[^（）]*）"), re.compile("[0-9]{1,3}")
IN_BRACKETS = re.compile("[（(]([0-9]{1,2})[）)]")
"""The number of a row, before its name."""
AMOUNT = re.compile("[≥≤<>＜＞〔［\\[（(]{0,2}(?:[-—]{1,6}$|[-+]?[0-9])")
"""How a cell of values begins, but for one in words."""
OWN_UNIT = re.compile("[（(][^（()）]{1,10}[）)]$")
SUMMED = re.compile("[〔［\\[][^（）]{1,6}[〕］\\]]")
FEWEST_ROWS = 3
"""So many rows without numbers are a table."""
NEXT_CELLS = 4
"""So many lines after the number of a row hold an amount or a unit."""
LONGEST_AMOUNT = 12
MAX_CELL = 40
MAX_HEADER = 16
MOST_IN_ROW = 3 * MAX_HEADER
"""Lines that one row of a table may take."""


@dataclass(frozen=True, slots=True)
class _Header:
    cells: tuple[Paragraph, ...]
    roles: tuple[str, ...]
    end: int


class Flattened:
    """Finds flattened tables; `binding` are the words of an attribute cell (约束性, 预期性)."""

    def __init__(self, columns: Columns, units: Units, headings: Headings, binding: frozenset[str]) -> None:
        self.columns, self.units, self.headings, self.binding = columns, units, headings, binding
        self.rules = columns.rules

    def regroup(self, cleaned: Cleaned) -> Cleaned:
        """The document with each flattened table as rows of cells: heading row first, then a row a number."""
        paragraphs, out, at = cleaned.paragraphs, [], 0
        while at < len(paragraphs):
            header = self._header(paragraphs, at)
            rows, end = self._rows(paragraphs, header) if header else ([], at)
            if header and not rows:
                header = self._to_attribute(header, paragraphs)
                rows, end = self._rows_by_attribute(paragraphs, header) if header else ([], at)
            if header and rows:
                out += [joined_cells(header.cells), *rows]
                at = end
            else:
                out.append(paragraphs[at])
                at += 1
        return Cleaned(tuple(out), cleaned.removed, cleaned.script)

    def _header(self, paragraphs: Sequence[Paragraph], at: int) -> _Header | None:
        first = paragraphs[at]
        if first.cells or len(first.text) > MAX_CELL:
            return None
        if self.columns.role(first.text) not in ("number", "category", "name"):
            return None
        cells: list[Paragraph] = []
        end = at
        for i in range(at, min(at + MAX_HEADER, len(paragraphs))):
            paragraph = paragraphs[i]
            if paragraph.cells or len(paragraph.text) > MAX_CELL or self._row_number(paragraph.text, 1, paragraphs, i):
                break
            self._add(cells, paragraph)
            if self.columns.role(cells[-1].text):
                end = i + 1
        cells = [c for c in cells if c.anchors[0] < paragraphs[end].anchors[0]] if end < len(paragraphs) else cells
        cells = [c for c in cells if c.line <= paragraphs[end - 1].line]
        roles = tuple(self.columns.role(c.text) for c in cells)
        return _Header(tuple(cells), roles, end) if "name" in roles and len(roles) >= 2 else None

    def _add(self, cells: list[Paragraph], paragraph: Paragraph) -> None:
        """A heading may be broken over lines: its unit follows in brackets, or a plan's name stands before the rest."""
        if cells and self._goes_on(cells[-1].text, paragraph.text):
            cells[-1] = concatenated([cells[-1], paragraph])
        else:
            cells.append(paragraph)

    def _goes_on(self, heading: str, text: str) -> bool:
        rules = self.rules
        summed = SUMMED.fullmatch(text) and rules.grown_heading.search(heading)
        if BRACKETS.fullmatch(text) or summed:
            return True
        begun = rules.fragment.fullmatch(heading) and not rules.fragment.fullmatch(text)
        return bool(begun) and self.columns.role(text) in (VALUE, "") and not rules.whole.search(text)

    def _row_number(self, text: str, number: int, paragraphs: Sequence[Paragraph], at: int) -> bool:
        if text.startswith(str(number)) and NUMBERING.match(text, len(str(number))):
            return True
        bracketed = IN_BRACKETS.match(text)
        if bracketed and bracketed[1] == str(number) and bracketed.end() < len(text):
            return True
        following = paragraphs[at + 1].text if at + 1 < len(paragraphs) else ""
        valued = FIGURE.match(following) or self.units.known(following)
        return text == str(number) and bool(following) and not valued and self.headings.match(following) is None

    def _rows(self, paragraphs: Sequence[Paragraph], header: _Header) -> tuple[list[Paragraph], int]:
        rows: list[list[Paragraph]] = []
        at, number = header.end, 0
        while at < len(paragraphs):
            paragraph = paragraphs[at]
            if self._row_number(paragraph.text, number + 1, paragraphs, at):
                number += 1
                rows.append([])
            elif rows and self._filled(rows[-1]) and self._names_group(paragraphs, at, number):
                number = 0 if self._row_number(paragraphs[at + 1].text, 1, paragraphs, at + 1) else number
                at += 1
                continue
            elif self.rules.total_row.match(paragraph.text) and not rows:
                rows.append([])
            elif self._ends(paragraph, rows) or (rows and len(rows[-1]) >= MOST_IN_ROW):
                break
            if rows:
                rows[-1].append(paragraph)
            elif at - header.end > 4:
                return [], at
            at += 1
        return ([row for cells in rows for row in self._aligned(cells, header)] if len(rows) >= 2 else []), at

    def _filled(self, cells: Sequence[Paragraph]) -> bool:
        """True of a row that has a name and a value."""
        return any(AMOUNT.match(cell.text) or cell.text in self.binding for cell in cells[1:])

    def _to_attribute(self, header: _Header, paragraphs: Sequence[Paragraph]) -> _Header | None:
        """The headings up to that of the attribute, where the names of rows without numbers follow them."""
        if "attribute" not in header.roles:
            return None
        count = header.roles.index("attribute") + 1
        cells, roles = header.cells[:count], header.roles[:count]
        last = max(anchor.line for anchor in cells[-1].anchors)
        lines = range(max(0, header.end - MAX_HEADER), header.end)
        end = next((i for i in lines if paragraphs[i].line > last), header.end)
        return _Header(cells, roles, end) if "name" in roles and VALUE in roles else None

    def _rows_by_attribute(self, paragraphs: Sequence[Paragraph], header: _Header) -> tuple[list[Paragraph], int]:
        """Rows without numbers, each up to its attribute; a line before the name of a row names a group."""
        rows: list[list[Paragraph]] = []
        cells: list[Paragraph] = []
        at = end = header.end
        while at < len(paragraphs) and not self._ends(paragraphs[at], []) and len(cells) < MOST_IN_ROW:
            cells.append(paragraphs[at])
            at += 1
            if cells[-1].text in self.binding:
                rows.append(self._named(cells))
                cells, end = [], at
                if not rows[-1]:
                    return [], header.end
        whole = rows if len(rows) >= FEWEST_ROWS else []
        return [row for cells in whole for row in self._aligned(cells, header)], end

    def _named(self, cells: list[Paragraph]) -> list[Paragraph]:
        """The cells of a row from its name on; [] where it has no name or no value."""
        value = next((i for i, c in enumerate(cells) if AMOUNT.match(c.text) or self.units.known(c.text)), 0)
        return cells[value - 1 :] if value else []

    def _names_group(self, paragraphs: Sequence[Paragraph], at: int, number: int) -> bool:
        """True of a line (二、创新驱动) before a row of the same table, whose numbers may begin again with it."""
        text = paragraphs[at].text
        if len(text) > MAX_CELL or at + 1 >= len(paragraphs) or AMOUNT.match(text) or text in self.binding:
            return False
        following = paragraphs[at + 1].text
        goes_on = self.headings.match(text) and self._row_number(following, number + 1, paragraphs, at + 1)
        if not goes_on and not self._row_number(following, 1, paragraphs, at + 1):
            return False
        cells = [p.text for p in paragraphs[at + 2 : at + 2 + NEXT_CELLS]]
        return any(len(cell) <= LONGEST_AMOUNT and (AMOUNT.match(cell) or self.units.known(cell)) for cell in cells)

    def _ends(self, paragraph: Paragraph, rows: list[list[Paragraph]]) -> bool:
        text = paragraph.text
        if paragraph.cells or len(text) > MAX_CELL or text[-1] in SENTENCE_END or self.rules.note_line.match(text):
            return True
        return bool(rows) and self.headings.match(text) is not None

    def _aligned(self, cells: list[Paragraph], header: _Header) -> list[Paragraph]:
        """The cells of one row in the order of the headings, or of several rows that are printed in one."""
        first = 1 if ROW_NUMBER.fullmatch(cells[0].text) and len(cells) > 1 else 0
        amount = next((i for i, cell in enumerate(cells) if i > first and AMOUNT.match(cell.text)), first)
        parts = [cell for cell in cells[first + 1 : amount] if not self.units.known(cell.text)]
        values = list(takewhile(lambda cell: cell.text not in self.binding, cells[amount:]))
        columns = sum(role in (VALUE, "") for role in header.roles)
        names = parts
        if len(values) == columns * (1 + len(parts)):
            names = [cells[first], *parts]
        if not parts or len(values) != columns * len(names) or columns < 2:
            return [self._in_order(cells, header)]
        rest = cells[amount + len(values) :]
        rows = []
        for i, name in enumerate(names):
            whole = name if name is cells[first] else self._named_part(cells[first], name)
            number = cells[: 0 if i else first]
            rows.append(self._in_order([*number, whole, *values[i :: len(names)], *rest], header))
        return rows

    def _named_part(self, whole: Paragraph, part: Paragraph) -> Paragraph:
        """The name of a part of what a row measures: one with a unit of its own says all, another only which part."""
        opened = self.rules.part_of.match(part.text)
        bare = part.slice(opened.end() if opened else 0, len(part.text))
        if OWN_UNIT.search(bare.text):
            return bare
        unit = OWN_UNIT.search(whole.text)
        cut = unit.start() if unit else len(whole.text)
        return concatenated([whole.slice(0, cut), bare, whole.slice(cut, len(whole.text))])

    def _in_order(self, cells: list[Paragraph], header: _Header) -> Paragraph:
        """The cells of one row in the order of the headings; what is missing is an empty cell."""
        slots: dict[str, list[Paragraph]] = {"number": [], "unit": [], "attribute": [], "name": [], VALUE: []}
        rest = list(cells)
        first = rest[0]
        if ROW_NUMBER.fullmatch(first.text) and len(rest) > 1:
            slots["number"].append(rest.pop(0))
        slots["name"].append(rest.pop(0))
        for cell in rest:
            if slots["attribute"]:
                break
            kind = "attribute" if cell.text in self.binding else "unit" if self._is_unit(cell, header, slots) else VALUE
            slots[kind].append(cell)
        missing = sum(role in (VALUE, "") for role in header.roles) - len(slots[VALUE])
        if "unit" in header.roles and len(slots[VALUE]) and missing > 0:
            # What an indicator lacks is its base year: its values are those of the last columns.
            slots[VALUE][:0] = [Paragraph("", (Anchor(0, *first.place(0)),))] * missing
        row = []
        for role in header.roles:
            queue = slots.get(VALUE if role in (VALUE, "note", "") else role, [])
            row.append(queue.pop(0) if queue else Paragraph("", (Anchor(0, *first.place(0)),)))
        left = [c for queue in slots.values() for c in queue]
        return joined_cells((*row, *left))

    def _is_unit(self, cell: Paragraph, header: _Header, slots: dict[str, list[Paragraph]]) -> bool:
        awaited = "unit" in header.roles and not slots["unit"] and not slots[VALUE]
        return awaited and (self.units.known(cell.text) or cell.text in "-—/%")

"""Stage 4, second half: rows of cells → facts. What a value is follows from the heading of its column and its row.

A table is a run of rows with a heading row; each value cell of an indicator's row is a fact, worded ones included where
the table says of its indicators whether they are binding (约束性) or expected (预期性).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extract.model import Document, Exclusion, Passage, Period
from extract.patterns import word
from extract.periods import Periods
from extract.quantities import Quantities
from extract.row import Row
from extract.stances import REVIEW, Stance
from extract.table_cells import Cell, Cells, Subject, shifted, with_places, without_brackets
from extract.table_columns import VALUE, Columns
from extract.table_heads import PART, Column, Heads
from extract.units import Units

NUMBER, FROM_DIGIT = re.compile("[0-9][0-9,.]*"), re.compile("[0-9].*")
UNIT_INSIDE = re.compile("[（(]([^（）()]{1,6})[）)][：:]")
GROUP = re.compile("[^0-9。；，：]{2,24}")
"""A line between two rows that names what the next ones have in common."""
LONGEST_TITLE = 40


class _Place(NamedTuple):
    """Where a row stands: under which columns (none before a table begins), and which unit and title over them."""

    document: Document
    columns: tuple[Column, ...] = ()
    caption: str = ""
    title: str = ""

    @property
    def indicators(self) -> bool:
        """Whether the rows are indicators, not projects or things that have several values of different kinds."""
        return any(column.role in ("attribute", "unit") for column in self.columns)

    def by_role(self, texts: Sequence[str]) -> dict[str, str]:
        """What the cells of a row hold that are no values."""
        return {c.role: text for c, text in zip(self.columns, texts, strict=False) if c.role != VALUE}


class _Whole(NamedTuple):
    """The cells of a row that hold for the next ones as well, where these only name other parts."""

    name: str = ""
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class TableFacts:
    """Rows and excluded numbers of the table rows, by passage id."""

    rows: dict[str, list[Row]]
    exclusions: dict[str, list[Exclusion]]


class Tables:
    """Reads tables; built once from the lexicon. `binding`: words of an attribute cell → the attribute."""

    def __init__(
        self, columns: Columns, quantities: Quantities, periods: Periods, units: Units, binding: dict[str, str]
    ) -> None:
        self.columns, self.quantities, self.periods, self.units = columns, quantities, periods, units
        self.binding, self.rules = binding, columns.rules
        self.heads = Heads(columns, periods, units)
        self.cells = Cells(self.rules, quantities, units)
        self._yearly, self._lasting = word(self.rules.yearly), word(self.rules.lasting)

    def read(self, passages: Sequence[Passage], document: Document, stances: Mapping[str, Stance]) -> TableFacts:
        """Facts of all tables of a document; passages without cells are passed over.

        Args: passages in order, and the stance of each by its id.
        """
        facts = TableFacts({}, {})
        head: list[str] = []
        place, whole = _Place(document), _Whole()
        marked: dict[str, str] = {}
        for at, passage in enumerate(passages):
            texts = [cell.text for cell in passage.body.cells]
            if not texts:
                if not _names_group(passages, at, len(place.columns)):
                    head, place = [], self._under(passage, place)
                    marked = {} if passage.kind == "heading" else marked
                    self._apply_note(passage.text, marked, facts, document)
                continue
            head = self.heads.joined(head, texts, begun=bool(place.columns))
            if head:
                if self.heads.names_columns(head):
                    columns = tuple(self.heads.read(head, document))
                    place = place._replace(columns=columns, document=self.heads.dated(document, columns))
                facts.exclusions[passage.passage_id] = _free_numbers(passage, "excluded.table_heading")
                continue
            whole = _whole(place.by_role(texts), whole)
            rows = self._read_beside(with_places(texts), place, whole)
            facts.exclusions[passage.passage_id] = _free_numbers(passage, "excluded.table_cell", rows)
            facts.rows[passage.passage_id] = [_reviewed(row, stances[passage.passage_id], document) for row in rows]
            marked |= {row.indicator: passage.passage_id for row in rows if row.marked}
        return facts

    def _under(self, passage: Passage, place: _Place) -> _Place:
        """Where the next row stands, behind a passage that is none: a title perhaps, or the unit of all values."""
        text = passage.text
        found = self.rules.caption_unit.search(text) if len(text) < LONGEST_TITLE else None
        caption = place.caption if passage.kind == "heading" else ""
        return _Place(
            place.document,
            caption=found["unit"].split("、")[0] if found else caption,
            title=self.rules.title_signs.sub("", text) if len(text) <= LONGEST_TITLE else "",
        )

    def _apply_note(self, note: str, marked: dict[str, str], facts: TableFacts, document: Document) -> None:
        """A note under a table may say of which time the marked values of an indicator are (…为2019年值)."""
        for indicator, passage_id in marked.items():
            if indicator not in note:
                continue
            times = [m.period for m in self.periods.find(note, document) if m.role == "at"]
            if times:
                rows = facts.rows[passage_id]
                facts.rows[passage_id] = [replace(r, period=times[0]) if r.marked else r for r in rows]

    def _read_beside(self, cells: Sequence[Cell], place: _Place, whole: _Whole) -> list[Row]:
        """The rows of a table, or of those that stand side by side in it under the same headings."""
        width = _repeats(place.columns)
        if not width:
            return self._read_row(cells, place, whole)
        rows: list[Row] = []
        for start in range(0, len(place.columns), width):
            columns, part = place.columns[start : start + width], cells[start : start + width]
            beside = place._replace(columns=columns)
            if part:
                rows += self._read_row(part, beside, _whole(beside.by_role([cell.text for cell in part]), _Whole()))
        return rows

    def _read_row(self, cells: Sequence[Cell], place: _Place, whole: _Whole) -> list[Row]:
        if place.columns[0].role == "time":
            return self._read_year(cells, place)
        subject, own_unit = self._subject(cells, place, whole)
        rows: list[Row] = []
        for column, cell in zip(place.columns, cells, strict=False):
            if column.role == VALUE and cell.text and subject.name:
                of_column = "" if self._yearly.search(column.heading) else column.unit
                row = self.cells.read(cell, column, own_unit or of_column or place.caption, subject)
                rows += [row] if row else []
            elif column.role == "name" and not place.indicators:
                rows += self._count_in_name(subject.name, cell, place)
        return self.cells.differences(rows if place.indicators else self._of_project(rows, cells, place))

    def _subject(self, cells: Sequence[Cell], place: _Place, whole: _Whole) -> tuple[Subject, str]:
        """What the values of a row are of, and the unit that the row itself tells of them, or ""."""
        texts = [cell.text for cell in cells]
        by_role = place.by_role(texts)
        name, unit = self._name(whole.name)
        if by_role.get(PART):
            part, part_unit = self._name(by_role[PART])
            name, unit = self._of_part(name, part), part_unit or unit
        if any(column.role == "name" and self.columns.of_regions(column.heading) for column in place.columns):
            name += self.rules.allotted.sub("", place.title)
        elif place.title and self.rules.total_row.match(name):
            name = f"{place.title}{self.rules.put.total}"
        said = [self.binding[text] for text in texts if text in self.binding]
        attribute = self.binding.get(whole.attribute, "") or (said[0] if said else "")
        if self.units.known(by_role.get("unit", "")):
            unit = by_role["unit"]
        if not unit and not place.caption and self.rules.percentage.search(name):
            unit = "%"
        return Subject(name, place.document, attribute, place.indicators), unit

    def _read_year(self, cells: Sequence[Cell], place: _Place) -> list[Row]:
        """A row of values of one year, each of the indicator that its column names."""
        year = cells[0].text
        mentions = self.heads.times(year, place.document)
        of_year = Column(VALUE, year, mention=mentions[-1] if mentions else None)
        rows: list[Row] = []
        for column, cell in zip(place.columns[1:], cells[1:], strict=False):
            name, unit = self._name(column.heading)
            unit = column.unit or unit or place.caption
            row = self.cells.read(cell, of_year, unit, Subject(name, place.document)) if cell.text else None
            rows += [row] if row and not row.value_text else []
        return rows

    def _of_project(self, rows: list[Row], cells: Sequence[Cell], place: _Place) -> list[Row]:
        """Rows of a project, over the years that it takes where a column tells them and none is said of the value."""
        placed = list(zip(place.columns, cells, strict=False))
        lasting = [cell.text for column, cell in placed if self._lasting.search(column.heading)]
        periods = [m.period for text in lasting for m in self.periods.find(text, place.document) if m.period.start]
        if not periods:
            return rows
        timed = [range(cell.start, cell.start + len(cell.text)) for column, cell in placed if column.mention]
        untimed = [not any(row.quantity.start in span for span in timed) for row in rows]
        return [replace(row, period=periods[0]) if free else row for row, free in zip(rows, untimed, strict=True)]

    def _of_part(self, whole: str, part: str) -> str:
        """The name of a part: its own where that says what is measured, else behind that of the whole."""
        own = self.rules.quantity_ends.search(part) or not self.rules.quantity_ends.search(whole)
        changed = self.rules.change_names.search(whole) is not None
        return part if (own and not changed) or part.endswith(whole) else f"{whole}{part}"

    def _name(self, text: str) -> tuple[str, str]:
        """Indicator without its row number, and the unit it may carry in brackets."""
        name, unit = self.heads.without_unit(self.rules.row_number.sub("", text).strip(" *"))
        inner = None if unit else UNIT_INSIDE.search(name)
        if inner and self.units.known(inner[1]):
            return name[: inner.start()] + name[inner.end() :], inner[1]
        return name, unit

    def _count_in_name(self, name: str, cell: Cell, place: _Place) -> Iterator[Row]:
        """A project table says in brackets how many projects a row stands for: 科技创新工程（5个）."""
        bare = without_brackets(name) if "（" in name else FROM_DIGIT.sub("", name)
        bare = bare if self.rules.projects.search(bare) else f"{bare}{self.rules.put.projects}"
        column = next((c for c in place.columns if c.role == VALUE), place.columns[0])
        kind, period = self.cells.kind(name, column, "cumulative", place.document)
        for found in self.quantities.find(cell.text).quantities:
            if self.units.family(found.unit).startswith("counter:"):
                amount = shifted(found, cell.start)
                yield Row(amount, bare, kind, "cumulative", period, origin="table", rule="table.count")


def _repeats(columns: Sequence[Column]) -> int:
    """How many columns each of the tables has that stand side by side under the same headings; 0 of one table."""
    said = [(column.role, column.heading, column.unit) for column in columns]
    named = [i for i, column in enumerate(columns) if column.role == "name"]
    width = named[1] - named[0] if len(named) > 1 else 0
    alike = width > 1 and len(said) % width == 0 and said == said[:width] * (len(said) // width)
    return width if alike else 0


def _names_group(passages: Sequence[Passage], at: int, columns: int) -> bool:
    """True of a short line between two rows of one table, which says what the next ones have in common."""
    if not columns or not 0 < at < len(passages) - 1 or not GROUP.fullmatch(passages[at].text):
        return False
    return len(passages[at - 1].body.cells) == len(passages[at + 1].body.cells) == columns


def _whole(by_role: Mapping[str, str], before: _Whole) -> _Whole:
    """The name and the attribute of a row; those before, where it only names another part of the same."""
    name, attribute = by_role.get("name", ""), by_role.get("attribute", "")
    return (
        _Whole(before.name, attribute or before.attribute)
        if by_role.get(PART) and not name
        else _Whole(name, attribute)
    )


def _reviewed(row: Row, stance: Stance, document: Document) -> Row:
    """What stands in a report of a year has been measured in it."""
    year = stance.period.year if stance.period and stance.tense == REVIEW else None
    of_year = year is not None and (row.period.year or row.period.end) == year == document.period_end
    return replace(row, kind="baseline", period=Period(year=year)) if of_year and row.kind == "target" else row


def _free_numbers(passage: Passage, rule: str, rows: Sequence[Row] = ()) -> list[Exclusion]:
    """The numbers of a passage that are in no value of its rows."""
    covered = [span for row in rows for span in row.quantity.digits]
    free = [m for m in NUMBER.finditer(passage.text) if not any(start <= m.start() < end for start, end in covered)]
    return [Exclusion(m.start(), m.end(), rule) for m in free]

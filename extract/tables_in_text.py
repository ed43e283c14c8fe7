"""Stage 4, second half: rows of cells → facts. What a value is follows from the heading of its column and its row.

A table is a run of rows with a heading row; each value cell of an indicator's row is a fact, worded ones included where
the table says of its indicators whether they are binding (约束性) or expected (预期性).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from extract.model import Document, Exclusion, Passage, Period, Quantity
from extract.periods import Mention, Periods
from extract.quantities import Quantities
from extract.row import Row
from extract.stances import REVIEW, Stance
from extract.table_columns import VALUE, Columns
from extract.units import Units

NUMBER, DIGIT = re.compile(r"[0-9][0-9,.]*"), re.compile("[0-9].*")
ROW_NUMBER = re.compile(
    r"^(?:[0-9]{1,3}[.．、]\s*|[（(][0-9]{1,2}[）)]|[一二三四五六七八九十]{1,3}、|[#＃])?(?:其中[：:])?"
)
IN_BRACKETS, BRACKET = re.compile("[（(]([^（）()]{1,10})[）)]$"), re.compile("（.*")
HAN, WORDS, MINUS = re.compile("[一-龥]"), re.compile("[一-龥]{4,}"), re.compile("[-−](?=[0-9])")
CHANGES, RATE = re.compile("下降|降低|减少|提高|削减|降幅|减排"), re.compile("(?<!降低)(?<!下降)率$")
UNIT_INSIDE = re.compile("[（(]([^（）()]{1,6})[）)][：:]")
SUMMED = re.compile("累计|^新增|^新建|^建成|^新认定")
PART = "part"
"""The role of a column without a heading behind that of the names: of what each of several rows is a part."""
PLAN = re.compile('[“"]?十[一二三四五六七]五[”"]?')
GROUP = re.compile("[^0-9。；，：]{2,24}")
SAME = 1e-6
"""Share of an amount within which another is the same."""


@dataclass(frozen=True, slots=True)
class _Column:
    role: str
    heading: str
    unit: str
    mention: Mention | None


class _Cell(NamedTuple):
    """The amount of a cell of values, and what the cell says of it: since when, of what change, whether it is a sum."""

    amount: str
    base: str = ""
    verb: str = ""
    summed: bool = False


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
    """Reads tables; built once from the lexicon."""

    def __init__(
        self, columns: Columns, quantities: Quantities, periods: Periods, units: Units, binding: dict[str, str]
    ) -> None:
        self.columns, self.quantities, self.periods, self.units, self.binding = (
            columns,
            quantities,
            periods,
            units,
            binding,
        )
        rules = columns.rules
        self._footnote = re.compile(rules.footnote)
        self._summed_value = re.compile(rules.summed_value)
        self._caption = re.compile(rules.caption_unit)
        self._compared, self._plain = re.compile(rules.compared), re.compile(rules.plain)
        self._measured, self._grown = re.compile(rules.measured), re.compile(rules.grown)
        self._title = re.compile("^附[表件]?[0-9]*[ ：:]*|(?:汇总|一览|明细|情况)?表$")
        self._said = re.compile(rules.said_in_cell)
        self._allotted, self._made = re.compile(rules.allotted), re.compile(rules.made)
        self._differs = re.compile(rules.differs)
        self._percentage = re.compile(rules.percentage)
        self._measures = re.compile("(?:率|量|额|值|数|面积|收入|比重|占比|比例|浓度|里程|人口|寿命)$")
        self._rate = re.compile("(?:率|比重|占比|比例)$")
        self._grows = re.compile("增长率?$|增速$|增幅$|年均增长|增长速度")
        self._changes = re.compile("下降|降低|减少|提高|削减|降幅|减排|增加|提升")
        self._word = {
            name: re.compile("|".join(map(re.escape, getattr(rules, name))))
            for name in ("aim", "actual", "yearly", "each_year", "summed", "states", "lasting")
        }

    def read(self, passages: Sequence[Passage], document: Document, stances: Mapping[str, Stance]) -> TableFacts:
        """Facts of all tables of a document; passages without cells are passed over.

        Args: passages in order, and the stance of each by its id.
        """
        facts = TableFacts({}, {})
        head: list[str] = []
        columns: list[_Column] | None = None
        caption = title = ""
        marked: dict[str, str] = {}
        whole = _Whole()
        for at, passage in enumerate(passages):
            if not passage.body.cells and columns and self._names_group(passages, at, len(columns)):
                facts.exclusions[passage.passage_id] = []
                continue
            if not passage.body.cells:
                columns, head = None, []
                marked = {} if passage.kind == "heading" else marked
                self._apply_note(passage.text, marked, facts, document)
                title = self._title.sub("", passage.text) if len(passage.text) <= 40 else ""
                found = self._caption.search(passage.text) if len(passage.text) < 40 else None
                caption = found["unit"].split("、")[0] if found else caption if passage.kind == "heading" else ""
                continue
            texts = [c.text for c in passage.body.cells]
            if columns is None or self.columns.is_header(texts) or self._goes_on(head, texts):
                head = self._joined(head, texts) if self._goes_on(head, texts) else texts
                columns = self._read_header(head, document) if self.columns.is_header(head) else columns
                facts.exclusions[passage.passage_id] = self._all_numbers(passage, "excluded.table_heading", document)
                continue
            whole = self._whole(texts, columns, whole)
            rows, out = self._read_row(passage, columns, document, caption, title, whole)
            rows = [self._reviewed(row, stances[passage.passage_id], document) for row in rows]
            head = []
            facts.rows[passage.passage_id] = rows
            marked |= {row.indicator: passage.passage_id for row in rows if row.marked}
            facts.exclusions[passage.passage_id] = out
        return facts

    @staticmethod
    def _names_group(passages: Sequence[Passage], at: int, columns: int) -> bool:
        """True of a short line between two rows of one table, which says what the next ones have in common."""
        if not 0 < at < len(passages) - 1 or not GROUP.fullmatch(passages[at].text):
            return False
        return len(passages[at - 1].body.cells) == len(passages[at + 1].body.cells) == columns

    def _whole(self, texts: Sequence[str], columns: Sequence[_Column], before: _Whole) -> _Whole:
        """The name and the attribute of a row; those before, where it only names another part of the same."""
        said = {c.role: text for c, text in zip(columns, texts, strict=False)}
        if said.get(PART) and not said.get("name"):
            return _Whole(before.name, said.get("attribute") or before.attribute)
        return _Whole(said.get("name", ""), said.get("attribute", ""))

    def _goes_on(self, head: Sequence[str], texts: Sequence[str]) -> bool:
        """True of the second row of a heading: blank but where the cell above says what its columns have in common."""
        said = [text for text in texts if text]
        if not head or len(texts) != len(head) or not said or self.columns.is_header(list(texts)):
            return False
        named = [text for above, text in zip(head, texts, strict=True) if self.columns.role(above) == "name"]
        return not any(named) and all(self.columns.role(text) == VALUE for text in said)

    @staticmethod
    def _joined(head: Sequence[str], texts: Sequence[str]) -> list[str]:
        """One row of headings out of two."""
        over = ""
        joined = []
        for above, below in zip(head, texts, strict=True):
            over = above or (over if below else "")
            plan = PLAN.fullmatch(over) is not None and below and not DIGIT.search(below)
            joined.append(f"{over}时期{below}" if plan else below or above)
        return joined

    @staticmethod
    def _reviewed(row: Row, stance: Stance, document: Document) -> Row:
        """What stands in a report of a year has been measured in it."""
        year = stance.period.year if stance.period and stance.tense == REVIEW else None
        of_year = year is not None and (row.period.year or row.period.end) == year == document.period_end
        return replace(row, kind="baseline", period=Period(year=year)) if of_year and row.kind == "target" else row

    def _apply_note(self, note: str, marked: dict[str, str], facts: TableFacts, document: Document) -> None:
        """A note under a table may say of which time the marked values of an indicator are (…为2019年值)."""
        for indicator, passage_id in marked.items():
            if indicator not in note:
                continue
            times = [m.period for m in self.periods.find(note, document) if m.role == "at"]
            if times:
                rows = facts.rows[passage_id]
                facts.rows[passage_id] = [replace(r, period=times[0]) if r.marked else r for r in rows]

    def _read_header(self, texts: Sequence[str], document: Document) -> list[_Column]:
        columns: list[_Column] = []
        for text in texts:
            brackets = IN_BRACKETS.search(text)
            unit = brackets[1] if brackets and self.units.known(brackets[1]) else ""
            heading = text[: brackets.start()] if unit and brackets else text
            mentions = self.periods.find(heading, document) or self.periods.find(heading + "年", document)
            mentions = tuple(m for m in mentions if m.role != "base" and not self.periods.is_either(heading, m))
            role = PART if not text and columns and columns[-1].role == "name" else self.columns.role(text) or VALUE
            columns.append(_Column(role, heading, unit, mentions[-1] if mentions else None))
        return self._of_the_past(columns, document)

    def _of_the_past(self, columns: list[_Column], document: Document) -> list[_Column]:
        """Growth by the year is that of the years before, where all other columns are of them."""
        start, end = document.period_start, document.period_end
        timed = [c.mention.period for c in columns if c.mention]
        if not timed or start is None or start == end or any((p.year or p.end or 0) >= start for p in timed):
            return columns
        before = Mention(0, 0, Period(start=start - 5, end=start - 1), "at", "time.period")
        yearly = self._word["yearly"]
        return [replace(c, mention=before) if not c.mention and yearly.search(c.heading) else c for c in columns]

    def _all_numbers(self, passage: Passage, rule: str, document: Document) -> list[Exclusion]:
        return [Exclusion(m.start(), m.end(), rule) for m in NUMBER.finditer(passage.text)]

    def _read_row(
        self,
        passage: Passage,
        columns: list[_Column],
        document: Document,
        caption: str,
        title: str,
        whole: _Whole,
    ) -> tuple[list[Row], list[Exclusion]]:
        cells = list(_with_offsets(passage))
        if columns[0].role == "time":
            return self._read_year(passage, columns, cells, document, caption)
        by_role = {c.role: text for c, (_, text) in zip(columns, cells, strict=False) if c.role != VALUE}
        indicators = any(c.role == "attribute" for c in columns) or any(c.role == "unit" for c in columns)
        name, name_unit = self._name(whole.name)
        if by_role.get(PART):
            part, part_unit = self._name(by_role[PART])
            name, name_unit = self._of_part(name, part), part_unit or name_unit
        if any(column.role == "name" and self.columns.of_regions(column.heading) for column in columns):
            name += self._allotted.sub("", title)
        elif title and self.columns.total.match(name):
            name = f"{title}合计"
        said = [self.binding[text] for _, text in cells if text in self.binding]
        attribute = self.binding.get(whole.attribute, "") or (said[0] if said else "")
        row_unit = by_role.get("unit", "") if self.units.known(by_role.get("unit", "")) else name_unit
        row_unit = row_unit or ("%" if self._percentage.search(name) and not caption else "")
        rows: list[Row] = []
        for column, (offset, text) in zip(
            [*columns, *[_Column("note", "", "", None)] * len(cells)], cells, strict=False
        ):
            if column.role == VALUE and text and name:
                by_year = self._word["yearly"].search(column.heading) is not None
                unit = row_unit or ("" if by_year else column.unit) or caption
                row = self._value(name, text, offset, column, unit, attribute, document, indicators)
                rows += [row] if row else []
            elif column.role == "name" and not indicators:
                rows += self._count_in_name(name, text, offset, columns, document)
        rows = _differences(rows if indicators else self._of_project(rows, columns, cells, document))
        return rows, self._left_over(passage, rows)

    @staticmethod
    def _left_over(passage: Passage, rows: Sequence[Row]) -> list[Exclusion]:
        """The numbers of a row that are no values."""
        covered = [span for row in rows for span in row.quantity.digits]
        free = [m for m in NUMBER.finditer(passage.text) if not any(a <= m.start() < b for a, b in covered)]
        return [Exclusion(m.start(), m.end(), "excluded.table_cell") for m in free]

    def _read_year(
        self,
        passage: Passage,
        columns: list[_Column],
        cells: list[tuple[int, str]],
        document: Document,
        caption: str,
    ) -> tuple[list[Row], list[Exclusion]]:
        """A row of values of one year, each of the indicator that its column names."""
        year = cells[0][1]
        mentions = self.periods.find(year, document) or self.periods.find(year + "年", document)
        rows: list[Row] = []
        for column, (offset, text) in zip(columns[1:], cells[1:], strict=False):
            name, unit = self._name(column.heading)
            at = _Column(VALUE, year, "", mentions[-1] if mentions else None)
            row = (
                self._value(name, text, offset, at, column.unit or unit or caption, "", document, True)
                if text
                else None
            )
            rows += [row] if row and not row.value_text else []
        return rows, self._left_over(passage, rows)

    def _of_project(
        self, rows: list[Row], columns: list[_Column], cells: list[tuple[int, str]], document: Document
    ) -> list[Row]:
        """Rows of a project, over the years that it takes where a column tells them and none is said of the value."""
        placed = list(zip(columns, cells, strict=False))
        timed = [range(offset, offset + len(text)) for column, (offset, text) in placed if column.mention]
        lasting = [text for column, (_, text) in placed if self._word["lasting"].search(column.heading)]
        periods = [m.period for text in lasting for m in self.periods.find(text, document) if m.period.start]
        return [
            replace(row, period=periods[0])
            if periods and not any(row.quantity.start in cell for cell in timed)
            else row
            for row in rows
        ]

    def _of_part(self, whole: str, part: str) -> str:
        """The name of a part: its own where that says what is measured, else behind that of the whole."""
        own = self._measures.search(part) or not self._measures.search(whole)
        changed = self._changes.search(whole) is not None
        return part if (own and not changed) or part.endswith(whole) else f"{whole}{part}"

    def _name(self, text: str) -> tuple[str, str]:
        """Indicator without its row number, and the unit it may carry in brackets."""
        name = ROW_NUMBER.sub("", text).strip(" *")
        brackets = IN_BRACKETS.search(name)
        if brackets and self.units.known(brackets[1]):
            return name[: brackets.start()], brackets[1]
        inner = UNIT_INSIDE.search(name)
        if inner and self.units.known(inner[1]):
            return name[: inner.start()] + name[inner.end() :], inner[1]
        return name, ""

    def _count_in_name(
        self, name: str, text: str, offset: int, columns: list[_Column], document: Document
    ) -> Iterator[Row]:
        """A project table says in brackets how many projects a row stands for: 科技创新工程（5个）."""
        for found in self.quantities.find(text).quantities:
            if self.units.family(found.unit).startswith("counter:"):
                bare = BRACKET.sub("", name) if "（" in name else DIGIT.sub("", name)
                kind, period = self._kind(
                    name, next((c for c in columns if c.role == VALUE), columns[0]), "cumulative", document
                )
                bare = bare if "项目" in bare else f"{bare}项目数"
                yield Row(_shift(found, offset), bare, kind, "cumulative", period, origin="table", rule="table.count")

    def _value(
        self,
        name: str,
        text: str,
        offset: int,
        column: _Column,
        unit: str,
        attribute: str,
        document: Document,
        indicators: bool,
    ) -> Row | None:
        bare = self._footnote.sub("", text).strip() or text
        bracketed = self._summed_value.match(bare)
        cell = self._cell(bracketed[1] if bracketed else bare)
        compared = self._compared.search(column.heading) is not None
        by_year = not compared and self._word["yearly"].search(column.heading) is not None
        summed = bool(bracketed or cell.summed or (cell.verb and not by_year))
        changes = not DIGIT.search(bare) and self._changes.search(name) is not None
        yearly = by_year and not summed and not changes
        unit = (column.unit or "%") if yearly or compared else unit
        quantity = self._quantity(cell.amount, unit)
        measure = self._measure(name, column, unit, summed, quantity)
        if quantity and cell.verb and summed:
            measure = "change"
        kind, period = self._kind(name, column, measure, document, summed)
        indicator = self._indicator(name, column, yearly, indicators)
        if self._grown.match(bare) and measure == "share":
            measure, indicator = "growth", indicator if self._grows.search(indicator) else f"{indicator}增长"
        if quantity and cell.verb and not name.endswith(cell.verb):
            indicator = f"{name}{cell.base}{'年均' if yearly else '累计' if not cell.base else ''}{cell.verb}"
        elif summed and measure == "change" and not self._changes.search(name):
            indicator = f"{name}累计提高"
        shift = offset + text.find(cell.amount)
        if quantity:
            amount, mark = _shift(quantity, shift), self._footnote.search(text) is not None
            return Row(amount, indicator, kind, measure, period, attribute, "table", "table.value", marked=mark)
        if not indicators or kind == "baseline" or not HAN.search(bare):
            return None
        worded = Quantity(offset, offset + len(text), 0.0, None, unit, "=", (), "table.worded")
        return Row(
            worded, indicator, "qualitative", measure, period, attribute, "table", "table.worded", value_text=bare
        )

    def _cell(self, text: str) -> _Cell:
        """What a cell says of its amount: 累计提高7.6个百分点, 较2020年降低10%, 24（累计）."""
        said = self._said.match(text)
        if not said or not (said["base"] or said["sum"] or said["verb"] or said["whole"]):
            return _Cell(text)
        return _Cell(
            said["amount"], said["base"] or "", said["verb"] or "", bool(said["base"] or said["sum"] or said["whole"])
        )

    def _indicator(self, name: str, column: _Column, yearly: bool, indicators: bool) -> str:
        """The name of the row; with what its column says of it, where a row has several of them."""
        if yearly and not self._grows.search(name):
            return f"{name}年均增长"
        if self._compared.search(column.heading):
            return name if self._grows.search(name) else f"{name}比上年增长"
        timed = column.mention
        measured = column.heading[: timed.start] + column.heading[timed.end :] if timed else column.heading
        if self._measured.search(measured) and not name.endswith(measured):
            return f"{name}{measured}"
        timed_alone = timed is not None and not self._word["summed"].search(column.heading)
        if indicators or timed_alone or self._plain.search(column.heading):
            return name
        return f"{BRACKET.sub('', name)}{column.heading}"

    def _quantity(self, text: str, unit: str) -> Quantity | None:
        """The amount of a value cell; its own unit wins over that of the row."""
        sign = MINUS.match(text)
        found = self.quantities.find(text[1:] if sign else text, exclusions=False).quantities
        if not found or len(text) > 24 or WORDS.match(text):
            return None
        quantity = found[0]
        own = quantity.unit or unit
        value = -quantity.value if sign else quantity.value
        return _shift(
            Quantity(
                quantity.start,
                quantity.end,
                value,
                quantity.value_high,
                own,
                quantity.qualifier,
                quantity.digits,
                "table",
                quantity.form,
            ),
            1 if sign else 0,
        )

    def _measure(self, name: str, column: _Column, unit: str, summed: bool, quantity: Quantity | None) -> str:
        unit = quantity.unit if quantity else unit
        family = self.units.family(unit)
        yearly = not summed and self._word["yearly"].search(column.heading)
        if yearly or self._compared.search(column.heading) or self._grows.search(name.split("（")[0]):
            return "growth" if family in ("ratio", "") else "change"
        if self._differs.search(column.heading):
            return "growth" if family == "ratio" else "change"
        if (summed and family in ("ratio", "years")) or family == "percentage_point":
            return "change"
        if family == "ratio" or (quantity is None and self._rate.search(name)):
            return "change" if CHANGES.search(name) and not RATE.search(name) else "share"
        if family == "multiple":
            return "multiple"
        made = self._made.search(column.heading) or self._word["summed"].search(column.heading)
        if summed or made or SUMMED.search(name):
            return "cumulative"
        if name.startswith("经认定") and (not family or family.startswith("counter:")):
            return "cumulative"
        return "level"

    def _kind(
        self, name: str, column: _Column, measure: str, document: Document, summed: bool = False
    ) -> tuple[str, Period]:
        start, end = document.period_start, document.period_end
        said = column.mention.period if column.mention else None
        if start is None or end is None:
            return "target", said or Period()
        last = said.year or said.end if said else None
        past = bool(last and last < start)
        if said is None:
            past = self._word["actual"].search(column.heading) is not None
            states = self._word["states"].search(column.heading) and not self._word["aim"].search(column.heading)
            if states and not past:
                return "baseline", Period(year=start)
        aimed = self._word["aim"].search(column.heading) and not self._word["actual"].search(column.heading)
        kind = ("past_target" if aimed else "baseline") if past else "target"
        whole = Period(start=start - 5, end=start - 1) if past else Period(start=start, end=end)
        each_year = measure == "growth" or self._word["each_year"].match(name) is not None
        flow = summed or each_year or measure == "cumulative" or (measure == "change" and "累计" in name)
        between = said is not None and said.year is not None and start <= said.year < end
        if (
            said
            and said.year
            and (between or not summed)
            and not (flow and self._word["yearly"].search(column.heading))
        ):
            return kind, said if not (each_year and said.year == end) else whole
        return kind, whole if flow else Period(year=(said.end if said and said.end else whole.end))


def _differences(rows: list[Row]) -> list[Row]:
    """A sum that is just what lies between the level before and the level aimed at is a change of it."""
    levels = {row.kind: row.quantity.value for row in rows if row.measure == "level" and not row.value_text}
    if not {"baseline", "target"} <= levels.keys():
        return rows
    between = levels["target"] - levels["baseline"]
    by = "累计增加" if between >= 0 else "累计减少"
    return [
        replace(row, measure="change", indicator=f"{row.indicator}{by}") if _is_difference(row, abs(between)) else row
        for row in rows
    ]


def _is_difference(row: Row, between: float) -> bool:
    summed = row.measure == "cumulative" and row.kind == "target"
    return summed and abs(abs(row.quantity.value) - between) <= SAME * between


def _with_offsets(passage: Passage) -> Iterator[tuple[int, str]]:
    offset = 0
    for cell in passage.body.cells:
        yield offset, cell.text
        offset += len(cell.text) + 1


def _shift(quantity: Quantity, by: int) -> Quantity:
    digits = tuple((a + by, b + by) for a, b in quantity.digits)
    return Quantity(
        quantity.start + by,
        quantity.end + by,
        quantity.value,
        quantity.value_high,
        quantity.unit,
        quantity.qualifier,
        digits,
        quantity.rule,
        quantity.form,
    )

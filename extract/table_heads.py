"""Stage 4: heading rows of a table → its columns: what each holds, in which unit, of which time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.model import Document, Period
from extract.patterns import word
from extract.periods import Mention, Periods
from extract.table_columns import VALUE, Columns
from extract.units import Units

PART = "part"
"""The role of a column without a heading behind that of the names: of what each of several rows is a part."""
DIGIT = re.compile("[0-9]")
YEAR = "年"
"""A bare number under 年份 is a year."""
IN_BRACKETS = re.compile("[（(]([^（）()]{1,10})[）)]$")
YEARS_OF_PLAN = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its role, its heading without the unit, that unit or "", and the time the heading names."""

    role: str
    heading: str = ""
    unit: str = ""
    mention: Mention | None = None


class Heads:
    """Reads heading rows; built once from the lexicon."""

    def __init__(self, columns: Columns, periods: Periods, units: Units) -> None:
        self.columns, self.periods, self.units = columns, periods, units
        self.rules = columns.rules
        self._yearly, self._aim = word(self.rules.yearly), word(self.rules.aim)

    def joined(self, head: Sequence[str], texts: Sequence[str], begun: bool) -> list[str]:
        """The headings that a row of cells names, or goes on with; [] where it is a row of values.

        Args: `head`, the headings of the rows just before, [] behind a row of values; `begun`, whether the table has
        columns, for its first row always names them.
        """
        if self._goes_on(head, texts):
            return self._both(head, texts)
        return [] if begun and not self.names_columns(texts) else list(texts)

    def names_columns(self, texts: Sequence[str]) -> bool:
        """True where a row names its columns: an indicator or project column and at least one other, or years."""
        roles = [self.columns.role(text) for text in texts]
        return ("name" in roles and len([role for role in roles if role]) >= 2) or self._by_time(texts)

    def read(self, head: Sequence[str], document: Document) -> list[Column]:
        """The columns of a table from their headings."""
        columns: list[Column] = []
        for text in head:
            heading, unit = self.without_unit(text)
            mentions = [m for m in self.times(heading, document) if m.role != "base"]
            mentions = [m for m in mentions if not self.periods.is_either(heading, m)]
            role = PART if not text and columns and columns[-1].role == "name" else self.columns.role(text) or VALUE
            columns.append(Column(role, heading, unit, mentions[-1] if mentions else None))
        return self._of_the_past(columns, document)

    def dated(self, document: Document, columns: Sequence[Column]) -> Document:
        """The document; of one without a period with that of the plan whose base and aim the columns name."""
        years = sorted({c.mention.period.year for c in columns if c.mention and c.mention.period.year})
        aimed = any(c.role == "attribute" or self._aim.search(c.heading) for c in columns)
        if document.period_start is not None or len(years) < 2 or not aimed:
            return document
        return replace(document, period_start=years[0] + 1, period_end=years[-1])

    def times(self, text: str, document: Document) -> tuple[Mention, ...]:
        """The times that a heading or a cell of years names."""
        return self.periods.find(text, document) or self.periods.find(text + YEAR, document)

    def without_unit(self, text: str) -> tuple[str, str]:
        """A heading or a name, and the unit it carries in brackets at its end, or ""."""
        brackets = IN_BRACKETS.search(text)
        if brackets and self.units.known(brackets[1]):
            return text[: brackets.start()], brackets[1]
        return text, ""

    def _by_time(self, texts: Sequence[str]) -> bool:
        """True of headings of a table that has a row a year, and a column an indicator."""
        named = [text for text in texts[1:] if text and self.columns.role(text) in ("", VALUE)]
        return bool(texts) and self.columns.role(texts[0]) == "time" and len(named) == len(texts) - 1 >= 2

    def _goes_on(self, head: Sequence[str], texts: Sequence[str]) -> bool:
        """True of the second row of a heading: blank but where the cell above says what its columns have in common."""
        said = [text for text in texts if text]
        if not head or len(texts) != len(head) or not said or self.names_columns(texts):
            return False
        named = [text for above, text in zip(head, texts, strict=True) if self.columns.role(above) == "name"]
        return not any(named) and all(self.columns.role(text) == VALUE for text in said)

    def _both(self, head: Sequence[str], texts: Sequence[str]) -> list[str]:
        """One row of headings out of two."""
        over = ""
        both = []
        for above, below in zip(head, texts, strict=True):
            over = above or (over if below else "")
            of_plan = self.rules.plan_name.fullmatch(over) and below and not DIGIT.search(below)
            both.append(f"{over}{self.rules.put.during}{below}" if of_plan else below or above)
        return both

    def _of_the_past(self, columns: list[Column], document: Document) -> list[Column]:
        """Growth by the year is that of the years before, where all other columns are of them."""
        start, end = document.period_start, document.period_end
        timed = [c.mention.period for c in columns if c.mention]
        if not timed or start is None or start == end or any((p.year or p.end or 0) >= start for p in timed):
            return columns
        before = Mention(0, 0, years_before(start), "at", "time.period")
        untimed = [not c.mention and self._flows(c.heading) for c in columns]
        return [replace(c, mention=before) if flows else c for c, flows in zip(columns, untimed, strict=True)]

    def _flows(self, heading: str) -> bool:
        """True of a heading over growth by the year, or over what lies between two years."""
        return self._yearly.search(heading) is not None or self.rules.differs.search(heading) is not None


def years_before(start: int) -> Period:
    """The plan period before the one that begins in that year."""
    return Period(start=start - YEARS_OF_PLAN, end=start - 1)

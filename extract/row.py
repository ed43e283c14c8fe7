"""What the two readers, of sentences and of tables, say of a quantity."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import Period, Quantity


@dataclass(frozen=True, slots=True)
class Row:
    """A fact before it is completed: what was judged of a quantity."""

    quantity: Quantity
    indicator: str
    kind: str
    measure: str
    period: Period
    attribute: str = ""
    origin: str = "text"
    rule: str = ""
    value_text: str = ""
    said: str = ""
    """The words as found, by which the theme is told; the indicator where empty."""
    marked: bool = False

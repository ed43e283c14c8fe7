"""A statement: an amount of a passage, and what it is an amount of."""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.model import Quantity

LONG = 12
"""A phrase before a counted thing longer than this is an enumeration or a setting; only its verb is kept."""
LIST_SIGN = re.compile("[、等]")


class Statement(NamedTuple):
    """An amount with its indicator.

    `clause` is the text around the amount, `before` its words from the last amount or boundary on; `left`, `right` are
    the cleaned words before and after the amount; `subject` is what a later clause may go on about, `verb` what is done
    with it; `beside` is the indicator named before it in the same list; `counted` is true where the counted thing
    follows the amount; `beyond` where it is the amount by which something exceeds what it is compared with; `rule` says
    how the indicator was found.
    """

    quantity: Quantity
    indicator: str
    subject: str
    left: str
    right: str
    before: str
    clause: str
    sentence: tuple[int, int]
    counted: bool
    rule: str
    verb: str = ""
    beside: str = ""
    beyond: bool = False

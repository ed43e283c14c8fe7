"""Gaps in the numbering of headings: a heading that the file lacks leaves its text under the one before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.model import Issue, Section
from extract.numerals import NumeralRules, value_of

MOST = 3
"""Numbers that may be missing; a longer leap begins another list."""


def gaps(sections: Sequence[Section], numerals: NumeralRules) -> Iterator[Issue]:
    """A warning at each heading whose number leaves out some after that of its elder sister (二、 and then 四、).

    Sisters stand under one heading and write their numbers alike: 一、 and （二） are none.
    """
    number = re.compile(f"[{''.join((*numerals.digits, *numerals.powers))}]+|[0-9]+")
    last: dict[tuple[str, str], tuple[float, str]] = {}
    for section in sections:
        found = number.search(section.number)
        if not found:
            continue
        value = value_of(numerals, found[0])
        key = section.parent_id, section.number.replace(found[0], "#", 1)
        before, printed = last.get(key, (value - 1, ""))
        last[key] = value, section.number
        if before + 1 < value <= before + 1 + MOST:
            words = f"a heading is missing: between {printed} and {section.number}"
            yield Issue(section.doc_id, section.line, "warning", "heading_missing", words)

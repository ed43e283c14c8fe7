"""Names of the fields of a fact and what they hold, in words of the reader instead of ids."""

from __future__ import annotations

from collections.abc import Mapping

import labels
import wording
from amendment import CHOICES, Amendment, Cell
from directory import Directory


def cell(field: str, value: Cell, directory: Directory) -> str:
    """What a field holds: 目标, 7000, 地区生产总值."""
    if value is None or value == "":
        return labels.word("amend.empty")
    if field in CHOICES:
        return labels.name(CHOICES[field], str(value))
    named = {"indicator_id": directory.indicators, "topic": directory.topics}.get(field, {})
    return wording.number(value) if isinstance(value, float) else named.get(str(value), str(value))


def fields(stated: Mapping[str, Cell], directory: Directory) -> str:
    """Fields with what they hold: 年份：2019、单位：个."""
    return labels.join(
        [
            labels.word("amend.field", field=labels.name("fields", field), value=cell(field, value, directory))
            for field, value in stated.items()
        ]
    )


def changes(one: Amendment, directory: Directory) -> str:
    """What a correction changes: 年份：2020 → 2019; or that the fact is dropped."""
    if not one.set:
        return labels.word("amend.dropped")
    told = [
        labels.word(
            "amend.change",
            field=labels.name("fields", field),
            before=cell(field, one.row[field], directory),
            after=cell(field, value, directory),
        )
        for field, value in one.set.items()
        if value != one.row[field]
    ]
    return labels.word("amend.apart").join(told)

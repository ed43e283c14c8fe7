"""Documents to which tables are narrowed, and what that asks of the rows of each table."""

from __future__ import annotations

from dataclasses import dataclass

Values = list[object]


@dataclass(frozen=True)
class Scope:
    """Documents to which tables are narrowed, by id; `near`: documents of the regions directly above and below theirs,
    of which only names are told and what plans carry on from each other.
    """

    documents: tuple[str, ...]
    near: tuple[str, ...] = ()

    @property
    def every(self) -> tuple[str, ...]:
        """Both."""
        return (*self.documents, *self.near)

    def condition(self, table: str) -> tuple[str, Values]:
        """What rows of a table must fulfil, and the values of its question marks."""
        own, every = _among(self.documents), _among(self.every)
        if table == "documents":
            return f"doc_id in {every[0]}", every[1]
        if table == "stressed":
            return f"doc_id in {every[0]} and upper in {every[0]}", every[1] * 2
        if table == "emphasis":
            return f"doc_id in {own[0]} and (against = 'rest' or against in {own[0]})", own[1] * 2
        if table == "evidence":
            return f"target_id in (select target_id from typed.targets where doc_id in {own[0]})", own[1]
        return f"doc_id in {own[0]}", own[1]


def _among(ids: tuple[str, ...]) -> tuple[str, Values]:
    return (f"({', '.join('?' * len(ids))})", list(ids)) if ids else ("(null)", [])

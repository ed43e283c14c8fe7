"""What of a document somebody should look at: rows that the extraction itself doubts, the most doubtful first."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

import evidence
import issue_words
import labels
from facts import AIMS
from view import View

UNSURE = 0.8
"""A row whose rule is less sure than this is doubtful."""


@dataclass(frozen=True)
class Doubt:
    """One place: why it is doubtful in words, how much (the less, the more), its line, fact (or "") and sentence."""

    why: str
    rank: float
    line: int
    fact: str
    sentence: str


def found(view: View, doc_id: str) -> list[Doubt]:
    """The doubts on one document: numbers and headings that were not understood, then its facts."""
    facts = view.facts[view.facts["doc_id"] == doc_id]
    start = view.directory.first_year(doc_id)
    doubts = [*_issues(view, doc_id), *(one for _, fact in facts.iterrows() for one in _of(fact, start, view))]
    return sorted(doubts, key=lambda one: (one.rank, one.line))


def table(doubts: list[Doubt], view: View) -> pd.DataFrame:
    """Doubts as they are shown."""
    facts = view.facts.set_index("target_id")
    rows = [
        {
            "doubt": one.why,
            "indicator": facts.at[one.fact, "indicator"] if one.fact else "",
            "value": facts.at[one.fact, "value_words"] if one.fact else "",
            "when": facts.at[one.fact, "when_words"] if one.fact else "",
            "line": one.line or None,
            "sentence": one.sentence,
        }
        for one in doubts
    ]
    frame = pd.DataFrame(rows, columns=["doubt", "indicator", "value", "when", "line", "sentence"])
    return frame.rename(columns={column: labels.word(f"columns.{column}") for column in frame})


def _of(fact: pd.Series, start: int | None, view: View) -> list[Doubt]:
    """At most one doubt on a fact: the gravest."""
    why = _why(fact, start)
    if not why:
        return []
    said = evidence.quote(view.tables.evidence, fact["target_id"])
    rank, word = why
    return [Doubt(word, rank, int(fact["line"]), str(fact["target_id"]), "".join(said or ()))]


def _why(fact: pd.Series, start: int | None) -> tuple[float, str] | None:
    if pd.isna(fact["last"]):
        return 1, labels.word("add_page.doubts.no_year")
    if fact["kind"] in AIMS and start and fact["last"] < start:
        return 2, labels.word("add_page.doubts.early")
    if fact["confidence"] < UNSURE:
        return 2 + fact["confidence"], labels.word("add_page.doubts.unsure")
    return None


def _issues(view: View, doc_id: str) -> list[Doubt]:
    issues = view.tables["issues"]
    own = issues[(issues["doc_id"] == doc_id) & issues["severity"].isin(("error", "warning"))]
    texts = _texts(view, doc_id, list(own["line"]))
    return [
        Doubt(
            issue_words.issue(row.code, row.message),
            0 if row.severity == "error" else 0.5,
            row.line,
            "",
            texts.get(row.line, ""),
        )
        for row in own.itertuples()
    ]


def _texts(view: View, doc_id: str, lines: list[int]) -> dict[int, str]:
    """Line → the words that stand there, where they are known."""
    passages = view.tables["passages"]
    here = passages[(passages["doc_id"] == doc_id) & passages["line"].isin(lines)]
    words = view.tables.texts(list(here["passage_id"]))
    return {row.line: words.get(row.passage_id, "") for row in here.itertuples()}

"""What was found in one document → rows of the tables."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from operator import attrgetter, itemgetter

from extract.extraction import Extraction
from extract.model import Coverage, Issue, Passage, Target, Term
from extract.schema import Row, Tables, schema

SENTENCE = re.compile("[。！？；]")
REPEATED = ("targets", "numbers", "evidence")
"""Tables in which a document can state the same twice; the rows of all others are numbered or counted."""


def rows(extraction: Extraction, status: str) -> Tables:
    """All rows of one document. A row whose key is there already is left out, and an issue says so."""
    chars = Counter[str]()
    for passage in extraction.passages:
        chars[passage.section_id] += len(passage.text)
    themes = {found.passage_id: found.themes for found in extraction.themes}
    tables: Tables = {
        "documents": [_document(extraction, status)],
        "sections": [_plain("sections", s, chars=chars[s.section_id]) for s in extraction.sections],
        "passages": [_passage(p, themes.get(p.passage_id, ())) for p in extraction.passages],
        "targets": _all_plain("targets", extraction.targets),
        "coverage": _coverage(extraction.coverage),
        "terms": _terms(extraction.terms),
        "chance": _all_plain("chance", extraction.chance),
        "numbers": _all_plain("numbers", extraction.numbers),
        "evidence": _evidence(extraction.passages, extraction.targets),
        "texts": [{"passage_id": p.passage_id, "text": p.text} for p in extraction.passages],
    }
    once = tables | {name: unique(name, tables[name]) for name in REPEATED}
    twice = [
        Issue(
            extraction.document.doc_id,
            0,
            "warning",
            "stated_twice",
            f"{name}: {len(tables[name]) - len(once[name])} rows with the key of another row were left out",
        )
        for name in REPEATED
        if len(once[name]) < len(tables[name])
    ]
    once["issues"] = issue_rows([*extraction.issues, *twice])
    return once


def issue_rows(issues: Iterable[Issue]) -> list[Row]:
    """Issues as rows, each once."""
    return unique("issues", [_plain("issues", _one_line(issue)) for issue in issues])


def unique(name: str, found: Sequence[Row]) -> list[Row]:
    """The rows of a table without those whose key stands in an earlier one."""
    key = itemgetter(*schema().tables[name].key)
    if len(set(map(key, found))) == len(found):
        return list(found)
    return list({key(row): row for row in reversed(found)}.values())[::-1]


def _one_line(issue: Issue) -> Issue:
    return replace(issue, message=" ".join(issue.message.split()))


def _plain(name: str, item: object, **more: str | int | float | None) -> Row:
    """The fields of an object that bear the names of the columns."""
    return {
        column: more[column] if column in more else getattr(item, column) for column in schema().tables[name].columns
    }


def _all_plain(name: str, items: Sequence[object]) -> list[Row]:
    """The same for many objects of one kind."""
    columns = tuple(schema().tables[name].columns)
    values = attrgetter(*columns)
    return [dict(zip(columns, values(item), strict=True)) for item in items]


def _coverage(found: Iterable[Coverage]) -> list[Row]:
    return [
        {
            "doc_id": doc_id,
            "section_id": section_id,
            "theme": theme,
            "topic": topic or None,
            "mentions": mentions,
            "chars": chars,
        }
        for doc_id, section_id, theme, topic, mentions, chars in found
    ]


def _terms(found: Iterable[Term]) -> list[Row]:
    return [
        {
            "doc_id": doc_id,
            "term": term,
            "topic": topic or None,
            "theme": theme or None,
            "count": count,
            "chapters": chapters,
        }
        for doc_id, term, topic, theme, count, chapters in found
    ]


def _document(extraction: Extraction, status: str) -> Row:
    return _plain(
        "documents",
        extraction.document,
        script=extraction.script,
        source_sha256=extraction.sha256,
        status=status,
        chars=sum(len(p.text) for p in extraction.passages),
        passages=len(extraction.passages),
        targets=len(extraction.targets),
    )


def _passage(passage: Passage, themes: Sequence[str]) -> Row:
    return _plain(
        "passages",
        passage,
        chars=len(passage.text),
        theme=themes[0] if themes else None,
        themes="|".join(themes) or None,
    )


def _evidence(passages: Sequence[Passage], targets: Sequence[Target]) -> list[Row]:
    texts = {passage.passage_id: passage.text for passage in passages}
    stops: dict[str, list[int]] = {}
    found: list[Row] = []
    for target in targets:
        text = texts[target.passage_id]
        if target.passage_id not in stops:
            stops[target.passage_id] = [0, *(end.end() for end in SENTENCE.finditer(text)), len(text)]
        ends = stops[target.passage_id]
        start, end = ends[bisect_right(ends, target.start) - 1], ends[bisect_left(ends, target.end)]
        found.append(
            {
                "target_id": target.target_id,
                "passage_id": target.passage_id,
                "quote": text[start:end],
                "start": start,
                "end": end,
                "value_start": target.start,
                "value_end": target.end,
            }
        )
    return found

"""The documents behind a card, each with the chapters and lines of what is shown."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

import labels
from card import sources
from view import View

MOST, DEEP = 3, 2
"""Chapters of a document that are named (of more only the lines are), and how many levels of each."""


def documents(doc_ids: Iterable[str], view: View) -> str:
    """Printed titles of documents, each once, in the order of showing."""
    return sources(_titles(doc_ids, view))


def facts(doc_ids: Iterable[str], stated: pd.DataFrame, view: View) -> str:
    """The same with the places of facts (columns doc_id, line and, where it is known, chapter) behind each title."""
    paths = stated["chapter"].tolist() if "chapter" in stated else [""] * len(stated)
    told: dict[str, list[tuple[int, str]]] = {}
    for doc_id, line, path in zip(stated["doc_id"].tolist(), stated["line"].tolist(), paths, strict=True):
        told.setdefault(str(doc_id), []).append((int(line), str(path)))
    places = {
        view.directory.title(doc_id): labels.word("card.place", place=_place(told[doc_id])) for doc_id in sorted(told)
    }
    return sources(_titles(doc_ids, view), places)


def _titles(doc_ids: Iterable[str], view: View) -> list[str]:
    return [view.directory.title(doc_id) for doc_id in sorted(set(doc_ids), key=view.directory.place)]


def _place(told: list[tuple[int, str]]) -> str:
    """Lines of one document with their chapters, in words: 第二章第一节第47、52行、第三章第80行."""
    lines: dict[str, list[int]] = {}
    for line, path in sorted(told, key=lambda pair: pair[0]):
        lines.setdefault(_chapter(path), []).append(line)
    if len(lines) > MOST:
        lines = {"": sorted(line for part in lines.values() for line in part)}
    return labels.join(
        [
            labels.word("card.lines", chapter=name, lines=labels.word("words.lines_and").join(_words(numbers)))
            for name, numbers in lines.items()
        ]
    )


def _chapter(path: str) -> str:
    """A place in the outline by its numbers: 第二章第一节, 一（1）."""
    parts = path.split(labels.word("words.path")) if path else []
    return "".join(part.partition(" ")[0].rstrip("、.") for part in parts[:DEEP])


def _words(numbers: list[int]) -> list[str]:
    return [str(number) for number in dict.fromkeys(numbers)]

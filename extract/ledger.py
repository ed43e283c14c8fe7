"""Stage 8: the fate of every number of a document.

Counted are all runs of Arabic digits in the file as found, and the Chinese numerals that the grammar read as amounts.
Each is the number of a target, or excluded by a named rule, or an issue: read by no rule, or read but not understood.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from extract.model import Exclusion, Issue, Number, Passage, Removed, Source, Target

DIGITS = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+|[,，][0-9０-９]{3}(?![0-9０-９]))*")
NOT_UNDERSTOOD = frozenset({"excluded.no_unit", "excluded.no_indicator"})


class Account(NamedTuple):
    """All numbers of a document with their fates, and an issue a line for the unread ones.

    `targets` are those that have a number, or state none: one that shares its number with another is a fault of the
    program, never of a document; it is left out, and an issue says so.
    """

    numbers: tuple[Number, ...]
    issues: tuple[Issue, ...]
    targets: tuple[Target, ...]


class _Cover(NamedTuple):
    start: int
    end: int
    rank: int
    fate: str
    rule: str
    target_id: str
    passage_id: str


def account(
    source: Source,
    removed: Sequence[Removed],
    passages: Sequence[Passage],
    targets: Sequence[Target],
    exclusions: Mapping[str, Sequence[Exclusion]],
    doc_id: str,
) -> Account:
    """The numbers of a document in the order of the file.

    Args: what was removed before there were passages, and the targets and exclusions of the passages (offsets in their
    text).
    """
    covers = _covers(removed, passages, targets, exclusions)
    numbers = [*_arabic(source, covers, doc_id), *_chinese(source, covers, doc_id)]
    numbers.sort(key=lambda n: (n.line, n.start))
    told = {n.target_id for n in numbers}
    missing = [t for t in targets if t.digits and t.target_id not in told]
    kept = tuple(t for t in targets if t not in missing) if missing else tuple(targets)
    return Account(tuple(numbers), (*_issues(numbers, doc_id), *_without_number(missing, doc_id)), kept)


def _covers(
    removed: Sequence[Removed],
    passages: Sequence[Passage],
    targets: Sequence[Target],
    exclusions: Mapping[str, Sequence[Exclusion]],
) -> dict[int, list[_Cover]]:
    covers: dict[int, list[_Cover]] = defaultdict(list)
    for gone in removed:
        covers[gone.line].append(
            _Cover(gone.start, 1 << 30 if gone.end is None else gone.end, 2, "excluded", gone.rule, "", "")
        )
    by_id = {p.passage_id: p for p in passages}
    for target in targets:
        for start, end in target.digits:
            _cover(covers, by_id[target.passage_id], start, end, 0, "target", target.rule, target.target_id)
    for passage_id, found in exclusions.items():
        for exclusion in found:
            fate = "issue" if exclusion.rule in NOT_UNDERSTOOD else "excluded"
            _cover(covers, by_id[passage_id], exclusion.start, exclusion.end, 1, fate, exclusion.rule, "")
    return covers


def _cover(
    covers: dict[int, list[_Cover]],
    passage: Passage,
    start: int,
    end: int,
    rank: int,
    fate: str,
    rule: str,
    target_id: str,
) -> None:
    """Cover the source columns of passage text [start, end), in stretches where line ends or more than two blanks lay
    between."""
    whole: list[tuple[int, int, int]] = []
    for line, first, last in passage.body.stretches(start, end):
        if whole and whole[-1][0] == line and -1 <= first - whole[-1][2] <= 2:
            first = whole.pop()[1]
        whole.append((line, first, last))
    for line, first, last in whole:
        covers[line].append(_Cover(first, last, rank, fate, rule, target_id, passage.passage_id))


def _arabic(source: Source, covers: Mapping[int, Sequence[_Cover]], doc_id: str) -> Iterator[Number]:
    for line, text in enumerate(source.lines, start=1):
        if not DIGITS.search(text):
            continue
        found = sorted(covers.get(line, ()), key=lambda c: c.rank)
        first = _first_covers(found, len(text))
        for m in DIGITS.finditer(text):
            for start, end, place in _parts(m.start(), m.end(), first, found):
                yield _number(doc_id, line, start, end, text[start:end], found[place] if place < len(found) else None)


def _parts(start: int, end: int, first: Sequence[int], covers: Sequence[_Cover]) -> Iterator[tuple[int, int, int]]:
    """A run of digits as one number with its first cover, or as those of several targets that it runs through."""
    targets = {place for place in first[start:end] if place < len(covers) and covers[place].rank == 0}
    if len(targets) < 2:
        yield start, end, min(first[start:end])
        return
    for place, columns in groupby(range(start, end), key=lambda column: first[column]):
        if place in targets:
            part = list(columns)
            yield part[0], part[-1] + 1, place


def _first_covers(covers: Sequence[_Cover], length: int) -> list[int]:
    """For each column of a line the place in `covers` of the first one that covers it, or how many there are."""
    first = [len(covers)] * length
    spans = {(cover.start, cover.end): place for place, cover in reversed([*enumerate(covers)])}
    for (start, end), place in sorted(spans.items(), key=lambda item: -item[1]):
        first[start:end] = [place] * (min(end, length) - start)
    return first


def _number(doc_id: str, line: int, start: int, end: int, text: str, cover: _Cover | None) -> Number:
    if cover is None:
        return Number(doc_id, "", line, start, end, text, "issue", "", "unread")
    return Number(doc_id, cover.passage_id, line, start, end, text, cover.fate, cover.target_id, cover.rule)


def _chinese(source: Source, covers: Mapping[int, Sequence[_Cover]], doc_id: str) -> Iterator[Number]:
    for line, found in covers.items():
        for cover in found:
            if cover.rank > 1 or cover.end > len(source.lines[line - 1]):
                continue
            text = source.lines[line - 1][cover.start : cover.end]
            if not DIGITS.search(text) and (cover.fate == "target" or len(text) <= 8):
                yield _number(doc_id, line, cover.start, cover.end, text, cover)


def _without_number(missing: Sequence[Target], doc_id: str) -> Iterator[Issue]:
    for target in missing:
        message = f"{target.indicator} {target.value:g}: left out, its number is that of another row"
        yield Issue(doc_id, target.line, "warning", "number_of_two", message)


def _issues(numbers: Sequence[Number], doc_id: str) -> Iterator[Issue]:
    by_line: dict[int, list[str]] = defaultdict(list)
    for number in numbers:
        if number.fate == "issue":
            by_line[number.line].append(number.text)
    for line, texts in sorted(by_line.items()):
        yield Issue(doc_id, line, "warning", "number_not_understood", f"number not understood: {', '.join(texts[:8])}")

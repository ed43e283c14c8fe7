"""What must hold of any file whatever: it is read or refused in one sentence, soon, every number has a fate, and twice
the same file gives twice the same tables, which fit the schema."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from extract import limits, sources, tables
from extract.config import load_config
from extract.ledger import DIGITS
from extract.markup import unmark
from extract.model import Number, Source
from extract.pipeline import extract_document
from extract.reading import SourceError
from extract.recognition import recognise
from extract.table_rows import rows

CONFIG = load_config(Path(__file__).resolve().parents[2] / "config.yaml")
SECONDS = 10.0
"""Processor time within which a short file must be done, twice."""
FATES = {"target", "excluded", "issue"}


def check(name: str, data: bytes, folder: Path) -> str:
    """Read and extract a file twice; "extracted" or "refused". Raises AssertionError, or whatever went wrong."""
    path = folder / name
    path.write_bytes(data)
    start = time.process_time()
    try:
        first, second = list(_outcomes(path)), list(_outcomes(path))
        assert first == second, "the second run gave other tables"
    finally:
        path.unlink()
    assert time.process_time() - start < SECONDS, f"took {time.process_time() - start:.1f} s"
    assert not list(folder.iterdir()), "a file was left behind"
    return "extracted" if any(isinstance(one, dict) for one in first) else "refused"


def _outcomes(path: Path) -> Iterator[object]:
    """The printed tables of each document of the file, or the sentence that refuses it."""
    try:
        files = sources.files(path)
    except SourceError as reason:
        yield _sentence(reason)
        return
    for file in files:
        try:
            yield _extracted(file)
        except SourceError as reason:
            yield _sentence(reason)


def _sentence(reason: SourceError) -> str:
    words = str(reason)
    assert words.isprintable() and 10 < len(words) < 500, f"no clear sentence: {words!r}"
    return words


def _extracted(file: sources.File) -> dict[str, list[list[str]]]:
    source = sources.read(file)
    unmarked = unmark(source)
    limits.hold(source, unmarked, file.shown)
    extraction = extract_document(source, recognise(source, unmarked, CONFIG))
    _whole_ledger(source, extraction.numbers, {t.target_id for t in extraction.targets if t.digits})
    found = rows(extraction, "damaged" if source.notes else "ok")
    return {
        name: [[tables.printed(value) for value in row.values()] for row in tables.ordered(name, table)]
        for name, table in found.items()
    }


def _whole_ledger(source: Source, numbers: tuple[Number, ...], targets: set[str]) -> None:
    said: dict[int, set[int]] = {}
    for number in numbers:
        assert number.fate in FATES and (number.rule or number.fate == "issue"), f"without a fate: {number}"
        said.setdefault(number.line, set()).update(range(number.start, number.end))
    for line, text in enumerate(source.lines, start=1):
        for found in DIGITS.finditer(text):
            columns = {i for i in range(*found.span()) if text[i].isdigit()}
            assert columns & said.get(line, set()), f"line {line}: {found[0][:40]} is in no ledger"
    lost = targets - {number.target_id for number in numbers}
    assert not lost, f"targets without a number: {lost}"

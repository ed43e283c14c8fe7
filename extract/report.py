"""What `show` prints: one document, line by line, each number with its fate and the rule that decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from extract import remembered, sources
from extract.cache import Cache
from extract.config import Config
from extract.corrections import load_corrections
from extract.extraction import Extraction
from extract.model import Number, Source, Target
from extract.pipeline import extract_document
from extract.schema import Tables, Value
from extract.sources import File
from extract.table_rows import rows
from extract.tables import printed


def lines(path: Path, config: Config, only: int | None = None) -> Iterator[str]:
    """The report on one file, or on one line of it. Raises SourceError where the file cannot be read."""
    source, found = _extracted(path, config)
    if only is None:
        yield from [*_head(rows(found, "")), ""]
    elif not 1 <= only <= len(source.lines):
        yield f"line {only}: {path.name} has {len(source.lines)} lines"
        return
    numbers, targets = defaultdict[int, list[Number]](list), {row.target_id: row for row in found.targets}
    for number in found.numbers:
        numbers[number.line].append(number)
    worded = [row for row in found.targets if row.value is None]
    for line in sorted({*numbers, *(row.line for row in worded)}) if only is None else [only]:
        yield f"{line:>5}  {source.lines[line - 1].strip()}"
        for number in sorted(numbers[line], key=lambda n: n.start):
            yield f"       {number.text:<12} {_fate(number, targets)}"
        for row in worded:
            if row.line == line:
                yield f"       {row.value_text:<12} {_row(row)}"


def head(path: Path, config: Config, cache: Cache) -> list[str]:
    """The first lines of the report: what the file is, and how much was found. Raises SourceError as `lines` does."""
    file, sha256, recognised = remembered.found(File(path), config, cache, remembered.known(config, cache))
    corrections = load_corrections(config.paths.corrections).of(recognised.document.doc_id)
    task = remembered.Task(file, recognised, sha256, corrections, cache)
    outcome = remembered.recall(task) or remembered.process(task)
    return list(_head(outcome.tables)) if outcome.tables else [f"  {issue.message}" for issue in outcome.issues]


def _extracted(path: Path, config: Config) -> tuple[Source, Extraction]:
    file = sources.single(path)
    source, _, recognised = remembered.read(file, sources.content(file), config)
    corrections = load_corrections(config.paths.corrections).of(recognised.document.doc_id)
    return source, extract_document(source, recognised, corrections)


def _head(found: Tables) -> Iterator[str]:
    document = found["documents"][0]
    years = span(_year(document["period_start"]), _year(document["period_end"])) or "years unknown"
    about = f"region {document['region_id']}, plan {document['plan_id']}, {years}, {document['script']}"
    kinds = Counter(str(row["kind"]) for row in found["targets"])
    fates = Counter(str(row["fate"]) for row in found["numbers"])
    yield f"{document['doc_id']}: {document['title']}"
    yield f"  {document['doc_type']}, {about}"
    yield f"  {len(found['sections'])} sections, {len(found['passages'])} passages"
    yield f"  {len(found['targets'])} rows: {_counted(kinds)}"
    yield f"  {len(found['numbers'])} numbers: {_counted(fates)}"
    for issue in found["issues"]:
        at = f"line {issue['line']}: " if issue["line"] else ""
        yield f"  {issue['severity']}: {at}{issue['message']}"


def _year(value: Value) -> int | None:
    return int(value) if value else None


def span(first: int | None, last: int | None) -> str:
    """Years as one reads them: 2022, 2021–2025, or "" where there are none."""
    return "" if first is None else str(first) if first == last else f"{first}–{last}"


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.most_common()) or "none"


def _fate(number: Number, targets: dict[str, Target]) -> str:
    if number.fate == "target" and number.target_id in targets:
        return _row(targets[number.target_id])
    return f"{number.fate}: {number.rule}"


def _row(row: Target) -> str:
    high = f"–{printed(row.value_high)}" if row.value_high is not None else ""
    amount = f"{row.qualifier} {printed(row.value)}{high} {row.unit}" if row.value is not None else row.value_text
    when = span(row.year, row.year) or span(row.period_start, row.period_end) or "no year"
    more = ", ".join(filter(None, (row.measure, when, row.attribute, row.theme, row.indicator_id)))
    return f"{row.kind}: {row.indicator} {amount} ({more}; {row.rule})"

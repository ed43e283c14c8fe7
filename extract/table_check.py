"""Hold written tables against the schema, against one another, and against the bounds of config.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from extract import comparing, corpus, locations, marked, parquet, tables
from extract.config import Config
from extract.schema import Column, Row, Table, Tables, Value, schema

DOCUMENT = "documents.doc_id"
MOST = 5
"""So many rows are named for one kind of fault; the others are counted."""


def check(folder: Path, config: Config) -> list[str]:
    """Everything that does not hold, a line each. Raises OSError where files cannot be read."""
    try:
        with locations.asked(folder):
            return list(_partitions(folder, config) if (folder / "documents").is_dir() else _files(folder, config))
    except tables.TableError as reason:
        return [str(reason)]


def _files(folder: Path, config: Config) -> Iterator[str]:
    """Faults of tables of a file each."""
    files = schema().files()
    absent = [
        files[name]
        for name, table in schema().tables.items()
        if not table.words and not (folder / files[name]).exists()
    ]
    if absent:
        yield f"{folder}: {', '.join(absent)} missing; run `python -m extract build`"
        return
    found = tables.read(folder)
    documents = {str(row["doc_id"]) for row in found["documents"]}
    yield from _whole(found, [name for name in found if (folder / files[name]).exists()], documents)
    yield from _order(found)
    yield from _bounds(found, config)
    yield from _absent(documents, config)


def _partitions(folder: Path, config: Config) -> Iterator[str]:
    """Faults of tables in partitions, one partition at a time."""
    anew = "; run `python -m extract build --format parquet`"
    by_document = [name for name, table in schema().tables.items() if not table.names]
    stems = {path.stem for path in tables.partitions(folder, "documents")}
    documents: list[str] = []
    for stem in sorted(stems):
        documents += [str(row["doc_id"]) for row in parquet.read(folder / "documents" / f"{stem}.parquet")]
    if documents != sorted(set(documents)):
        yield f"documents: the partitions do not follow one another by doc_id{anew}"
    named = tables.read(folder, [name for name, table in schema().tables.items() if table.names])
    yield from _whole(named, named, set())
    yield from _order(named)
    for stem in sorted(stems):
        if not (marked.whole(folder, stem) and marked.whole(folder, comparing.name_of(stem))):
            yield f"{stem} is not whole{anew}"
            continue
        found = named | {name: tables.read_file(folder / name / f"{stem}.parquet", name) for name in by_document}
        faults = [*_whole(found, by_document, {*documents}), *_order_by_document(found), *_bounds(found, config)]
        yield from (f"{stem}: {fault}" for fault in faults)
    for name in by_document:
        odd = {path.stem for path in tables.partitions(folder, name)} - stems - {f"part-{corpus.FILES}"}
        yield from _some(f"{name}: of no partition{anew}", [*odd])
    yield from _absent({*documents}, config)


def _whole(found: Tables, names: Iterable[str], documents: Collection[str]) -> Iterator[str]:
    """Faults in the rows of the tables of that name. Args: `documents`, the ids of all there are."""
    for name in names:
        yield from _table(name, schema().tables[name], found, documents)
    yield from (*_ledger(found), *_counts(found), *_emphasis(found)) if "targets" in found else ()


def _table(name: str, table: Table, found: Tables, documents: Collection[str]) -> Iterator[str]:
    rows = found[name]
    keys = Counter(tuple(row[column] for column in table.key) for row in rows)
    yield from _some(f"{name}: the key stands twice", [_shown(key) for key, count in keys.items() if count > 1])
    for field, column in table.columns.items():
        wrong = [row for row in rows if not _allowed(row[field], column)]
        yield from _some(f"{name}.{field}: not allowed", [f"{row[field]!r} in {_key(row, table)}" for row in wrong])
        if column.refers:
            known = documents if column.refers == DOCUMENT else _values(column.refers, found)
            lost = [row for row in rows if row[field] is not None and row[field] not in known]
            yield from _some(
                f"{name}.{field}: not in {column.refers}", [f"{row[field]!r} in {_key(row, table)}" for row in lost]
            )


def _values(column: str, found: Tables) -> set[Value]:
    table, _, field = column.partition(".")
    return {row[field] for row in found[table]}


def _allowed(value: object, column: Column) -> bool:
    if value is None or value == "":
        return column.null
    if column.range and isinstance(value, int | float) and not column.range[0] <= value <= column.range[1]:
        return False
    parts = str(value).split("|") if column.list_ else [value]
    return not column.values or all(part in schema().values[column.values] for part in parts)


def _order(found: Tables) -> Iterator[str]:
    """The rows must stand as the writer writes them: sorted, numbers in their one form."""
    for name, rows in found.items():
        try:
            if tables.ordered(name, rows) != rows:
                yield f"{name}: the rows are not in the order of their key; build the tables anew"
        except tables.TableError:
            continue  # told already


def _order_by_document(found: Tables) -> Iterator[str]:
    """In a partition the documents stand in the order of their ids, and the rows of each in the order of their key."""
    homes: dict[Value, Value] = {}
    for name, table in schema().tables.items():
        if table.names:
            continue
        key = next((k for k in table.key if table.columns[k].refers == DOCUMENT), table.key[0])
        ids = [homes.get(row[key], row[key]) for row in found[name]]
        if ids != sorted(ids, key=str):
            yield f"{name}: the documents are not in the order of their ids; build the tables anew"
        for _, some in groupby(zip(ids, found[name], strict=True), itemgetter(0)):
            yield from _order({name: [row for _, row in some]})
        if name in ("targets", "passages"):
            homes |= {row[f"{name[:-1]}_id"]: row["doc_id"] for row in found[name]}


def _ledger(found: Tables) -> Iterator[str]:
    """Every row with a value has its numbers in the ledger, and every number of a target its row."""
    numbered = {row["target_id"] for row in found["numbers"] if row["fate"] == "target"}
    rows = {row["target_id"] for row in found["targets"]}
    lost = [
        str(row["target_id"])
        for row in found["targets"]
        if row["value"] is not None and row["target_id"] not in numbered
    ]
    yield from _some("targets: no number in the ledger", lost)
    yield from _some("numbers: of a target that is not there", [str(key) for key in numbered - rows])
    loose = [row for row in found["numbers"] if (row["fate"] == "target") != (row["target_id"] is not None)]
    yield from _some("numbers: fate and target_id contradict", [_key(row, schema().tables["numbers"]) for row in loose])


def _counts(found: Tables) -> Iterator[str]:
    """What the table of documents counts is what the other tables hold; periods run forward."""
    for name in ("passages", "targets"):
        counts = Counter(row["doc_id"] for row in found[name])
        for row in found["documents"]:
            if row[name] != counts[row["doc_id"]]:
                yield f"documents.{name}: {row['doc_id']} has {counts[row['doc_id']]} rows there, not {row[name]}"
    for name in ("documents", "targets"):
        back = [
            row
            for row in found[name]
            if row["period_start"] and row["period_end"] and _number(row, "period_start") > _number(row, "period_end")
        ]
        yield from _some(
            f"{name}: the period ends before it begins", [_key(row, schema().tables[name]) for row in back]
        )


def _emphasis(found: Tables) -> Iterator[str]:
    """What is compared is what the tables of mentions count."""
    mentions = Counter[tuple[Value, ...]]()
    for row in found["terms"]:
        mentions["term", row["doc_id"], row["term"]] += int(row["count"] or 0)
    for row in found["coverage"]:
        mentions["topic", row["doc_id"], row["topic"]] += int(row["mentions"] or 0)
    for name, column in (("emphasis", "count"), ("carryover", "mentions")):
        wrong = [row for row in found[name] if row[column] != mentions[row["unit"], row["doc_id"], row["name"]]]
        yield from _some(
            f"{name}.{column}: not what terms and coverage count", [_key(row, schema().tables[name]) for row in wrong]
        )


def _absent(documents: Collection[str], config: Config) -> Iterator[str]:
    absent = set(config.bounds.targets) - {*documents}
    yield from _some("documents: named in config.yaml (bounds.targets) and not there", [*absent])


def _bounds(found: Tables, config: Config) -> Iterator[str]:
    numbers, issues = Counter[Value](), Counter[Value]()
    for row in found["numbers"]:
        numbers[row["doc_id"]] += 1
        issues[row["doc_id"]] += row["fate"] == "issue"
    for row in found["documents"]:
        doc_id = str(row["doc_id"])
        least, most = config.bounds.targets.get(doc_id, (0, 10**9))
        if not least <= _number(row, "targets") <= most:
            yield f"{doc_id}: {row['targets']} targets, outside [{least}, {most}] (config.yaml: bounds.targets)"
        share = issues[doc_id] / max(numbers[doc_id], 1)
        least_share, most_share = config.bounds.issue_share
        if not least_share <= share <= most_share:
            outside = f"outside [{least_share}, {most_share}] (config.yaml: bounds.issue_share)"
            yield f"{doc_id}: {share:.1%} of the numbers are issues, {outside}"


def _number(row: Row, column: str) -> float:
    value = row[column]
    return float(value) if isinstance(value, int | float) else 0.0


def _some(words: str, cases: list[str]) -> Iterator[str]:
    if cases:
        more = f" and {len(cases) - MOST} more" if len(cases) > MOST else ""
        yield f"{words}: {'; '.join(sorted(cases)[:MOST])}{more}"


def _key(row: Row, table: Table) -> str:
    return _shown(tuple(row[column] for column in table.key))


def _shown(key: tuple[object, ...]) -> str:
    return "(" + ", ".join(str(part) for part in key) + ")"

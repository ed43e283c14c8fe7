"""Documents that are known but not there: their facts of an earlier build are kept.

Whoever brings one new document to the committed tables compares it with all others, without having their files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from extract import locations, tables
from extract.config import Config
from extract.intake import SAME_DOCUMENT, SAME_FILE, UNREADABLE
from extract.model import Issue
from extract.remembered import FAILED
from extract.schema import Row, Tables, schema

KEPT, MISSING, SHRUNK = "kept", "missing", "shrunk"
PASSING = frozenset({KEPT, MISSING, FAILED, SHRUNK, UNREADABLE, SAME_FILE, SAME_DOCUMENT})
"""Issues that speak of one build only; they are not kept."""
SHRINKS = 0.9
"""A changed file of a known document that has less than this share of the earlier text is taken for a part of it."""


def of(folder: Path, doc_ids: Collection[str], needed: bool = False) -> Tables:
    """The rows of these documents in the tables in `folder`.

    None where those cannot be read as the schema says; where they are `needed`, raises TableError.
    """
    empty: Tables = {name: [] for name in schema().tables}
    if not doc_ids or not locations.there(folder / schema().files()["documents"]):
        return empty
    try:
        return _rows(folder, doc_ids)
    except tables.TableError:
        if needed:
            raise
        return empty


def others(folder: Path, new: Collection[Row], named: Collection[str]) -> list[str]:
    """Ids of further documents in the tables in `folder`: neither new, by id or file, nor named.

    Args: `new`, rows of the table of documents. Raises TableError where the table is not as the schema says.
    """
    ids, sums = {row["doc_id"] for row in new} | set(named), {row["source_sha256"] for row in new}
    rows = tables.read(folder, ["documents"])["documents"]
    return [str(row["doc_id"]) for row in rows if row["doc_id"] not in ids and row["source_sha256"] not in sums]


def kept(doc_id: str) -> Issue:
    """What to tell of a document whose earlier facts stand in the tables."""
    words = "its file was not read; the facts are those of an earlier build"
    return Issue(doc_id, 0, "info", KEPT, words)


def missing(doc_id: str) -> Issue:
    """What to tell of a document that belongs to the others that are there."""
    words = f"{doc_id}: config.yaml names this document, and it is not among the documents; bring its file"
    return Issue(doc_id, 0, "error", MISSING, words)


def shrunk(folder: Path, built: Iterable[tuple[str, Tables]], config: Config) -> dict[str, Issue]:
    """What to tell, by doc_id, of known documents whose file is another and much shorter than that of the tables.

    A file cut short reads like a document of its own; its facts must not take the place of the whole one's. Args:
    `built`, documents with their rows of this build.
    """
    found: dict[str, Issue] = {}
    known = {entry.id: entry.sha256 for entry in config.documents}
    new = {doc_id: rows["documents"][0] for doc_id, rows in built if rows and doc_id in known}
    changed = {doc_id: row for doc_id, row in new.items() if row["source_sha256"] != known[doc_id]}
    for row in of(folder, changed)["documents"]:
        doc_id, before = str(row["doc_id"]), int(row["chars"] or 0)
        now = int(changed[doc_id]["chars"] or 0)
        if now < SHRINKS * before:
            words = (
                f"its file has {now} characters where the tables know {before}; taken for a part of the document, so"
                " the earlier facts stay; if the shorter file is right, enter its sha256 in config.yaml"
            )
            found[doc_id] = Issue(doc_id, 0, "error", SHRUNK, words)
    return found


def _rows(folder: Path, doc_ids: Collection[str]) -> Tables:
    facts = {name: table for name, table in schema().tables.items() if not (table.names or table.compares)}
    named = tables.read(folder, (name for name, table in facts.items() if "doc_id" in table.columns))
    found: Tables = {name: [row for row in rows if row["doc_id"] in doc_ids] for name, rows in named.items()}
    for row in found["documents"]:
        row["status"] = "kept"
    found["issues"] = [row for row in found["issues"] if row["code"] not in PASSING]
    ids = {"target_id": _ids(found["targets"], "target_id"), "passage_id": _ids(found["passages"], "passage_id")}
    for name, rows in tables.read(folder, facts.keys() - named.keys()).items():
        key = facts[name].key[0]
        found[name] = [row for row in rows if row[key] in ids[key]]
    return found | {name: [] for name in schema().tables.keys() - facts.keys()}


def _ids(rows: list[Row], column: str) -> set[object]:
    return {row[column] for row in rows}

"""A file → what it is and what is in it, each from the cache where it was found before, else found now and kept.

What an entry follows from stands in its key. Of the file that is the sum of its bytes and its name, which is told in
messages; of config.yaml all that speaks of regions, plans and documents; of the corrections those of the document.
"""

from __future__ import annotations

import traceback
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from extract import limits, sources
from extract.cache import Cache
from extract.config import Config
from extract.corrections import Correction
from extract.markup import Unmarked, unmark
from extract.model import Document, Issue, Source
from extract.reading import SourceError
from extract.recognition import Recognised, recognise
from extract.schema import Tables
from extract.sources import File

FAILED = "failed"
DIED = "could not be extracted (the process that read it died, twice); is there enough memory?"
TOO_MUCH_MEMORY = "needs more memory than there is; bring only the plan, or split it"
PASSING = frozenset({"too_slow", "too_much_memory"})
"""Refusals that follow from the machine as much as from the file; they are not remembered."""


class Read(NamedTuple):
    """A file as it was read: its lines, its text without markup, and what it was recognised as."""

    source: Source
    unmarked: Unmarked
    recognised: Recognised


class Found(NamedTuple):
    """A document that was found: its file (or that in an archive), the checksum, and what it was recognised as."""

    file: File
    sha256: str
    recognised: Recognised


@dataclass(frozen=True)
class Task:
    """A document to be extracted: its file and its sum, what it was recognised as, the hand corrections of it."""

    file: File
    recognised: Recognised
    sha256: str = ""
    corrections: tuple[Correction, ...] = ()
    cache: Cache | None = None

    @cached_property
    def key(self) -> str:
        """The name of all that its rows follow from; "" without a cache."""
        if self.cache is None:
            return ""
        names = [self.file.own_name, self.file.shown]
        entries = [entry.model_dump(mode="json") for entry in self.corrections]
        return self.cache.key(self.sha256, names, _plain(self.recognised), entries)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: the rows of a document, or the issue that says why there are none.

    `key` names the rows, and all that they follow from; "" where there are none, or no cache. `sha256` is the sum of
    the bytes they were read from.
    """

    doc_id: str
    tables: Tables
    issues: tuple[Issue, ...] = ()
    key: str = ""
    sha256: str = ""


def known(config: Config, cache: Cache) -> str:
    """A sum over what config.yaml says that decides what is found."""
    return cache.key(config.model_dump(mode="json", include={"regions", "plans", "documents"}))


def read(file: File, data: bytes, config: Config, cache: Cache | None = None) -> Read:
    """The bytes of a file as a document. Raises SourceError where they are none, or more than a plan can hold."""
    source = sources.made(file, data, cache)
    unmarked = unmark(source)
    limits.hold(source, unmarked, file.shown)
    return Read(source, unmarked, recognise(source, unmarked, config))


def found(file: File, config: Config, cache: Cache | None, known: str) -> Found:
    """What a file is recognised as; `known` is the sum of that name. Raises SourceError where it cannot be read."""
    data = sources.content(file)
    checksum = sha256(data).hexdigest()
    key = cache.key(checksum, file.own_name, file.shown, known) if cache else ""
    entry = cache.get("recognised", key) if cache else None
    if entry and "refused" in entry:
        raise SourceError(entry["refused"], entry["code"])
    if entry:
        issues = tuple(Issue(**issue) for issue in entry["issues"])
        document = Document(**entry["document"] | {"within": tuple(entry["document"]["within"])})
        return Found(file, checksum, Recognised(document, issues))
    try:
        recognised = read(file, data, config, cache).recognised
    except SourceError as reason:
        if cache and reason.code not in PASSING:
            cache.put("recognised", key, {"refused": str(reason), "code": reason.code})
        raise
    if cache:
        cache.put("recognised", key, _plain(recognised))
    return Found(file, checksum, recognised)


def recall(task: Task) -> Outcome | None:
    """The rows of a document that were found before."""
    rows = task.cache.get("documents", task.key) if task.cache else None
    return Outcome(task.recognised.document.doc_id, rows, (), task.key) if rows else None


def process(task: Task) -> Outcome:
    """Extract one document, and keep what is found. Never raises: what goes wrong becomes an issue."""
    return keep(task, extracted(task))


def keep(task: Task, outcome: Outcome) -> Outcome:
    """Keep what was found, unless the file has changed in the meantime; the outcome, with the key of the task."""
    if not outcome.tables:
        return outcome
    if task.cache and outcome.sha256 == task.sha256:
        task.cache.put("documents", task.key, outcome.tables)
    return replace(outcome, key=task.key)


def extracted(task: Task) -> Outcome:
    """Extract one document. Never raises."""
    from extract import table_rows, tables
    from extract.pipeline import extract_document

    try:
        source = sources.made(task.file, sources.content(task.file), task.cache)
        extraction = extract_document(source, task.recognised, task.corrections)
        found = table_rows.rows(extraction, "damaged" if source.notes else "ok")
        rows = {name: tables.ordered(name, table) for name, table in found.items()}
        return Outcome(task.recognised.document.doc_id, rows, (), task.key, source.sha256)
    except SourceError as reason:
        return failed(task, str(reason).removeprefix(f"{task.file.shown}: "))
    except MemoryError:
        return failed(task, TOO_MUCH_MEMORY)
    except Exception as reason:
        return failed(task, fault("extracted", reason))


def fault(done: str, reason: Exception) -> str:
    """Words on a fault of the program: a document could not be `done`."""
    place = traceback.extract_tb(reason.__traceback__)[-1]
    words = f"{type(reason).__name__} in {Path(place.filename).name}, line {place.lineno}: {reason}"
    return f"could not be {done} ({' '.join(words.split())[:300]}); please report this"


def failed(task: Task, words: str) -> Outcome:
    """The outcome where a document could not be extracted: an issue."""
    doc_id = task.recognised.document.doc_id
    return Outcome(doc_id, {}, (Issue(doc_id, 0, "error", FAILED, f"{task.file.shown}: {words}"),))


def _plain(recognised: Recognised) -> dict[str, Any]:
    return {"document": asdict(recognised.document), "issues": [asdict(issue) for issue in recognised.issues]}

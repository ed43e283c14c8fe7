"""Many documents through an engine into the tables; what goes wrong with one of them becomes an issue."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from extract import carryover, emphasis, engines, kept, names, sources, tables, tally
from extract.config import Config
from extract.corrections import Correction, Register, load_corrections
from extract.intake import take_in
from extract.model import Issue
from extract.pipeline import extract_document
from extract.recognition import Recognised
from extract.schema import Tables
from extract.table_rows import issue_rows, rows, unique

Progress = Callable[[Iterable["Outcome"], int], Iterable["Outcome"]]


class NothingToRead(Exception):
    """No documents were found. The message says how to bring them."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be extracted: its file, what it was recognised as, and the hand corrections of it."""

    file: sources.File
    recognised: Recognised
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: the rows of a document, or the issue that says why there are none."""

    doc_id: str
    tables: Tables
    issues: tuple[Issue, ...] = ()


class BuildResult(NamedTuple):
    """What a build did. `failed` where a document is missing or incomplete, or a correction fits nothing."""

    documents: int
    kept: int
    targets: int
    corrections: int
    issues: tuple[Issue, ...]

    @property
    def failed(self) -> bool:
        return any(issue.severity == "error" for issue in self.issues)


def build(
    config: Config,
    places: Sequence[Path],
    folder: Path,
    *,
    jobs: int = 1,
    corrected: bool = True,
    progress: Progress = lambda outcomes, _: outcomes,
    work: Callable[[Task], Outcome] | None = None,
) -> BuildResult:
    """Read every document found in `places` and write the tables into `folder`, all at once.

    Raises NothingToRead where there are no documents (the tables stay as they are), ConfigError for a bad register of
    corrections, OSError where the tables cannot be written. What goes wrong with one document becomes an issue.
    """
    register = load_corrections(config.paths.corrections) if corrected else Register(corrections=())
    found, issues = take_in(places, config)
    if not found and not any(issue.severity == "error" for issue in issues):
        raise NothingToRead(
            f"no documents in {', '.join(map(str, places))}; put them there (.txt, .md, .html, .csv, .docx,"
            " .pdf, .zip), or name their folder with --sources"
        )
    tasks = [Task(one.file, one.recognised, register.of(one.recognised.document.doc_id)) for one in found]
    outcomes = list(progress(engines.run(work or process, tasks, jobs, _died), len(tasks)))
    return _written(config, outcomes, issues, folder, sum(len(task.corrections) for task in tasks))


def process(task: Task) -> Outcome:
    """Extract one document. Never raises: what goes wrong becomes an issue."""
    doc_id = task.recognised.document.doc_id
    try:
        source = sources.read(task.file)
        extraction = extract_document(source, task.recognised, task.corrections)
        found = rows(extraction, "damaged" if source.notes else "ok")
        for name, table in found.items():
            tables.ordered(name, table)
        return Outcome(doc_id, found)
    except Exception as reason:
        place = traceback.extract_tb(reason.__traceback__)[-1]
        return _failed(task, f"{type(reason).__name__} in {Path(place.filename).name}, line {place.lineno}: {reason}")


def _died(task: Task) -> Outcome:
    return _failed(task, "the process that read it died, twice (too little memory?)")


def _failed(task: Task, words: str) -> Outcome:
    doc_id = task.recognised.document.doc_id
    message = f"{task.file.shown}: could not be extracted ({' '.join(words.split())[:300]}); please report this"
    return Outcome(doc_id, {}, (Issue(doc_id, 0, "error", kept.FAILED, message),))


def _written(
    config: Config, outcomes: Sequence[Outcome], issues: Sequence[Issue], folder: Path, corrections: int
) -> BuildResult:
    """Write the tables: what was built, what is kept of an earlier build, and all issues."""
    shrunk = kept.shrunk(folder, [(one.doc_id, one.tables) for one in outcomes], config)
    outcomes = [one if one.doc_id not in shrunk else Outcome(one.doc_id, {}, (shrunk[one.doc_id],)) for one in outcomes]
    built = {outcome.doc_id for outcome in outcomes if outcome.tables}
    issues = [*issues, *(issue for outcome in outcomes for issue in outcome.issues)]
    absent = [entry.id for entry in config.documents if entry.id not in built]
    earlier = kept.of(folder, absent)
    whole = {
        name: [*table, *(row for o in outcomes for row in o.tables.get(name, ()))] for name, table in earlier.items()
    }
    has_facts = {row["doc_id"] for row in earlier["documents"]}
    told = {issue.doc_id for issue in issues if issue.severity == "error"}
    if any(entry.id in built for entry in config.documents):
        issues += [kept.missing(doc_id) for doc_id in absent if doc_id not in told]
    issues += [kept.kept(doc_id) for doc_id in absent if doc_id in has_facts]
    counted = tally.tallies(whole)
    whole |= names.rows() | {"emphasis": emphasis.rows(whole, config, counted)}
    whole |= carryover.rows(whole, config, counted)
    whole["issues"] = unique("issues", [*whole["issues"], *issue_rows(issues)])
    tables.write(whole, folder)
    return BuildResult(len(built), len(has_facts), len(whole["targets"]), corrections, tuple(_issues(whole)))


def _issues(whole: Tables) -> Iterator[Issue]:
    for row in tables.ordered("issues", whole["issues"]):
        yield Issue(
            str(row["doc_id"]), int(row["line"] or 0), str(row["severity"]), str(row["code"]), str(row["message"])
        )

"""Many documents through an engine into the tables; what goes wrong with one of them becomes an issue.

What is in the cache is not done again: a document that was extracted before, the comparing tables of the same
documents; and where the tables in the folder are those of the same documents and rules, nothing is done at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from extract import locations, regions, swap
from extract.beside import Corpus
from extract.cache import Cache, opened
from extract.config import Config
from extract.corrections import Register, load_corrections
from extract.counts import Counts
from extract.engines import Engine
from extract.intake import NothingToRead, take_in
from extract.model import Issue
from extract.processes import HERE
from extract.regions import Place
from extract.remembered import DIED, Found, Outcome, Task, failed, keep, known, process, recall
from extract.schema import Tables

Progress = Callable[[Iterable[Outcome], int], Iterable[Outcome]]


class BuildResult(NamedTuple):
    """What a build did: counts, the documents beside these whose facts are kept from an earlier build, all issues.

    `failed` where a document is missing or incomplete, or a correction fits nothing.
    """

    counts: Counts
    kept: int
    issues: tuple[Issue, ...]

    @property
    def failed(self) -> bool:
        return any(issue.severity == "error" for issue in self.issues)


def build(
    config: Config,
    sources: Sequence[Path],
    folder: Path,
    *,
    engine: Engine = HERE,
    corrected: bool = True,
    progress: Progress = lambda outcomes, _: outcomes,
    partly: bool = False,
    work: Callable[[Task], Outcome] | None = None,
    cache: Cache | None = None,
) -> BuildResult:
    """Read every document found in `sources` and write the tables into `folder`, all at once.

    Args: `engine`, where documents are extracted. `partly` where the facts of all other documents of the earlier tables
    stay, and nobody is to bring their files. `cache` holds what earlier builds found; without one nothing is remembered
    beyond this build.

    Raises NothingToRead where there are no documents (the tables stay as they are), TableError where the facts of other
    documents are to stay and cannot be read, ConfigError for a bad register of corrections, OSError where the tables
    cannot be written, EngineError where the engine gives up. What goes wrong with one document becomes an issue.
    """
    register = load_corrections(config.paths.corrections) if corrected else Register(corrections=())
    with nullcontext(cache) if cache else opened(None) as at_hand:
        found, issues = take_in(sources, config, at_hand)
        if not found and not any(issue.severity == "error" for issue in issues):
            raise NothingToRead(sources)
        tasks = [_task(one, register, at_hand) for one in found]
        told = [asdict(one) for one in issues]
        corpus = Corpus(config.paths.beside) if config.paths.beside else None
        said = [known(config, at_hand), corpus.state if corpus else ""]
        everything = at_hand.key(said, [task.key for task in tasks], told, partly)
        if done := _unchanged(folder, at_hand.get("builds", everything)):
            return done
        outcomes = list(progress(_outcomes(tasks, engine, work or process), len(tasks)))
        result = _written(config, corpus, outcomes, issues, folder, tasks, partly, at_hand)
        if all(outcome.tables for outcome in outcomes):
            at_hand.put("builds", everything, {"sums": _sums(folder), "result": _plain(result)})
        at_hand.prune()
        return result


def _task(one: Found, register: Register, cache: Cache) -> Task:
    return Task(one.file, one.recognised, one.sha256, register.of(one.recognised.document.doc_id), cache)


def _outcomes(tasks: Sequence[Task], engine: Engine, work: Callable[[Task], Outcome]) -> Iterator[Outcome]:
    """The outcomes of all tasks in their order: what the cache holds, and what the work makes of the others."""
    new = [task for task in tasks if not (task.cache and task.cache.has("documents", task.key))]
    engine = engine if len(new) > 1 else HERE
    fresh = _from_afar(engine, work, new) if engine.far else engine.run(work, new, _died)
    waiting = set(map(id, new))
    for task in tasks:
        yield next(fresh) if id(task) in waiting else recall(task) or work(task)


def _from_afar(engine: Engine, work: Callable[[Task], Outcome], tasks: Sequence[Task]) -> Iterator[Outcome]:
    """The outcomes of tasks that are done where there is no cache of ours: they are kept in it here."""
    sent = [replace(task, cache=None) for task in tasks]
    for task, outcome in zip(tasks, engine.run(work, sent, _died), strict=True):
        yield keep(task, outcome)


def _died(task: Task) -> Outcome:
    return failed(task, DIED)


def _written(
    config: Config,
    corpus: Corpus | None,
    outcomes: Sequence[Outcome],
    issues: Sequence[Issue],
    folder: Path,
    tasks: Sequence[Task],
    partly: bool,
    cache: Cache,
) -> BuildResult:
    """Write the tables: what was built, what is kept of an earlier build, and all issues."""
    from extract import kept, tables
    from extract.table_rows import issue_rows, unique

    shrunk = kept.shrunk(folder, [(one.doc_id, one.tables) for one in outcomes], config)
    outcomes = [one if one.doc_id not in shrunk else Outcome(one.doc_id, {}, (shrunk[one.doc_id],)) for one in outcomes]
    built = {outcome.doc_id for outcome in outcomes if outcome.tables}
    issues = [*issues, *(issue for outcome in outcomes for issue in outcome.issues)]
    absent = [entry.id for entry in config.documents if entry.id not in built]
    if partly:
        new = [row for outcome in outcomes if outcome.tables for row in outcome.tables["documents"]]
        absent += kept.others(folder, new, absent)
    earlier = kept.of(folder, absent, needed=partly)
    whole = {
        name: [*table, *(row for o in outcomes for row in o.tables.get(name, ()))] for name, table in earlier.items()
    }
    has_facts = {row["doc_id"] for row in earlier["documents"]}
    told = {issue.doc_id for issue in issues if issue.severity == "error"}
    if any(entry.id in built for entry in config.documents):
        lacking = [doc_id for doc_id in absent if doc_id not in told and not (partly and doc_id in has_facts)]
        issues += [kept.missing(doc_id) for doc_id in lacking]
    issues += [kept.kept(doc_id) for doc_id in absent if doc_id in has_facts]
    places = regions.places((task.recognised.document for task in tasks), config)
    if partly:
        places = regions.joined(places, tables.read(folder, ["regions"])["regions"])
    key = cache.key(known(config, cache), corpus and corpus.state, [one.key for one in outcomes], earlier, places)
    whole |= _compared(whole, config, corpus, places, key, cache)
    whole["issues"] = unique("issues", [*whole["issues"], *issue_rows(issues)])
    tables.write(whole, folder)
    counts = Counts(
        documents=len(built),
        failed=len(outcomes) - len(built),
        targets=len(whole["targets"]),
        corrections=sum(len(task.corrections) for task in tasks),
        severities=Counts.by_severity(str(row["severity"]) for row in whole["issues"]),
    )
    return BuildResult(counts, len(has_facts), tuple(_issues(whole)))


def _compared(
    whole: Tables, config: Config, corpus: Corpus | None, places: Sequence[Place], key: str, cache: Cache
) -> Tables:
    """The tables that name what ids stand for, and those made from the tables of all documents, or held against a
    corpus that these stand beside.
    """
    found: Tables | None = cache.get("compared", key)
    if found is None:
        from extract import beside, carryover, emphasis, names, tally

        found = names.rows(places)
        if corpus is None:
            counted = tally.tallies(whole)
            found |= {"emphasis": emphasis.rows(whole, config, counted)} | carryover.rows(whole, places, counted)
        else:
            found |= beside.compared(whole, corpus, regions.joined(corpus.places, (one._asdict() for one in places)))
        cache.put("compared", key, found)
    return found


def _issues(whole: Tables) -> Iterator[Issue]:
    from extract import tables

    for row in tables.ordered("issues", whole["issues"]):
        yield Issue(
            str(row["doc_id"]), int(row["line"] or 0), str(row["severity"]), str(row["code"]), str(row["message"])
        )


def _unchanged(folder: Path, entry: Any) -> BuildResult | None:
    """What the build told that wrote the tables in the folder; None where they are not those of the entry."""
    swap.recover(folder)
    if not entry or _sums(folder, entry["sums"]) != entry["sums"]:
        return None
    told = entry["result"]
    return BuildResult(Counts(**told["counts"]), told["kept"], tuple(Issue(**issue) for issue in told["issues"]))


def _sums(folder: Path, names: Iterable[str] | None = None) -> dict[str, str]:
    """The checksums of files in the folder; of all tables where none are named."""
    if names is None:
        from extract.schema import schema

        names = schema().files().values()
    with locations.asked(folder):
        return {name: sha256(path.read_bytes()).hexdigest() for name in names if (path := folder / name).is_file()}


def _plain(result: BuildResult) -> dict[str, Any]:
    return {
        "counts": asdict(result.counts),
        "kept": result.kept,
        "issues": [asdict(issue) for issue in result.issues],
    }

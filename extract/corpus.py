"""Thousands of documents → tables in partitions: `<table>/part-00000.parquet` and so on.

Four passes, each with several processes and in memory that does not grow with the texts: the files are looked at; each
partition is extracted; what all say is added up; each partition is compared with the sums. What is done is marked, and
not done again: a build that was killed goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from filelock import FileLock, Timeout

from extract import comparing, intake, kept, locations, marked, names, parts, regions, tables
from extract.cache import Cache
from extract.config import Config
from extract.corrections import Register, load_corrections
from extract.counts import Counts
from extract.emphasis import region_names
from extract.engines import Engine
from extract.model import Issue
from extract.parquet import packed
from extract.parts import Done, Part
from extract.processes import HERE
from extract.regions import Place
from extract.remembered import Found, Task
from extract.remembered import known as said
from extract.schema import schema
from extract.table_rows import issue_rows
from extract.tally import Sheet

Tick = Callable[[int, int], None]
"""Told of documents that are done, and of those among them that failed."""
Watch = Callable[[str, int], AbstractContextManager[Tick]]
"""Given the name of a pass and the number of its documents."""
FILES = "files"


class Busy(OSError):
    """Another build writes the same tables."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did: counts, how many of the documents stood there already, errors (some of them) in words."""

    counts: Counts
    again: int
    told: Sequence[str]


def build(
    config: Config,
    sources: Sequence[Path],
    folder: Path,
    cache: Cache,
    *,
    engine: Engine = HERE,
    about: int = parts.ABOUT,
    corrected: bool = True,
    anew: bool = False,
    watch: Watch = lambda _, __: nullcontext(lambda _, __: None),
) -> Result:
    """Read every document found in `sources` and bring the partitions in `folder` up to date.

    Args: `about` so many documents a partition has; `anew` where nothing that is there counts as done.

    Raises NothingToRead where there are none, Busy where another build writes into the folder, ConfigError for a bad
    register of corrections, OSError where the folder cannot be written, EngineError where the engine gives up. What
    goes wrong with one document becomes an issue.
    """
    register = load_corrections(config.paths.corrections) if corrected else Register(corrections=())
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        with watch("looking", 0) as tick:
            found, issues = intake.take_in_many(sources, config, None if engine.far else cache, engine, tick)
        if not found:
            raise intake.NothingToRead(sources, issues)
        issues += _missing(found, config)
        places = regions.places((one.recognised.document for one in found), config)
        work = _parts(found, folder, about, register, cache, engine.far)
        del found
        made = {parts.name(part.number) for part in work}
        marked.clear(folder, {*made, *map(comparing.name_of, made), names.NAMED, FILES, comparing.TOTALS}, anew)
        done, again = _extracted(work, engine, watch)
        del work
        sheets = {number: one.sheets for number, one in done.items()}
        key = cache.key(said(config, cache), places, [one.sum for one in done.values()])
        _compared(folder, sheets, config, places, key, engine, watch)
        _others(folder, places, issues, cache, engine)
        counts = Counts(severities=Counts.by_severity(issue.severity for issue in issues))
        told = chain.from_iterable((*(one.told for one in done.values()), _errors(issues)))
        return Result(sum((one.counts for one in done.values()), counts), again, [*islice(told, parts.MOST_TOLD)])


def _parts(found: Sequence[Found], folder: Path, about: int, register: Register, cache: Cache, far: bool) -> list[Part]:
    """The pieces of work; those for another machine without the cache of this one."""
    ids = [one.recognised.document.doc_id for one in found]
    made = []
    for number, piece in enumerate(parts.cut(ids, about)):
        tasks = tuple(
            Task(one.file, one.recognised, one.sha256, register.of(one.recognised.document.doc_id), cache)
            for one in found[piece]
        )
        key = cache.key([task.key for task in tasks])
        made.append(Part(number, folder, tuple(replace(task, cache=None) for task in tasks) if far else tasks, key))
    return made


def _extracted(work: Sequence[Part], engine: Engine, watch: Watch) -> tuple[dict[int, Done], int]:
    """What became of each partition, by its number, and how many documents stood there already.

    The largest are begun first: at the end no process waits long for another.
    """
    found = {part.number: done for part in work if (done := parts.done(part))}
    again = sum(done.counts.documents for done in found.values())
    waiting = sorted((part for part in work if part.number not in found), key=lambda part: -len(part.tasks))
    with watch("extracting", sum(len(part.tasks) for part in waiting)) as tick:
        for part, done in zip(waiting, engine.run(parts.work, waiting, parts.died), strict=True):
            found[part.number] = done
            tick(len(part.tasks), done.counts.failed)
    return {part.number: found[part.number] for part in work}, again


def _compared(
    folder: Path,
    known: Mapping[int, Sequence[Sheet]],
    config: Config,
    places: Sequence[Place],
    key: str,
    engine: Engine,
    watch: Watch,
) -> None:
    """Add up what the partitions say, and compare each with the sums."""
    named = frozenset(region_names((one for of in known.values() for one in of), config))
    addition = comparing.Addition(folder, tuple(known), named, key)
    waiting = [task for task in comparing.comparisons(folder, known, places, key) if not comparing.done(task)]
    waiting.sort(key=lambda task: -len(task.documents))
    with watch("comparing", sum(len(task.documents) for task in waiting)) as tick:
        if waiting:
            list(engine.run(comparing.add_up, [addition], comparing.died))
        for task, _ in zip(waiting, engine.run(comparing.work, waiting, comparing.died), strict=True):
            tick(len(task.documents), 0)


def _others(folder: Path, places: Sequence[Place], issues: Sequence[Issue], cache: Cache, engine: Engine) -> None:
    """Tables that name what ids stand for, and the issues of files that are no documents."""
    key = cache.key(names.NAMED, places)
    if marked.told(folder, names.NAMED, key) is None:
        list(engine.run(names.work, [names.Names(folder, tuple(places), key)], comparing.died))
    rows_ = tables.ordered("issues", issue_rows(issues))
    data = packed(schema().tables["issues"].columns, rows_)
    marked.write(folder, FILES, "", {f"issues/part-{FILES}.parquet": data}, {})


def _errors(issues: Iterable[Issue]) -> Iterator[str]:
    """Errors in words."""
    for issue in issues:
        if issue.severity == "error":
            yield issue.message if issue.doc_id in issue.message else f"{issue.doc_id}: {issue.message}"


def _missing(found: Sequence[Found], config: Config) -> list[Issue]:
    """Documents that config.yaml names and that are not there, where others of them are."""
    here = {one.recognised.document.doc_id for one in found if one.recognised.document.known}
    return [kept.missing(entry.id) for entry in config.documents if here and entry.id not in here]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other builds out of the folder; one elsewhere knows no locks."""
    if not locations.here(folder):
        yield
        return
    (folder / marked.MARKS).mkdir(exist_ok=True)
    try:
        with FileLock(folder / marked.MARKS / "lock", timeout=0):
            yield
    except Timeout:
        raise Busy(f"{folder}: another build is writing these tables; wait until it ends") from None

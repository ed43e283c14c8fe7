"""What the commands do. Results go to standard output, what is wrong to standard error."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from extract import locations
from extract.config import Config, ConfigError, load_config
from extract.engines import EngineError
from extract.lexicon_file import LexiconError
from extract.reading import SourceError
from extract.tables import TableError

if TYPE_CHECKING:
    from extract.addition import Added
    from extract.cache import Cache
    from extract.counts import Counts
    from extract.engines import Engine
    from extract.remembered import Outcome
    from extract.sources import File


TOLD = {"source_changed", "guessed"}
"""Codes of warnings that speak of a whole file: told on the screen, like errors."""


ENDED = {"too_much_memory": "needs more memory than there is", "too_slow": "takes more time than it may"}
"""What a limit that was set from outside ends, by the code for programs."""


class OutOfTime(BaseException):
    """The limit on processor time that was set from outside is reached."""


def _out_of_time(*_: object) -> None:
    raise OutOfTime


def run(options: argparse.Namespace) -> int:
    """Run the command that the options name; returns the exit status. Limits set from outside end it in a sentence."""
    signal.signal(signal.SIGXCPU, _out_of_time)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        config = load_config(options.config)
        return {"add": add, "build": build, "show": show, "check": check, "score": score}[options.command](
            config, options
        )
    except (ConfigError, LexiconError, EngineError) as reason:
        return _told(str(reason), 2)
    except (SourceError, TableError) as reason:
        return _told(str(reason), 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as reason:
        words = reason.strerror or str(reason)
        return _told(f"{reason.filename or 'file system'}: {words}" if reason.errno else words, 1)
    except MemoryError:
        return _ended("too_much_memory", options)
    except OutOfTime:
        return _ended("too_slow", options)
    except KeyboardInterrupt:
        partly = getattr(options, "format", "csv") == "parquet"
        return _told("stopped; the same command goes on" if partly else "stopped; the tables are as they were", 130)


def _ended(code: str, options: argparse.Namespace) -> int:
    """Say that a limit ended the command, to a program too."""
    return _refused(options, "", code, f"this {ENDED[code]}; bring only the plan, or split it", 1)


def build(config: Config, options: argparse.Namespace) -> int:
    """`build`: documents → tables, and a summary."""
    from extract import cache

    if fault := _engine_fault(options):
        return _told(fault, 2)
    with (
        _engine(options) as engine,
        cache.opened(None if options.no_cache else config.paths.cache) as at_hand,
    ):
        return _build(config, options, at_hand, engine)


def _engine(options: argparse.Namespace) -> AbstractContextManager[Engine]:
    """Where the work is done. Raises EngineError where that cannot be used."""
    if options.engine == "dask":
        from extract.cluster import connected

        return connected(options.scheduler)
    from extract.processes import Local

    return Local(options.jobs or os.cpu_count() or 1)


def _engine_fault(options: argparse.Namespace) -> str:
    """What is wrong with what is said of the engine, or ""."""
    if options.engine == "dask" and not options.scheduler:
        return "--engine dask: name the scheduler with --scheduler tcp://host:port"
    if options.engine != "dask" and options.scheduler:
        return "--scheduler goes with --engine dask"
    return ""


def _build(config: Config, options: argparse.Namespace, cache: Cache, engine: Engine) -> int:
    from extract import build as building
    from extract.intake import NothingToRead
    from extract.remembered import FAILED

    sources = options.sources or [config.paths.sources]
    folder = options.tables or config.paths.tables
    if fault := _sources_fault(options.sources or ()) or _tables_fault(folder, options.format):
        return _told(fault, 2)
    if engine.far:
        sources, folder = [place.absolute() for place in sources], folder.absolute()
    if options.format == "parquet":
        return _build_corpus(config, options, sources, folder, cache, engine)
    adding = options.command == "add"
    progress = _staged if adding and options.json else _progress
    try:
        result = building.build(
            config,
            sources,
            folder,
            engine=engine,
            corrected=not options.no_corrections,
            progress=progress,
            partly=adding,
            cache=cache,
        )
    except NothingToRead as reason:
        return _told(f"{reason}; the tables in {folder} are as they were", 1)
    for issue in result.issues:
        if issue.severity == "error" or (issue.severity == "warning" and issue.code in TOLD):
            _told(f"{issue.doc_id}: {issue.message}" if issue.doc_id not in issue.message else issue.message, 1)
        if adding and options.json and issue.code == FAILED:
            code = "too_much_memory" if ENDED["too_much_memory"] in issue.message else "failed"
            _line(failed=issue.doc_id, code=code, message=issue.message)
    if not (adding and options.json):
        print(_summary(folder, result.counts, f"{result.kept} kept from an earlier build" if result.kept else ""))
    return 1 if result.failed else 0


def _sources_fault(sources: Sequence[Path]) -> str:
    """What is wrong with the sources that the options name, or ""."""
    absent = [place for place in sources if not locations.there(place) and not place.suffix]
    return f"--sources: there is no folder {absent[0]}; check the name" if absent else ""


def _tables_fault(folder: Path, format_: str) -> str:
    """Why no tables of that format can be written into the folder, or ""."""
    if not locations.here(folder) and not locations.there(locations.root(folder)):
        return f"--tables: there is no {locations.root(folder)}; check the name, or make it"
    if locations.there(folder) and not folder.is_dir():
        return f"--tables: {folder} is a file; name a folder"
    other, sign = ("CSV", "documents.csv") if format_ == "parquet" else ("partitions", "documents")
    if locations.there(folder / sign):
        return f"--tables: {folder} holds tables as {other}; name another folder, or remove them"
    return ""


def _build_corpus(
    config: Config, options: argparse.Namespace, sources: Sequence[Path], folder: Path, cache: Cache, engine: Engine
) -> int:
    from extract import corpus, parts
    from extract.intake import NothingToRead

    try:
        result = corpus.build(
            config,
            sources,
            folder,
            cache,
            engine=engine,
            about=options.part or parts.ABOUT,
            corrected=not options.no_corrections,
            anew=options.no_cache,
            watch=_bar,
        )
    except NothingToRead as reason:
        return _told(str(reason), 1)
    for words in result.told:
        _told(words, 1)
    print(_summary(folder, result.counts, f"{result.again} of them stood there already" if result.again else ""))
    return 1 if result.counts.severities.get("error") else 0


@contextmanager
def _bar(name: str, count: int) -> Iterator[Callable[[int, int], None]]:
    """A progress bar of one pass, on a terminal only: documents, how many a second, and how many failed."""
    if not sys.stderr.isatty():
        yield lambda documents, failed: None
        return
    from tqdm import tqdm

    failures = 0
    with tqdm(total=count or None, desc=name, unit="doc", leave=False) as bar:

        def tick(documents: int, failed: int) -> None:
            nonlocal failures
            failures += failed
            bar.set_postfix(failed=failures, refresh=False)
            bar.update(documents)

        yield tick


def add(config: Config, options: argparse.Namespace) -> int:
    """`add`: files into the sources, entries into config.yaml, a new build, and what was found."""
    from extract import cache

    with cache.opened(None if options.no_cache else config.paths.cache) as at_hand:
        return _add(config, options, at_hand)


def _add(config: Config, options: argparse.Namespace, cache: Cache) -> int:
    from extract import addition, report
    from extract.processes import HERE

    told = addition.Told(options.region, options.plan, options.type, options.period, options.sure)
    added: list[addition.Added] = []
    refused = False
    for name, file in _files(options):
        try:
            if isinstance(file, SourceError):
                raise file
            one, config = addition.add(file, options.config, config, told, cache)
            added.append(one)
            if options.json:
                _line(**_answer(file, one))
            elif one.path is None:
                _told(one.words, 1)
        except SourceError as reason:
            refused = bool(_refused(options, name, reason.code, str(reason), 1))
        except addition.UsageError as reason:
            return _refused(options, name, "said_wrong", str(reason), 2)
    here = [one for one in added if one.path]
    if not here:
        return 1
    status = _build(config, options, cache, HERE)
    for one in here:
        if one.path and not options.json:
            print("\n".join([one.words, *report.head(one.path, config, cache)]))
    return 1 if refused or not all(one.sure for one in added) else status


def _files(options: argparse.Namespace) -> Iterator[tuple[str, File | SourceError]]:
    """The files that the options name, those in archives one by one, or why one cannot be opened; with their names."""
    from extract import sources

    for path in options.files:
        try:
            found = sources.files(path)
        except SourceError as reason:
            yield sources.File(path).shown, reason
            continue
        yield from ((file.shown, file) for file in found if options.member in (None, file.member))


def _answer(file: File, one: Added) -> dict[str, object]:
    """What became of a file, for programs."""
    document = one.document
    return {
        "file": file.shown,
        "member": file.member,
        "path": one.path and str(one.path),
        "sure": one.sure,
        "asked": one.asked,
        "twin": one.twin,
        "message": one.words,
        "doc_id": document.doc_id,
        "title": document.title,
        "region": document.region_id if document.region else "",
        "plan": document.plan_id,
        "type": document.doc_type,
        "period": [document.period_start, document.period_end] if document.period_start else None,
    }


def _refused(options: argparse.Namespace, name: str, code: str, words: str, status: int) -> int:
    """Say why a file is not taken: to a program in JSON, else in words. Returns the exit status."""
    if getattr(options, "json", False):
        _line(file=name, code=code, message=words)
        return status
    return _told(words, status)


def _line(**said: object) -> None:
    """Say something to a program."""
    print(json.dumps(said, ensure_ascii=False), flush=True)


def _staged(outcomes: Iterable[Outcome], _: int) -> Iterator[Outcome]:
    """Tell a program where the build is."""
    _line(stage="extracting")
    yield from outcomes
    _line(stage="comparing")


def show(config: Config, options: argparse.Namespace) -> int:
    """`show`: one document, line by line."""
    from extract import report

    for line in report.lines(options.file, config, options.line):
        print(line)
    return 0


def check(config: Config, options: argparse.Namespace) -> int:
    """`check`: the tables against schema and bounds."""
    from extract.table_check import check as faults_of

    folder = options.tables or config.paths.tables
    faults = faults_of(folder, config)
    for fault in faults:
        _told(fault, 1)
    if not faults:
        print(f"the tables in {folder} hold: schema, references, ledger and bounds")
    return 1 if faults else 0


def score(config: Config, options: argparse.Namespace) -> int:
    """`score`: the tables against facts read by hand."""
    from extract import score as scoring

    if not options.gold.is_dir():
        return _told(f"--gold: there is no folder {options.gold}; name the folder that holds the gold files", 2)
    lines = scoring.report(options.tables or config.paths.tables, options.gold)
    print("\n".join(lines))
    return 0


def _told(words: str, status: int) -> int:
    print(words, file=sys.stderr)
    return status


def _progress(outcomes: Iterable[Outcome], count: int) -> Iterable[Outcome]:
    """A progress bar, on a terminal only."""
    if not sys.stderr.isatty():
        return outcomes
    from tqdm import tqdm

    return tqdm(outcomes, total=count, desc="documents", unit="doc", leave=False)


def _summary(folder: Path, counts: Counts, more: str) -> str:
    """What a build did, in a line; `more` is said of the documents."""
    failed = f"{counts.failed} failed" if counts.failed else ""
    kinds = (f"{count} {name}" for name in ("error", "warning", "info") if (count := counts.severities.get(name)))
    issues = f"issues: {', '.join(kinds) or 'none'}"
    by_hand = f"{counts.corrections} corrections by hand" if counts.corrections else ""
    said = (f"{counts.documents} documents read", more, failed, f"{counts.targets} targets", issues, by_hand)
    return f"{folder}: {'; '.join(filter(None, said))}"

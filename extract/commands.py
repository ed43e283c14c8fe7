"""What the commands do. Results go to standard output, what is wrong to standard error."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from extract.config import Config, ConfigError, load_config
from extract.lexicon_file import LexiconError
from extract.reading import SourceError
from extract.tables import TableError

if TYPE_CHECKING:
    from extract.build import BuildResult, Outcome


TOLD = {"source_changed", "guessed"}
"""Codes of warnings that speak of a whole file: told on the screen, like errors."""


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
    except (ConfigError, LexiconError) as reason:
        return _told(str(reason), 2)
    except (SourceError, TableError) as reason:
        return _told(str(reason), 1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as reason:
        return _told(f"{reason.filename or 'file system'}: {reason.strerror}", 1)
    except MemoryError:
        return _told("this needs more memory than there is; bring only the plan, or split it", 1)
    except OutOfTime:
        return _told("this takes more time than it may; bring only the plan, or split it", 1)
    except KeyboardInterrupt:
        return _told("stopped; the tables are as they were", 130)


def build(config: Config, options: argparse.Namespace) -> int:
    """`build`: documents → tables, and a summary."""
    from extract import build as building

    places = options.sources or [config.paths.sources]
    folder = options.tables or config.paths.tables
    absent = [place for place in places if not place.exists() and not place.suffix]
    if absent and options.sources:
        return _told(f"--sources: there is no folder {absent[0]}; check the name", 2)
    if folder.exists() and not folder.is_dir():
        return _told(f"--tables: {folder} is a file; name a folder", 2)
    jobs = options.jobs or os.cpu_count() or 1
    try:
        result = building.build(
            config, places, folder, jobs=jobs, corrected=not options.no_corrections, progress=_progress
        )
    except building.NothingToRead as reason:
        return _told(f"{reason}; the tables in {folder} are as they were", 1)
    for issue in result.issues:
        if issue.severity == "error" or (issue.severity == "warning" and issue.code in TOLD):
            _told(f"{issue.doc_id}: {issue.message}" if issue.doc_id not in issue.message else issue.message, 1)
    print(_summary(result, folder))
    return 1 if result.failed else 0


def add(config: Config, options: argparse.Namespace) -> int:
    """`add`: files into the sources, entries into config.yaml, a new build, and what was found."""
    from extract import addition, report, sources

    added: list[addition.Added] = []
    failed = False
    for path in options.files:
        try:
            for file in sources.files(path):
                one, config = addition.add(file, options.config, config, options.region, options.plan)
                added.append(one)
        except SourceError as reason:
            failed = _told(str(reason), 1) == 1
        except addition.UsageError as reason:
            return _told(str(reason), 2)
    if not added:
        return 1
    status = build(config, options)
    for one in added:
        print("\n".join([one.words, *report.head(one.path, config)]))
    return 1 if failed or not all(one.sure for one in added) else status


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


def _summary(result: BuildResult, folder: Path) -> str:
    kinds = Counter(issue.severity for issue in result.issues)
    issues = ", ".join(f"{kinds[name]} {name}" for name in ("error", "warning", "info") if kinds[name]) or "none"
    parts = [f"{result.documents} documents read", f"{result.targets} targets", f"issues: {issues}"]
    parts[1:1] = [f"{result.kept} kept from an earlier build"] if result.kept else []
    parts += [f"{result.corrections} corrections by hand"] if result.corrections else []
    return f"{folder}: {'; '.join(parts)}"

"""The command line: add, build, show, check, score. See `python -m extract --help`.

Exit status: 0 done; 1 something is missing, unreadable or does not hold; 2 bad usage or bad configuration.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from extract.settling import settle

ROOT = Path(__file__).resolve().parent.parent


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (try --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    options = _parser().parse_args(arguments)
    settle()
    if options.command == "wait":
        from extract import standby

        ordered = standby.order(main)
        return main(ordered) if ordered else 0
    from extract import commands

    return commands.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m extract", description="Development plan documents in, tidy tables out.")
    parser.add_argument(
        "--config",
        type=Path,
        default=ROOT / "config.yaml",
        metavar="FILE",
        help="what is compared (default: config.yaml)",
    )
    verbs = parser.add_subparsers(dest="command", required=True, metavar="command")

    add = verbs.add_parser("add", help="copy documents to the sources, enter them in the configuration, and build")
    add.add_argument("files", type=Path, nargs="+", metavar="FILE")
    add.add_argument(
        "--region", default="", metavar="NAME", help="whose plan it is (id or name; default: by its title)"
    )
    add.add_argument("--plan", default="", metavar="ID", help="which plan it is (id or name; default: by its title)")
    add.add_argument("--type", default="", metavar="TYPE", help="its type, as 规划纲要 (default: by its title)")
    add.add_argument(
        "--period",
        type=_years,
        metavar="YEARS",
        help="years it plans for, as 2026 or 2026-2030 (default: by its title)",
    )
    add.add_argument("--member", type=_count, metavar="N", help="of an archive only its file number N, from 0")
    add.add_argument("--sure", action="store_true", help="add nothing that is known already or uncertain; say what is")
    add.add_argument("--json", action="store_true", help="answer in JSON, one object a line: stages, then each file")
    add.set_defaults(sources=None, no_corrections=False, format="csv")

    build = verbs.add_parser("build", help="read every document of the folders and write the tables")
    build.add_argument(
        "--sources",
        type=_place,
        nargs="+",
        action="extend",
        metavar="DIR",
        help="folders of documents, or single files (also s3://bucket/folder and the like)",
    )
    build.add_argument(
        "--engine",
        choices=("local", "dask"),
        default="local",
        help="work here, or on a cluster (default: local)",
    )
    build.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help="of the Dask scheduler, as tcp://host:8786",
    )
    build.add_argument(
        "--jobs", type=_count, default=1, metavar="N", help="local processes to work in; 0 for one a core (default: 1)"
    )
    build.add_argument(
        "--format",
        choices=("csv", "parquet"),
        default="csv",
        help="csv: a file a table (default); parquet: partitions of each table, for thousands of documents",
    )
    build.add_argument(
        "--part", type=_count, default=0, metavar="N", help="documents a partition, give or take half (default: 64)"
    )
    build.add_argument("--no-corrections", action="store_true", help="leave data/corrections.yaml aside")

    show = verbs.add_parser("show", help="print what is found in one document, and the fate of each number")
    show.add_argument("file", type=Path, metavar="FILE")
    show.add_argument("--line", type=_count, metavar="N", help="only this line of the file")

    check = verbs.add_parser("check", help="hold the tables against their schema and the bounds of the configuration")

    score = verbs.add_parser("score", help="print the accuracy per document and field, against facts read by hand")
    score.add_argument("--gold", type=Path, required=True, metavar="DIR", help="folder of gold files (*.jsonl)")

    verbs.add_parser("wait", help="load everything, then run the command that standard input says (for programs)")

    for verb in (add, build):
        verb.add_argument(
            "--no-cache", action="store_true", help="read and extract everything anew, and remember nothing"
        )
    for verb in (add, build, check, score):
        verb.add_argument("--tables", type=_place, metavar="DIR", help="folder of the tables (default: as configured)")
    for verb in (add, build, show, check, score):
        verb.add_argument("--config", type=Path, default=argparse.SUPPRESS, metavar="FILE", help=argparse.SUPPRESS)
    return parser


def _place(text: str) -> Path:
    from extract.locations import PlaceError, place

    try:
        return place(text)
    except PlaceError as reason:
        raise argparse.ArgumentTypeError(str(reason)) from None


def _years(text: str) -> tuple[int, int]:
    years = [int(part) for part in text.split("-") if part.isdecimal()]
    if len(years) != text.count("-") + 1 or len(years) > 2 or not all(1949 <= year <= 2100 for year in years):
        raise argparse.ArgumentTypeError(f"{text!r} is no year or years; say 2026 or 2026-2030")
    return min(years), max(years)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())

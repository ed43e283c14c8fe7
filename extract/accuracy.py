"""Accuracy of today → docs/accuracy.md, and data/accuracy.csv for the dashboard.

`python -m extract.accuracy FILE --table FILE --sources DIR --gold DIR [DIR …]` writes both.

The documents are extracted anew into a folder of its own, once by the rules alone and once with the hand corrections,
and each result is held against the gold; so the figures are those of the rules as they stand.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from extract.build import build
from extract.config import load_config
from extract.intake import NothingToRead
from extract.score import FIELDS, GoldError, Tally, f1, report, tallies

HEAD = """# Accuracy

Facts extracted from documents against facts that people read in them: a fact counts as found where value, range, unit
and line agree; P is precision, R recall, F1 their harmonic mean. Behind them stands the share of found facts whose
other fields agree. Written by `make gold`; do not edit.
"""


def measured(sources: Path, golds: Sequence[Path], config_file: Path) -> tuple[str, list[dict[str, object]]]:
    """The page, and a table with one row a document and way of extraction.

    Columns: doc_id, corrected (yes, no), facts (in the gold), facts_f1, targets_f1, and the share right of each field.

    Raises GoldError where a folder holds no gold, ConfigError for a bad configuration.
    """
    config = load_config(config_file)
    parts, table = [HEAD], []
    for words, corrected in (("By the rules alone", False), ("With the corrections by hand", True)):
        with tempfile.TemporaryDirectory() as folder:
            build(config, [sources], Path(folder), corrected=corrected)
            parts += [f"## {words}\n"]
            parts += [_block(report(Path(folder), gold)) for gold in golds]
            scores = {doc_id: one for gold in golds for doc_id, one in tallies(Path(folder), gold).items()}
            table += [_row(doc_id, corrected, one) for doc_id, one in scores.items()]
    return "\n".join(parts), table


def _row(doc_id: str, corrected: bool, one: Tally) -> dict[str, object]:
    targets = one.targets_found, one.targets_gold, one.targets_extracted
    rates = {name: one.right[name] / one.found if one.found else 0.0 for name in FIELDS}
    rates = {"facts_f1": f1(one.found, one.gold, one.extracted), "targets_f1": f1(*targets)} | rates
    known: dict[str, object] = {"doc_id": doc_id, "corrected": "yes" if corrected else "no", "facts": one.gold}
    return known | {name: f"{rate:.3f}" for name, rate in rates.items()}


def _block(lines: Sequence[str]) -> str:
    return "\n".join(["```", *lines, "```", ""])


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m extract.accuracy", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    options = parser.parse_args(arguments)
    try:
        page, table = measured(options.sources, options.gold, options.config)
    except (NothingToRead, GoldError) as reason:
        print(reason, file=sys.stderr)
        return 1
    options.file.write_text(page, encoding="utf-8")
    with options.table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())

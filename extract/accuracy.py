"""Accuracy of today → docs/accuracy.md. `python -m extract.accuracy FILE --sources DIR --gold DIR [DIR …]` writes it.

The documents are extracted anew into a folder of its own, once by the rules alone and once with the hand corrections,
and each result is held against the gold; so the figures are those of the rules as they stand.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from extract.build import NothingToRead, build
from extract.config import load_config
from extract.score import GoldError, report

HEAD = """# Accuracy

Facts extracted from documents against facts that people read in them: a fact counts as found where value, range, unit
and line agree; P is precision, R recall, F1 their harmonic mean. Behind them stands the share of found facts whose
other fields agree. Written by `make gold`; do not edit.
"""


def text(sources: Path, golds: Sequence[Path], config_file: Path) -> str:
    """The page. Raises GoldError where a folder holds no gold, ConfigError for a bad configuration."""
    config = load_config(config_file)
    parts = [HEAD]
    for words, corrected in (("By the rules alone", False), ("With the corrections by hand", True)):
        with tempfile.TemporaryDirectory() as folder:
            build(config, [sources], Path(folder), corrected=corrected)
            parts += [f"## {words}\n"]
            parts += [_block(report(Path(folder), gold)) for gold in golds]
    return "\n".join(parts)


def _block(lines: Sequence[str]) -> str:
    return "\n".join(["```", *lines, "```", ""])


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m extract.accuracy", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--config", type=Path, default=Path("config.yaml"))
    options = parser.parse_args(arguments)
    try:
        page = text(options.sources, options.gold, options.config)
    except (NothingToRead, GoldError) as reason:
        print(reason, file=sys.stderr)
        return 1
    options.file.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

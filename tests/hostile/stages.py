"""One text through reading and all stages, each stage with the seconds of the processor that it took."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from extract import cleaning, corrections, halves, ledger, numbering, outline, pipeline, sources, targets, terms, themes
from extract.canonical import Canonical
from extract.config import load_config
from extract.extraction import Extraction
from extract.flattened import Flattened
from extract.markup import unmark
from extract.model import Source
from extract.naming import Naming
from extract.periods import Periods
from extract.pipeline import extract_document
from extract.quantities import Quantities
from extract.recognition import recognise
from extract.stances import Stances
from extract.statements import Statements
from extract.table_rows import rows
from extract.tables_in_text import Tables

CONFIG = load_config(Path(__file__).resolve().parents[2] / "config.yaml")
TIMED: tuple[tuple[Any, str], ...] = (
    (pipeline, "unmark"),
    (cleaning, "clean"),
    (Flattened, "regroup"),
    (outline, "build"),
    (themes, "classify"),
    (targets, "extract"),
    (Stances, "of"),
    (Tables, "read"),
    (Periods, "find"),
    (Quantities, "find"),
    (Statements, "read"),
    (Naming, "of"),
    (Canonical, "of"),
    (corrections, "apply"),
    (terms.Words, "of"),
    (terms, "terms"),
    (themes, "coverage"),
    (halves, "chance"),
    (numbering, "gaps"),
    (ledger, "account"),
)
Seconds = dict[str, float]


@contextmanager
def timed() -> Iterator[Seconds]:
    """While it lasts, what is in `TIMED` adds up its seconds, those of what it calls included."""
    seconds: Seconds = defaultdict(float)

    def watched(work: Callable[..., Any], name: str) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            start = time.process_time()
            try:
                return work(*arguments, **named)
            finally:
                seconds[name] += time.process_time() - start

        return run

    with ExitStack() as stack:
        for owner, name in TIMED:
            full = f"{owner.__name__.removeprefix('extract.')}.{name}"
            stack.enter_context(patch.object(owner, name, watched(getattr(owner, name), full)))
        yield seconds


def seconds_of(text: str, form: str) -> Seconds:
    """Seconds by stage, and of all together ("all")."""
    with timed() as seconds:
        begin = start = time.process_time()
        source = Source("plan", "0" * 64, sources._lines(text.encode(), "plan", form)[0], form)
        seconds["reading"] = time.process_time() - start
        start = time.process_time()
        recognised = recognise(source, unmark(source), CONFIG)
        seconds["recognition"] = time.process_time() - start
        extraction: Extraction = extract_document(source, recognised)
        start = time.process_time()
        rows(extraction, "ok")
        seconds["rows"] = time.process_time() - start
        seconds["all"] = time.process_time() - begin
    return dict(seconds)

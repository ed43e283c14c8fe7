"""How the facts were checked: accuracy against facts read by hand, and corrections by hand, as frames.

Both are files of the project beside the tables; a file that is not there, or is damaged, gives no rows.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

import labels
from settings import ROOT

CORRECTION = "correction"
"""Rule of a row that was corrected by hand."""


def corrections(path: str) -> pd.DataFrame:
    """One row a correction: doc_id, line, action, reason (in words), find, set."""
    columns = ["doc_id", "line", "action", "reason", "find", "set"]
    entries = (_yaml(ROOT / path) or {}).get("corrections", []) if path else []
    key = "reason_zh" if labels.language() == "zh" else "reason"
    rows = [
        {
            "doc_id": entry["doc"],
            "line": entry["line"],
            "action": labels.name("data_page.actions", entry["action"]),
            "reason": entry.get(key) or entry["reason"],
            "find": entry.get("find", {}),
            "set": entry.get("set", {}),
        }
        for entry in entries
    ]
    return pd.DataFrame(rows, columns=columns)


def reason(fact: pd.Series, known: pd.DataFrame) -> str:
    """Why a fact was corrected by hand; "" where it was not, or nobody says."""
    if fact["rule"] != CORRECTION:
        return ""
    here = known[(known["doc_id"] == fact["doc_id"]) & (known["line"] == fact["line"])]
    fits = [row for row in here.itertuples() if _fits(fact, {**row.find, **row.set})]
    return str(fits[0].reason) if fits else ""


def _fits(fact: pd.Series, fields: dict[str, Any]) -> bool:
    named = {
        name: value for name, value in fields.items() if name in ("value", "unit", "indicator") and value is not None
    }
    return all(fact[name] == value for name, value in named.items())


def accuracy(path: str) -> pd.DataFrame:
    """One row a document and way of extraction, columns as in the file; no rows where it is absent."""
    try:
        return pd.read_csv(ROOT / path, dtype={"doc_id": str, "corrected": str})
    except (OSError, ValueError):
        return pd.DataFrame()


@lru_cache(maxsize=4)
def _read(path: Path, _state: tuple[int, int]) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _yaml(path: Path) -> Any:
    """A file, read again when it changes."""
    try:
        return _read(path, (path.stat().st_mtime_ns, path.stat().st_size))
    except (OSError, yaml.YAMLError, UnicodeDecodeError):
        return None

"""data/corrections.yaml, to which corrections of visitors are added where the operator allows it.

Entries go behind those that are there, as text, so that comments and lines of what people wrote stay. One writer at a
time; the file changes in one step of the file system.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from filelock import FileLock, Timeout

import amendment
import labels
from errors import ReadableError

_HEAD = "corrections"
_WAIT = 10
"""Seconds that a writer waits for another."""


def add(path: Path, new: Sequence[dict[str, Any]]) -> None:
    """Add entries to the file, which need not be there yet. Raises ReadableError, and leaves the file as it was."""
    try:
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_WAIT):
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            _replace(path, _with(text, new))
    except (OSError, Timeout, UnicodeDecodeError) as error:
        raise ReadableError(labels.word("amend.unwritable", reason=type(error).__name__)) from error


def _with(text: str, new: Sequence[dict[str, Any]]) -> str:
    """The text of the file with entries behind those that are there. Raises ReadableError where it is unlike one."""
    held = _entries(text)
    taken = [_place(entry) for entry in held if _hides(entry)]
    again = next((entry for entry in new if _place(entry) in taken), None)
    if again is not None:
        raise ReadableError(labels.word("amend.saved_before", doc=again["doc"], line=again["line"]))
    longer = text.rstrip() + "\n" + _lines(new, _indent(text)) if held else _begun(text, new)
    if _entries(longer) != [*held, *new]:
        raise ReadableError(labels.word("amend.unreadable"))
    return longer


def _place(entry: Any) -> object:
    """What an entry finds."""
    return isinstance(entry, dict) and (entry.get("doc"), entry.get("line"), entry.get("find"))


def _hides(entry: Any) -> bool:
    """Whether what an entry finds can no longer be found so once it is applied."""
    if not isinstance(entry, dict) or entry.get("action") == "add":
        return False
    find, change = entry.get("find") or {}, entry.get("set") or {}
    return not change or any(name in change and change[name] != cell for name, cell in find.items())


def _entries(text: str) -> list[Any]:
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ReadableError(labels.word("amend.unreadable")) from error
    entries = (data or {}).get(_HEAD) if isinstance(data, dict) or not data else None
    if entries is None and (not data or data == {_HEAD: None}):
        return []
    if not isinstance(entries, list):
        raise ReadableError(labels.word("amend.unreadable"))
    return entries


def _indent(text: str) -> int:
    """Column at which the entries of the list stand."""
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    column: int = next(value.start_mark.column for key, value in tree.value if key.value == _HEAD)
    return column


def _begun(text: str, new: Sequence[dict[str, Any]]) -> str:
    """A file without entries, with its comments, and the first ones."""
    comments = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(_HEAD))
    return comments + f"{_HEAD}:\n" + _lines(new, 2)


def _lines(new: Sequence[dict[str, Any]], indent: int) -> str:
    text = amendment.dump(list(new)).partition("\n")[2]
    return "".join(f"{' ' * indent}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o777)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise

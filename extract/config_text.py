"""New entries in config.yaml: put in as text, so that comments and order of what people wrote there stay."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from extract.config import Config, ConfigError, load_config

Entry = Mapping[str, object]


def with_entries(path: Path, entries: Mapping[str, Sequence[Entry]], holds: Callable[[Config], bool]) -> Config:
    """Add entries to the lists of the file (regions, plans, documents) and return the new configuration.

    Raises ConfigError, and leaves the file as it was, where the result is not good or does not hold; OSError where the
    file cannot be written.
    """
    text = path.read_text(encoding="utf-8")
    for name, added in entries.items():
        text = _inserted(text, name, added)
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_text(text, encoding="utf-8")
        config = load_config(new)
        if not holds(config):
            raise ConfigError("the document would not be recognised by the entry")
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)
    return config


def _inserted(text: str, name: str, added: Sequence[Entry]) -> str:
    """The text with entries at the end of a list: behind its last line that is neither blank nor a comment."""
    lines = [f"{name}:" if line.rstrip() == f"{name}: []" else line for line in text.splitlines()]
    if f"{name}:" not in lines:
        lines.append(f"{name}:")
    at = end = lines.index(f"{name}:") + 1
    indent = "  "
    for i, line in enumerate(lines[at:], start=at):
        if line.strip() and not line.startswith((" ", "#", "-")):
            break
        bare = line.lstrip()
        indent = line[: len(line) - len(bare)] if end == at and bare.startswith("-") else indent
        end = i + 1 if bare and not bare.startswith("#") else end
    return "\n".join([*lines[:end], *(line for entry in added for line in _lines(entry, indent)), *lines[end:], ""])


def _lines(entry: Entry, indent: str) -> list[str]:
    """An entry of a list; JSON is YAML, and quotes whatever might be read as something else."""
    written = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entry.items()]
    return [f"{indent}- {written[0]}", *(f"{indent}  {line}" for line in written[1:])]

"""What a visitor has brought, piece by piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uploads.answers import Answer, Told


@dataclass(frozen=True)
class Document:
    """A document that was added: its id, the name of its file, the file, and what was said of it."""

    id: str
    name: str
    path: Path
    answer: Answer
    told: Told


@dataclass(frozen=True)
class Question:
    """A file of which something is uncertain."""

    path: Path
    name: str
    answer: Answer


@dataclass(frozen=True)
class Corrected:
    """What a visitor has corrected in a document: its facts before that, and the entries that were applied to them."""

    facts: Any
    entries: tuple[Mapping[str, Any], ...]

"""Words on the screen: `labels.yaml` by key. No other module holds a Chinese word for people to read."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

LABELS_FILE = Path(__file__).with_name("labels.yaml")


@lru_cache(maxsize=1)
def _tree() -> dict[str, Any]:
    """The whole of `labels.yaml`, read once a process."""
    tree: dict[str, Any] = yaml.safe_load(LABELS_FILE.read_text(encoding="utf-8"))
    return tree


def node(key: str) -> Any:
    """What stands at a dotted key: a word, a list or a mapping. Raises KeyError for an unknown key."""
    found: Any = _tree()
    for part in key.split("."):
        found = found[part]
    return found


def word(key: str, **values: object) -> str:
    """The word at a dotted key, its braces filled with `values`. Raises KeyError for an unknown key."""
    text = str(node(key))
    return text.format(**values) if values else text


def name(head: str, item: str) -> str:
    """The word for an id under `head`; an id without a word is shown as it is."""
    return str(node(head).get(item, item))


def join(items: list[str]) -> str:
    """Words as a Chinese enumeration (天河区、越秀区)."""
    return word("filters.joined").join(items)

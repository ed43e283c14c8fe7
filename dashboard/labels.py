"""Words on the screen: `labels.yaml` by key, in the language of this run. No other module holds a word for people.

A key is looked for under the language, then under `common`, which holds what is the same in all.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

LABELS_FILE = Path(__file__).with_name("labels.yaml")
LANGUAGES = ("zh", "en")
T = TypeVar("T")
_LANGUAGE: ContextVar[str] = ContextVar("language", default=LANGUAGES[0])


_TREE: dict[str, Any] = yaml.load(
    LABELS_FILE.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
)
"""The whole of `labels.yaml`, read when the module is: once a process, however many begin at once."""


def use(language: str) -> None:
    """Speak `language` from here on in this run; an unknown one is the first of LANGUAGES."""
    _LANGUAGE.set(language if language in LANGUAGES else LANGUAGES[0])


def speaking(make: Callable[[], T]) -> Callable[[], T]:
    """`make`, to be called later and elsewhere in the language of now."""
    now = language()

    def made() -> T:
        use(now)
        return make()

    return made


def language() -> str:
    """The language of this run."""
    return _LANGUAGE.get()


def node(key: str, language: str = "") -> Any:
    """A word, a list or a mapping at a dotted key, never to be changed. Raises KeyError for an unknown key."""
    return _found(key, language or _LANGUAGE.get())


@cache
def _found(key: str, language: str) -> Any:
    for head in (language, "common"):
        found: Any = _TREE[head]
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        if found is not None:
            return found
    raise KeyError(key)


def word(key: str, **values: object) -> str:
    """The word at a dotted key, its braces filled with `values`. Raises KeyError for an unknown key."""
    text = str(node(key))
    return text.format(**values) if values else text


def name(head: str, item: str) -> str:
    """The word for an id under `head`; an id without a word is shown as it is."""
    return str(node(head).get(item, item))


def names(head: str, item: str) -> set[str]:
    """The words for an id under `head` in every language."""
    return {str(node(head, language).get(item, item)) for language in LANGUAGES}


def join(items: list[str]) -> str:
    """Words as an enumeration (天河区、越秀区)."""
    return word("filters.joined").join(items)

"""With which characters a match of a pattern can begin: told before it, they make it sooner known not to match.

`re` looks by itself for the first character of a pattern that opens with a letter or a class, but tries one that opens
with something optional, or with a choice of such, in full at every place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

Beginning = tuple[frozenset[str], bool]
"""Parts of a class of characters, and whether nothing at all matches too."""
ANYTHING: Beginning = frozenset(), True


def begun(pattern: str, tree: Any = None) -> str:
    """The same pattern with what it can begin with told before it, where that is known.

    Args: `tree` is the pattern as `re` parses it, parsed here where it is not given. Raises re.error where it is no
    pattern. Flags that hold for the whole pattern leave it as it is.
    """
    tree = tree or parser.parse(pattern)
    characters, nothing = _of_sequence(tree) or ANYTHING
    if nothing or tree.state.flags & ~re.UNICODE:
        return pattern
    return f"(?=[{''.join(sorted(characters))}])(?:{pattern})"


def _of_sequence(tree: Iterable[tuple[Any, Any]]) -> Beginning | None:
    """How a sequence begins; None where that may be with any character."""
    found: frozenset[str] = frozenset()
    for node in tree:
        one = _of_node(*node)
        if one is None:
            return None
        found |= one[0]
        if not one[1]:
            return found, False
    return found, True


def _of_node(op: Any, value: Any) -> Beginning | None:
    if op is ops.LITERAL:
        return frozenset([re.escape(chr(value))]), False
    if op is ops.IN:
        return _of_class(value)
    if op is ops.BRANCH:
        return _of_any([_of_sequence(branch) for branch in value[1]])
    if op is ops.SUBPATTERN:
        return None if value[1] else _of_sequence(value[3])
    if op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
        found = _of_sequence(value[2])
        return found and (found[0], found[1] or not value[0])
    if op is ops.ATOMIC_GROUP:
        return _of_sequence(value)
    return (frozenset(), True) if op in (ops.ASSERT, ops.ASSERT_NOT, ops.AT) else None


def _of_any(branches: Sequence[Beginning | None]) -> Beginning | None:
    known = [branch for branch in branches if branch]
    if len(known) < len(branches):
        return None
    return frozenset().union(*(characters for characters, _ in known)), any(nothing for _, nothing in known)


def _of_class(items: Sequence[tuple[Any, Any]]) -> Beginning | None:
    parts: set[str] = set()
    for op, value in items:
        if op is ops.LITERAL:
            parts.add(re.escape(chr(value)))
        elif op is ops.RANGE:
            parts.add("-".join(re.escape(chr(end)) for end in value))
        elif op is ops.CATEGORY and value is ops.CATEGORY_DIGIT:
            parts.add(r"\d")
        else:
            return None
    return frozenset(parts), False

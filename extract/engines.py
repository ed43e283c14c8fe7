"""Where the work is done: what `processes` (of this machine) and `cluster` have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""So many items a process are handed out before their results are asked for: memory does not grow with the items."""


class EngineError(Exception):
    """The work cannot be done there. The message is one sentence that says what to do."""


class Engine(Protocol):
    """Where the work is done."""

    @property
    def far(self) -> bool:
        """True where that may be another machine, which has no part in the cache of this one."""

    def run(
        self, work: Callable[[Item], Result], items: Sequence[Item], died: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """Results of `work` for all items, in their order.

        Args: `work` is a function at the top of a module and takes care of its own exceptions; `died` gives the result
        for an item whose process died, and died again when it was alone. Raises EngineError where no more can be done.
        """

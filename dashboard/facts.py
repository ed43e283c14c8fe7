"""Rows of `targets` made ready for comparison, and the catalogue of what can be compared.

Facts meet by `indicator_id`; where that is empty, by their own name. Both give a `key`. `axis` says what may share an
axis: measure, standard unit and, for cumulative values, the number of years added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

import labels
import wording
from directory import Directory

AIMS = ("target", "qualitative")
"""Kinds of facts that say what will be reached."""

OWN_NAME = "="
"""First sign of the key of an indicator that has no canonical id."""


TOLD = (
    *("value", "value_high", "value_text", "value_std", "unit", "unit_std", "qualifier", "measure", "indicator"),
    *("year", "period_start", "period_end"),
)
"""Columns that tell the words and the axis of a fact."""


def chapters(sections: pd.DataFrame) -> dict[str, str]:
    """Section id → path of headings (第二章 … › 第一节 …), without the document itself at level 0."""
    columns = ("section_id", "parent_id", "number", "heading", "level")
    rows = {
        section_id: (parent, f"{number} {heading}".strip() if level else "")
        for section_id, parent, number, heading, level in zip(
            *(sections[column].tolist() for column in columns), strict=True
        )
    }
    paths: dict[str, str] = {}
    between = labels.word("words.path")

    def path(section_id: str, above: tuple[str, ...]) -> str:
        if section_id not in rows or section_id in above:
            return ""
        if section_id not in paths:
            parent, own = rows[section_id]
            parts = [path(parent, (*above, section_id)), own]
            paths[section_id] = between.join(part for part in parts if part)
        return paths[section_id]

    return {section_id: path(section_id, ()) for section_id in rows}


def _axis(fact: Mapping[Hashable, Any]) -> str:
    """What a value may share an axis with: measure, unit and years added up, as one string."""
    unit = fact["unit_std"] if not pd.isna(fact["value_std"]) else fact["unit"]
    span = ""
    if fact["measure"] == "cumulative":
        dated = not pd.isna(fact["period_start"]) and not pd.isna(fact["period_end"])
        span = str(fact["period_end"] - fact["period_start"] + 1) if dated else "?"
    return "|".join((fact["measure"], unit, span))


def _most_common(keys: pd.Series, texts: pd.Series) -> dict[str, str]:
    """Key → the most frequent of its texts; among equals the shortest, then the first in order."""
    found: dict[str, tuple[int, int, str]] = {}
    for (key, text), count in Counter(zip(keys, texts, strict=True)).items():
        rank = (-count, len(text), text)
        found[key] = min(found.get(key, rank), rank)
    return {key: text for key, (*_, text) in found.items()}


def worded(targets: pd.DataFrame, sections: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """`targets` with what each row says by itself; a worded aim of the time before a plan is a past target.

    New columns: key, axis, x and x_high (value on that axis, in the standard unit where there is one), first and last
    (years it speaks of), value_words, when_words, chapter.
    """
    facts = targets.copy()
    facts["key"] = facts["indicator_id"].where(facts["indicator_id"] != "", OWN_NAME + facts["indicator"])
    facts["first"] = facts["year"].fillna(facts["period_start"])
    facts["last"] = facts["year"].fillna(facts["period_end"])
    begun = dict(zip(documents["doc_id"], documents["period_start"], strict=True))
    ended = facts["last"] < facts["doc_id"].map(begun).astype("Int64")
    facts["kind"] = facts["kind"].mask(facts["kind"].eq("qualitative") & ended.fillna(False), "past_target")
    facts["x"] = facts["value_std"].fillna(facts["value"])
    facts["x_high"] = facts["value_high_std"].fillna(facts["value_high"])
    rows = facts[list(TOLD)].to_dict("records")
    facts["axis"] = [_axis(row) for row in rows]
    facts["value_words"] = [wording.value(row) for row in rows]
    facts["when_words"] = [wording.when(row) for row in rows]
    return facts.assign(chapter=facts["section_id"].map(chapters(sections)).fillna(""))


def prepare(facts: pd.DataFrame, directory: Directory) -> pd.DataFrame:
    """Rows of `worded` with what the pages show of each among the others.

    New columns: label (name of the indicator), indicator_theme (theme of most of its facts), region, document.
    """
    words = [column for column in facts if pd.api.types.is_string_dtype(facts[column])]
    facts = facts.astype(dict.fromkeys(words, object))
    names, themes = _labels(facts, directory.indicators), _most_common(facts["key"], facts["theme"])
    told = {
        "label": [names[key] for key in facts["key"]],
        "indicator_theme": [themes[key] for key in facts["key"]],
        "region": [directory.region(region) for region in facts["region_id"]],
        "document": [directory.document(doc_id) for doc_id in facts["doc_id"]],
    }
    return facts.assign(**{name: pd.Series(values, facts.index, dtype=object) for name, values in told.items()})


def _labels(facts: pd.DataFrame, given: dict[str, str]) -> dict[str, str]:
    """Key → name: as given for a canonical indicator, else the commonest wording; no two keys share a name."""
    commonest = _most_common(facts["key"], facts["indicator"])
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key in sorted(commonest, key=lambda key: (key.startswith(OWN_NAME), key)):
        name = given.get(key, commonest[key])
        twin = name in taken
        names[key] = labels.word("words.twin", label=name, mark=key.lstrip(OWN_NAME)) if twin else name
        taken.add(names[key])
    return names


def catalogue(facts: pd.DataFrame) -> pd.DataFrame:
    """One row an indicator: key, label, theme, regions (that set a target), documents, facts.

    First those for which most regions set a target, then those that most documents mention, then the most frequent.
    """
    aims = facts[facts["kind"].isin(AIMS)].groupby("key")["region_id"].nunique()
    groups = facts.groupby("key")
    table = pd.DataFrame(
        {
            "label": groups["label"].first(),
            "theme": groups["indicator_theme"].first(),
            "documents": groups["doc_id"].nunique(),
            "facts": groups.size(),
        }
    )
    table["regions"] = aims.reindex(table.index).fillna(0).astype(int)
    table["own"] = table.index.str.startswith(OWN_NAME)
    table = table.sort_values(
        ["regions", "documents", "own", "facts", "label"], ascending=[False, False, True, False, True]
    )
    return table.rename_axis("key").reset_index().drop(columns="own")


def related(listing: pd.DataFrame, key: str, most: int = 6) -> pd.DataFrame:
    """Neighbours of an indicator in its theme: rows of `catalogue`.

    First those for which some region sets a target, among them those that share its name.
    """
    if key not in set(listing["key"]):
        return listing.head(0)
    own = listing[listing["key"] == key].iloc[0]
    others = listing[(listing["theme"] == own["theme"]) & (listing["key"] != key)]
    kin = [own["label"] in label or label in own["label"] for label in others["label"]]
    ranked = others.assign(aimed=others["regions"] > 0, kin=kin)
    return ranked.sort_values(["aimed", "kin"], ascending=False, kind="stable").head(most)

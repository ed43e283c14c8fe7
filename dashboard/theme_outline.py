"""Where in a document its themes stand: mentions by chapter, and the outline with what each part is about.

A chapter is a section directly under the document; text before the first one belongs to none ("").
"""

from __future__ import annotations

import pandas as pd


def ancestors(sections: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Section → the sections it lies in, from the chapter down to itself; () for the document itself."""
    parents = dict(zip(sections["section_id"], sections["parent_id"], strict=True))
    lines: dict[str, tuple[str, ...]] = {}
    for section in parents:
        line, above = [section], parents[section]
        while above in parents and above not in line:
            line.append(above)
            above = parents[above]
        lines[section] = tuple(reversed(line[:-1]))
    return lines


def names(sections: pd.DataFrame) -> dict[str, str]:
    """Section → its number and heading."""
    columns = ("section_id", "number", "heading")
    return {
        section: f"{number} {heading}".strip()
        for section, number, heading in zip(*(sections[column] for column in columns), strict=True)
    }


def by_chapter(
    coverage: pd.DataFrame, sections: pd.DataFrame, documents: list[str], theme: str, topic: str = ""
) -> pd.DataFrame:
    """Mentions of a theme, or of one topic of it, by chapter, most first.

    One row a document and chapter that has any: doc_id, chapter (section id), count, share (% of the document's).
    """
    said = coverage[coverage["doc_id"].isin(documents) & (coverage["theme"] == theme) & (coverage["mentions"] > 0)]
    if topic:
        said = said[said["topic"] == topic]
    lines = ancestors(sections[sections["doc_id"].isin(documents)])
    chapter = [next(iter(lines.get(section, ())), "") for section in said["section_id"]]
    counts = said.assign(chapter=chapter).groupby(["doc_id", "chapter"], sort=False)["mentions"].sum()
    table = counts.rename("count").reset_index()
    table["share"] = table["count"] / table.groupby("doc_id")["count"].transform("sum") * 100
    place = {doc_id: number for number, doc_id in enumerate(documents)}
    return (
        table.assign(place=table["doc_id"].map(place))
        .sort_values(["place", "count"], ascending=[True, False], kind="stable", ignore_index=True)
        .drop(columns="place")
    )


def outline(passages: pd.DataFrame, sections: pd.DataFrame, doc_id: str, theme: str, depth: int = 2) -> pd.DataFrame:
    """The parts of a document down to `depth`: id, parent ("" above chapters), name, line, and of all text in it

    chars, own (chars of passages whose first theme is `theme`), share (%), dominant (theme of most of its text).
    A chapter comes before its parts, in the order of the document; parts without text are left out.
    """
    rows = sections[(sections["doc_id"] == doc_id) & (sections["parent_id"] != "")]
    lines = ancestors(sections[sections["doc_id"] == doc_id])
    text = passages[(passages["doc_id"] == doc_id) & (passages["kind"] != "heading")]
    pieces = pd.DataFrame(
        [
            (part, theme_of, chars)
            for section, theme_of, chars in zip(text["section_id"], text["theme"], text["chars"], strict=True)
            for part in lines.get(section, ())[:depth]
        ],
        columns=["id", "theme", "chars"],
    )
    whole = pieces.groupby("id")["chars"].sum()
    own = pieces[pieces["theme"] == theme].groupby("id")["chars"].sum()
    strongest = (
        pieces[pieces["theme"] != ""]
        .groupby(["id", "theme"])["chars"]
        .sum()
        .reset_index()
        .sort_values("chars", kind="stable")
        .drop_duplicates("id", keep="last")
    )
    named = names(rows)
    table = pd.DataFrame({"id": [section for section in rows["section_id"] if section in whole.index]})
    table["parent"] = [lines[section][-2] if len(lines[section]) > 1 else "" for section in table["id"]]
    table["name"] = table["id"].map(named)
    table["line"] = table["id"].map(dict(zip(rows["section_id"], rows["line"], strict=True)))
    table["chars"] = table["id"].map(whole).fillna(0).astype("int64")
    table["own"] = table["id"].map(own).fillna(0).astype("int64")
    table["share"] = (table["own"] / table["chars"].where(table["chars"] > 0) * 100).fillna(0.0)
    table["dominant"] = table["id"].map(dict(zip(strongest["id"], strongest["theme"], strict=True))).fillna("")
    return table[table["chars"] > 0].reset_index(drop=True)

"""Topics of an upper plan against the plans below → cards: the three classes, and one topic in every plan."""

from __future__ import annotations

import pandas as pd

import carried
import chart_carried
import chart_intervals
import labels
import plots
import wording
from card import Card, Short, unit_line
from carried import Choice
from carried_plans import Plans
from chart_style import FOOTER_SIZE, QUIET, WIDTH
from plot import Plot, Series
from view import View

UNTOUCHED = frozenset({"region", "plan", "years", "kind", "attribute"})
"""Filters that do not touch the comparison of the plans."""

_NAMED = 4
"""Topics that a title names at most."""

IN_SHORT, IN_PICTURE = 3, 928
"""Rows of a class in the chart of a picture that has no room for more, and its width in pixels."""


def name_of(choice: Choice, name: str, view: View) -> str:
    """A term, or the name of a topic."""
    return view.directory.topic(name) if choice.unit == "topic" else name


def classes_card(rows: pd.DataFrame, choice: Choice, plans: Plans, most: int, marked: str = "") -> Card:
    """The three classes: rows of `carried.chosen`, the first `most` of each drawn."""
    view = plans.view
    shown = rows.assign(
        label=[name_of(choice, name, view) for name in rows["name"]],
        key=rows["topic"] if choice.unit == "term" else rows["name"],
        hover=[hover_said(row, choice, plans) for row in rows.to_dict("records")],
    )
    counts = carried.counts(rows)
    parts, fewer = (_parts(shown, counts, choice, least) for least in (most, IN_SHORT))
    look = (plans.sides, choice.unit == "topic", marked)
    title = classes_title(rows, choice, plans)
    return Card(
        id=f"carried-{choice.unit}",
        title=title,
        subtitle=unit_line(
            labels.word("carryover.unit"), plans.below_words, evidence_words(choice), view.describe(UNTOUCHED)
        ),
        source=plans.source,
        version=view.tables.version,
        table=classes_table(rows, choice, plans),
        body=chart_carried.draw(parts, *look),
        alt=title + labels.word("words.stop") + labels.word("carryover.alt", **strong_counts(rows)),
        plot=_classes_plot(pd.concat([part for _, part in parts.values()]), plans),
        notes=classes_notes(choice, max(counts.values()) > most),
        short=Short(chart_carried.draw(fewer, *look, IN_PICTURE), classes_notes(choice, True), IN_PICTURE)
        if max(counts.values()) > IN_SHORT
        else None,
    )


def _parts(shown: pd.DataFrame, counts: dict[str, int], choice: Choice, most: int) -> chart_carried.Parts:
    """Class → its heading and its first rows, of those classes that have any."""
    parts = {}
    for name, count in counts.items():
        part = shown[shown["class"] == name].head(most)
        if len(part):
            words = labels.word(
                f"carryover.part_{'whole' if len(part) == count else 'head'}",
                name=labels.name("carryover.classes", name),
                count=count,
                shown=len(part),
            )
            meaning = labels.word(f"carryover.meanings.{'unsaid' if choice.only_unsaid else name}")
            parts[name] = (heading(words, meaning), part)
    return parts


def heading(name: str, meaning: str) -> str:
    """A head of a part, in a strong and a light line."""
    lines = wording.wrapped(meaning, WIDTH / FOOTER_SIZE)
    return f'<b>{wording.plot(name)}</b><br><span style="font-size:{FOOTER_SIZE}px;color:{QUIET}">{lines}</span>'


def _classes_plot(rows: pd.DataFrame, plans: Plans) -> Plot:
    """Mentions per 10,000 characters in the upper plan and in those below it, for the names that are drawn."""
    sides = (
        ("per_10k", plans.region(plans.upper), plans.colour(plans.upper)),
        ("per_10k_below", plans.below_words, plots.EARLIER),
    )
    series = tuple(Series(name, tuple(rows[column].round(2).astype(float)), colour) for column, name, colour in sides)
    return Plot("bar", tuple(rows["label"]), series, labels.word("carryover.unit"))


def classes_title(rows: pd.DataFrame, choice: Choice, plans: Plans) -> str:
    """The finding: how many of each class, or what no plan below mentions."""
    upper = plans.view.directory.document(plans.upper)
    if choice.only_unsaid:
        top = rows.sort_values("mentions", ascending=False, kind="stable").head(_NAMED)
        said = labels.join(
            [
                labels.word("carryover.times", name=name_of(choice, name, plans.view), count=count)
                for name, count in zip(top["name"], top["mentions"], strict=True)
            ]
        )
        said = labels.word("compare.title_more", values=said) if len(rows) > len(top) else said
        return labels.word(f"carryover.title_unsaid_{choice.unit}", upper=upper, count=len(rows), values=said)
    return labels.word(
        f"carryover.title_{choice.unit}", upper=upper, count=len(rows), **carried.counts(rows), **strong_counts(rows)
    )


def strong_counts(rows: pd.DataFrame) -> dict[str, int]:
    """Numbers of each class on strong evidence, under strong_<class>."""
    found = carried.counts(rows[rows["evidence"] == "strong"])
    return {f"strong_{name}": count for name, count in found.items()}


def evidence_words(choice: Choice) -> str:
    """Which strengths of evidence are shown, as part of a subtitle, and whether only what is unsaid below."""
    names = labels.join([labels.name("carryover.evidences", name) for name in choice.evidence]) or labels.word(
        "filters.any"
    )
    said = labels.word("filters.summary", name=labels.word("carryover.evidence"), values=names)
    if not choice.only_unsaid:
        return said
    return labels.word("filters.between").join([said, labels.word("carryover.only")])


def classes_notes(choice: Choice, cut: bool) -> tuple[str, ...]:
    """What stressing, p and evidence mean."""
    notes = [labels.word("carryover.stress_note"), labels.word("carryover.p_note")]
    if choice.unit == "topic":
        notes.append(labels.word("carryover.targets_note"))
    if cut:
        notes.append(labels.word("carryover.more_note"))
    return tuple(notes)


def hover_said(row: dict[str, object], choice: Choice, plans: Plans) -> str:
    """A row in full."""
    return labels.word(
        "carryover.hover",
        name=name_of(choice, str(row["name"]), plans.view),
        kind=labels.name("carryover.classes", str(row["class"])),
        p=f"{row['p']:.3f}",
        upper=plans.region(plans.upper),
        mentions=row["mentions"],
        below=row["mentions_below"],
        usual=f"{row['usual']:.2f}",
    )


def classes_table(rows: pd.DataFrame, choice: Choice, plans: Plans) -> pd.DataFrame:
    """All rows of a card, its columns named as shown."""
    upper = plans.region(plans.upper)
    who = [
        labels.join([plans.region(doc_id) for doc_id in carried.names_below(cell)]) for cell in rows["stressed_below"]
    ]
    frame = {
        labels.word(f"carryover.columns.{choice.unit}"): [name_of(choice, name, plans.view) for name in rows["name"]],
        labels.word("columns.theme"): [labels.name("themes", theme) for theme in rows["theme"]],
        labels.word("carryover.columns.kind"): [labels.name("carryover.classes", name) for name in rows["class"]],
        labels.word("carryover.evidence"): [labels.name("carryover.evidences", name) for name in rows["evidence"]],
        "p": rows["p"].round(3),
        labels.word("carryover.columns.mentions", name=upper): rows["mentions"],
        labels.word("carryover.columns.mentions_below"): rows["mentions_below"],
        labels.word("carryover.columns.per_10k", name=upper): rows["per_10k"].round(2),
        labels.word("carryover.columns.per_10k_below"): rows["per_10k_below"].round(2),
        labels.word("carryover.columns.usual"): rows["usual"].round(2),
        labels.word("carryover.columns.who"): who,
    }
    if choice.unit == "topic":
        frame[labels.word("carryover.columns.targets", name=upper)] = rows["targets"]
        frame[labels.word("carryover.columns.targets_below")] = rows["targets_below"]
    return pd.DataFrame(frame)


def topic_card(row: pd.Series, plans: Plans) -> Card | None:
    """One topic in every plan compared: mentions with their interval. None where no plan is told apart."""
    view = plans.view
    own = carried.plans(view.tables["stressed"], plans.upper, row["name"], plans.below)
    if own.empty:
        return None
    shown = own.assign(
        region=[plans.region(doc_id) for doc_id in own["doc_id"]],
        colour=[plans.colour(doc_id) for doc_id in own["doc_id"]],
        document=[plans.label(doc_id) for doc_id in own["doc_id"]],
        said=[
            labels.word(
                "carryover.interval",
                count=one.mentions,
                value=f"{one.per_10k:.1f}",
                low=f"{one.low:.1f}",
                high=f"{one.high:.1f}",
                stressed=labels.name("carryover.stressed", one.stressed),
                p=f"{one.p:.3f}",
            )
            for one in own.itertuples()
        ],
    )
    name = view.directory.topic(row["name"])
    title = labels.word(
        "carryover.topic_title",
        name=name,
        kind=labels.name("carryover.classes", row["class"]),
        upper=plans.region(plans.upper),
        value=f"{row['per_10k']:.1f}",
        below=f"{row['per_10k_below']:.1f}",
        evidence=labels.name("carryover.evidences", row["evidence"]),
        p=f"{row['p']:.3f}",
    )
    names = {"mentions": "mentions_word", "per_10k": "rate", "low": "low", "high": "high", "p": "p_stressed"}
    table = pd.DataFrame(
        {
            labels.word("columns.document"): [view.directory.document(doc_id) for doc_id in own["doc_id"]],
            **{labels.word(f"carryover.columns.{word}"): own[column].round(3) for column, word in names.items()},
            labels.word("carryover.columns.stressed"): [
                labels.name("carryover.stressed", stressed) for stressed in own["stressed"]
            ],
            labels.word("carryover.columns.aims"): own["targets"],
        }
    )
    return Card(
        id=f"topic-{wording.short_id(row['name'])}",
        title=title,
        subtitle=unit_line(
            labels.word("carryover.unit"),
            labels.word(
                "filters.summary", name=labels.word("filters.theme"), values=labels.name("themes", row["theme"])
            ),
        ),
        source=plans.source,
        version=view.tables.version,
        table=table,
        body=chart_intervals.draw(shown, float(row["usual"])),
        alt=title,
        notes=(labels.word("carryover.interval_note"),),
        plot=plots.bars(
            [view.directory.document(doc_id) for doc_id in own["doc_id"]],
            list(own["per_10k"].round(2)),
            list(shown["colour"]),
            name,
            labels.word("carryover.unit"),
        ),
    )

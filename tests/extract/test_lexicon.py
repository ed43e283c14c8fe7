"""Every rule of the lexicon is at work: some case of the specs, or some document, is read by it.

An entry that nothing hits is dead, or untested; either way it goes, or gets its case. Where the documents are there
(PLAN_SOURCES) they count too.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from extract import cleaning, outline, sources
from extract.lexicon_file import LEXICON
from extract.lexicons import lexicons
from extract.marked_rows import rules as row_rules
from extract.markup import unmark
from extract.model import Document, Exclusion, Paragraph, Quantity, Source
from extract.naming import Naming, NamingRules
from extract.periods import Mention
from extract.table_columns import TableRules
from tests.extract import spec

KNOWN_UNUSED: dict[str, dict[str, str]] = {}
"""Lexicon file → entry → why it stays although nothing hits it."""


class Read(NamedTuple):
    """A text and what the stages found in it."""

    text: str
    quantities: tuple[Quantity, ...]
    exclusions: tuple[Exclusion, ...]
    mentions: tuple[Mention, ...]


class Corpus(NamedTuple):
    """All texts of specs and documents, their headings, and the first rows and captions of their tables."""

    reads: tuple[Read, ...]
    headings: tuple[str, ...]
    cells: tuple[str, ...]
    short: tuple[str, ...]


def known(name: str) -> dict[str, Any]:
    return yaml.safe_load((LEXICON / f"{name}.yaml").read_text(encoding="utf-8"))


def read(text: str, document: Document) -> Read:
    tools = lexicons().tools
    mentions = tools.periods.find(text, document)
    found = tools.quantities.find(text, [(m.start, m.end) for m in mentions])
    return Read(text, found.quantities, found.exclusions, mentions)


@cache
def corpus() -> Corpus:
    reads, headings, cells, short = [], [], [], []
    for name in ("quantities", "periods", "targets", "headings"):
        for case in spec.cases(name):
            document = spec.document(**case.get("doc", {}))
            reads += [read(spec.tidy(text).text, document) for text in spec.as_list(case["text"])]
            headings += case.get("path", [])
    headings += [case["text"] for case in spec.cases("headings") if case["expect"]]
    for passages, document in [*_tables(), *_documents()]:
        for body, kind, path in passages:
            headings += path
            cells += [cell.text for cell in body.cells]
            short += [body.text] if len(body.text) <= 40 else []
            reads += [] if body.cells or kind == "heading" else [read(body.text, document)]
    return Corpus(tuple(reads), tuple(headings), tuple(cells), tuple(short))


Found = tuple[list[tuple[Paragraph, str, tuple[str, ...]]], Document]


def _tables() -> Iterator[Found]:
    for case in spec.cases("tables"):
        source = Source("case", "", tuple(case["lines"]), case.get("form", "txt"))
        yield _passages(source, spec.document(**case.get("doc", {})))


def _documents() -> Iterator[Found]:
    folder = os.environ.get("PLAN_SOURCES", "")
    for path in sources.find([Path(folder)]) if folder and Path(folder).is_dir() else []:
        yield _passages(sources.read(path), spec.document())


def _passages(source: Source, document: Document) -> Found:
    tools = lexicons()
    cleaned = tools.flattened.regroup(cleaning.clean(unmark(source).paragraphs, tools.furniture, tools.headings))
    plan = outline.build(cleaned, "case", "", tools.headings)
    return [(p.body, p.kind, p.path) for p in plan.passages], document


def check(name: str, dead: Iterable[str]) -> None:
    """Only the entries that are known to be without use are without use, and these really are."""
    found, expected = set(dead), set(KNOWN_UNUSED.get(name, {}))
    assert not found - expected, f"{name}.yaml: nothing hits {', '.join(sorted(found - expected))}"
    assert not expected - found, f"{name}.yaml: of use after all: {', '.join(sorted(expected - found))}"


def unhit(entries: Iterable[str], hit: Callable[[str], bool]) -> list[str]:
    return [entry for entry in entries if not hit(entry)]


# Numbers


def test_every_false_friend_is_met() -> None:
    dead = []
    for rule, patterns in known("exclusions")["rules"].items():
        spans = [(r.text, e) for r in corpus().reads for e in r.exclusions if e.rule == f"excluded.{rule}"]
        dead += [f"{rule}: {p}" for p in unhit(patterns, lambda p: _excludes(_compiled(p), spans))]  # noqa: B023
    check("exclusions", dead)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace("{latin}", lexicons().tools.units.latin()))


def _excludes(pattern: re.Pattern[str], spans: Sequence[tuple[str, Exclusion]]) -> bool:
    return any((m := pattern.match(text, e.start)) is not None and m.end() == e.end for text, e in spans)


def _amounts() -> Iterator[tuple[str, Quantity]]:
    return ((r.text, q) for r in corpus().reads for q in r.quantities)


def test_every_numeral_and_word_of_an_amount_is_met() -> None:
    rules = known("numerals")
    printed = {text[slice(*span)] for text, q in _amounts() for span in q.digits}
    words = {text[slice(*q.digits[0])] for text, q in _amounts() if q.rule == "quantity.word"}
    counted = {q.unit for _, q in _amounts() if q.rule == "quantity.chinese" and q.value < 100}
    characters = "".join(printed) + "".join(r.text[m.start : m.end] for r in corpus().reads for m in r.mentions)
    dead = [*(c for key in ("digits", "powers") for c in rules[key] if c not in characters)]
    dead += [w for w in rules["words"] if w not in words]
    dead += [c for c in rules["counters"] if c not in counted]
    check("numerals", dead)


def test_every_qualifier_is_met() -> None:
    rules = known("qualifiers")
    parts: dict[str, set[tuple[str, str]]] = {"before": set(), "after": set(), "inside": set()}
    for text, q in _amounts():
        parts["before"].add((text[q.start : q.digits[0][0]], q.qualifier))
        parts["after"].add((text[q.digits[-1][1] : q.end], q.qualifier))
        parts["inside"].add((text[q.digits[-1][1] : q.end], q.qualifier))
    match = {"before": str.startswith, "after": str.endswith, "inside": str.__contains__}
    dead = [
        f"{side}: {word}"
        for side in parts
        for sign, words in rules[side].items()
        for word in words
        if not any(found == sign and match[side](part, word) for part, found in parts[side])
    ]
    check("qualifiers", dead)


def test_every_family_of_units_is_met() -> None:
    units = lexicons().tools.units
    families = {units.family(unit) for unit in [*(q.unit for _, q in _amounts()), *corpus().cells]}
    families |= {family.partition("/")[0] for family in families}
    check("units", [name for name in units.lexicon.families if name not in families])


# Times


def test_every_way_to_name_a_time_is_met() -> None:
    rules = known("periods")
    mentions = [(r.text, m) for r in corpus().reads for m in r.mentions]
    named = {text[m.start : m.end] for text, m in mentions}
    base, since = (
        {text[max(0, m.start - 4) : m.start] for text, m in mentions if m.role == role} for role in ("base", "from")
    )
    comparing = [*rules["comparing"], *(word for words in rules["comparing_weak"] for word in words.split("|"))]
    dead = [w for key in ("this_year", "last_year", "next_year") for w in rules[key] if w not in named]
    terms = [*rules["past_term"], *rules["next_term"]]
    dead += [p for p in terms if not any(re.fullmatch(p, name) for name in named)]
    dead += [w for w in comparing if not any(part.endswith(w) for part in base)]
    dead += [w for w in rules["from_words"] if not any(part.endswith(w) for part in since)]
    plans = ("plan_name", "plan_full")
    dead += [key for key in plans if not any(re.search(rules[key], r.text) for r in corpus().reads)]
    dead += [] if any(m.role == "modifier" for _, m in mentions) else ["modifying"]
    check("periods", dead)


# Statements


@pytest.mark.parametrize("name", ["statements", "cues"])
def test_every_word_of_a_statement_is_met(name: str) -> None:
    texts, headings, cells = ("\n".join(found) for found in ([r.text for r in corpus().reads], *corpus()[1:3]))
    dead = []
    for key, entries in known(name).items():
        if key in ("boundaries", "done_annex", "report_titles"):
            continue
        where = headings if key.endswith("_headings") else cells if key == "binding" else texts
        patterns = [entries] if isinstance(entries, str) else entries.values() if key == "first_of_two" else entries
        dead += [f"{key}: {p}" for p in patterns if not re.search(_anywhere(p), where)]
    check(name, dead)


def test_every_rule_of_naming_is_at_work() -> None:
    """Without the entry some case is named otherwise."""
    tools = lexicons().tools
    rules = tools.naming.rules
    stated = []
    for case in spec.cases("naming"):
        text = spec.tidy(case["text"]).text
        found = read(text, spec.document())
        stated += [(text, s) for s in tools.statements.read(text, found.quantities, found.mentions)]

    def names(changed: NamingRules) -> list[str]:
        naming = Naming(changed, tools.statements, tools.units, tools.measures.rules.whole_region)
        return [naming.of(statement, text) for text, statement in stated]

    whole, dead = names(rules), []
    for key, entries in rules.model_dump().items():
        if isinstance(entries, tuple):
            without = {str(e): [other for other in entries if other != e] or ["(?!)"] for e in entries}
            dead += [
                f"{key}: {e}" for e, rest in without.items() if names(rules.model_copy(update={key: rest})) == whole
            ]
        elif isinstance(entries, str):
            dead += [key] if names(rules.model_copy(update={key: "(?!)"})) == whole else []
    check("naming", dead)


def _anywhere(pattern: str) -> str:
    """The pattern for a search through many texts, one a line: ^ is the start of a clause, and $ is left open."""
    return pattern.replace("[^", "[\0").replace("^", "(?m:^|(?<=[，。；]))").replace("[\0", "[^\\n").replace("$", "")


# Tables, headings, furniture


def test_every_heading_of_a_table_is_met() -> None:
    rules = known("tables")
    cells = {re.sub(r"\s+", "", cell) for cell in corpus().cells}
    dead = [
        f"{role}: {p}"
        for role, patterns in rules["columns"].items()
        for p in patterns
        if not any(re.fullmatch(p, cell) for cell in cells)
    ]
    for key in ("value_column", "aim", "actual", "yearly", "each_year", "summed", "states"):
        dead += [f"{key}: {p}" for p in rules[key] if not any(re.search(p, cell) for cell in cells)]
    lines = [*corpus().short, *corpus().cells]
    patterns = [key for key, field in TableRules.model_fields.items() if field.annotation == re.Pattern[str]]
    dead += [key for key in patterns if not _hit(rules[key], lines)]
    check("tables", dead)


def test_every_pattern_of_plain_rows_is_met() -> None:
    lines = [line for case in spec.cases("tables") for line in case["lines"]]
    parts = [part for line in lines for part in row_rules().close_blank.split(line)]
    dead = [key for key in ("close_blank", "names_columns", "numbered") if not _hit(known("rows")[key], lines)]
    dead += [] if _hit(known("rows")["no_cell"], parts) else ["no_cell"]
    check("rows", dead)


def _hit(pattern: str, texts: Iterable[str]) -> bool:
    return any(re.search(pattern, text) for text in texts)


def test_every_kind_of_heading_is_met() -> None:
    rules = known("headings")
    texts = [case["text"] for case in spec.cases("headings") if case["expect"]]
    found = [h for text in texts if (h := lexicons().headings.match(spec.tidy(text).text))]
    dead = [level["name"] for level in rules["levels"] if level["name"] not in {h.name for h in found}]
    dead += [p for p in rules["boxes"] if not any(h.name == "box" and re.fullmatch(p, h.number) for h in found)]
    dead += [w for w in rules["unnumbered"] if w not in {h.title for h in found}]
    lines = [r.text for r in corpus().reads]
    dead += [b for b in rules["bullets"] if not any(text.startswith(b) for text in lines)]
    check("headings", dead)


def test_every_kind_of_furniture_is_met() -> None:
    rules = known("furniture")
    texts = [case["text"].translate(cleaning.SAME_WIDTH) for case in spec.cases("furniture") if case["rule"]]
    lines = [re.sub(r"\s+", "", text) for text in texts]
    dead = [
        f"{name}: {p}"
        for name, patterns in rules["line"].items()
        for p in patterns
        if not any(re.fullmatch(p, line, re.IGNORECASE) for line in lines)
    ]
    dead += [
        f"{name}: {p}"
        for name, patterns in rules["anywhere"].items()
        for p in patterns
        if not any(re.search(p, line) for line in lines)
    ]
    dead += [w for w in (*rules["advert"], *rules["advert_sure"]) if not any(w in line for line in lines)]
    check("furniture", dead)

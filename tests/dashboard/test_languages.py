"""Every page in English: it runs, and what is Chinese on it are facts as the documents write them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from streamlit.testing.v1 import AppTest

import data_io
import directory
import downloads
import labels
import settings
import wording
from schema import NAMES
from tests.serving import ROOT

Run = Callable[..., AppTest]
ROWS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("tables.yaml").read_text(encoding="utf-8"))
HAN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
"""A Han character, or a sign of Chinese punctuation."""

PAGES = sorted(path.stem for path in (Path(labels.__file__).parent / "app_pages").glob("*.py"))
TRANSLATED = ("compare", "themes", "data")
OWN = str(labels.node("app.own_name", "zh"))
"""The one word of the screen that stays Chinese: the name of the language itself."""

QUOTING = [labels.node(f"columns.{name}", "en") for name in ("fields", "reason")]
"""Columns of corrections by hand, which name words of the real documents."""


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English in this test."""
    labels.use("en")
    yield
    labels.use(labels.LANGUAGES[0])


def facts() -> list[str]:
    """What the synthetic documents write in Chinese, longest first."""
    rows = [ROWS["fact"], *ROWS["families"].values(), *ROWS["targets"]]
    found = {str(row.get(field) or "") for row in rows for field in ("indicator", "unit", "value_text")}
    found |= {unit for unit, _ in ROWS["units"].values()}
    found |= {row[field] for row in ROWS["sections"] for field in ("number", "heading")}
    found |= {row["topic"] for row in ROWS["coverage"]}
    found |= {f"{row['doc_id']}全文" for row in ROWS["documents"]}
    found |= {row["doc_type"] for row in ROWS["documents"]} - set(labels.node("doc_types"))
    return sorted({text for text in found if HAN.search(text)}, key=len, reverse=True)


def bare(text: str) -> str:
    """A text as read, without the facts in it."""
    text = re.sub(r"\\(?=[^\w\s])|<br>", "", text)
    for fact in facts():
        text = text.replace(fact, "")
    return text


def texts(message: Any) -> Iterator[str]:
    """All strings of what a page sends to the browser; a chart as its specification."""
    for field, value in message.ListFields():
        for part in value if hasattr(value, "append") or hasattr(value, "add") else [value]:
            if isinstance(part, str):
                chart = field.name == "spec" and part.startswith("{")
                yield json.dumps(json.loads(part), ensure_ascii=False) if chart else part
            elif hasattr(part, "ListFields"):
                yield from texts(part)


def nodes(block: Any) -> Iterator[Any]:
    """A block of a page and all that stands in it."""
    yield block
    for child in getattr(block, "children", {}).values():
        yield from nodes(child)


def words(app: AppTest) -> list[str]:
    """All strings of a page with its dialog: words, charts, heads and cells of tables."""
    said = [text for node in nodes(app._tree) if getattr(node, "proto", None) is not None for text in texts(node.proto)]
    for shown in (node.value for node in nodes(app._tree) if node.type in {"dataframe", "arrow_data_frame", "table"}):
        said += [str(head) for head in (*shown.columns, *shown.index)]
        told = [column for column in shown if column not in QUOTING]
        said += [str(cell) for column in told for cell in shown[column]]
    return said


def chinese(app: AppTest) -> list[str]:
    """What is Chinese on a page and no fact."""
    return sorted({text for text in words(app) if text.strip() != OWN and HAN.search(bare(text))})


@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_in_english(run: Run, tables: Path, page: str) -> None:
    app = run(page, lang="en")
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("page", TRANSLATED)
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"region": ""},
        {"plan": ""},
        {"indicator": "gdp_growth"},
        {"indicator": "rd_share"},
        {"indicator": "=储备规模", "attribute": "约束性"},
        {"indicator": "=储备规模", "region": "tianhe"},
        {"every": "1", "years": "14fyp", "kind": "target"},
        {"measure": "density", "topic_theme": "education"},
        {"measure": "count", "theme": ["education", "party"]},
        {"theme": "marine"},
        {"plan": "gwr"},
        {"fact": "t009"},
        {"severity": "warning", "table": "carryover"},
    ],
    ids=str,
)
def test_only_facts_are_chinese_in_english(run: Run, tables: Path, page: str, query: dict[str, Any]) -> None:
    app = run(page, lang="en", **query)
    assert not app.exception
    assert chinese(app) == []


def test_the_place_of_a_fact_is_told_in_english(run: Run, evidence: Path) -> None:
    said = " ".join(words(run("compare", lang="en", fact="t009")))
    assert "Indicative" in said
    assert "line 666" in said.replace("\\", "")


@pytest.mark.parametrize("wreck", ["missing", "damaged", "column", "empty"])
def test_errors_are_told_in_english(run: Run, tables: Path, wreck: str) -> None:
    path = tables / "targets.csv"
    text = path.read_text(encoding="utf-8")
    changed = {"damaged": text.replace("7000.0", "x"), "column": text.replace("measure", "m", 1), "empty": ""}
    path.unlink() if wreck == "missing" else path.write_text(changed[wreck], encoding="utf-8")
    app = run("compare", lang="en")
    assert len(app.error) == 1
    assert not HAN.search(app.error[0].value)


def test_the_switch_changes_the_language_and_back(run: Run, tables: Path) -> None:
    app = run("compare")
    assert app.title[0].value == labels.node("pages.compare.title", "zh")
    for language in ("en", "zh"):
        next(one for one in app.get("button_group") if one.key == "lang").set_value(language)
        app.run()
        assert app.title[0].value == labels.node("pages.compare.title", language)


def test_documents_are_named_in_english(english: None) -> None:
    rows = [
        ("tianhe-14fyp", "tianhe", "14fyp", "规划纲要", 2021),
        ("tianhe-2022gwr", "tianhe", "gwr", "政府工作报告", 2022),
        ("guangzhou-15fyp", "guangzhou", "15fyp", "规划建议", 2026),
    ]
    frame = pd.DataFrame(rows, columns=["doc_id", "region_id", "plan_id", "doc_type", "period_start"])
    frame = frame.assign(level="district", title="t")
    names = directory.build(settings.load(), frame, pd.DataFrame({"region_id": [], "plan_id": []}))
    assert [document.name for document in names.documents.values()] == [
        "Tianhe 14th plan (Outline)",
        "Tianhe Work report 2022",
        "Guangzhou 15th plan (Recommendation)",
    ]
    assert [document.type_name for document in names.documents.values()] == ["Outline", "Work report", "Recommendation"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"like": "growth", "value": 6, "qualifier": "~"}, "≈6% a year"),
        ({"like": "growth", "indicator": "增速", "value": 6}, "6%"),
        ({"like": "growth", "indicator": "能耗下降", "measure": "change", "value": 14}, "14% in total"),
        ({"measure": "rank", "unit": "", "value": 3, "qualifier": "<="}, "top 3"),
        ({"measure": "rank", "unit": "", "value": 3}, "rank 3"),
        ({"value": 2, "value_high": 3}, "2–3亿元"),
    ],
)
def test_values_in_english(
    make_fact: Callable[..., dict[str, Any]], english: None, changes: dict[str, Any], told: str
) -> None:
    """How a rate counts is read off the indicator as written, whatever the language of the screen."""
    assert wording.value(pd.Series(make_fact(**changes))) == told


def test_topics_have_a_name_in_each_language(tables: Path) -> None:
    names = {"topic": ["air-rail-hub"], "label": ["空铁枢纽"], "label_en": ["Air–rail hub"], "theme": ["transport"]}
    pd.DataFrame(names, columns=list(NAMES["topics"].text)).to_csv(tables / "topics.csv", index=False)
    assert data_io.load(tables).names[("topics", "en")] == {"air-rail-hub": "Air–rail hub"}
    assert data_io.load(tables).names[("topics", "zh")] == {"air-rail-hub": "空铁枢纽"}


def test_every_topic_is_called_something_in_english() -> None:
    topics = pd.read_csv(ROOT / "data" / "tables" / "topics.csv", keep_default_na=False)
    assert topics["label_en"].str.fullmatch(r"[\x20-\x7e–]{2,60}").all()
    assert topics["label_en"].is_unique


def test_file_names_keep_english_words_apart() -> None:
    assert downloads.file_name("GDP, target (2025): Tianhe", "ab12") == "GDP,-target-(2025)-Tianhe_ab12.csv"


def test_english_lines_do_not_tear_what_belongs_together() -> None:
    assert wording.wrap("2021–2025 (line 47): it's", 6) == ["2021–2025", "(line 47):", "it's"]
    assert wording.wrap('words 商圈 (4.59), "a theme"; and', 5) == ["words 商", "圈", "(4.59),", '"a', 'theme";', "and"]


def test_english_signs_are_as_narrow_as_its_letters() -> None:
    """Fonts with Chinese signs draw curly quotation marks as wide as a Han character."""

    def texts(found: Any) -> Iterator[str]:
        if isinstance(found, str):
            yield found
        for one in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
            yield from texts(one)

    every = yaml.safe_load(Path(labels.__file__).with_name("labels.yaml").read_text(encoding="utf-8"))["en"]
    assert not [text for text in texts(every) if re.search("[“”‘’]", text)]

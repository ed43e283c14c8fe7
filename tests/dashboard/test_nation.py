"""Many regions: tables in parts, a choice that is searched, the ranking of all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import cards
import chart_tiles
import data_io
import data_nation
import labels
import ranking_cards
import ranking_rows
import region_choice
import settings
import table_set
import view as views
from card import Card
from directory import CHOICE_COLOURS
from places import Places
from schema import TABLES
from selection import Selection
from tests import nation
from tests.serving import APP, ROOT

Run = Callable[..., AppTest]
Charts = Callable[[AppTest], list[str]]

REGIONS = 45
PAGES = sorted(path.stem for path in (APP.parent / "app_pages").glob("*.py"))


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with config.yaml and tables of a small nation, in parts."""
    folder = tmp_path_factory.mktemp("country")
    nation.make(folder, REGIONS)
    return folder


@pytest.fixture
def many(country: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The dashboard pointed at it."""
    monkeypatch.setattr(settings, "CONFIG_FILE", country / "config.yaml")
    labels.use("zh")
    yield country / "tables"
    st.cache_resource.clear()


def raw(folder: Path, table: str) -> pd.DataFrame:
    """A whole table, read past the dashboard."""
    return pd.concat(pd.read_parquet(part) for part in sorted((folder / table).glob("part-*.parquet")))


def shown(app: AppTest) -> str:
    return " ".join(str(part.value) for part in (*app.markdown, *app.caption, *app.info))


def pills(app: AppTest, key: str) -> Any:
    return next(one for one in app.get("pills") if one.key == key)


@pytest.mark.parametrize("language", labels.LANGUAGES)
def test_every_page_runs(run: Run, many: Path, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    show, notes = cards.show, set[str]()

    def heard(card: Card, **ways: Any) -> None:
        notes.update((*card.notes, *card.drawn))
        show(card, **ways)

    monkeypatch.setattr(cards, "show", heard)
    for page in PAGES:
        app = run(page, lang=language)
        assert not app.exception, page
        assert not app.error, page
    assert notes
    assert not [note for note in notes if not note.endswith(("。", "."))], "notes follow each other as sentences"


def test_tables_in_parts_say_what_csv_says(tmp_path: Path) -> None:
    plain = data_io.load(ROOT / "data" / "tables")
    for table in TABLES:
        frame = plain[table].sort_values("doc_id", kind="stable")
        for number, own in enumerate((frame["doc_id"] < "huadu", frame["doc_id"] >= "huadu")):
            (tmp_path / table).mkdir(exist_ok=True)
            frame[own].to_parquet(tmp_path / table / f"part-{number:05}.parquet", index=False)
    parted = data_io.load(tmp_path)
    some = ("tianhe-14fyp", "guangzhou-15fyp")
    for table in TABLES:
        expected = plain[table].sort_values("doc_id", kind="stable", ignore_index=True)
        pd.testing.assert_frame_equal(parted[table], expected)
        for tables in (plain.of(some), parted.of(some)):
            own = tables[table]
            assert set(own["doc_id"]) <= set(some)
            assert tables.size(table) == len(own)
            if table not in ("emphasis", "stressed"):
                assert len(own) == int(expected["doc_id"].isin(some).sum())


def test_only_what_is_chosen_is_read(many: Path) -> None:
    whole = views.load(settings.load())
    assert whole.many and whole.facts.empty
    view = views.within(whole, ("d0003", "c001"))
    facts = raw(many, "targets")
    assert set(view.facts["region_id"]) == {"d0003", "c001"}
    assert set(view.facts["target_id"]) == set(facts.loc[facts["region_id"].isin(["d0003", "c001"]), "target_id"])
    assert view.directory.colour("d0003") == CHOICE_COLOURS[0] != view.directory.colour("c001")
    assert data_nation.scale(whole).facts == len(facts)


def test_of_another_choice_only_what_is_new_is_read(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = views.load(settings.load())
    views.within(whole, ("d0003", "d0004")).tables["terms"]
    read: list[tuple[str, tuple[str, ...]]] = []
    rows = data_io.Tables._rows

    def noted(own: data_io.Tables, table: str, condition: Any) -> pd.DataFrame:
        read.append((table, own.scope.documents if own.scope else ()))
        return rows(own, table, condition)

    monkeypatch.setattr(data_io.Tables, "_rows", noted)
    view = views.within(whole, ("d0004", "d0005"))
    assert set(view.tables["terms"]["doc_id"].str[:5]) == set(view.facts["region_id"]) == {"d0004", "d0005"}
    own = {documents for table, documents in read if table in table_set.OWN}
    assert own == {("d0005-14fyp", "d0005-15fyp", "d0005-gwr")}
    assert {"targets", "sections", "terms"} <= {table for table, _ in read}


def test_what_a_document_stresses_is_kept_for_all_choices(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def bars(view: views.View, doc_id: str) -> str:
        made.append(doc_id)
        return doc_id

    whole = views.load(settings.load())
    for regions in (("d0003",), ("d0004", "d0003")):
        view = views.narrow(views.within(whole, regions), Selection(regions, ("14fyp",)))
        assert views.told(bars, view, "d0003-14fyp") == "d0003-14fyp"
        assert views.told(bars, view, f"{regions[0]}-15fyp")
    assert made == ["d0003-14fyp", "d0003-15fyp", "d0004-15fyp"]


def test_words_in_parts_are_those_of_the_documents_chosen(tmp_path: Path) -> None:
    nation.make(tmp_path, 22, words=True)
    tables = data_io.load(tmp_path / "tables")
    own = tables.of(("d0003-14fyp", "c001-gwr"))
    texts = raw(tmp_path / "tables", "texts").set_index("passage_id")["text"]
    ids = list(own["passages"]["passage_id"])
    assert own.texts(ids) == tables.texts(ids) == texts.loc[ids].to_dict()
    word = texts.loc[ids[0]].split("，")[0].rstrip("。")
    for capitals in (True, False):
        held = own.texts(ids, [word], capitals)
        assert held == tables.texts(ids, [word], capitals)
        assert set(held) == {one for one in ids if word in texts[one]}
    other = tables.of(("d0004-14fyp",))["passages"]["passage_id"]
    assert own.texts(list(other)) == {}
    assert own.evidence is not None
    assert set(own.evidence.index) == set(own["targets"]["target_id"])


def test_a_fact_of_a_region_that_is_not_chosen_opens(run: Run, many: Path) -> None:
    facts = raw(many, "targets")
    other = facts[facts["region_id"] == "d0020"].iloc[0]
    app = run("ranking", fact=other["target_id"], region=["d0001"])
    table = json.dumps([str(one.value.to_dict()) for one in app.table], ensure_ascii=False)
    assert str(other["indicator"]) in table


def found(places: Places, query: str) -> list[str]:
    return [places.regions[one].name for one in places.find(query)]


def test_the_search_finds_regions_and_what_lies_in_them(many: Path) -> None:
    places = views.load(settings.load()).places
    assert places is not None
    district = places.regions["d0007"]
    city, province = (places.regions[one].name for one in reversed(places.above("d0007")))
    assert found(places, district.name)[0] == district.name
    assert found(places, city)[0] == city
    assert district.name in found(places, city)
    assert district.name in found(places, f"{province} {district.name[:2]}")
    assert found(places, "没有的地方") == []


def test_only_hits_go_to_the_browser(run: Run, many: Path) -> None:
    app = run("compare")
    before = list(app.session_state["region"])
    assert len(pills(app, "region").options) == len(before)
    app.text_input(key=region_choice.SEARCH).set_value("区").run()
    assert len(pills(app, region_choice.FOUND).options) == region_choice.HITS
    assert "另有" in shown(app)


def test_a_hit_that_is_clicked_is_chosen_and_stands_in_the_address(
    run: Run, charts: Charts, many: Path, country: Path
) -> None:
    table = pd.read_csv(country / "tables" / "regions.csv")
    name = str(table.loc[table["region_id"] == "d0009", "name"].iloc[0])
    app = run("compare", region=["d0001", "c000"])
    app.text_input(key=region_choice.SEARCH).set_value(name).run()
    pills(app, region_choice.FOUND).set_value("d0009").run()
    assert app.query_params["region"] == ["d0001", "c000", "d0009"]
    again = run("compare", **{key: app.query_params[key] for key in app.query_params})
    assert charts(again) == charts(app)


def test_more_regions_than_can_be_told_apart_are_refused(run: Run, many: Path) -> None:
    asked = [f"d{number:04}" for number in range(region_choice.MOST + 2)]
    app = run("compare", region=asked)
    assert app.session_state["region"] == asked[: region_choice.MOST]
    assert f"最多同时选择{region_choice.MOST}个地区" in shown(app)


def test_the_ranking_is_that_of_the_values(many: Path) -> None:
    view = views.narrow(views.load(settings.load()), views.NOTHING)
    figure = next(iter(ranking_rows.figures(view.nation, "gdp")))
    ranked = ranking_rows.ranking(view, figure, "district", "").rows
    facts = raw(many, "targets").sort_values(["doc_id", "line", "target_id"])
    own = facts[
        facts["indicator_id"].eq("gdp")
        & facts["kind"].eq(figure.kind)
        & facts["measure"].eq(figure.measure)
        & facts["year"].eq(figure.last)
        & facts["region_id"].str.startswith("d")
    ]
    values = own.drop_duplicates("region_id").set_index("region_id")["value_std"]
    assert len(values) > 10
    assert list(ranked["region_id"].map(values)) == sorted(values, reverse=True)
    assert list(ranked["rank"]) == [int((values > value).sum()) + 1 for value in ranked["region_id"].map(values)]


def test_no_ranking_mixes_units_measures_kinds_or_years(many: Path) -> None:
    nation_view = views.load(settings.load()).nation
    for indicator in list(ranking_rows.indicators(nation_view))[:12]:
        for figure, levels in ranking_rows.figures(nation_view, indicator).items():
            for level, count in levels.items():
                rows = ranking_rows.ranking(nation_view, figure, level, "").rows
                assert len(rows) == count
                assert rows[["kind", "measure", "axis_unit", "span", "first", "last", "level"]].nunique().max() <= 1


def test_chosen_regions_stand_out_in_the_ranking(many: Path) -> None:
    whole = views.load(settings.load())
    regions = ("d0005", "d0011")
    chosen = Selection(regions, ("14fyp", "15fyp", "gwr"))
    view = views.narrow(views.within(whole, regions), chosen)
    figure = next(one for one in ranking_rows.figures(view.nation, "gdp") if one.kind == "baseline")
    card, facts = ranking_cards.bars(view, ranking_cards.Scope(figure, "district", ""))
    colours = list(card.body.data[0].marker.color)
    assert set(CHOICE_COLOURS[:2]) <= set(colours)
    assert len(facts) == len(card.table) == len(colours)
    assert "第" in card.title


@pytest.mark.parametrize(
    ("values", "ends"),
    [([1.0, 2.0, 3.0, 4.0, 5.0], [2, 3, 4, 5]), ([8090.0, 4000.0], [8090]), ([7.0, 7.0, 7.0], [])],
)
def test_steps_of_shade_are_as_many_as_values_that_differ(values: list[float], ends: list[float]) -> None:
    assert chart_tiles.shades(values) == ends
    shown = {tile: chart_tiles.Value(x, str(x), "") for tile, x in zip(chart_tiles.tiles(), values, strict=False)}
    legend = [str(step) for step in range(len(ends) + 1)]
    drawn = chart_tiles.draw(shown, False, legend, "-").to_dict()["data"]
    used = {colour for colour in drawn[0]["marker"]["color"] if colour in chart_tiles.STEPS}
    assert [one["name"] for one in drawn[1:]] == [*legend, "-"] and len(used) == len(legend)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_of_a_choice_are_distinct_and_dark_enough() -> None:
    assert len(set(CHOICE_COLOURS)) == len(CHOICE_COLOURS) == region_choice.MOST
    assert all(1.05 / (luminance(colour) + 0.05) >= 3 for colour in CHOICE_COLOURS)


def test_few_regions_list_no_page_of_many(run: Run, tables: Path) -> None:
    app = run("ranking")
    assert not app.exception
    assert not views.many(settings.CONFIG_FILE)

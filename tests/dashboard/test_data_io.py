"""Reading the tables: types, versions, damage."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import data_io
import evidence as evidence_view
from errors import ReadableError
from schema import TABLES


def test_columns_have_their_types(tables: Path) -> None:
    read = data_io.load(tables)
    targets = read["targets"]
    assert str(targets["year"].dtype) == "Int64"
    assert str(targets["value"].dtype) == "float64"
    assert targets["line"].dtype == "int64"
    assert not targets[list(TABLES["targets"].text)].isna().any().any()
    assert (targets["indicator_id"] == "").any()


def test_parquet_is_read_like_csv(tables: Path) -> None:
    before = data_io.load(tables)["targets"]
    frame = before.astype(dict.fromkeys(TABLES["targets"].text, object)).replace({"topic": {"": None}})
    frame.to_parquet(tables / "targets.parquet")
    (tables / "targets.csv").unlink()
    pd.testing.assert_frame_equal(data_io.load(tables)["targets"], before)


def test_version_follows_the_tables_and_not_the_sentences(tables: Path) -> None:
    before = data_io.load(tables).version
    pd.DataFrame(
        {
            "target_id": ["t002"],
            "passage_id": [""],
            "quote": ["7"],
            "start": [0],
            "end": [1],
            "value_start": [0],
            "value_end": [1],
        }
    ).to_parquet(tables / "evidence.parquet")
    assert data_io.load(tables).version == before
    with (tables / "issues.csv").open("a", encoding="utf-8") as file:
        file.write("tianhe-14fyp,info,x,y,1\n")
    assert data_io.load(tables).version != before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件为空"),
        (b"\xff\xfe\x00broken", "文件格式不符"),
        (b'doc_id,line,severity,code,message\n"a,1', "文件格式不符"),
        (b"doc_id,line\na,1\n", "缺少字段 severity、code、message"),
        (b"doc_id,line,severity,code,message\na,x,info,c,m\n", "字段 line 含有非数字内容"),
    ],
)
def test_damaged_table_is_named_with_its_fault(tables: Path, content: bytes, words: str) -> None:
    (tables / "issues.csv").write_bytes(content)
    with pytest.raises(ReadableError, match="issues") as error:
        data_io.load(tables)["issues"]
    assert words in str(error.value)
    assert "make run" in str(error.value)


def test_damaged_sentences_count_as_absent(tables: Path) -> None:
    (tables / "evidence.parquet").write_bytes(b"PAR1 broken")
    assert data_io.load(tables).evidence is None


def test_sentence_is_parted_at_its_number_and_holds_no_markup(evidence: Path) -> None:
    parts = evidence_view.quote(data_io.load(evidence).evidence, "t002")
    assert parts == ("力争<b>达到", "7000", "亿元</b>。")
    page = evidence_view.quote_html(parts)
    assert "<b>" not in page
    assert page.count("<mark") == 1
    assert "7000</mark>亿元&lt;/b&gt;" in page


@pytest.mark.parametrize("target_id", ["t001", "gone"])
def test_fact_without_sentence(evidence: Path, target_id: str) -> None:
    assert evidence_view.quote(data_io.load(evidence).evidence, target_id) is None
    assert evidence_view.quote(None, target_id) is None

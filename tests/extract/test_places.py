"""What several passages together say of an amount: the time it speaks of, and that each number is that of one row."""

from __future__ import annotations

from dataclasses import replace

from extract import ledger
from extract.extraction import Extraction
from extract.model import Source, Target
from tests.extract import spec

UNDATED = {"period_start": None, "period_end": None, "doc_type": "其他"}


def rows(extraction: Extraction) -> dict[str, Target]:
    return {target.indicator: target for target in extraction.targets}


def test_a_list_is_of_the_year_that_the_paragraph_over_it_opens_with() -> None:
    lines = ["到2027年，全镇特色农业初具规模。具体目标为：", "——培育家庭农场50家。", "——果园面积达到3000亩。"]
    found = rows(spec.extraction([*lines, "推进农旅融合，民宿达到40家。"], **UNDATED))
    assert [target.year for target in found.values()] == [2027, 2027, None]


def test_a_year_before_the_first_one_aimed_at_has_passed() -> None:
    lines = ["2019年全县接待游客86万人次。共有星级民宿22家。", "到2022年，接待游客达到120万人次。人均消费超过900元。"]
    found = spec.extraction(lines, **UNDATED).targets
    assert [(t.kind, t.year) for t in found] == [("baseline", 2019)] * 2 + [("target", 2022)] * 2


def test_a_number_of_two_rows_is_kept_once_and_told() -> None:
    extraction = spec.extraction(["新建公厕12座。"])
    (target,) = extraction.targets
    twin = replace(target, indicator="另一指标", start=target.start - 1)
    source = Source("case", "0" * 64, ("新建公厕12座。",), "txt")
    account = ledger.account(source, (), extraction.passages, (target, twin), {}, "case")
    assert account.targets == (target,)
    assert [number.target_id for number in account.numbers] == [target.target_id]
    assert [(issue.severity, issue.code) for issue in account.issues] == [("warning", "number_of_two")]


def test_rows_printed_in_one_share_no_row_number() -> None:
    table = ["序号", "指标", "单位", "2020年", "2025年", "1", "林地面积", "亩", "300", "360"]
    parts = ["2", "学校", "小学", "家", "5", "6", "7", "8"]
    found = spec.extraction([*table, *parts, "注：2020年为实际值。"])
    assert all(number.target_id == "" for number in found.numbers if number.text in ("1", "2"))
    assert not [issue for issue in found.issues if issue.code == "number_of_two"]

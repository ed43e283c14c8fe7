"""What all tests share: the real documents and gold facts where they are there, and a small made-up world."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import yaml

hypothesis.settings.register_profile("project", deadline=None, derandomize=True)
hypothesis.settings.load_profile("project")

ROOT = Path(__file__).resolve().parent.parent

QINGSHI_PLAN = """临江市青石区国民经济和社会发展第十四个五年规划和2035年远景目标纲要
第一章 发展基础
第一节 过去五年
“十三五”期间，全区经济稳步向前，2020年地区生产总值达321.5亿元。
第二章 主要目标
第一节 到2025年的目标
到2025年，地区生产总值达到480亿元，年均增长7%左右。新增公办学位1.2万个。
"""
BAIMA_REPORT = """政府工作报告
——2023年1月12日在白马县第八届人民代表大会第三次会议上
各位代表：
现在，我向大会报告政府工作。
一、2022年工作回顾
全县地区生产总值完成96亿元，增长4.1%。
二、2023年工作安排
今年的主要预期目标是：地区生产总值增长6%以上，新建公园3个。
"""


@pytest.fixture(autouse=True)
def _main_module() -> Iterator[None]:
    """Put back the main module, which the tests of pages replace: a process of its own would start their page."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


def _folder(variable: str, what: str) -> Path:
    value = os.environ.get(variable, "")
    if not value or not Path(value).is_dir():
        pytest.skip(f"{what} are not here; name their folder in {variable}")
    return Path(value)


@pytest.fixture(scope="session")
def plan_sources() -> Path:
    """Folder of the five real documents."""
    return _folder("PLAN_SOURCES", "the documents")


@pytest.fixture(scope="session")
def plan_gold() -> Path:
    """Folder of the facts read by hand."""
    return _folder("PLAN_GOLD", "the gold facts")


def configuration() -> dict[str, object]:
    """A configuration as YAML values: one city, one district, one document that is known."""
    return {
        "regions": [
            {"id": "linjiang", "name": "临江市", "level": "city", "parent": None, "colour": "#882255"},
            {"id": "qingshi", "name": "青石区", "level": "district", "parent": "linjiang", "colour": "#0072B2"},
        ],
        "plans": [
            {"id": "14fyp", "name": "“十四五”规划", "period": [2021, 2025]},
            {"id": "gwr", "name": "政府工作报告", "period": None},
        ],
        "documents": [
            {
                "id": "qingshi-14fyp",
                "region": "qingshi",
                "plan": "14fyp",
                "type": "规划纲要",
                "period": [2021, 2025],
                "title": "临江市青石区国民经济和社会发展第十四个五年规划和2035年远景目标纲要",
                "issued": None,
                "recognise": "青石区国民经济和社会发展第十四个五年规划",
                "sha256": "0" * 64,
            }
        ],
        "paths": {"sources": "data/sources", "tables": "data/tables", "corrections": "data/corrections.yaml"},
        "bounds": {"targets": {"qingshi-14fyp": [1, 20]}, "issue_share": [0.0, 0.5]},
        "dashboard": {"regions": ["linjiang", "qingshi"], "plans": ["14fyp", "gwr"]},
    }


@pytest.fixture
def settings() -> dict[str, object]:
    """The values of `configuration`, to be changed."""
    return configuration()


@pytest.fixture
def project(tmp_path: Path, settings: dict[str, object]) -> Path:
    """A project folder: config.yaml, and two documents in data/sources, one known, one not."""
    sources = tmp_path / "data" / "sources"
    sources.mkdir(parents=True)
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")
    (sources / "README.md").write_text("Bring the documents.", encoding="utf-8")
    (sources / "plan.txt").write_text(QINGSHI_PLAN, encoding="utf-8")
    (sources / "baima.txt").write_text(BAIMA_REPORT, encoding="utf-8")
    return tmp_path

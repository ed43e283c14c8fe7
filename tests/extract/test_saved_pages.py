"""Pages as saved from the sites of governments: menus and footers go, title, text and tables stay, in any encoding."""

from __future__ import annotations

from pathlib import Path

import pytest
from opencc import OpenCC

from extract.config import load_config
from extract.markup import unmark
from extract.pipeline import extract_document
from extract.recognition import recognise
from extract.sources import read

TITLE = "红枫区国民经济和社会发展第十四个五年规划和2035年远景目标纲要"
PAGE = f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>红枫区人民政府</title>
<script>var hits = 315;</script><style>p {{ margin: 12px }}</style></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li></ul></div>
<div>您的位置：<a href="/">首页</a> &gt; <a href="/b">规划计划</a> &gt; 正文</div>
<table><tr><td>索引号：</td><td>003023120/202109-00012</td><td>发布机构：</td><td>红枫区人民政府</td></tr></table>
<h1>红枫区人民政府关于印发{TITLE}的通知</h1>
<div>发布时间：2021-09-23 来源：本站 浏览次数：<span>1284</span> 字号：[<a>大</a> <a>中</a> <a>小</a>]</div>
<div><p>各街道办事处：</p><p>《{TITLE}》已经区人民代表大会批准，现印发给你们。</p>
<p>{TITLE}</p><p><strong>第一章&nbsp;主要目标</strong></p>
<p>到2025年，地区生产总值年均增长7.5%左右。</p>
<table border="1"><tr><th>指标</th><th>单位</th><th>2020年</th><th>2025年</th><th>属性</th></tr>
<tr><td>森林覆盖率</td><td>%</td><td>14.5</td><td>15</td><td>约束性</td></tr></table></div>
<div>主办单位：红枫区人民政府 网站标识码：3303020001 临ICP备05000001号 临公网安备 33030202000123号</div>
</body></html>
"""


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        (PAGE, "utf-8"),
        (PAGE, "utf-16"),
        (PAGE, "utf-16-le"),
        (PAGE, "gb18030"),
        (OpenCC("s2t").convert(PAGE), "big5hkscs"),
    ],
)
def test_a_page_gives_its_plan_and_nothing_else(page: str, encoding: str, project: Path) -> None:
    path = project / "1258882387.htm"
    path.write_bytes(page.encode(encoding))
    source = read(path)
    recognised = recognise(source, unmark(source), load_config(project / "config.yaml"))
    found = extract_document(source, recognised)
    document = recognised.document
    assert (document.title, document.region_id, document.plan_id) == (TITLE, "红枫区", "14fyp")
    assert [(row.value, row.unit, row.year or row.period_end, row.kind) for row in found.targets] == [
        (7.5, "%", 2025, "target"),
        (14.5, "%", 2020, "baseline"),
        (15.0, "%", 2025, "target"),
    ]
    assert not [number for number in found.numbers if number.fate == "issue"]

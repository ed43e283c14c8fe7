"""Topics of their own: what an expert would look for has one, and no other subject is counted there.

The sentences are our own; the documents, where they are there (PLAN_SOURCES), show whether each speaks of what it is
known for.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from extract import sources
from extract.cleaning import simplified
from extract.lexicon_file import LEXICON
from extract.terms import ThemeLexicon, load_themes

# word an expert looks for, id of its topic
OWN = """
人工智能 artificial-intelligence, 低空经济 low-altitude, 具身智能 embodied-ai, 机器人 robots, 数据要素 data-elements,
大数据 big-data, 总部经济 headquarters, 楼宇经济 building-economy, 城中村改造 urban-villages, 微改造 micro-renovation,
老旧小区微改造 micro-renovation, 老旧小区改造 old-communities, 首店经济 debut-economy, 首发经济 debut-economy,
夜间经济 night-economy, 直播电商 livestream, 银发经济 silver-economy, 养老服务 elderly-care, 托育 childcare,
生育支持 birth-support, 海绵城市 sponge-city, 碳达峰 carbon, 碳中和 carbon, 非遗 intangible-heritage,
非物质文化遗产 intangible-heritage, 文物保护 heritage, 粤剧 opera, 枫桥经验 fengqiao, 新时代枫桥经验 fengqiao,
赛事经济 event-economy, 体育赛事 sports-events, 海洋经济 marine-economy, 海洋牧场 fisheries, 空铁枢纽 air-rail-hub,
空铁联运 air-rail-hub, 临空经济 airport-economy, 汽车产业 automobile, 自动驾驶 connected-vehicles,
绿色金融 green-finance, 乡村振兴 rural-revitalisation, 新农村建设 new-countryside, 红色文化 red-culture,
生命健康 life-health, 生物医药 biomedicine, 超高清视频 uhd-video, 新型显示 new-display, 社会信用体系 credit,
中央商务区 business-district, 金融城 financial-district, 软件业 software, 区块链 cloud-blockchain,
数字服务出口 digital-trade, 数字贸易 digital-trade, 服务贸易 service-trade, 数字政府 digital-government,
政务服务 government-services, 算力 computing-power, 预制菜 prepared-food, 氢能 hydrogen, 新型储能 energy-storage,
集成电路 semiconductors, 商业航天 aerospace, 新质生产力 new-quality-forces, 专精特新 specialised-firms,
跨境电商 cross-border-ecommerce, 港澳青年 hk-macao-youth, 河长制 river-chief, 碧道 greenways, 垃圾分类 waste-sorting,
无废城市 waste-free, 保障性住房 housing-support, 长者饭堂 elderly-meals, 加装电梯 lifts, 地铁 metro, 高铁 railways,
百千万工程 county-town-village, 游戏产业 games, 会展经济 exhibitions, 冰雪经济 ice-snow, 共同富裕 common-prosperity
"""

# what speaks of a neighbouring subject only → topic that must stay empty
APART = [
    ("机场扩建，开通国际航线，发展航空物流和航空维修", "low-altitude"),
    ("通用航空、卫星应用和航天装备产业", "low-altitude"),
    ("工业机器人与服务机器人", "embodied-ai"),
    ("新增养老床位和护理站，关爱高龄老人", "silver-economy"),
    ("举办马拉松和青少年运动会，新建体育场馆", "event-economy"),
    ("近岸海域水质、渔港和水产养殖", "marine-economy"),
    ("机场、铁路和港口建设", "air-rail-hub"),
    ("在汽车站和客运站增设窗口", "automobile"),
    ("推进二氧化硫减排和清洁生产，走低碳发展之路", "carbon"),
    ("抢救性保护文物古迹和历史建筑", "intangible-heritage"),
    ("完善矛盾纠纷调解和网格管理", "fengqiao"),
    ("建设写字楼和商务配套，引进银行", "financial-district"),
    ("商场引入国际品牌和旗舰店", "debut-economy"),
    ("保障人民生命健康", "life-health"),
    ("新农村建设与村庄整治", "rural-revitalisation"),
    ("建设电子政务和大数据中心", "data-elements"),
]

# subjects one document is known for, and that the others (of the districts, or all) hardly name
CITY_ONLY = "low-altitude embodied-ai silver-economy event-economy marine-economy".split()
FOREMOST = {
    "huadu-14fyp": "air-rail-hub automobile green-finance rural-revitalisation airport-economy".split(),
    "yuexiu-14fyp": "red-culture life-health uhd-video credit".split(),
    "tianhe-14fyp": "business-district financial-district software digital-trade".split(),
}


@pytest.fixture(scope="module")
def lexicon() -> ThemeLexicon:
    return load_themes(LEXICON / "themes.yaml")


def topics(text: str, lexicon: ThemeLexicon) -> Counter[str]:
    return Counter(sense.topic for _, _, senses in lexicon.body.find(text) for sense in senses if sense.topic)


@pytest.mark.parametrize("pair", OWN.replace("\n", " ").split(","))
def test_what_an_expert_looks_for_has_its_topic(pair: str, lexicon: ThemeLexicon) -> None:
    word, topic = pair.split()
    assert topics(f"大力支持{word}。", lexicon)[topic] == 1


@pytest.mark.parametrize(("text", "topic"), APART)
def test_a_neighbouring_subject_is_not_counted(text: str, topic: str, lexicon: ThemeLexicon) -> None:
    assert topics(text, lexicon)[topic] == 0


@cache
def mentions(folder: Path) -> dict[str, Counter[str]]:
    lexicon = load_themes(LEXICON / "themes.yaml")
    texts = {path.stem: "\n".join(sources.read(path).lines) for path in sources.find([folder])}
    return {name: topics(simplified(text), lexicon) for name, text in texts.items()}


@pytest.mark.parametrize("topic", CITY_ONLY)
def test_only_the_plan_of_the_city_speaks_of_it(topic: str, plan_sources: Path) -> None:
    found = mentions(plan_sources)
    assert found["guangzhou-15fyp"][topic] >= 1
    assert sum(found[doc][topic] for doc in FOREMOST) == 0


@pytest.mark.parametrize(("doc", "topic"), [(doc, topic) for doc, of in FOREMOST.items() for topic in of])
def test_a_district_is_foremost_in_what_it_is_known_for(doc: str, topic: str, plan_sources: Path) -> None:
    found = mentions(plan_sources)
    assert found[doc][topic] >= 5
    assert all(found[doc][topic] > 1.5 * found[other][topic] for other in FOREMOST if other != doc)

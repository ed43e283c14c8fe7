"""The theme of passages and statements, and coverage. All sentences are our own."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest

from extract import themes
from extract.lexicon_file import LEXICON, LexiconError
from extract.model import Anchor, Paragraph, Passage, PassageThemes, Section
from extract.terms import ThemeLexicon, load_themes

FILE = LEXICON / "themes.yaml"
INDICATORS = Path(__file__).resolve().parents[1] / "gold" / "indicators.txt"
CODEBOOK = (
    "economy industry innovation digital consumption opening reform urban transport rural ecology culture education "
    "health welfare governance safety marine party"
).split()


ANYWHERE = PassageThemes("p", tuple(CODEBOOK), (1 / len(CODEBOOK),) * len(CODEBOOK))
"""A passage that speaks of everything alike."""


def cases(text: str) -> list[tuple[str, str, str]]:
    """Cases set apart by blank lines, `theme | headings | paragraph`; an indented line goes on with the one before."""
    split = (case.replace("\n    ", "").split(" | ") for case in text.strip().split("\n\n"))
    return [(theme, headings.strip(), paragraph) for theme, headings, paragraph in split]


# theme expected first | headings above, from the outermost | paragraph (further lines indented)
PASSAGES = cases("""
economy |  | 全省生产总值达到1.3万亿元，比上年增长6.2%；规模以上工业增加值增长7.6%，固定资产投资增长3.6%，社会消
    费品零售总额增长8.1%，一般公共预算收入突破千亿元，主要经济指标增速位居前列。

economy | 应对国际金融危机 | 坚决落实保增长、扩内需、调结构的部署，全年生产总值增长11.2%，财政收入突破800亿元。

economy |  | 我们清醒看到，发展不平衡不充分，有效需求不足，结构性矛盾突出，财政收支矛盾加剧，创新能力不强。

industry | 推动能源革命 | 有序释放煤炭先进产能，建成智能化煤矿40座，煤电机组“三改联动”完成1200万千瓦，打造能源保
    障基地。

industry |  | 围绕新能源装备、半导体及集成电路、高端医疗器械等产业集群，实施“链主”企业牵引行动，推动上下游就近配
    套。

industry | 加快发展战略性新兴产业 | 布局合成生物、脑科学、量子信息、可控核聚变等新赛道，建设一批中试平台和未来产
    业先导区。

industry | 推进新型工业化 | 用高新技术改造传统产业，壮大石化、冶金、机械、食品四大支柱产业，全部工业增加值增长18
    %。

industry | 金融 | 引进持牌金融机构8家，推动6家企业在科创板上市，制造业贷款余额增长两成，解决小微企业融资难。

industry |  | ——总部经济。引进企业总部12家，税收亿元楼宇达到30栋，写字楼空置率降到一成以内。

innovation |  | 全社会研发投入强度提高到2.6%，新增全国重点实验室3家，“揭榜挂帅”攻克一批关键核心技术。

innovation | 建设人才强省 | 引进院士等顶尖人才30名，深化人才评价改革，为科研人员松绑，让各类人才安心安身安业。

digital |  | 加快建设一体化算力网络枢纽节点，标准机架达到30万架，推进公共数据授权运营，培育数据商。

digital | 数字中国建设 | 新建5G基站2.8万个，实现行政村千兆光纤全覆盖，工业互联网标识解析二级节点达到15个。

consumption |  | 开展消费品以旧换新，发放汽车、家电消费券10亿元，办好年货节、夜间购物节，改造县域商贸中心60个。

consumption | 着力扩大有效投资 | 坚持项目为王，安排重点项目1860个，用好专项债券和中央预算内资金，形成更多实物工
    作量。

opening |  | 高标准建设西部陆海新通道，中欧班列开行突破5000列，综合保税区进出口额增长20%，跨境电商综试区全覆盖。

opening | 深化两岸融合 | 完善便利台胞学习、创业、就业、生活的政策，扩大通水通电通气通桥，打造台企登陆第一家园。

opening | 全面推进自由贸易港建设 | 落实“一线放开、二线管住”，扩大零关税商品清单，优化离岛免税政策，做好封关运作
    准备。

opening | 扩大对外开放 | 抓住加入世界贸易组织的机遇，机电产品出口增长35%，实际利用外商直接投资12亿美元。

reform |  | 推动国有企业战略性重组，省属企业完成混合所有制改革15户，剥离办社会职能，“僵尸企业”基本出清。

reform |  | 深化“放管服”改革，取消下放行政审批事项126项，企业开办时间压缩到1个工作日，让企业和群众少跑腿。

reform | 大力推进国有企业改革 | 完成230户国有中小企业改制，实施政策性关闭破产28户，安置职工6.8万人。

urban |  | 改造城镇老旧小区1600个、棚户区4.2万套，改造城市地下管网2600公里，实施城市更新项目90个。

urban | 促进房地产市场平稳健康发展 | 坚持房住不炒，因城施策，保交楼、稳民生，消化存量商品房，满足刚性和改善性住
    房需求。

transport |  | 建成高速公路620公里，所有县城通高速，高铁运营里程突破2000公里，机场旅客吞吐量达到4800万人次。

transport | 建设世界一流港口 | 港口货物吞吐量达到12亿吨，新增集装箱航线18条，自动化码头二期投产，疏港铁路全线贯
    通。

rural |  | 推进现代寒旱特色农业三年倍增行动，新建高标准农田380万亩，存栏肉羊达到2900万只，农产品加工转化率六成。

rural | 深入推进脱贫攻坚 | 完成易地扶贫搬迁12万人，贫困村全部通硬化路、通动力电，32个贫困县退出。

rural | 建设社会主义新农村 | 取消农业税，落实粮食直补、良种补贴，新建农村沼气池20万户，解决农村人口饮水安全问题
    。

rural | 以县城为载体的城镇化 | 深化户籍制度改革，农业转移人口市民化质量提高，常住人口城镇化率达到63%。

ecology |  | 统筹山水林田湖草沙系统治理，营造林500万亩，治理水土流失860平方公里，干流出境断面水质稳定在Ⅱ类。

ecology | 碳达峰碳中和 | 推动能耗双控转向碳排放双控，开展重点行业节能降碳改造，新能源装机翻番，建设零碳园区。

ecology | 加强草原生态保护 | 落实草原生态保护补奖政策，实行禁牧休牧和草畜平衡，退牧还草600万亩，治理黑土滩90万亩
    。

culture |  | 推进国家文化公园建设，公布第六批非物质文化遗产名录，接待游客3.8亿人次，旅游综合收入增长21%。

culture | 发展体育事业 | 办好省运会，新建全民健身中心35个，培育马拉松、山地自行车等精品赛事。

education |  | 新建改扩建公办幼儿园210所，义务教育“大班额”基本消除，支持高校“双一流”建设。

education | 实施科教兴省战略 | “两基”攻坚深入推进，“普九”人口覆盖率达到92%，对农村贫困学生实行“两免一补”。

health |  | 统筹推进疫情防控，核酸检测能力提升到每日80万管；推进公立医院改革，组建紧密型县域医共体70个。

health | 抗击非典 | 较快地控制了疫情蔓延，疾病预防控制机构和农村卫生院改造全面启动。

welfare |  | 城镇新增就业45万人，企业退休人员基本养老金继续上调，城乡低保标准分别提高8%和10%。

welfare | 积极应对人口老龄化 | 建成街道综合养老服务中心120个，推进长期护理保险试点，每千人口托位数达到3.8个。

governance |  | 坚持新时代“枫桥经验”，完善矛盾纠纷多元化解机制，推进信访积案化解，常态化开展扫黑除恶。

governance | 民族宗教 | 深入开展民族团结进步创建，全面贯彻党的宗教工作基本方针，积极引导宗教与社会主义社会相适应
    。

governance | 加强民主法制建设 | 完善村民自治和厂务公开，实施普法规划，推进依法治省，加强社会治安综合治理。

safety |  | 开展危化品、矿山、燃气、消防专项整治，提升防汛抗旱、地震监测和应急救援能力。

safety | 防范化解重大风险 | 稳妥处置地方法人金融机构风险，严控新增政府隐性债务，打击非法集资，守住不发生系统性风
    险底线。

marine |  | 发展深远海养殖，新增国家级海洋牧场示范区4个，推进海上风电、海水淡化，海洋生产总值占比提高到28%。

party |  | 严格落实中央八项规定精神，“三公”经费压减10%，办理人大代表建议1160件、政协提案820件。

party | 指导思想 | 坚持以习近平新时代中国特色社会主义思想为指导，统筹推进“五位一体”总体布局，确保开好局、起好步
    。

party |  | 各位代表，让我们更加紧密地团结在党中央周围，凝心聚力、埋头苦干，为谱写现代化新篇章而努力奋斗！

party | 规划实施 | 加强年度计划与本规划的衔接，开展中期评估，把约束性指标纳入考核评价，确保规划目标任务落到实处
    。
""")

# theme and topic expected, words of the indicator, themes of its passage
STATEMENTS = [
    ("industry", "finance", "金融业增加值占地区生产总值比重", ("economy",)),
    ("innovation", "rd", "研发经费支出占地区生产总值比重", ("economy",)),
    ("economy", "growth", "地区生产总值比2020年增长", ("party",)),
    ("ecology", "energy-saving", "单位地区生产总值能耗累计下降", ("economy", "ecology")),
    ("education", "basic-education", "新增公办学位", ("welfare",)),
    ("education", "preschool", "新增公办幼儿园", ("welfare", "education")),
    ("innovation", "intellectual-property", "每万人口高价值发明专利拥有量", ("industry",)),
    ("rural", "grain", "粮食总产量", ("economy",)),
    ("rural", "livestock", "肉牛存栏", ("economy", "rural")),
    ("transport", "roads", "高速公路通车里程", ("urban",)),
    ("transport", "aviation", "机场旅客吞吐量", ("economy",)),
    ("welfare", "employment", "城镇新增就业人数", ("economy",)),
    ("health", "medical-services", "每千人口执业（助理）医师数", ("welfare",)),
    ("ecology", "greening", "人均公园绿地面积", ("urban",)),
    ("opening", "foreign-trade", "外贸进出口总额", ("economy",)),
    ("marine", "marine-economy", "海洋生产总值", ("economy",)),
    ("consumption", "retail", "社会消费品零售总额年均增长率", ("economy",)),
    ("safety", "supply-security", "政策性储备粮规模", ("welfare",)),
    ("urban", "", "累计完成面积", ("urban", "ecology")),
    ("party", "", "完成率", ("party",)),
    # the last word is what is counted, those before say of what kind
    ("education", "", "拔尖人才示范校", ("innovation", "education")),
    ("transport", "roads", "改造县乡道", ("rural", "urban")),
    ("culture", "public-culture", "农村文化礼堂", ("rural", "culture")),
    ("urban", "city-functions", "高校外迁疏解", ("education", "urban")),
    # amounts, kinds of project and what is done yield to the subject
    ("digital", "smart-city", "智慧城市重大项目完成投资", ("consumption",)),
    ("industry", "manufacturing", "工业企业营业收入", ("economy",)),
    ("education", "", "学校改造", ("urban",)),
    ("economy", "major-projects", "重大项目完成投资", ("consumption", "economy")),
    ("economy", "", "全社会固定资产投资", ("consumption",)),
    ("industry", "", "营收超十亿元企业", ("economy", "industry")),
    ("ecology", "", "产值增长", ("ecology",)),
    # what an amount is compared with
    ("culture", "tourism", "旅游业对经济增长贡献率", ("economy",)),
    ("welfare", "", "保障房租金不高于市场租金", ("urban", "economy")),
    # quotation marks within a term
    ("safety", "flood-drought", "“小水利”工程", ("party",)),
    ("welfare", "", "新业态从业人员培训", ("industry", "welfare")),
    ("ecology", "sponge-city", "海绵城市面积", ("safety",)),
    ("industry", "investment-attraction", "协议投资额", ("consumption",)),
    # what stands in brackets says nothing beside other words
    ("transport", "", "自然村通油（水泥）路率", ("rural", "transport")),
    ("education", "teachers", "评选名校（园）长", ("welfare", "education")),
    # an amount of investment yields to its subject, a size of projects to what is done with them
    ("transport", "", "交通固定资产投资", ("transport", "economy")),
    ("opening", "", "引进亿元以上项目", ("industry", "economy")),
    # what two fields share is told by the passage
    ("safety", "", "新建小型水库", ("safety", "rural")),
    ("ecology", "", "新建小型水库", ("ecology", "rural")),
    # words of departments
    ("ecology", "ecosystem", "工程压沙", ("rural",)),
    ("ecology", "soil", "粪污收运率", ("rural",)),
    ("rural", "modern-agriculture", "衬砌支渠", ("transport",)),
    ("culture", "heritage", "修缮故居", ("urban",)),
    ("education", "special-lifelong", "青壮年文盲率", ("economy",)),
    ("health", "mental-chronic", "糖尿病管理人数", ("welfare",)),
    ("welfare", "disability", "适配辅具", ("health",)),
    ("governance", "peace-stability", "积案办结", ("party",)),
    ("safety", "emergency", "人工增雨作业", ("rural",)),
    ("safety", "supply-security", "粮库仓容", ("rural",)),
    ("transport", "waterways", "新建锚地", ("marine",)),
    ("welfare", "veterans", "发放优待证", ("governance",)),
]

# false friends and accidental joins: no word of the theme may be found
SILENT = [
    ("health", "促进房地产市场平稳健康发展"),
    ("education", "开展警示活动，加强教育引导"),
    ("industry", "推进一体化工作"),
    ("industry", "依法保护企业合法权益，深化工程建设"),
    ("safety", "提升再生水利用"),
    ("opening", "坚持系统观念，形成开放式格局"),
    ("ecology", "营造风清气正的政治生态"),
    ("transport", "打造全球资源配置枢纽"),
    ("digital", "救助AIDS患者"),
    ("urban", "农产品加工业主营业务收入"),
    ("education", "在集中学习中提高本领"),
    ("rural", "完善产供销一体的机制"),
    ("governance", "统一协调处置各类事项"),
]


@pytest.fixture(scope="module")
def lexicon() -> ThemeLexicon:
    return load_themes(FILE)


def sections_of(headings: str, doc_id: str = "d") -> list[Section]:
    """The document itself and a chain of headings."""
    names = ["", *filter(None, headings.split(">"))]
    return [
        Section(f"{doc_id}-s{i}", doc_id, f"{doc_id}-s{i - 1}" if i else "", i, "", name, i + 1)
        for i, name in enumerate(names)
    ]


def passage_of(text: str, section: Section, number: int = 0, kind: str = "text") -> Passage:
    body = Paragraph(text, (Anchor(0, number + 1, 0),))
    return Passage(f"{section.doc_id}-p{number}", section.doc_id, section.section_id, kind, body)


def classified(text: str, lexicon: ThemeLexicon, headings: str = "") -> PassageThemes:
    sections = sections_of(headings)
    return themes.classify([passage_of(text, sections[-1])], sections, lexicon)[0]


def document(doc_id: str = "d") -> tuple[list[Section], list[Passage]]:
    """All cases as one document, each under headings of its own."""
    sections, passages = [Section(f"{doc_id}-0", doc_id, "", 0, "", "规划纲要", 1)], []
    for i, (_, heading, text) in enumerate(PASSAGES, start=1):
        section = Section(f"{doc_id}-{i}", doc_id, f"{doc_id}-0", 1, f"第{i}章", heading, i)
        sections.append(section)
        passages += [passage_of(heading, section, 2 * i, "heading"), passage_of(text, section, 2 * i + 1)]
    return sections, passages


@pytest.mark.parametrize(("theme", "headings", "text"), PASSAGES)
def test_dominant_theme(theme: str, headings: str, text: str, lexicon: ThemeLexicon) -> None:
    assert classified(text, lexicon, headings).themes[0] == theme


@pytest.mark.parametrize(("theme", "topic", "text", "carried"), STATEMENTS)
def test_theme_and_topic_of_a_statement(
    theme: str, topic: str, text: str, carried: tuple[str, ...], lexicon: ThemeLexicon
) -> None:
    weights = tuple(1 / len(carried) for _ in carried)
    assert themes.theme_of(text, PassageThemes("p", carried, weights), lexicon) == (theme, topic)


def test_indicators_of_every_theme(lexicon: ThemeLexicon) -> None:
    lines = [line for line in INDICATORS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    said = [line.split(":") for line in "\n".join(lines).replace("\n  ", "").strip().splitlines()]
    cases = [(theme, word) for theme, words in said for word in words.split()]
    wrong = [(theme, word) for theme, word in cases if themes.theme_of(word, ANYWHERE, lexicon)[0] != theme]
    assert len(cases) > 900 and {theme for theme, _ in said} == set(CODEBOOK)
    assert len(wrong) <= 0.05 * len(cases), wrong


def test_words_that_yield_are_words_of_some_theme(lexicon: ThemeLexicon) -> None:
    assert not [word for word in lexicon.yielding if not lexicon.indicator.senses.get(word)]


def test_figures_change_something(lexicon: ThemeLexicon) -> None:
    for theme in lexicon.themes:
        said = {word for topic in theme.topics for word in (*topic.strong, *topic.terms)}
        shared = {word for word in said if len(lexicon.body.senses[word]) > 1}
        assert not (said - shared) & set(theme.figures), theme.id


@pytest.mark.parametrize(("theme", "text"), SILENT)
def test_false_friends_say_nothing(theme: str, text: str, lexicon: ThemeLexicon) -> None:
    found = [(word, sense.theme) for _, word, senses in lexicon.body.find(text) for sense in senses]
    assert theme not in {of for _, of in found}, found


def test_headings_decide_where_the_text_says_little(lexicon: ThemeLexicon) -> None:
    text = "完善工作机制，落实各方责任，力争三年内取得明显成效。"
    assert classified(text, lexicon, "建设法治社会").themes[0] == "governance"
    assert classified(text, lexicon, "提升医疗服务水平").themes[0] == "health"


def test_a_heading_says_less_of_what_its_paragraph_has_no_word_for(lexicon: ThemeLexicon) -> None:
    text = "抓紧实施一批群众盼望已久的工程，年内更换供水管网12公里{}，并建立长效管护机制，明确管护责任和经费来源。"
    assert classified(text.format(""), lexicon, "完善交通运输体系").themes[0] == "urban"
    assert classified(text.format("、拓宽公路3公里"), lexicon, "完善交通运输体系").themes[0] == "transport"


def test_a_lead_says_more_than_a_heading(lexicon: ThemeLexicon) -> None:
    assert classified("教育工作。认真抓好各项任务的落实。", lexicon, "完善交通体系").themes[0] == "education"


def test_the_nearest_heading_says_most(lexicon: ThemeLexicon) -> None:
    found = classified("制定年度清单。", lexicon, "完善综合交通体系>建设教育强区")
    assert found.themes == ("education", "transport")


@pytest.mark.parametrize("overview", ["发展目标", "“十三五”时期主要成就", "2024年工作回顾"])
def test_an_overview_heading_says_nothing(overview: str, lexicon: ThemeLexicon) -> None:
    text = "——城市更加宜居。完成城市更新项目12个，改造老旧小区40个。"
    assert classified(text, lexicon, f"指导思想和总体要求>{overview}").themes == ("urban",)


def test_the_lead_names_the_subject(lexicon: ThemeLexicon) -> None:
    rest = "在教育、医疗、交通等领域推广应用，支持企业参与。"
    assert classified(f"——数据要素。{rest}", lexicon).themes[0] == "digital"
    assert classified(f"二是加强海洋生态保护。{rest}", lexicon).themes[0] == "marine"


def test_without_any_word_the_neighbour_before_gives_the_theme(lexicon: ThemeLexicon) -> None:
    sections = sections_of("")
    texts = ["3.2", "公办学位", "3.2万个", "备注", "养老床位", "约1500张"]
    found = themes.classify([passage_of(t, sections[0], i) for i, t in enumerate(texts)], sections, lexicon)
    assert [f.themes[0] for f in found] == ["education"] * 4 + ["welfare"] * 2


def test_neighbours_of_another_document_do_not_count(lexicon: ThemeLexicon) -> None:
    first, second = sections_of("", "a"), sections_of("", "b")
    passages = [passage_of("公办学位", first[0]), passage_of("3.2", second[0])]
    assert [f.themes for f in themes.classify(passages, first + second, lexicon)] == [("education",), ("party",)]


def test_every_passage_has_themes_whose_weights_add_up(lexicon: ThemeLexicon) -> None:
    sections, passages = document()
    found = themes.classify(passages, sections, lexicon)
    assert [f.passage_id for f in found] == [p.passage_id for p in passages]
    for one in found:
        assert len(one.themes) == len(one.weights) >= 1
        assert sum(one.weights) == pytest.approx(1, abs=1e-9)
        assert list(one.weights) == sorted(one.weights, reverse=True)
        assert set(one.themes) <= set(CODEBOOK)


def test_another_document_changes_nothing(lexicon: ThemeLexicon) -> None:
    (sections, passages), (more_sections, more_passages) = document("a"), document("b")
    alone = themes.classify(passages, sections, lexicon)
    assert alone == themes.classify(passages, sections, lexicon)
    for both in (sections + more_sections, more_sections + sections):
        assert themes.classify(passages + more_passages, both, lexicon)[: len(alone)] == alone
        assert themes.classify(more_passages + passages, both, lexicon)[len(more_passages) :] == alone


def test_coverage_splits_the_characters_of_each_section(lexicon: ThemeLexicon) -> None:
    sections, passages = document()
    rows = themes.coverage(passages, themes.classify(passages, sections, lexicon), lexicon)
    for section in sections[1:]:
        chars = sum(len(p.text) for p in passages if p.section_id == section.section_id)
        assert sum(row.chars for row in rows if row.section_id == section.section_id) == chars
    assert len({(row.section_id, row.theme, row.topic) for row in rows}) == len(rows)
    assert all(row.chars == 0 or row.topic == "" for row in rows)
    assert all(row.chars or row.mentions for row in rows)


def test_coverage_counts_longest_matches(lexicon: ThemeLexicon) -> None:
    sections = sections_of("")
    passages = [passage_of("建设幼儿园，新增幼儿园学位，发展学前教育和教育。", sections[0])]
    rows = themes.coverage(passages, themes.classify(passages, sections, lexicon), lexicon)
    mentions = {row.topic: row.mentions for row in rows if row.theme == "education"}
    assert mentions == {"": 1, "basic-education": 1, "preschool": 3}


@pytest.mark.parametrize("whole", [0, 1, 7, 100, 9999])
@pytest.mark.parametrize("weights", [(1.0,), (0.5, 0.5), (0.334, 0.333, 0.333), (0.7, 0.2, 0.1)])
def test_split_leaves_no_rest(whole: int, weights: tuple[float, ...]) -> None:
    parts = themes._split(whole, weights)
    assert sum(parts) == whole
    assert all(abs(part - whole * weight) <= 1 for part, weight in zip(parts, weights, strict=True))


def test_the_19_themes_of_the_codebook(lexicon: ThemeLexicon) -> None:
    assert [theme.id for theme in lexicon.themes] == CODEBOOK


def test_topics_are_many_and_labelled(lexicon: ThemeLexicon) -> None:
    topics = [topic for theme in lexicon.themes for topic in theme.topics]
    assert len(topics) >= 240
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", topic.id) for topic in topics)
    assert all(re.search("[\u4e00-\u9fff]{2}", item.label) for item in (*lexicon.themes, *topics))
    assert len({topic.label for topic in topics}) == len(topics)
    assert all(topic.strong or topic.terms for topic in topics)


def test_no_topic_is_unreachable(lexicon: ThemeLexicon) -> None:
    for theme in lexicon.themes:
        for topic in theme.topics:
            words = (*topic.strong, *topic.terms)
            carried = PassageThemes("p", (theme.id,), (1.0,))
            assert topic.id in {themes.theme_of(word, carried, lexicon)[1] for word in words}, topic.id


def test_a_longer_term_is_never_weaker_than_one_inside_it(lexicon: ThemeLexicon) -> None:
    for theme in lexicon.themes:
        weights = {word: weight for word, _, weight in theme.words(lexicon.strengths)}
        for word, weight in weights.items():
            inner = {word[i:j] for i, j in product(range(len(word)), range(len(word) + 1)) if 2 <= j - i < len(word)}
            stronger = [other for other in inner & weights.keys() if weights[other] > weight]
            assert not stronger, (theme.id, word, stronger)


def test_terms_are_words_and_no_false_friends(lexicon: ThemeLexicon) -> None:
    silent = {*lexicon.neutral, *lexicon.joins}
    for theme in lexicon.themes:
        words = {word for word, _, _ in theme.words(lexicon.strengths)}
        assert all(len(word) >= 2 and word == word.strip() for word in words)
        assert not words & silent
        assert not set(theme.headings) & silent


def test_lines_of_the_lexicon_are_short() -> None:
    assert max(map(len, FILE.read_text(encoding="utf-8").splitlines())) <= 120


WHOLE = {
    "strengths": {"strong": 2, "plain": 1, "weak": 0.3, "heading": 1, "figure": 1},
    "neutral": [],
    "joins": [],
    "overview": [],
    "yielding": [],
    "themes": [
        {
            "id": "a",
            "label": "甲",
            "label_en": "A",
            "headings": [],
            "weak": ["公园"],
            "topics": [{"id": "t", "label": "子", "label_en": "Part", "strong": ["河流"], "terms": ["湖泊"]}],
        }
    ],
}


def faulty(change: str) -> dict[str, object]:
    """A small lexicon with one fault."""
    data = json.loads(json.dumps(WHOLE))
    theme = data["themes"][0]
    match change:
        case "unknown key":
            theme["colour"] = "red"
        case "term twice in a topic":
            theme["topics"][0]["terms"].append("河流")
        case "term in two topics":
            theme["topics"].append({"id": "u", "label": "丑", "terms": ["湖泊"]})
        case "theme id twice":
            data["themes"].append(theme | {"topics": []})
        case "topic id twice":
            data["themes"].append(theme | {"id": "b"})
        case "missing label":
            del theme["label"]
    return data


def test_a_small_lexicon_is_read(tmp_path: Path) -> None:
    path = tmp_path / "themes.yaml"
    path.write_text(json.dumps(WHOLE), encoding="utf-8")
    lexicon = load_themes(path)
    assert [word for _, word, _ in lexicon.body.find("河流与湖泊、公园与河")] == ["河流", "湖泊", "公园"]


@pytest.mark.parametrize(
    "change",
    ["unknown key", "term twice in a topic", "term in two topics", "theme id twice", "topic id twice", "missing label"],
)
def test_a_faulty_lexicon_is_refused(change: str, tmp_path: Path) -> None:
    path = tmp_path / "themes.yaml"
    path.write_text(json.dumps(faulty(change)), encoding="utf-8")
    with pytest.raises(LexiconError, match=r"themes\.yaml"):
        load_themes(path)

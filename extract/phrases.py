"""Stage 6: the words around an amount → the words of its indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.patterns import alternatives, one_of, word
from extract.periods import Mention
from extract.statement_rules import StatementRules

TIME = "\x01"
"""Stands for a time that was taken out of a phrase."""
BASE = "\x02"
"""Stands around the base of a comparison, which stays part of the indicator (总数比2015年增长)."""
NUMBER = "[0-9]{1,2}[.．、]|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])"
"""Opens an item of a list."""
LONGEST = 26
"""Of the words after an amount so many characters are kept."""
END_OF_TIME = re.compile("(?<=年)[底末初]$")
ASIDE = "（(?=[^（）]{0,20}[A-Za-z])[A-Za-z0-9 .,&/+-]*）"
"""A name in Latin letters behind the Chinese one."""
JOINS = re.compile("(?:和|及|与|以及|并|的){1,6}$")
COUNT_OF_LIST = re.compile("^[0-9一二两三四五六七八九十]+[大个家项类]")
NUMBERED = re.compile("^(?:第?[一二三四五六七八九十](?=[一-龥])|[A-Za-z0-9.&]+)")
NUMBER_ALONE = re.compile("第?[一二三四五六七八九十]|.*[^一-龥]")


class Phrases:
    """Cleans and takes apart phrases; built once from the lexicon."""

    def __init__(self, rules: StatementRules) -> None:
        time = f"{TIME}(?:期间|时期|以来|期末|底前|年底|年末|末|底|前|内|间|初|度)?[，、]?"
        verbs = one_of(rules.verbs)
        rate = one_of([*rules.growth, *rules.change, *rules.bare_rates])
        before = alternatives([*rules.drop_before, time, NUMBER, '[——•●·\\s"”]'])
        after = alternatives([*rules.drop_after, time, f"[比较]{time}", "[（(：:\\s]"])
        self._distributing = rules.distributing
        self._shared_tail = re.compile(f"{one_of(rules.shared_tails)}$")
        self._whole_name = re.compile(rules.whole_names)
        self._before = re.compile(f"^{before}+")
        self._after = re.compile(f"{after}{{1,12}}+$")
        self._base = re.compile(
            f"(?:比|较|相较于|相比|同比|与|在|按|是|为|相当于){BASE}(?P<base>[^{BASE}]*){BASE}"
            "(?:年|时期|期末|底|末|的?基础上|相比|同期|的)*"
        )
        self._inner = re.compile(
            f"(?:从|由)?{time}的?|（(?:以下)?简称[^（）]*）|{ASIDE}|（[^（）]{{0,6}}下同）|（预计数?）"
        )
        self._head = re.compile(f"^{verbs}+")
        self._each = re.compile("(?:每人每[年月天]|每[户亩]每[年月]|(?<=[^每])[年月]人均)$")
        self._end = re.compile(f"{verbs}了?$")
        self._only = re.compile(f"{verbs}++")
        self._rate = re.compile(
            f"(?:比[^，比]{{2,8}})?(?:年均|同比|比上年|平均|累计){{0,4}}{rate}{{1,4}}(?:率|幅度)?$|比[^，比]{{2,8}}$"
        )
        self._per_head = re.compile("(?<=[一-龥]{2})[人户亩]均(?=[增收纯])")
        self._of_whole = re.compile("(?<=[一-龥])占[^、，]{2,12}$")
        self._planned = re.compile(
            "(?:为|占|完成)?(?:年初|年度|全年|调整|年)?(?:预算|计划|目标任务|任务|目标)数?$|增速[高低快]于[^，]{1,8}$"
        )
        self._total = re.compile(f"^(?:累计|年均|{verbs}){{1,6}}(?=[一-龥“]{{3}})(?![一-龥]?[量数率额])")
        self._list = re.compile(rules.list_signs)
        self._bare_rate = re.compile(rules.bare_parts)
        self._nouns = [(re.compile(f"(?<={ending})$"), noun) for ending, noun in rules.left_out.items()]
        self._inner_verb = re.compile(rules.inner_verbs)
        self._priced = re.compile(f"{rules.priced_before}{BASE}[^{BASE}]*{BASE}{rules.priced_after}")
        self._generic = re.compile(f"{one_of(rules.generic)}$")
        generic = f"^(?:累计|年)?(?:完成|实现)?{one_of(rules.generic)}$"
        self._general_alone = re.compile(generic)
        self.goes_on = re.compile(alternatives([*rules.inherits, generic]))
        self._summing = re.compile(rules.summing)
        self.verb = word(rules.verbs)

    def left(self, raw: str, text: str, mentions: Sequence[Mention], end: int) -> str:
        """`raw`, which ends at `end` of `text`, without times and words of no substance.

        The base of a comparison stays, in one form: 较2015年底增长 → 比2015年增长.
        """
        start = end - len(raw)
        pieces, at = [], start
        for mention in mentions:
            if start <= mention.start and mention.end <= end and mention.role != "name":
                time = END_OF_TIME.sub("", text[mention.start : mention.end])
                pieces += [text[at : mention.start], f"{BASE}{time}{BASE}" if mention.role == "base" else TIME]
                at = mention.end
        phrase = "".join([*pieces, text[at:end]])
        if BASE in phrase:
            phrase = self._priced.sub("", phrase)
        phrase = self._base.sub(lambda m: f"比{m['base']}", phrase).replace(BASE, "").replace(self._distributing, "")
        each = self._each.search(phrase)
        phrase = self._bared(phrase[: each.start()] if each else phrase)
        if each:
            phrase += each[0]
        phrase = self._inner_verb.sub("", self._inner.sub("", phrase))
        return self._whole(_balanced(phrase.strip('，、：；" ')))

    def _bared(self, phrase: str) -> str:
        """Without what joins it to the words before and to the amount after."""
        previous = None
        while previous != phrase:
            previous = phrase
            phrase = self._after.sub("", self.bare(phrase))
        return phrase

    def _whole(self, phrase: str) -> str:
        """With the noun that the amount stands for: 占全省 → 占全省比重, 办照最快 → 办照最快用时."""
        for ending, noun in self._nouns:
            phrase = ending.sub(noun, phrase)
        return phrase

    def is_rate(self, phrase: str) -> bool:
        """True of a rate of growth or change: 年均增长, 比2015年增长."""
        return self._rate.fullmatch(phrase) is not None

    def unrated(self, indicator: str) -> str:
        """Without the rate at its end, or the plan it was held against: 新增市场主体增长 → 新增市场主体."""
        return self._rate.sub("", self._planned.sub("", indicator)) or indicator

    def of_plan(self, phrase: str) -> str:
        """What was done with a plan of which but the name is left: 为年度预算 → 完成年度预算."""
        left_out = self._planned.fullmatch(phrase) and not phrase.startswith(("占", "增速"))
        return f"完成{phrase.removeprefix('为')}" if left_out else phrase

    def rate_of(self, indicator: str, left: str) -> str:
        """A rate of what was done just before: 配置课桌椅, 配置率 → 课桌椅配置率; or ""."""
        act = left.removesuffix("率")
        done = len(left) == 3 and len(act) == 2 and len(indicator) > 4 and self.verb.fullmatch(act) and act in indicator
        return indicator.replace(act, "", 1) + left if done else ""

    def right(self, raw: str) -> str:
        """The words after an amount, without what joins them to the next."""
        phrase = JOINS.sub("", raw.removeprefix("的"))
        return _balanced(self._per_head.split(phrase[:LONGEST])[0])

    def bare(self, phrase: str) -> str:
        """Without the words of no substance before it."""
        return self._before.sub("", phrase)

    def head(self, phrase: str) -> str:
        """The verb a phrase begins with: 新增友好城区 → 新增; "" where it is all verb, or has none there."""
        found = self._head.match(phrase)
        return found[0] if found and len(found[0]) < len(phrase) else ""

    def summed_up(self, phrase: str) -> str:
        """A long list by its verb and what sums it up: 汽车、航空、…等六大产业集群营业收入 → 产业集群营业收入."""
        if len(phrase) <= LONGEST or "等" not in phrase[:-4]:
            return phrase
        sum_of_all = COUNT_OF_LIST.sub("", phrase.rpartition("等")[2])
        return self.head(phrase) + sum_of_all if sum_of_all else phrase

    def general(self, phrase: str) -> str:
        """The name of no substance of its own that a phrase ends with after a verb: 突出抓好总投资 → 总投资; or ""."""
        found = self._generic.search(phrase)
        return found[0] if found and self._end.search(phrase[: found.start()]) else ""

    def is_general(self, phrase: str) -> bool:
        """True of a name of no substance of its own: 总投资, 实现产值."""
        return self._general_alone.match(phrase) is not None

    def of_what(self, phrase: str) -> str:
        """Without the general name that it ends with: 高速公路总投资 → 高速公路; or ""."""
        found = self._generic.search(phrase)
        return phrase[: found.start()] if found else ""

    def of_general(self, phrase: str, other: str) -> str:
        """What a name of no substance of its own is of, where another follows: 工业总产值, 利税 → 工业; or ""."""
        return self.of_what(phrase) if self._generic.fullmatch(other) else ""

    def is_verb(self, phrase: str) -> bool:
        """True of a phrase that is nothing but verbs: 竣工投产."""
        return self._only.fullmatch(phrase) is not None

    def actor(self, phrase: str) -> str:
        """What stands before the verb a phrase ends with, or the phrase where it neither ends nor begins with one."""
        found = self._end.search(phrase)
        if found:
            return phrase[: found.start()]
        return "" if self.verb.match(phrase) else phrase

    def subject(self, indicator: str) -> str:
        """What a later clause goes on about: 金融业增加值年均增长 → 金融业增加值, 新增友好城区 → 友好城区."""
        subject = self._rate.sub("", indicator)
        return self._total.sub("", subject) or subject or indicator

    def names(self, left: str, count: int) -> list[str]:
        """`count` names out of a list (专利申请量、授权量); [] where the list has another length."""
        rate = self._rate.search(left) or self._of_whole.search(left)
        parts = [p for p in self._list.split(left[: rate.start()] if rate else left) if p]
        if len(parts) != count:
            return []
        summing = self._summing.fullmatch(parts[-1])
        if summing:
            return [
                part + (summing["what"] or summing["noun"]) + (rate[0] if rate else "")
                for part in [*parts[:-1], summing["own"]]
            ]
        return [self._completed(part, parts) + (rate[0] if rate else "") for part in parts]

    def _completed(self, part: str, parts: Sequence[str]) -> str:
        """A name of a list with the words it shares with the first or the last one."""
        first, last = parts[0], parts[-1]
        shared = last.find(part[-2:]) if len(part) >= 4 and part != last else -1
        if 0 < shared < len(last) - 2:
            return part + last[shared + 2 :]
        tail = NUMBERED.sub("", last)
        if tail != last and NUMBER_ALONE.fullmatch(part):
            ordinal = "第" if first.startswith("第") and not part.startswith("第") else ""
            return ordinal + part + tail
        if tail != last and part == last and first.startswith("第"):
            return "第" + last
        general = self._generic.search(first)
        if part != first and general and general.start() > 1 and self._generic.fullmatch(part):
            return first[: general.start()] + part
        shared_tail = self._shared_tail.search(last)
        if shared_tail and part != last and not self._whole_name.search(part):
            return part + shared_tail[0]
        if len(part) < 4 and len(last) >= len(part) + 3:
            return part + last[len(part) :]
        if len(part) <= 3 and len(first) == len(part) + 2 and part[-1] == first[-1]:
            return first[:2] + part
        if self._bare_rate.fullmatch(part) and first[-1] == part[-1] and len(first) > len(part) + 1:
            return first[: -len(part)] + part
        return part


def _balanced(phrase: str) -> str:
    """Without a quotation mark whose partner was cut off."""
    if phrase.count("“") != phrase.count("”"):
        phrase = phrase.replace("“", "").replace("”", "")
    return phrase

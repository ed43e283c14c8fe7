"""Stage 6, first half: what each amount of a passage is an amount of.

A clause names its indicator before the amount (地区生产总值达7000亿元), after it (引进40家持牌机构), or not at all, when it
goes on about the one before (…，年均增长6%). `分别` and lists hand out amounts to indicators in their order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.lexicon_file import Lexicon, load
from extract.model import Quantity
from extract.periods import Mention
from extract.units import Units

TIME = "\x01"
"""Stands for a time that was taken out of a phrase."""
BASE = "\x02"
"""Stands around the base of a comparison, which stays part of the indicator (总数比2015年增长)."""
LONG_LEFT = 12
"""A phrase before a counted thing longer than this is an enumeration or a setting; only its verb is kept."""
LONG_RIGHT = 26


class StatementRules(Lexicon):
    """lexicon/statements.yaml."""

    boundaries: str
    drop_before: tuple[str, ...]
    drop_after: tuple[str, ...]
    verbs: tuple[str, ...]
    stock_verbs: tuple[str, ...]
    stock_anywhere: tuple[str, ...]
    growth: tuple[str, ...]
    change: tuple[str, ...]
    inherits: tuple[str, ...]
    distributing: str
    per_year: tuple[str, ...]
    cumulative: tuple[str, ...]
    entity: tuple[str, ...]
    big_verbs: tuple[str, ...]
    described: tuple[str, ...]
    describing: tuple[str, ...]
    predicates: tuple[str, ...]
    generic: tuple[str, ...]
    counted_here: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """An amount with its indicator.

    `clause` is the text around the amount, `before` its words from the last amount or boundary on; `left`, `right` the
    cleaned words before and after the amount; `subject` what a later clause may go on about, `verb` what is done with it;
    `counted` is true where the counted thing follows the amount; `rule` says how the indicator was found.
    """

    quantity: Quantity
    indicator: str
    subject: str
    left: str
    right: str
    before: str
    clause: str
    sentence: tuple[int, int]
    counted: bool
    rule: str
    verb: str = ""


def one_of(words: Iterable[str]) -> str:
    """Regular expression of any of the words, longest first."""
    return alternatives(re.escape(w) for w in words)


def alternatives(patterns: Iterable[str]) -> str:
    """Regular expression of any of the patterns, longest first."""
    return "(?:" + "|".join(sorted(set(patterns), key=lambda w: (-len(w), w))) + ")"


class Statements:
    """Reads statements; built once from the lexicon."""

    def __init__(self, rules: StatementRules, units: Units) -> None:
        self.rules, self.units = rules, units
        self._boundary = re.compile(f"[{re.escape(rules.boundaries)}]")
        self._sentence = re.compile("[^。；！？]*[。；！？]|[^。；！？]+$")
        time = f"{TIME}(?:期间|时期|以来|期末|底前|年底|年末|末|底|前|内|间|初|度)?[，、]?"
        self._before = re.compile(f"^(?:{time}|{alternatives(rules.drop_before)}|[——•●·\\s\"”])+")
        self._after = re.compile(f"(?:{time}|{alternatives(rules.drop_after)}|[（(：:\\s])+$")
        self._base = re.compile(f"(?:比|较|相较于|相比|同比|与|在|按){BASE}(?P<base>[^{BASE}]*){BASE}(?:年|时期|期末|底|末|的?基础上|相比|同期|的)*")
        verbs = one_of(rules.verbs)
        self._verb = re.compile(verbs)
        self._verb_head = re.compile(f"^{verbs}+")
        self._verb_only = re.compile(f"{verbs}+")
        self._verb_end = re.compile(f"{verbs}了?$")
        self._inherits = re.compile("|".join(f"(?:{p})" for p in rules.inherits) + f"|^(?:累计|年)?(?:完成|实现)?{one_of(rules.generic)}$")
        self._rate_tail = re.compile(
            f"(?:比[^，比]{{2,8}})?(?:年均|同比|比上年|平均|累计)*{one_of([*rules.growth, *rules.change])}+(?:率|幅度)?$|比[^，比]{{2,8}}$")
        self._total_head = re.compile(f"^(?:累计|年均|{verbs})+(?=[一-龥“]{{3}})(?![一-龥]?[量数率额])")
        self._predicate = re.compile(one_of(rules.predicates))
        self._entity = re.compile(f"(?:以上|以下|左右)?(?:的|级)?[^，。；：、（）\\d]{{0,8}}?{one_of(rules.entity)}")
        self._reach = re.compile("[”\"]?(?:通勤|直达|通达|互达|可达|到达|抵达|免费|义务|[一-龥]{2,8}圈$)")
        self._circle = re.compile("(?:、[一-龥]{2,4}[0-9—～-]+分钟)?(?P<name>[一-龥]{2,8}圈)")
        self._list = re.compile("[、和及与]|以及")

    @classmethod
    def load(cls, path: Path, units: Units) -> Statements:
        return cls(load(path, StatementRules), units)

    def descriptors(self, text: str, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
        """Amounts that only describe what another amount counts: 税收超亿元楼宇71栋, 30家营业收入超百亿元的企业."""
        found = []
        for i, q in enumerate(quantities):
            if self._is_counter(q) and q.form != "scale":
                continue
            after = quantities[i + 1] if i + 1 < len(quantities) else None
            before = quantities[i - 1] if i else None
            entity = self._entity.match(text, q.end)
            counts_after = after and self._is_counter(after) and not self._boundary.search(text, q.end, after.start)
            counts_before = before and self._is_counter(before) and not re.search("[，。；：、]", text[before.end : q.start])
            if q.form == "scale" or entity and (counts_before or counts_after and entity.end() <= after.start):  # type: ignore[union-attr]
                found.append(q)
        return tuple(found)

    def _is_counter(self, quantity: Quantity) -> bool:
        return self.units.family(quantity.unit).startswith("counter:")

    def read(self, text: str, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> tuple[Statement, ...]:
        """One statement a quantity, in order.

        Args: a cleaned passage, its quantities without the descriptors, and its times. A quantity for which no words can
        be found gets an empty indicator, with rule `indicator.none`.
        """
        spans = [m.span() for m in self._sentence.finditer(text)]
        done: list[Statement] = []
        for group in self._groups(text, quantities):
            sentence = next(s for s in spans if s[0] <= group[0].start < s[1])
            before = [s for s in done if s.sentence == sentence] or done[-1:]
            done += self._read_group(text, group, quantities, mentions, sentence, before)
        return tuple(done)

    def _groups(self, text: str, quantities: Sequence[Quantity]) -> list[list[Quantity]]:
        """Amounts of one kind that follow one another with nothing but a list sign between: 7.1%、4.3%."""
        groups: list[list[Quantity]] = []
        for quantity in quantities:
            last = groups[-1][-1] if groups else None
            if last and re.fullmatch("[、和及与：]|以及|", text[last.end : quantity.start]) \
                    and self.units.family(last.unit) == self.units.family(quantity.unit):
                groups[-1].append(quantity)
            else:
                groups.append([quantity])
        return groups

    def _read_group(self, text: str, group: list[Quantity], quantities: Sequence[Quantity], mentions: Sequence[Mention],
                    sentence: tuple[int, int], before: list[Statement]) -> list[Statement]:
        frame = self._around(text, group, quantities, sentence, before)
        left = self._phrase(frame[0], text, mentions, group[0].start)
        first = self._one(group[0], left, frame, text, sentence, before)
        if len(group) == 1:
            return [first]
        inherits = self._inherits.search(left) is not None
        names = [] if inherits else self._names(left, len(group))
        if names:
            return [replace(first, quantity=q, indicator=n, subject=self._subject(n), counted=False, rule="indicator.list")
                    for q, n in zip(group, names, strict=True)]
        if inherits and len(before) >= len(group):
            subjects = [s.subject for s in before[-len(group) :]]
            return [replace(first, quantity=q, indicator=s + left, subject=s, counted=False, rule="indicator.distributed")
                    for q, s in zip(group, subjects, strict=True)]
        return [first, *(replace(first, quantity=q, rule="indicator.repeated") for q in group[1:])]

    def _around(self, text: str, group: list[Quantity], quantities: Sequence[Quantity], sentence: tuple[int, int],
                before: list[Statement]) -> tuple[str, str, str]:
        """Raw words before and after the group inside its clause, and the clause."""
        start, end = group[0].start, group[-1].end
        marks = [m.end() for m in self._boundary.finditer(text, sentence[0], start)]
        clause_start = marks[-1] if marks else sentence[0]
        left_start = self._after_previous(text, clause_start, start, quantities, before)
        left_start = self._inside_brackets(text, left_start, start)
        mark = self._boundary.search(text, end, sentence[1])
        clause_end = mark.start() if mark else sentence[1]
        later = [q.start for q in quantities if end <= q.start < clause_end]
        right = re.split("[（）、]", text[end : min([clause_end, *later])])[0]
        return text[left_start:start], right, text[clause_start:clause_end]

    def _after_previous(self, text: str, clause_start: int, start: int, quantities: Sequence[Quantity],
                        before: list[Statement]) -> int:
        """Where the words of this amount begin, after those that belong to the amount before it in the clause."""
        ends = [q.end for q in quantities if clause_start < q.end <= start]
        if not ends:
            return clause_start
        last = ends[-1]
        sign = text.find("、", last, start)
        if sign >= 0:
            return sign + 1
        if before and before[-1].counted and before[-1].quantity.end == last:
            joint = re.search("[和及与]|以及", text[last:start])
            return last + joint.end() if joint else start
        return last

    @staticmethod
    def _inside_brackets(text: str, left_start: int, start: int) -> int:
        """Words inside an opened bracket speak for themselves, unless the bracket holds but the amount."""
        opened = text.rfind("（", left_start, start)
        if opened >= 0 and "）" not in text[opened:start] and start - opened > 2:
            return opened + 1
        closed = text.rfind("）", left_start, start)
        if closed >= 0 and text.rfind("（", left_start, closed) < 0:
            return closed + 1
        return left_start

    def _phrase(self, raw: str, text: str, mentions: Sequence[Mention], end: int) -> str:
        """The words of `raw` (which ends at `end` of `text`) without times, comparisons and words of no substance."""
        start = end - len(raw)
        pieces, at = [], start
        for mention in mentions:
            if mention.start >= start and mention.end <= end and mention.role != "name":
                kept = f"{BASE}{text[mention.start : mention.end].rstrip('底末初')}{BASE}" if mention.role == "base" else TIME
                pieces += [text[at : mention.start], kept]
                at = mention.end
        phrase = "".join([*pieces, text[at:end]])
        phrase = self._base.sub(lambda m: f"比{m['base']}", phrase).replace(BASE, "").replace(self.rules.distributing, "")
        previous = None
        while previous != phrase:
            previous = phrase
            phrase = self._after.sub("", self._before.sub("", phrase))
        return _balanced(phrase.replace(TIME, "").strip("，、：；\" "))

    def _one(self, quantity: Quantity, left: str, frame: tuple[str, str, str], text: str, sentence: tuple[int, int],
             before: list[Statement]) -> Statement:
        raw, right_raw, clause = frame
        circle = self._circle.match(text, quantity.end) if self.units.family(quantity.unit) == "duration" else None
        right = circle["name"] if circle else self._right(right_raw)
        draft = Statement(quantity, left, left, left, right, raw, clause, sentence, False, "indicator.before")
        if self._counts(quantity, right):
            return self._counted(draft, before)
        here = [s for s in before if s.sentence == sentence]
        inherited = self._inherited(draft, here or before) if here or before and self._goes_on(draft) else None
        if inherited:
            return inherited
        if left and self._inherits.search(left):
            setting = self._setting(draft, text)
            return replace(draft, indicator=setting + left, subject=setting or left, rule="indicator.setting")
        if left:
            return self._carried(replace(draft, subject=self._subject(left), verb=self._head(left)), here)
        return replace(self._counted(draft, before), counted=False) if right else replace(draft, rule="indicator.none")

    def _inherited(self, draft: Statement, before: list[Statement]) -> Statement | None:
        """A clause that goes on about what was named before; None where it names something of its own."""
        left, last = draft.left, before[-1]
        if not left:
            return replace(draft, indicator=last.indicator, subject=last.subject, verb=last.verb, rule="indicator.inherited")
        if self._verb_only.fullmatch(left) and last.subject:
            return replace(draft, indicator=left + last.subject, subject=last.subject, verb=left, rule="indicator.inherited")
        share = re.fullmatch("(?P<part>.{2,10}?)占比", left)
        whole = re.search("占(?:.{2,8})(?:比重|比例)", last.indicator)
        if share and whole:
            name = f"{share['part']}增加值{whole[0]}" if "增加值" in last.indicator and "增加值" not in left else share["part"] + whole[0]
            return replace(draft, indicator=name, subject=name, rule="indicator.inherited")
        if self._inherits.search(left):
            return replace(draft, indicator=last.subject + left, subject=last.subject, verb=last.verb, rule="indicator.inherited")
        return None

    def _goes_on(self, draft: Statement) -> bool:
        """A new sentence that opens with a bare rate or total goes on about the last one: 。年均增长6%."""
        return bool(draft.left) and self._inherits.search(draft.left) is not None and draft.quantity.start - draft.sentence[0] <= 10

    def _setting(self, draft: Statement, text: str) -> str:
        """What the clause before names, for an amount of something general: 开展新业态培训，覆盖人群达8万人次."""
        clauses = [c for c in self._boundary.split(text[draft.sentence[0] : draft.quantity.start - len(draft.before)]) if c]
        if not clauses:
            return ""
        words = re.split("[、等]", self._before.sub("", clauses[-1]))[-1]
        return words if 2 <= len(words) <= LONG_LEFT + 4 else ""

    def _carried(self, draft: Statement, before: list[Statement]) -> Statement:
        """In a list of things done, the verb of the first holds for all: 新增实验室7家、孵化器1家."""
        last = before[-1] if before else None
        listed = last and not draft.verb and last.verb and not self._verb.search(draft.left) and last.clause == draft.clause
        if last and listed and self._is_counter(draft.quantity) and not draft.before.startswith("（"):
            return replace(draft, indicator=last.verb + draft.left, verb=last.verb)
        return draft

    def _head(self, phrase: str) -> str:
        found = self._verb_head.match(phrase)
        return found[0] if found and len(found[0]) < len(phrase) else ""

    def _right(self, raw: str) -> str:
        right = re.sub("^的?", "", raw)
        right = re.sub("(?:和|及|与|以及|并|的)+$", "", right)
        return right[:LONG_RIGHT]

    def _counts(self, quantity: Quantity, right: str) -> bool:
        """True where the words after the amount say what is counted."""
        if not right or not re.match("[一-龥“”A-Za-z0-9《]", right) or self._predicate.match(right):
            return False
        family = self.units.family(quantity.unit)
        if family in ("duration", "years"):
            return self._reach.match(right) is not None
        return family.startswith("counter:") or family in ("area", "length", "ratio") or quantity.form in ("chinese", "big")

    def _counted(self, draft: Statement, before: list[Statement]) -> Statement:
        left, right = draft.left, draft.right.replace("”", "") if draft.right.startswith("”") or draft.right.endswith("”") else draft.right
        kept = left
        if self.units.family(draft.quantity.unit) in ("duration", "ratio"):
            subject = re.sub("^与", "", re.split("[、，]", left)[-1]) or (before[-1].subject if before else "")
            return replace(draft, indicator=subject + right, subject=subject or right, counted=True, rule="indicator.after")
        if len(left) > LONG_LEFT or re.search("[、等]", left):
            verb = self._verb.match(left) or self._verb.search(left)
            kept = verb[0] if verb else ""
        end = self._verb_end.search(left)
        name = left[: end.start()] if end else "" if self._verb.search(left) else left
        subject = name if 2 <= len(name) <= LONG_LEFT and not self._verb_only.fullmatch(name) else right
        return replace(draft, indicator=kept + right, subject=subject, counted=True, rule="indicator.after", verb=self._head(kept + right))

    def _subject(self, indicator: str) -> str:
        """What a later clause goes on about: 金融业增加值年均增长 → 金融业增加值, 新增友好城区 → 友好城区."""
        subject = self._rate_tail.sub("", indicator)
        return self._total_head.sub("", subject) or subject or indicator

    def _names(self, left: str, count: int) -> list[str]:
        """`count` names out of a list (专利申请量、授权量); [] where the list has another length."""
        rate = self._rate_tail.search(left)
        parts = [p for p in self._list.split(left[: rate.start()] if rate else left) if p]
        if len(parts) != count:
            return []
        last = parts[-1]
        tail = re.sub("^[A-Za-z0-9.&]+", "", last)
        names = []
        for part in parts:
            if tail != last and not re.search("[一-龥]$", part):
                part += tail
            elif len(part) < 4 and len(last) >= len(part) + 3:
                part += last[len(part) :]
            names.append(part + (rate[0] if rate else ""))
        return names


def _balanced(phrase: str) -> str:
    """Without a quotation mark whose partner was cut off."""
    if phrase.count("“") != phrase.count("”"):
        phrase = phrase.replace("“", "").replace("”", "")
    return phrase

"""Stage 6: the words found for an amount → the name of its indicator, a noun phrase with its scope."""

from __future__ import annotations

import re
from pathlib import Path

from extract.lexicon_file import Lexicon, load
from extract.patterns import alternatives, one_of
from extract.statement import Statement
from extract.statements import Statements
from extract.units import Units

LONGEST_GRANT = 24
FIRST_NUMBER = re.compile("[0-9、]")
LONGEST_SCOPE = 16
"""A longer phrase is a sentence, no scope."""
AMOUNT = re.compile(r"的?[\d.]+[%万亿元]*")


class Ranked(Lexicon):
    """The verb before a list in which a rank was reached, as a pattern, and the noun for the rank."""

    verb: str
    noun: str


class ZoneDone(Lexicon):
    """Patterns of the verb before the name of a zone, and of what follows the name."""

    verb: str
    what: str


class NamingRules(Lexicon):
    """lexicon/naming.yaml; the file itself says what each field means."""

    light: tuple[str, ...]
    adverbs: tuple[str, ...]
    acts: tuple[str, ...]
    results: tuple[str, ...]
    unit_things: tuple[str, ...]
    ranked: Ranked
    bare_things: tuple[str, ...]
    openings: tuple[str, ...]
    zones: tuple[str, ...]
    zone_acts: tuple[str, ...]
    zone_done: ZoneDone
    doubled: str
    place: re.Pattern[str]
    region_verbs: tuple[str, ...]
    short_heads: tuple[str, ...]
    short_counted: str
    bare_rates: tuple[str, ...]
    capped: str
    funding: tuple[str, ...]
    scope_ends: tuple[str, ...]


class Naming:
    """Names indicators; built once from the lexicon."""

    def __init__(self, rules: NamingRules, statements: Statements, units: Units, whole_region: str) -> None:
        self.rules, self._units, self._phrases = rules, units, statements.phrases
        self._light = re.compile(f"^{one_of(rules.light)}+")
        acts = f"(?P<thing>[^，、]{{1,14}}?){one_of(rules.adverbs)}{{0,4}}(?P<act>{alternatives(rules.acts)})"
        self._act, self._did = re.compile(acts), re.compile(alternatives(rules.acts))
        self._result = re.compile(alternatives(rules.results))
        self._bare = re.compile(alternatives(rules.bare_things))
        self._listed = re.compile(f"(?P<first>[^，。；：（）、“”]{{2,{LONGEST_SCOPE + 6}}}?)(?:、[^，。；：]*|等)$")
        self._opening = re.compile(f"^{one_of(rules.openings)}+")
        self._region = re.compile(f"^({whole_region}){one_of(rules.region_verbs)}+(?=[一-龥]{{2}})")
        self._short = re.compile(f"^该?(?P<head>{one_of(rules.short_heads)})(?!{rules.short_counted})(?=[一-龥]{{2}})")
        name = "(?:[^，。；：、“”（）的]{{2,12}}{head}、)*[^，。；：、“”（）的和]{{2,20}}{head}"
        self._full = {head: re.compile(name.format(head=head)) for head in rules.short_heads}
        self._ranked = re.compile(rules.ranked.verb)
        self._doubled = re.compile("比[^，比]{2,10}$")
        self._rate = re.compile(alternatives(rules.bare_rates))
        self._capped = re.compile(rules.capped)
        self._subject = re.compile(f"(?P<what>[一-龥“”]{{2,{LONGEST_SCOPE}}}?){one_of(rules.scope_ends)}")
        zone = f"(?P<zone>[一-龥（）“”]{{2,12}}?{one_of(rules.zones)})"
        self._zone = re.compile(f"^{zone}{one_of(rules.zone_acts)}")
        self._zone_done = re.compile(f"{rules.zone_done.verb}{zone}{rules.zone_done.what}")
        self._acts = re.compile(f"^{alternatives(statements.rules.per_year)}?{one_of(statements.rules.verbs)}")
        self._boundary = statements.rules.boundary

    @classmethod
    def load(cls, path: Path, statements: Statements, units: Units, whole_region: str) -> Naming:
        """Raises LexiconError naming every fault of the file. `whole_region`: pattern of 全区, 我市."""
        return cls(load(path, NamingRules), statements, units, whole_region)

    def of(self, statement: Statement, text: str) -> str:
        """The name of the indicator of a statement of `text`."""
        name = statement.indicator
        if statement.counted and self._units.family(statement.quantity.counted_unit) not in (
            "ratio",
            "duration",
            "days",
        ):
            name = self._of_counted(statement, text)
        earlier = text[: statement.quantity.start - len(statement.before)]
        if statement.rule == "indicator.setting" and name != statement.left:
            setting = _joined(self._stripped(statement.subject) or statement.subject, statement.left)
            full = self._in_full(statement.left, earlier)
            return setting if full == statement.left else full
        if statement.quantity.form == "rank" and self._ranked.match(name):
            return self._ranked.sub("", name) + self.rules.ranked.noun
        if (
            self._doubled.search(name)
            and self.rules.doubled[0] in text[statement.quantity.start : statement.quantity.end]
        ):
            return name + self.rules.doubled
        name = self._region.sub(r"\1", name)
        if self._rate.fullmatch(name):
            name = self._rated(name, statement, text)
        if self._capped.fullmatch(name):
            name = self._most(name, statement, text)
        if self.is_funding(statement):
            name = self._funded(statement, text) + name
        return self._in_full(self._in_zone(name, statement, text), earlier)

    def is_funding(self, statement: Statement) -> bool:
        """True of money whose own words do not say what it is for."""
        return statement.indicator in self.rules.funding

    def _in_zone(self, name: str, statement: Statement, text: str) -> str:
        """What is done in a zone that an earlier clause of the sentence is about, with the name of the zone."""
        if not self._acts.match(statement.indicator):
            return name
        clauses = self._boundary.split(text[statement.sentence[0] : statement.quantity.start])[:-1]
        found = [self._zone_done.match(clauses[0]) if clauses else None, *map(self._zone.match, clauses)]
        named = [zone["zone"] for zone in found if zone]
        return named[-1] + name if named else name

    def _of_counted(self, statement: Statement, text: str) -> str:
        """The things counted: what they did before them, and which they are where their word alone says nothing."""
        right, name = statement.right, statement.indicator
        if not right or not name.endswith(right):
            return name
        kept = self._places(statement.left) or name.removesuffix(right)
        kept = self._light.sub("", kept)
        right = self._result.sub("", right) or right
        act = self._act.fullmatch(right)
        if self._bare.match(right) and not kept:
            listed = self._first_listed(text[statement.sentence[0] : statement.quantity.start])
            if listed:
                return f"{listed}等{right}"
        if act and act["thing"] not in self.rules.adverbs and not self._phrases.is_verb(act["thing"]):
            return f"{kept}{act['act']}的{act['thing']}"
        unit = statement.quantity.unit
        if unit in self.rules.unit_things and self._did.fullmatch(right):
            return f"{kept}{right}的{unit}"
        return kept + right

    def _places(self, left: str) -> str:
        """The list of places that a phrase ends with: 覆盖甲区、乙县 → 甲区、乙县; or ""."""
        named: list[str] = []
        for piece in reversed(left.split("、")):
            place = self.rules.place.search(piece)
            if not place or (not named and place[0] != piece):
                break
            named.insert(0, place[0])
            if place[0] != piece:
                break
        return "、".join(named) if len(named) > 1 else ""

    def _first_listed(self, before: str) -> str:
        """The first of those named before an amount: 推动甲厂、乙厂等 → 甲厂."""
        found = self._listed.search(self._boundary.split(before)[-1])
        first = self._stripped(found["first"]) if found else ""
        return first if 2 <= len(first) <= LONGEST_SCOPE else ""

    def _rated(self, name: str, statement: Statement, text: str) -> str:
        """A bare rate with the subject of the clause before it."""
        clauses = self._boundary.split(text[statement.sentence[0] : statement.quantity.start])
        found = self._subject.match(self._stripped(clauses[-2])) if len(clauses) > 1 else None
        return found["what"] + name.removeprefix("已") if found else name

    def _most(self, name: str, statement: Statement, text: str) -> str:
        """The most that the clause before grants: 给予奖补，最高500万元 → 给予奖补最高."""
        clauses = self._boundary.split(text[statement.sentence[0] : statement.quantity.start])
        granted = AMOUNT.sub("", clauses[-2]) if len(clauses) > 1 else ""
        return granted[-LONGEST_GRANT:] + name

    def _funded(self, statement: Statement, text: str) -> str:
        """What the next clause says that money is for: 投入2.2亿元，实施校舍改造行动 → 校舍改造行动; or ""."""
        after = text[statement.quantity.end : statement.sentence[1]]
        clause = self._boundary.split(after[1:])[0] if after.startswith("，") else ""
        what = self._stripped(FIRST_NUMBER.split(clause, maxsplit=1)[0])
        return what if 2 <= len(what) <= LONGEST_GRANT else ""

    def _in_full(self, name: str, before: str) -> str:
        """With the full name of the thing that the indicator is of, told earlier in the passage."""
        short = self._short.match(name)
        if not short:
            return name
        head = short["head"]
        named = [self._stripped(found) for found in self._full[head].findall(before)]
        full = [found for found in named if len(head) + 2 <= len(found) <= LONGEST_SCOPE + 6]
        return full[-1] + name[short.end("head") :] if full else name

    def _stripped(self, phrase: str) -> str:
        """Without the verbs and other words before a name."""
        previous = ""
        while previous != phrase:
            previous = phrase
            phrase = self._opening.sub("", self._phrases.bare(phrase))
            phrase = phrase.removeprefix(self._phrases.head(phrase))
        return phrase


def _joined(first: str, second: str) -> str:
    """Two phrases, what ends the one and begins the other but once: 创业基金, 基金规模 → 创业基金规模."""
    shared = next((n for n in range(min(len(first), len(second)), 0, -1) if first.endswith(second[:n])), 0)
    return first + second[shared:]

"""`add`: a document anyone brings → a file among the sources and an entry in config.yaml.

What the document is follows from its own title, as in every build; region and plan may be said instead. Where
something stays uncertain no entry is written: the file is added all the same, and the words say what is missing.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from extract import remembered, sources
from extract.beside import Corpus
from extract.cache import Cache
from extract.config import Config, ConfigError, DocType
from extract.config_text import Entry, with_entries
from extract.divisions import placed
from extract.lexicon_file import LEXICON, Lexicon, load
from extract.model import Document
from extract.reading import SourceError
from extract.recognition import pattern_of, recognise
from extract.regions import Place
from extract.sources import File
from extract.titles import bare, five_years, titles

DIGITS = "零一二三四五六七八九"
PLAN = re.compile("([1-9][0-9]?)fyp")

ASKED = {
    "type": "its own title was not found in its first lines; say what it is with --type",
    "region": "its title names no region; say it with --region",
    "plan": "its title names no plan; say it with --plan",
    "period": "its title names no year; say it with --period",
}
"""What may be uncertain, and what to do."""

OTHER = "other"
PLAN_OF = {"政府工作报告": "gwr", "政策文件": OTHER, "其他": OTHER}
"""What a document of such a type belongs to, which is no five-year plan and no part of one."""
NO_PLANS = {
    "gwr": {"name": "政府工作报告", "name_en": "Work report"},
    OTHER: {"name": "其他文件", "name_en": "Other documents"},
}


class Colours(Lexicon):
    """lexicon/colours.yaml as typed values."""

    colours: tuple[str, ...]


class UsageError(ValueError):
    """What was said of a document on the command line cannot be. The message is one sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the command line says of a document; empty where it leaves it to the title.

    `sure`: a document that is known already, or of which something is uncertain, is not added.
    """

    region: str = ""
    plan: str = ""
    type: str = ""
    period: tuple[int, int] | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file.

    `path` is where it lies now, None where it was not added; `words` one sentence on it; `document` what it was taken
    for. `sure` where config.yaml knows it; else `asked` names what is uncertain (keys of ASKED), or `twin` the document
    that it seems to be.
    """

    path: Path | None
    words: str
    document: Document
    sure: bool
    asked: tuple[str, ...] = ()
    twin: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the command line says: entries that config.yaml has or is to have; None where it says nothing.

    `type` is that of the title where the command line leaves it to that.
    """

    region: Entry | None
    plan: Entry | None
    type: str
    period: tuple[int, int] | None


def add(
    file: File, config_path: Path, config: Config, told: Told = Told(), cache: Cache | None = None
) -> tuple[Added, Config]:
    """Add one file. Returns what became of it, and the configuration as it is then.

    Where the configuration names a corpus that its documents stand beside, regions of that are known, and documents.

    Raises SourceError where it cannot be read (nothing is changed), UsageError where `told` names what is none,
    OSError where it cannot be written.
    """
    corpus = Corpus(config.paths.beside) if config.paths.beside else None
    said = _said(told, config, corpus)
    data = sources.content(file)
    source, unmarked, recognised = remembered.read(file, data, config, cache)
    document = recognised.document
    said = replace(said, type=said.type or (document.doc_type if recognised.titled else ""))
    if document.known:
        path = None if told.sure else _stored(data, document.doc_id, file, config)
        words = f"{file.shown}: is {document.doc_id}, which config.yaml knows"
        return Added(path, words, document, not told.sure, twin=document.doc_id), config
    entry, asked = _entry(document, source.sha256, pattern_of(document, unmarked), config, corpus, said)
    doc_id = str(entry.get("id", document.doc_id))
    twin = _twin(entry, config, corpus)
    if told.sure and (asked or twin):
        return Added(None, f"{file.shown}: {_missing(asked, twin)}", document, False, asked, twin), config
    path = _stored(data, document.doc_id if twin else doc_id, file, config)
    if asked or twin:
        words = f"{file.shown}: no entry in config.yaml, {_missing(asked, twin)}"
        return Added(path, words, document, False, asked, twin), config
    try:
        new = with_entries(
            config_path,
            _new(entry, config, corpus, said, document),
            lambda made: recognise(source, unmarked, made).document.doc_id == doc_id,
        )
    except ConfigError as reason:
        if told.sure:
            path.unlink()
        words = f"no entry in config.yaml, it does not fit in ({' '.join(str(reason).split())}); write it by hand"
        return Added(None if told.sure else path, f"{file.shown}: {words}", document, False), config
    known = recognise(source, unmarked, new).document
    return Added(path, f"{file.shown}: entered in config.yaml as {doc_id}", known, True), new


def _said(told: Told, config: Config, corpus: Corpus | None) -> _Said:
    """Raises UsageError."""
    said = _Said(_region(told.region, config, corpus), _plan(told.plan, config), told.type, told.period)
    if told.region and said.region is None:
        raise UsageError(
            f"{told.region!r} is no region; name one of config.yaml by id or name, or a new one as 广州市番禺区"
        )
    if told.plan and said.plan is None:
        raise UsageError(f"{told.plan!r} is no plan; name one of config.yaml by id or name, or a new one as 13fyp")
    if told.type and told.type not in get_args(DocType):
        raise UsageError(f"{told.type!r} is no type of document; say one of {'、'.join(get_args(DocType))}")
    return said


def _missing(asked: Sequence[str], twin: str) -> str:
    if asked:
        return "; ".join(ASKED[one] for one in asked)
    return f"it looks like {twin}, which is there; if it is another document, write the entry by hand"


def _entry(
    document: Document, checksum: str, pattern: str, config: Config, corpus: Corpus | None, said: _Said
) -> tuple[Entry, tuple[str, ...]]:
    """The entry of a document; or none, and what of it is uncertain."""
    region, plan = _place(document, config, corpus, said)
    period = said.period or _years(document, (plan or {}).get("period"))
    found = {"type": said.type, "region": region, "plan": plan} | ({"period": period} if plan else {})
    asked = tuple(name for name, value in found.items() if not value)
    if asked or region is None or plan is None or not isinstance(period, (tuple, list)):
        return {}, asked
    year = "" if plan["period"] else period[0]
    return {
        "id": _free(f"{region['id']}-{year}{plan['id']}", config, corpus),
        "region": region["id"],
        "plan": plan["id"],
        "type": found["type"],
        "period": list(period),
        "title": document.title,
        "issued": None,
        "recognise": pattern,
        "sha256": checksum,
    }, ()


def _years(document: Document, planned: object) -> object:
    """The years of a document: those of its own title where they lie in the plan's (2021–2023 in 2021–2025)."""
    own = document.period_start and document.period_end and (document.period_start, document.period_end)
    if not own or not isinstance(planned, (tuple, list)):
        return planned or own
    return own if planned[0] <= own[0] and own[1] <= planned[1] else planned


def _free(doc_id: str, config: Config, corpus: Corpus | None) -> str:
    """The id, with a number where it is taken: of one plan there may be an outline and a recommendation."""
    taken = {one.id for one in config.documents} | (corpus.ids if corpus else frozenset())
    ids = (doc_id, *(f"{doc_id}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in ids if one not in taken)


def _twin(entry: Entry, config: Config, corpus: Corpus | None) -> str:
    """Id of the document that is there already by all that an entry says of one; "" where there is none.

    A region has one plan of a kind for the same years, but many other documents: those are told by their titles.
    """
    if not entry:
        return ""
    said = [entry[name] for name in ("region", "plan", "type", "period", "title")]
    known = ([one.id, one.region, one.plan, one.type, list(one.period), one.title] for one in config.documents)
    same = len(said) if entry["plan"] == OTHER else len(said) - 1
    here = next((str(doc_id) for doc_id, *one in known if one[:same] == said[:same]), "")
    return here or (corpus.twin(entry, by_title=entry["plan"] == OTHER) if corpus else "")


def _place(document: Document, config: Config, corpus: Corpus | None, said: _Said) -> tuple[Entry | None, Entry | None]:
    """Region and plan of a document, as said or by its title; None where neither names them."""
    region = said.region or _region(document.region_id if document.region else "", config, corpus)
    titled = "" if document.plan_id == OTHER else document.plan_id
    return region, said.plan or _plan(titled or PLAN_OF.get(said.type, ""), config)


def _new(
    entry: Entry, config: Config, corpus: Corpus | None, said: _Said, document: Document
) -> dict[str, list[Entry]]:
    """All that is new in config.yaml by the entry of a document."""
    region, plan = _place(document, config, corpus, said)
    new = {"documents": [entry]}
    new |= {} if region is None or config.region(str(region["id"])) else {"regions": [region]}
    return new | ({} if plan is None or any(one.id == plan["id"] for one in config.plans) else {"plans": [plan]})


def _region(text: str, config: Config, corpus: Corpus | None) -> Entry | None:
    """The region of that id or name; a new one where the text is the name of a region (广州市番禺区); else None.

    One that the corpus knows is new in config.yaml under its id there. None where the corpus knows several of the name.
    """
    for one in config.regions:
        if text in (one.id, one.name):
            return {"id": one.id}
    names = titles().regions(bare(text))
    spelled = names and "".join(names) == bare(text)
    known = _of_corpus(text, names if spelled else (), corpus)
    if len(known) > 1 or not (known or spelled):
        return None
    names = (known[0].name,) if known else names
    around = names if known else placed(names)
    used = {one.colour.upper() for one in config.regions}
    colours = load(LEXICON / "colours.yaml", Colours).colours
    return {
        "id": known[0].region_id if known else "".join(names),
        "name": names[-1],
        "level": known[0].level if known and known[0].level else titles().level(around),
        "parent": next((one.id for one in config.regions if around[-2:-1] == (one.name,)), None),
        "colour": next((colour for colour in colours if colour.upper() not in used), colours[0]),
    }


def _of_corpus(text: str, names: Sequence[str], corpus: Corpus | None) -> list[Place]:
    """The regions of a corpus that have this id, or else that these names may mean."""
    if corpus is None:
        return []
    same = corpus.region(text)
    return [same] if same else corpus.regions(names) if names else []


def _plan(text: str, config: Config) -> Entry | None:
    """The plan of that id or name; a new one where the text is an id like 13fyp, gwr or other; else None."""
    for one in config.plans:
        if text in (one.id, one.name):
            return {"id": one.id, "period": list(one.period) if one.period else None}
    if text in NO_PLANS:
        return {"id": text, **NO_PLANS[text], "period": None}
    found = PLAN.fullmatch(text)
    if not found:
        return None
    number = int(found[1])
    tens, ones = divmod(number, 10)
    written = (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")
    return {"id": text, "name": f"“{written}五”规划", "period": list(five_years(number))}


def _stored(data: bytes, doc_id: str, file: File, config: Config) -> Path:
    """The place of the document among the sources, named by its id; where it lies there already it stays."""
    folder = config.paths.sources
    if file.member is None and file.path.resolve().is_relative_to(folder.resolve()):
        return file.path
    path = folder / f"{doc_id}{file.suffix}"
    for other in sorted(folder.glob(f"{glob.escape(doc_id)}.*")):
        if other.suffix in sources.READ and other.read_bytes() != data:
            words = f"{other.name} is among the sources and is another file; remove one of the two"
            raise SourceError(f"{file.shown}: {words}", "same_document")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path

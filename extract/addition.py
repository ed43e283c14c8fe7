"""`add`: a document anyone brings → a file among the sources and an entry in config.yaml.

What the document is follows from its own title, as in every build; region and plan may be said instead. Where
something stays uncertain no entry is written: the file is added all the same, and the words say what is missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from extract import limits, sources
from extract.config import Config, ConfigError
from extract.config_text import Entry, with_entries
from extract.lexicon_file import LEXICON, Lexicon, load
from extract.markup import unmark
from extract.model import Document
from extract.reading import SourceError
from extract.recognition import recognise
from extract.sources import File
from extract.titles import bare, five_years, titles

DIGITS = "零一二三四五六七八九"
PLAN = re.compile("([1-9][0-9]?)fyp")


class Colours(Lexicon):
    """lexicon/colours.yaml as typed values."""

    colours: tuple[str, ...]


class UsageError(ValueError):
    """A region or plan that was named on the command line is none. The message is one sentence."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: where it lies now, and one sentence on it. `sure` where config.yaml knows it."""

    path: Path
    words: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """What the command line says: entries that config.yaml has or is to have; None where it says nothing."""

    region: Entry | None
    plan: Entry | None


def add(file: File, config_path: Path, config: Config, region: str = "", plan: str = "") -> tuple[Added, Config]:
    """Add one file. Returns what became of it, and the configuration as it is then.

    Raises SourceError where it cannot be read (nothing is changed), UsageError for a region or plan that is none,
    OSError where it cannot be written.
    """
    said = _Said(_region(region, config), _plan(plan, config))
    if region and said.region is None:
        raise UsageError(
            f"{region!r} is no region; name one of config.yaml by id or name, or a new one as 广州市番禺区"
        )
    if plan and said.plan is None:
        raise UsageError(f"{plan!r} is no plan; name one of config.yaml by id or name, or a new one as 13fyp")
    data = sources.content(file)
    source = sources.read(file)
    unmarked = unmark(source)
    limits.hold(source, unmarked, file.shown)
    document = recognise(source, unmarked, config).document
    if document.known:
        path = _stored(data, document.doc_id, file, config)
        return Added(path, f"{file.shown}: is {document.doc_id}, which config.yaml knows", True), config
    entries, missing = _entries(document, source.sha256, config, said)
    doc_id = str(entries["documents"][0]["id"]) if entries else document.doc_id
    path = _stored(data, doc_id, file, config)
    if missing:
        return Added(path, f"{file.shown}: no entry in config.yaml, {missing}", False), config
    try:
        new = with_entries(
            config_path, entries, lambda made: recognise(source, unmarked, made).document.doc_id == doc_id
        )
    except ConfigError as reason:
        words = f"no entry in config.yaml, it does not fit in ({' '.join(str(reason).split())}); write it by hand"
        return Added(path, f"{file.shown}: {words}", False), config
    return Added(path, f"{file.shown}: entered in config.yaml as {doc_id}", True), new


def _entries(document: Document, checksum: str, config: Config, said: _Said) -> tuple[dict[str, list[Entry]], str]:
    """The entries that are new for a document; or none, and words on what is uncertain."""
    region = said.region or _region(document.region_id if document.region else "", config)
    plan = said.plan or _plan(document.plan_id, config)
    period = (plan or {}).get("period") or (document.period_start and [document.period_start, document.period_end])
    if document.doc_type == "其他":
        return {}, "its own title was not found in its first lines; write the entry by hand"
    if region is None:
        return {}, "its title names no region; say it with --region"
    if plan is None:
        return {}, "its title names no plan; say it with --plan"
    if not period:
        return {}, "its title names no year; write the entry by hand"
    year = document.period_start if plan["id"] == "gwr" else ""
    doc_id = f"{region['id']}-{year}{plan['id']}"
    if config.document(doc_id):
        return {}, f"it looks like {doc_id}, which is there; if it is another document, write the entry by hand"
    entry = {
        "id": doc_id,
        "region": region["id"],
        "plan": plan["id"],
        "type": document.doc_type,
        "period": period,
        "title": document.title,
        "issued": None,
        "recognise": re.escape(document.title),
        "sha256": checksum,
    }
    new: dict[str, list[Entry]] = {"documents": [entry]}
    new |= {} if config.region(str(region["id"])) else {"regions": [region]}
    new |= {} if any(one.id == plan["id"] for one in config.plans) else {"plans": [plan]}
    return new, ""


def _region(text: str, config: Config) -> Entry | None:
    """The region of that id or name; a new one where the text is the name of a region (广州市番禺区); else None."""
    for one in config.regions:
        if text in (one.id, one.name):
            return {"id": one.id}
    names = titles().regions(bare(text))
    if "".join(names) != bare(text) or not names:
        return None
    used = {one.colour.upper() for one in config.regions}
    colours = load(LEXICON / "colours.yaml", Colours).colours
    return {
        "id": "".join(names),
        "name": names[-1],
        "level": titles().level(names),
        "parent": next((one.id for one in config.regions if names[-2:-1] == (one.name,)), None),
        "colour": next((colour for colour in colours if colour.upper() not in used), colours[0]),
    }


def _plan(text: str, config: Config) -> Entry | None:
    """The plan of that id or name; a new one where the text is an id like 13fyp, or gwr; else None."""
    for one in config.plans:
        if text in (one.id, one.name):
            return {"id": one.id, "period": list(one.period) if one.period else None}
    if text == "gwr":
        return {"id": "gwr", "name": "政府工作报告", "period": None}
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
    if path.exists() and path.read_bytes() != data:
        raise SourceError(f"{file.shown}: {path.name} is among the sources and is another file; remove one of the two")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path

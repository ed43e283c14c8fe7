"""Files → documents to extract, each once; and what is to be said of the files that are none.

Two steps: each file is looked at by itself (in any process), then all that was found is sorted out: what stands there
twice, ids that are taken, regions that are printed in two ways. The second step knows no text, only what the first
says of each file.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from extract import locations, regions, remembered, sources
from extract.cache import Cache
from extract.config import Config
from extract.engines import Engine
from extract.model import Document, Issue
from extract.processes import APART, Local
from extract.reading import SourceError
from extract.recognition import LONGEST_ID, NO_WORD
from extract.remembered import Found
from extract.sources import File

UNREADABLE, SAME_FILE, SAME_DOCUMENT = "unreadable", "same_file", "same_document"
TOGETHER = 16
"""So many files are looked at as one piece of work."""
DIED = "could not be read (the process that read it died, twice); is there enough memory?"


class NothingToRead(Exception):
    """No documents were found. The message says how to bring them."""

    def __init__(self, places: Sequence[Path], issues: Sequence[Issue] = ()) -> None:
        """`issues` may tell why what lies in these places is no document."""
        kinds = ", ".join(sorted(sources.READ | sources.ARCHIVES))
        missing = f"no documents in {', '.join(map(str, places))}"
        bring = f"put them there ({kinds}), or name their folder with --sources"
        super().__init__("; ".join([missing, bring, *(issue.message for issue in issues[:3])]))


class Looked(NamedTuple):
    """A file, and its document, the word on why it cannot be read, or None where its kind is that of no document."""

    file: File
    found: Found | SourceError | None


@dataclass(frozen=True, slots=True)
class Look:
    """Files to be looked at; `patient` where one that needs too much memory must not end the work.

    The configuration is packed once for all work, and unpacked once in each process: it may name thousands of regions.
    """

    paths: tuple[Path, ...]
    config: bytes
    cache: Cache | None
    known: str
    patient: bool = False


@dataclass
class _Kept:
    """What was found, by all that tells whether it is found again; `place` is its turn."""

    found: dict[str, Found] = field(default_factory=dict)
    place: dict[str, int] = field(default_factory=dict)
    by_sum: dict[str, Found] = field(default_factory=dict)
    by_identity: dict[tuple[object, ...], Found] = field(default_factory=dict)

    def add(self, one: Found) -> None:
        doc_id = one.recognised.document.doc_id
        self.place.setdefault(doc_id, len(self.place))
        self.found[doc_id] = one
        self.by_sum.setdefault(one.sha256, one)
        self.by_identity.setdefault(_identity(one.recognised.document), one)


def take_in(places: Sequence[Path], config: Config, cache: Cache | None = None) -> tuple[list[Found], list[Issue]]:
    """The documents in folders (or files), in the order of their ids, and issues on all other files there."""
    looked = (each for task in _looks(sources.find(places), config, cache) for each in look(task))
    return _sorted_out(looked, places, config, lambda one: one.recognised.document.doc_id, _by_sum)


def take_in_many(
    places: Sequence[Path],
    config: Config,
    cache: Cache | None,
    engine: Engine,
    tick: Callable[[int, int], None] = lambda _, __: None,
) -> tuple[list[Found], list[Issue]]:
    """The same, of thousands of files in many folders, by an engine.

    A document that config.yaml does not know is called by its folders and its file name, below the place it was found
    in: such an id hangs on nothing else that is there. `tick` is told of files that were looked at, and how many of
    them cannot be read.
    """
    paths = sources.find(places)
    tasks = [replace(task, patient=True) for task in _looks(paths, config, cache)]
    looked = engine.run(look, tasks, _one_by_one)

    def each() -> Iterator[Looked]:
        for chunk in looked:
            tick(len(chunk), sum(isinstance(one.found, SourceError) for one in chunk))
            yield from chunk

    return _sorted_out(
        each(), places, config, lambda one: _by_path(one.file, places), lambda _, one: _by_path(one.file, places, True)
    )


def look(task: Look) -> list[Looked]:
    """What the files are, those in archives one by one. Never raises: what goes wrong is told of the file."""
    return [looked for path in task.paths for looked in _looked(path, task)]


def _looks(paths: Iterable[Path], config: Config, cache: Cache | None) -> Iterator[Look]:
    known, left = remembered.known(config, cache) if cache else "", iter(paths)
    packed = pickle.dumps(config)
    while some := tuple(islice(left, TOGETHER)):
        yield Look(some, packed, cache, known)


@lru_cache(1)
def _unpacked(config: bytes) -> Config:
    """Args: bytes of our own making, from `_looks`."""
    found: Config = pickle.loads(config)
    return found


def _looked(path: Path, task: Look) -> Iterator[Looked]:
    try:
        files = sources.files(path)
    except SourceError as reason:
        yield Looked(File(path), reason)
        return
    for file in files:
        try:
            document = file.suffix in sources.DOCUMENTS or not file.path.exists()
            yield Looked(
                file, remembered.found(file, _unpacked(task.config), task.cache, task.known) if document else None
            )
        except SourceError as reason:
            yield Looked(file, reason)
        except MemoryError:
            if not task.patient:
                raise
            yield Looked(file, SourceError(f"{file.shown}: {remembered.TOO_MUCH_MEMORY}", "too_much_memory"))
        except Exception as reason:
            yield Looked(file, SourceError(f"{file.shown}: {remembered.fault('recognised', reason)}"))


def _one_by_one(task: Look) -> list[Looked]:
    """The same where a process died over the files: each in a process of its own."""
    alone = [replace(task, paths=(path,)) for path in task.paths]
    return [looked for each in Local(APART).run(look, alone, _lost) for looked in each]


def _lost(task: Look) -> list[Looked]:
    return [Looked(file, SourceError(f"{file.shown}: {DIED}")) for file in map(File, task.paths)]


def _sorted_out(
    looked: Iterable[Looked],
    places: Sequence[Path],
    config: Config,
    own_id: Callable[[Found], str],
    another: Callable[[str, Found], str],
) -> tuple[list[Found], list[Issue]]:
    """Each document once, in the order of their ids, and all issues.

    Args: `places`, the folders below which they were found; `own_id` names a document that config.yaml does not know,
    `another` where that id is taken.
    """
    kept, issues, reserved = _Kept(), list[Issue](), {entry.id for entry in config.documents}
    for file, one in looked:
        if isinstance(one, SourceError):
            issues.append(Issue(file.stem, 0, "error", UNREADABLE, str(one)))
            continue
        if one:
            one = one._replace(recognised=one.recognised.within(_below(file, places).parts[:-1], config))
        refused = _refused(one, kept) if one else _aside(file)
        if refused or one is None:
            issues += [refused] if refused else []
            continue
        if not one.recognised.document.known:
            doc_id = own_id(one)
            taken = doc_id in kept.found or doc_id in reserved
            one = _renamed(one, another(doc_id, one) if taken else doc_id)
        issues += _doubtful(one, kept)
        kept.add(one)
    lie = regions.settled([one.recognised.document for one in kept.found.values()])
    return [_of_region(kept.found[doc_id], lie[doc_id]) for doc_id in sorted(kept.found)], issues


def _aside(file: File) -> Issue:
    words = f"{file.shown}: files of this kind are no documents; it was left aside"
    return Issue(sources.name(file.own_name), 0, "info", "ignored", words)


def _refused(one: Found, kept: _Kept) -> Issue | None:
    """The issue by which a file is refused because its document was found already."""
    doc_id, known = one.recognised.document.doc_id, one.recognised.document.known
    same, other = kept.by_sum.get(one.sha256), kept.found.get(doc_id) if known else None
    if same and (not other or kept.place[same.recognised.document.doc_id] <= kept.place[doc_id]):
        words = f"{one.file.shown}: is the same file as {same.file.shown}, which was read"
        return Issue(same.recognised.document.doc_id, 0, "info", SAME_FILE, words)
    if other:
        words = f"{one.file.shown}: is the same document as {other.file.shown}, which was read; remove one of the two"
        return Issue(doc_id, 0, "error", SAME_DOCUMENT, words)
    return None


def _renamed(one: Found, doc_id: str) -> Found:
    return one if one.recognised.document.doc_id == doc_id else one._replace(recognised=one.recognised.renamed(doc_id))


def _of_region(one: Found, region_id: str) -> Found:
    document = replace(one.recognised.document, region_id=region_id)
    return one._replace(recognised=one.recognised._replace(document=document))


def _by_sum(doc_id: str, one: Found) -> str:
    return f"{doc_id}-{one.sha256[:8]}"


def _by_path(file: File, places: Sequence[Path], marked: bool = False) -> str:
    """An id by the folders and the name of a file; with a mark of the whole path where that is asked for, or needed."""
    below = _below(file, places)
    words = [*below.parts[:-1], below.stem, *([file.stem] if file.inner else [])]
    slug = NO_WORD.sub("-", "-".join(words)).strip("-")
    if slug and len(slug) <= LONGEST_ID and not marked:
        return slug
    path = f"{below.as_posix()}\0{file.member}\0{file.inner}"
    mark = sha256(path.encode(errors="replace")).hexdigest()[:12]
    return f"{slug[: LONGEST_ID - len(mark) - 1]}-{mark}".lstrip("-")


def _below(file: File, places: Sequence[Path]) -> Path:
    """Where a file lies below the place that it was found in."""
    inside = (locations.below(file.path, place) for place in places if place in file.path.parents)
    return Path(next(inside, file.own_name))


def _doubtful(one: Found, kept: _Kept) -> list[Issue]:
    """A warning where two files that config.yaml does not know look like one document."""
    other = kept.by_identity.get(_identity(one.recognised.document))
    if one.recognised.document.known or other is None:
        return []
    words = f"{one.file.shown}: looks like the same document as {other.file.shown}; if so, remove one"
    return [Issue(one.recognised.document.doc_id, 0, "warning", "looks_the_same", words)]


def _identity(document: Document) -> tuple[object, ...]:
    return document.region_id, document.plan_id, document.doc_type, document.period_start

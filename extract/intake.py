"""Files → documents to extract, each once; and what is to be said of the files that are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract import limits, sources
from extract.config import Config
from extract.markup import unmark
from extract.model import Document, Issue
from extract.reading import SourceError
from extract.recognition import Recognised, recognise, settled
from extract.sources import File

UNREADABLE, SAME_FILE, SAME_DOCUMENT = "unreadable", "same_file", "same_document"


@dataclass(frozen=True, slots=True)
class Found:
    """A document that was found: its file (or that in an archive), the checksum, and what it was recognised as."""

    file: File
    sha256: str
    recognised: Recognised


def take_in(places: Sequence[Path], config: Config) -> tuple[list[Found], list[Issue]]:
    """The documents in folders (or files), in the order of their ids, and issues on all other files there."""
    found: dict[str, Found] = {}
    issues: list[Issue] = []
    for file, one in _attempts(places, config):
        if isinstance(one, SourceError):
            issues.append(Issue(file.stem, 0, "error", UNREADABLE, str(one)))
            continue
        refused = _refused(one, found.values()) if one else _aside(file)
        if refused or one is None:
            issues += [refused] if refused else []
            continue
        one = _named(one, {*found, *(entry.id for entry in config.documents)})
        issues += _doubtful(one, found.values())
        found[one.recognised.document.doc_id] = one
    settle = settled([one.recognised for one in found.values()])
    return [Found(found[doc_id].file, found[doc_id].sha256, settle[doc_id]) for doc_id in sorted(found)], issues


def _attempts(places: Sequence[Path], config: Config) -> Iterator[tuple[File, Found | SourceError | None]]:
    """All files, those in archives too, each with its document, the word on why it cannot be read, or None."""
    for path in sources.find(places):
        try:
            files = sources.files(path)
        except SourceError as reason:
            yield File(path), reason
            continue
        for file in files:
            try:
                yield file, _read(file, config)
            except SourceError as reason:
                yield file, reason


def _read(file: File, config: Config) -> Found | None:
    """The document in a file; None where the file is of a kind that is no document."""
    if file.path.exists() and file.suffix not in sources.DOCUMENTS:
        return None
    source = sources.read(file)
    unmarked = unmark(source)
    limits.hold(source, unmarked, file.shown)
    return Found(file, source.sha256, recognise(source, unmarked, config))


def _aside(file: File) -> Issue:
    words = f"{file.shown}: files of this kind are no documents; it was left aside"
    return Issue(sources.name(file.own_name), 0, "info", "ignored", words)


def _refused(one: Found, others: Iterable[Found]) -> Issue | None:
    """The issue by which a file is refused because its document was found already."""
    doc_id, known = one.recognised.document.doc_id, one.recognised.document.known
    for other in others:
        names = f"{one.file.shown}: is the same {{}} as {other.file.shown}, which was read"
        if one.sha256 == other.sha256:
            return Issue(other.recognised.document.doc_id, 0, "info", SAME_FILE, names.format("file"))
        if known and doc_id == other.recognised.document.doc_id:
            words = names.format("document") + "; remove one of the two"
            return Issue(doc_id, 0, "error", SAME_DOCUMENT, words)
    return None


def _named(one: Found, taken: set[str]) -> Found:
    """Under an id of its own: a document that config.yaml does not know never takes an id of it, or of another file."""
    document = one.recognised.document
    if document.known or document.doc_id not in taken:
        return one
    return Found(one.file, one.sha256, one.recognised.renamed(f"{document.doc_id}-{one.sha256[:8]}"))


def _doubtful(one: Found, others: Iterable[Found]) -> list[Issue]:
    """A warning where two files that config.yaml does not know look like one document."""
    mine = _identity(one.recognised.document)
    for other in others:
        if not one.recognised.document.known and mine == _identity(other.recognised.document):
            names = one.file.shown, other.file.shown
            words = f"{names[0]}: looks like the same document as {names[1]}; if so, remove one"
            return [Issue(one.recognised.document.doc_id, 0, "warning", "looks_the_same", words)]
    return []


def _identity(document: Document) -> tuple[object, ...]:
    return document.region_id, document.plan_id, document.doc_type, document.period_start

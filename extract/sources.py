"""Stage 1: files → numbered lines as found.

Text, Markdown, HTML and CSV keep the lines of the file; of a Word document or a PDF each paragraph and each row of a
table is a line (docx_text, pdf_text). Files in a ZIP are documents of their own, read in memory (archive). Encodings: a
byte order mark decides; otherwise UTF-8, GB18030, Big5 or UTF-16, whichever reads as Chinese. Lines end in \\n, \\r\\n
or \\r. What is damaged but readable is read, and the damage is noted; what cannot be read raises SourceError with one
clear sentence.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from extract import archive, docx_text, limits, locations, pdf_text
from extract.cache import Cache
from extract.model import Source
from extract.reading import SAVE_AS, Reading, SourceError

FORMS = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".csv": "csv"}
LAID_OUT: Mapping[str, Callable[[bytes, str], Reading]] = {".docx": docx_text.read, ".pdf": pdf_text.confine}
"""What is read, by the end of the file name: files of lines, and files that lines are made of (form `rows`)."""

READ = FORMS.keys() | LAID_OUT.keys()
ARCHIVES = frozenset({".zip"})

OTHER_DOCUMENTS = frozenset(
    ".doc .wps .rtf .odt .ofd .xls .xlsx .et .ppt .pptx .epub .mht .mhtml .rar .7z .gz .tar".split()
)
"""Files that may hold a document but are not read."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MAGIC: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"%PDF", "a PDF", (".pdf",)),
    (b"PK\x03\x04", "a ZIP or Office file", (".docx",)),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office file", ()),
    (b"{\\rtf", "an RTF file", ()),
    (b"\x1f\x8b", "a compressed file", ()),
)
COMMON = "的年和一二三五十个個区區县縣市省大中国國建设設发發展产產总總增经經济濟会會人民政府工作规規划劃目标標"
"""Characters that any Chinese document of this kind is full of: they tell the right decoding from a wrong one."""

COMMON_SHARE = 0.05
"""What reads as Chinese by chance has fewer of them."""
DAMAGE = 0.02
"""Share of unreadable characters up to which a file counts as damaged rather than as something else."""
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters of a file name that would break a line, or turn the direction of what is printed after it."""
LINE_END = re.compile(r"\r\n|\n|\r")
SENTENCE_END = "。！？；：…”’》）】」』.!?;:)]}>\"'|"
PROSE = 30
"""A last line of at least this many characters is prose, which ends in a full stop."""

MOST_BYTES = 200_000_000

DOCUMENTS = frozenset({*FORMS, *LAID_OUT, *ARCHIVES, *OTHER_DOCUMENTS})
"""Files that somebody may have meant as a document."""


@dataclass(frozen=True, slots=True)
class File:
    """A file in a folder, or in an archive: `member` is then its place there and `inner` its name, never a path."""

    path: Path
    member: int | None = None
    inner: str = ""

    @property
    def own_name(self) -> str:
        return self.inner or self.path.name

    @property
    def shown(self) -> str:
        """Its name for messages."""
        return UNPRINTABLE.sub("?", name(f"{self.path.name}: {self.inner}" if self.inner else self.path.name))

    @property
    def stem(self) -> str:
        return UNPRINTABLE.sub("?", name(Path(self.own_name).stem))

    @property
    def suffix(self) -> str:
        return Path(self.own_name).suffix.lower()


def find(places: Sequence[Path]) -> tuple[Path, ...]:
    """The files in the folders, and in folders there, in the order of their names; files named come along.

    Hidden files and README files are no documents. A place that is not there comes along: reading it says so. Raises
    OSError where a folder elsewhere cannot be listed.
    """
    found: dict[Path, None] = {}
    for place in places:
        for path in _in_order(place) if place.is_dir() else [place]:
            found.setdefault(path)
    return tuple(found)


def files(path: Path) -> tuple[File, ...]:
    """The file itself, or the files in it where it is an archive. Raises SourceError where that cannot be opened."""
    file = File(path)
    if file.suffix not in ARCHIVES:
        return (file,)
    with _opening(file):
        _refuse_no_file(file)
        with archive.opened(path, file.shown) as opened:
            found = tuple(File(path, member, inner) for member, inner in archive.documents(opened))
    if not found:
        raise SourceError(f"{file.shown}: holds no documents; check what was packed", "no_documents")
    return found


def read(place: Path | File) -> Source:
    """Read one file; an archive where it holds one document. Raises SourceError where there is no text to be had."""
    file = place if isinstance(place, File) else single(place)
    return made(file, content(file))


def made(file: File, data: bytes, cache: Cache | None = None) -> Source:
    """The source that the bytes of a file are. Lines that are laborious to get come from the cache, or go there."""
    checksum = hashlib.sha256(data).hexdigest()
    if file.suffix in LAID_OUT:
        reading = _laid_out(data, file.shown, file.suffix, cache)
        return Source(file.stem, checksum, reading.lines, "rows", reading.notes)
    lines, form, told = _lines(data, file.shown, FORMS.get(file.suffix, ""))
    return Source(file.stem, checksum, lines, form, told)


def single(path: Path) -> File:
    """The file, or the one document in an archive."""
    found = files(path)
    if len(found) > 1:
        raise SourceError(f"{found[0].path.name}: holds {len(found)} documents; unpack it and name one of them")
    return found[0]


def _laid_out(data: bytes, file: str, suffix: str, cache: Cache | None) -> Reading:
    """Lines of a file that is no text itself."""
    _refuse_kinds(data, file, suffix)
    key = cache.key(suffix, data) if cache else ""
    entry = cache.get("lines", key) if cache else None
    lines, notes = entry or LAID_OUT[suffix](data, file)
    limits.hold_length(sum(map(len, lines)), file)
    if cache and not entry:
        cache.put("lines", key, [lines, notes])
    if not re.search(r"\w", "".join(lines)):
        words = "holds no text; if it holds pictures of pages, run text recognition (OCR) over it"
        raise SourceError(f"{file}: {words}", "no_text")
    return Reading(tuple(name(CONTROL.sub("", line)) for line in lines), tuple(f"{file}: {note}" for note in notes))


def _lines(data: bytes, file: str, form: str) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Lines of a text, its form, and words on its damage."""
    _refuse_kinds(data, file, "")
    text, notes = _decoded(data, file)
    limits.hold_length(len(text), file)
    text = text.removeprefix("\ufeff")
    if text.endswith("\0"):
        text, notes = text.rstrip("\0"), [*notes, "the file ends in NUL bytes"]
    if not re.search(r"\w", text):
        words = "holds no text, only blanks or control characters; save the document again"
        raise SourceError(f"{file}: {words}", "no_text")
    if "\0" in text or len(CONTROL.findall(text)) > DAMAGE * len(text):
        raise SourceError(f"{file}: is a binary file, not text; {SAVE_AS}", "unknown_kind")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not lines[-1]:
        lines.pop()
    if form == "txt" and re.match(r"\s*<(!doctype html|html|head|body)\b", text, re.IGNORECASE):
        form = "html"
    notes += _breaks_off(text, lines, form) if not notes else []
    return (
        tuple(lines),
        form,
        tuple(f"{file}: {note}; what could be read is used, copy the document again" for note in notes),
    )


def name(text: str) -> str:
    """A file name as it can be printed and written: bytes of it that are no characters become question marks."""
    return text.encode("utf-8", errors="replace").decode("utf-8")


def _in_order(folder: Path) -> list[Path]:
    """The documents in a folder, in one order wherever it lies."""
    parts = {path: locations.below(path, folder).parts for path in locations.files(folder)}
    hidden = {path for path, names in parts.items() if any(name.startswith(".") for name in names)}
    found = (path for path in parts.keys() - hidden if not path.name.lower().startswith("readme"))
    return sorted(found, key=parts.__getitem__)


@contextmanager
def _opening(file: File) -> Iterator[None]:
    """Say in one sentence what the file system says."""
    folder = UNPRINTABLE.sub("?", name(str(file.path.parent)))
    try:
        with locations.asked(file.path):
            yield
    except FileNotFoundError:
        raise SourceError(f"{file.shown}: there is no such file; check the name and the folder ({folder})") from None
    except IsADirectoryError:
        raise SourceError(f"{file.shown}: is a folder; name a file in it") from None
    except OSError as reason:
        raise SourceError(
            f"{file.shown}: cannot be opened ({reason.strerror}); check the file and its rights"
        ) from None


def content(file: File) -> bytes:
    """The bytes of a file of a kind that is read. Raises SourceError where there are none to be had."""
    if file.member is not None and file.suffix in ARCHIVES:
        raise SourceError(f"{file.shown}: is an archive in an archive; unpack the outer one and add the inner one")
    if file.suffix not in READ and file.path.exists():
        raise SourceError(
            f"{file.shown}: files of the kind {Path(file.own_name).suffix or '(no suffix)'!r} are not read; {SAVE_AS}",
            "unknown_kind",
        )
    with _opening(file):
        _refuse_no_file(file)
        if file.member is not None:
            with archive.opened(file.path, name(file.path.name)) as opened:
                data = archive.content(opened, opened.infolist()[file.member], file.shown)
        else:
            data = file.path.read_bytes()
    if not data:
        raise SourceError(f"{file.shown}: is empty; save the document again", "no_text")
    return data


def _refuse_no_file(file: File) -> None:
    """Refuse what has no end (a device, a pipe), and what is too large. Raises OSError where nothing is there."""
    about = file.path.stat()
    if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
        raise SourceError(f"{file.shown}: is no file but a device or a pipe; name the file itself", "unreadable")
    if about.st_size > MOST_BYTES:
        raise SourceError(f"{file.shown}: is larger than {MOST_BYTES // 1_000_000} MB; split the document", "too_large")


def _refuse_kinds(data: bytes, file: str, suffix: str) -> None:
    """Refuse data that begins like a file of another kind than its name says."""
    for magic, kind, suffixes in MAGIC:
        if data.startswith(magic) and suffix not in suffixes:
            raise SourceError(f"{file}: is {kind} under another name; {SAVE_AS}", "unknown_kind")


def _decoded(data: bytes, file: str) -> tuple[str, list[str]]:
    """The text, and words on what was damaged."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _lenient(data[len(bom) :], [encoding], file)
    strict = _strict(data, "utf-8")
    if strict:
        return strict
    if b"\0" in data.rstrip(b"\0"):
        wide = [
            read for encoding in ("utf-16-le", "utf-16-be") if (read := _strict(data, encoding)) and _reads(read[0])
        ]
        if wide:
            return wide[0]
        raise SourceError(f"{file}: is a binary file, not text; {SAVE_AS}", "unknown_kind")
    chinese = [read for encoding in ("gb18030", "big5hkscs") if (read := _strict(data, encoding)) and _common(read[0])]
    if chinese:
        return max(chinese, key=lambda read: _common(read[0]))
    return _lenient(data, ["utf-8", "gb18030", "big5hkscs"], file)


def _strict(data: bytes, encoding: str) -> tuple[str, list[str]] | None:
    """Text without a wrong byte; a character cut in two at the very end is noted."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    return text, ["the file breaks off in the middle of a character"] if decoder.getstate()[0] else []


def _lenient(data: bytes, encodings: Sequence[str], file: str) -> tuple[str, list[str]]:
    """Text with some wrong bytes, in the encoding that leaves the fewest."""
    strict = _strict(data, encodings[0])
    if strict:
        return strict
    text = min((data.decode(encoding, errors="replace") for encoding in encodings), key=lambda t: t.count("\ufffd"))
    wrong = text.count("\ufffd")
    if wrong > max(1, DAMAGE * sum(not c.isascii() for c in text)) or not _common(text):
        raise SourceError(f"{file}: is in no encoding known here (UTF-8, UTF-16, GB18030, Big5), or no text; {SAVE_AS}")
    line = len(LINE_END.findall(text, 0, text.index("\ufffd"))) + 1
    return text, [f"{wrong} characters cannot be read, the first in line {line}"]


def _reads(text: str) -> bool:
    """True where enough characters are those that any Chinese document is full of."""
    return _common(text) > COMMON_SHARE * len(text)


def _common(text: str) -> int:
    return sum(map(text.count, COMMON))


def _breaks_off(text: str, lines: Sequence[str], form: str) -> list[str]:
    """Words on a text that ends too early: prose without its full stop and line end, a page without its end."""
    last = lines[-1].strip()
    prose = len(last) >= PROSE and re.search("[，,。；]", last) and last[-1] not in SENTENCE_END
    unclosed = form == "md" and re.search("<p[ >]", last) and "</p" not in last
    if form in ("txt", "md") and (prose or unclosed) and not text.endswith(("\n", "\r")):
        return [f"the file breaks off in mid-sentence (line {len(lines)})"]
    if (
        form == "html"
        and re.search("<html", text, re.IGNORECASE)
        and not re.search("</(html|body)", text, re.IGNORECASE)
    ):
        return ["the page breaks off before its end"]
    return []

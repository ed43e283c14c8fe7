"""Files made to do harm: each ends soon in one clear sentence, or in a reading without its active content.

Time is that of the processor, so that a busy machine fails no test. Nothing is fetched, and nothing is written: neither
beside the file nor into the folder of temporary files.
"""

from __future__ import annotations

import codecs
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from extract import sources
from extract.config import load_config
from extract.intake import take_in
from extract.markup import unmark
from extract.reading import SourceError
from extract.sources import read
from tests.archives import packed
from tests.extract.pdf_made import pdf

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = "到2025年，全区经济总量达到480亿元，新建学校12所。"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No network, and no file left behind in the folder of the document or of temporary files."""

    def refused(*_: object) -> None:
        raise AssertionError("a document was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    yield
    assert not list((tmp_path / "temporary").iterdir())
    assert {path.name for path in tmp_path.iterdir()} <= {"temporary", "in"}


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file into a folder of its own; that it stays alone there is checked at the end of `told` and `text`."""
    (tmp_path / "in").mkdir()

    def write(name: str, data: bytes) -> Path:
        (tmp_path / "in" / name).write_bytes(data)
        return tmp_path / "in" / name

    return write


def told(path: Path, seconds: float = 10) -> str:
    """The sentence by which a file is refused, in time."""
    start = time.process_time()
    with pytest.raises(SourceError) as caught:
        for file in sources.files(path):
            read(file)
    words = str(caught.value)
    assert time.process_time() - start < seconds
    assert words.startswith(f"{path.name}: ") and "\n" not in words and len(words) < 400
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    return words


def text(path: Path, seconds: float = 10) -> str:
    """What is read, in time."""
    start = time.process_time()
    found = "\n".join(p.text for p in unmark(read(path)).paragraphs)
    assert time.process_time() - start < seconds
    assert [one.name for one in path.parent.iterdir()] == [path.name]
    return found


def word(body: str = f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>", head: str = "", encoding: str = "UTF-8") -> bytes:
    """A Word document with this body, written as it lies in the file, and this between XML declaration and root."""
    out = BytesIO()
    docx.Document().save(out)
    with ZipFile(out) as made:
        members = {member: made.read(member) for member in made.namelist()}
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>'
    members["word/document.xml"] = xml.encode(encoding)
    return packed(members)


# Archives.


def test_an_archive_bomb_is_refused_before_it_is_unpacked(put: Callable[[str, bytes], Path]) -> None:
    squeezed = packed({"plan.txt": b"0" * 100_000_000})
    assert len(squeezed) < 200_000
    assert "unpacks from" in told(put("plans.zip", squeezed), 2)


def test_a_word_document_that_is_a_bomb_is_refused(put: Callable[[str, bytes], Path]) -> None:
    assert "unpacks from" in told(put("plan.docx", packed({"word/document.xml": b" " * 100_000_000})), 2)


def test_an_archive_that_lies_about_its_sizes_is_refused(put: Callable[[str, bytes], Path]) -> None:
    data = packed({"plan.txt": b"0" * 100_000_000}).replace((100_000_000).to_bytes(4, "little"), b"\x64\0\0\0")
    assert "damaged" in told(put("plans.zip", data), 2)


def test_archives_in_archives_are_refused(put: Callable[[str, bytes], Path]) -> None:
    data = packed({"plan.txt": SENTENCE.encode()})
    for _ in range(30):
        data = packed({"inner.zip": data})
    assert "an archive in an archive" in told(put("plans.zip", data))


def test_an_archive_of_very_many_files_is_refused(put: Callable[[str, bytes], Path]) -> None:
    assert "holds 5000 files" in told(put("plans.zip", packed({f"{i}.txt": b"x" for i in range(5000)})))


@pytest.mark.parametrize("name", ["../../out.txt", "/tmp/out.txt", "..\\..\\out.txt", "a/../../out.txt", "out.txt\0.x"])
def test_names_that_lead_out_of_the_folder_lead_nowhere(name: str, put: Callable[[str, bytes], Path]) -> None:
    path = put("plans.zip", packed({name: SENTENCE.encode()}))
    assert [file.inner for file in sources.files(path)] == ["out.txt"]
    assert text(path) == SENTENCE


# Word documents.

LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16"])
@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "哈">{LAUGHS}]>',
        '<!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY l11 SYSTEM "http://127.0.0.1:9/">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_in_a_word_document_are_refused(
    doctype: str, encoding: str, put: Callable[[str, bytes], Path]
) -> None:
    data = word("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", doctype, encoding)
    assert "defines entities" in told(put("plan.docx", data))


def test_what_a_word_document_points_to_is_not_fetched(put: Callable[[str, bytes], Path]) -> None:
    with ZipFile(BytesIO(word())) as made:
        members = {name: made.read(name) for name in made.namelist()}
    kinds = ("attachedTemplate", "image", "footnotes", "oleObject")
    links = "".join(
        f'<Relationship Id="x{i}" Target="http://127.0.0.1:9/x" TargetMode="External"'
        f' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
        for i, kind in enumerate(kinds)
    ).encode()
    name = "word/_rels/document.xml.rels"
    members[name] = members[name].replace(b"</Relationships>", links + b"</Relationships>")
    members["word/vbaProject.bin"] = b"Sub AutoOpen()"
    assert text(put("plan.docx", packed(members))) == SENTENCE


def test_fields_of_a_word_document_are_not_run(put: Callable[[str, bytes], Path]) -> None:
    field = '<w:instrText>DDEAUTO c:\\\\cmd.exe "/k calc"</w:instrText>'
    body = f"<w:p><w:r>{field}</w:r><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
    assert text(put("plan.docx", word(body))) == SENTENCE


@pytest.mark.parametrize("depth", [40, 3000])
def test_tables_in_tables_without_end_are_read_or_refused(depth: int, put: Callable[[str, bytes], Path]) -> None:
    body = "<w:tbl><w:tr><w:tc>" * depth + f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
    path = put("plan.docx", word(body + "</w:tc></w:tr></w:tbl>" * depth))
    assert text(path) == SENTENCE if depth < 100 else "damaged" in told(path)


def test_cells_that_claim_to_be_endless_stay_within_bounds(put: Callable[[str, bytes], Path]) -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p><w:r><w:t>480</w:t></w:r></w:p></w:tc>'
    assert text(put("plan.docx", word(f"<w:tbl>{f'<w:tr>{cell * 2}</w:tr>' * 90}</w:tbl>"))).count("480") == 180


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_word_document_cut_off_anywhere_is_refused(share: float, put: Callable[[str, bytes], Path]) -> None:
    data = word()
    assert "damaged" in told(put("plan.docx", data[: int(share * len(data))]))


# PDF files.


def raw_pdf(catalog: bytes, stream: bytes, extra: bytes = b"") -> bytes:
    """A PDF of one page, without a table of its objects."""
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R" + catalog + b">>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length %d" % len(stream) + extra + b">>stream\n" + stream + b"\nendstream endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


SHOWN = b"BT /F 12 Tf 72 700 Td (GDP 480 in 2025.) Tj ET"


def test_a_script_in_a_pdf_is_neither_run_nor_read(put: Callable[[str, bytes], Path]) -> None:
    catalog = (
        b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))>>/AA<</WC<</S/Launch/F(calc)>>>>"
    )
    assert text(put("plan.pdf", raw_pdf(catalog, SHOWN))) == "GDP 480 in 2025."


def test_a_pdf_that_unpacks_to_gigabytes_is_refused(put: Callable[[str, bytes], Path]) -> None:
    squeeze = zlib.compressobj(1)
    block = squeeze.compress(b" " * 50_000_000) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = squeeze.compress(b" " * 50_000_000) + squeeze.flush(zlib.Z_FULL_FLUSH)
    stream = zlib.compress(block + again * 40)
    path = put("plan.pdf", raw_pdf(b"", stream, b"/Filter[/FlateDecode/FlateDecode]"))
    assert "memory" in told(path, 30)


def test_pages_that_hold_themselves_end(put: Callable[[str, bytes], Path]) -> None:
    data = raw_pdf(b"", SHOWN).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R 3 0 R]")
    assert text(put("plan.pdf", data)) == "GDP 480 in 2025."


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9])
def test_a_pdf_cut_off_anywhere_is_refused_or_says_so(share: float, put: Callable[[str, bytes], Path]) -> None:
    data = pdf([SENTENCE * 9] * 9)
    path = put("plan.pdf", data[: int(share * len(data))])
    try:
        notes = read(path).notes
    except SourceError as reason:
        assert "\n" not in str(reason)
    else:
        assert any("breaks off" in note for note in notes)


# Text.


def test_fifty_megabytes_in_one_line(put: Callable[[str, bytes], Path]) -> None:
    data = SENTENCE.encode() * (50_000_000 // len(SENTENCE.encode()))
    assert "more than 10,000,000" in told(put("plan.txt", data), 5)


def test_a_million_numbers(put: Callable[[str, bytes], Path]) -> None:
    lines = "\n".join(f"指标{i}为{i}亿元。" for i in range(1_000_000))
    assert "more than 10,000,000" in told(put("plan.txt", lines.encode()), 5)


@pytest.mark.parametrize("name", ["plan.html", "plan.md"])
def test_ten_thousand_open_tags(name: str, put: Callable[[str, bytes], Path]) -> None:
    data = ("<table><tr><td>" * 10_000 + SENTENCE + "<![if <!-- <a " * 1_000).encode()
    assert SENTENCE in text(put(name, data), 20)


def test_characters_that_are_none(put: Callable[[str, bytes], Path]) -> None:
    data = (SENTENCE * 60).encode() + b"\xed\xa0\x80\xed\xbf\xbf" + SENTENCE.encode()
    path = put("plan.txt", data)
    assert text(path).count(SENTENCE) == 61 and "cannot be read" in read(path).notes[0]
    text(path).encode()


def test_zeros_between_the_characters(put: Callable[[str, bytes], Path]) -> None:
    assert "binary" in told(put("plan.txt", "\0".join(SENTENCE).encode()))
    assert "binary" in told(put("plan.txt", codecs.BOM_UTF16_LE + "\0".join(SENTENCE).encode("utf-16-le")))


def test_marks_that_turn_the_direction_stay_out_of_numbers(put: Callable[[str, bytes], Path]) -> None:
    found, issues = take_in(
        [put("plan.txt", "青石区2025年政府工作报告\n总量\u202e达到4\u200f80亿元\u202c。\n".encode())],
        load_config(ROOT / "config.yaml"),
    )
    assert found[0].recognised.document.period_start == 2025 and not issues


@pytest.mark.parametrize("second", ["gb18030", "big5hkscs", "utf-16-le"])
def test_a_file_in_two_encodings_is_refused_or_its_damage_told(second: str, put: Callable[[str, bytes], Path]) -> None:
    path = put("plan.txt", SENTENCE.encode() * 9 + SENTENCE.encode(second, errors="ignore") * 9)
    try:
        source = read(path)
    except SourceError as reason:
        assert "\n" not in str(reason)
    else:
        assert source.notes


def test_scripts_and_forms_of_a_page_are_no_text(put: Callable[[str, bytes], Path]) -> None:
    page = (
        "<html><head><title>规划</title><style>p{background:url(http://127.0.0.1:9/)}</style></head><body onload='x()'>"
        "<script>document.write('总量1亿元')</script><form action='http://127.0.0.1:9/'><input value='2亿元'>"
        "<textarea>3亿元</textarea><select><option>4亿元</select></form><iframe src='http://127.0.0.1:9/'>5亿元</iframe>"
        f"<svg onload='x()'><text>6亿元</text></svg><img src='http://127.0.0.1:9/' onerror='x()'><p>{SENTENCE}</p>"
        "</body></html>"
    )
    assert text(put("plan.html", page.encode())) == SENTENCE

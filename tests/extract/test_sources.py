"""Files → numbered lines: encodings, line ends, and what is refused or noted."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from extract.sources import SourceError, find, read

SIMPLIFIED = "青石区的发展目标\n到2025年，经济总量达到480亿元。\n"
TRADITIONAL = "青石區的發展目標\n到2025年，經濟總量達到480億元。\n"


def written(folder: Path, data: bytes, name: str = "plan.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SIMPLIFIED, "utf-8"),
        (SIMPLIFIED, "utf-8-sig"),
        (SIMPLIFIED, "gb18030"),
        (SIMPLIFIED, "gb2312"),
        (SIMPLIFIED, "utf-16"),
        (SIMPLIFIED, "utf-32"),
        (SIMPLIFIED, "utf-16-le"),
        (TRADITIONAL, "utf-16-be"),
        (TRADITIONAL, "big5"),
        (TRADITIONAL, "gb18030"),
        (TRADITIONAL, "utf-8"),
    ],
)
def test_every_encoding_gives_the_same_lines(text: str, encoding: str, tmp_path: Path) -> None:
    assert read(written(tmp_path, text.encode(encoding))).lines == tuple(text.splitlines())


def test_utf16_big_endian_by_its_mark(tmp_path: Path) -> None:
    data = codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be")
    assert read(written(tmp_path, data)).lines == tuple(SIMPLIFIED.splitlines())


def test_lines_keep_the_numbers_of_the_file(tmp_path: Path) -> None:
    data = "一\r\n\r\n三\n四\r五\u2028仍是五\x0c仍是五\n".encode()
    assert read(written(tmp_path, data)).lines == ("一", "", "三", "四", "五\u2028仍是五\x0c仍是五")


def test_a_last_line_without_end_counts(tmp_path: Path) -> None:
    assert read(written(tmp_path, "一\n二".encode())).lines == ("一", "二")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n\t\n", "no text"),
        ("control.txt", bytes(range(1, 32)) * 9, "no text"),
        ("zeros.txt", b"\0" * 900, "no text"),
        ("binary.txt", "年".encode() + b"\0\1\2\xff\xfe" * 90, "binary"),
        ("bells.txt", "年的\a\a\a\b".encode() * 9, "binary"),
        ("noise.txt", bytes(range(128, 256)) * 9, "no encoding"),
        ("word.txt", b"PK\x03\x04" + b"x" * 90, "ZIP or Office"),
        ("print.txt", b"%PDF-1.7 text", "PDF"),
        ("plan.doc", b"\xd0\xcf\x11\xe0 text", "'.doc'"),
        ("plan", b"text", "no suffix"),
        ("half.txt", codecs.BOM_UTF16_LE + b"\x00\xd8" * 40, "no encoding"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        read(written(tmp_path, data, name))
    told = str(caught.value)
    assert told.startswith(f"{name}: ") and words in told and "\n" not in told


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "gone.txt")
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(SourceError, match="is a folder"):
        read(tmp_path / "folder.txt")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(SourceError, match="no such file"):
        read(tmp_path / "link.txt")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (SIMPLIFIED.encode()[:-5], "middle of a character"),
        (SIMPLIFIED.encode("gb18030")[:-4], "middle of a character"),
        (SIMPLIFIED.encode() * 40 + b"\xff" + SIMPLIFIED.encode(), "1 characters cannot be read, the first in line 81"),
        (SIMPLIFIED.encode() + b"\0" * 512, "NUL"),
        (("全区上下一心，" * 9 + "建成三座").encode(), "mid-sentence"),
    ],
)
def test_a_damaged_file_is_read_and_the_damage_told(data: bytes, words: str, tmp_path: Path) -> None:
    source = read(written(tmp_path, data))
    assert source.lines[0].startswith(("青石区", "全区"))
    assert len(source.notes) == 1 and words in source.notes[0] and "plan.txt" in source.notes[0]


def test_a_paragraph_without_its_end_tag_is_damaged(tmp_path: Path) -> None:
    assert read(written(tmp_path, "<p>目标</p>\n<p>建成".encode(), "a.md")).notes
    assert not read(written(tmp_path, "<p>目标</p>\n<p>建成</p>".encode(), "a.md")).notes


def test_a_page_without_its_end_is_damaged(tmp_path: Path) -> None:
    assert read(written(tmp_path, "<html><p>目标的一半".encode(), "a.html")).notes
    assert not read(written(tmp_path, "<html><p>目标</p></html>".encode(), "a.html")).notes


@pytest.mark.parametrize("text", [SIMPLIFIED, "标题", "全区上下一心，" * 9 + "建成三座。", "地址：青石路 1 号"])
def test_a_whole_file_is_not_called_damaged(text: str, tmp_path: Path) -> None:
    assert read(written(tmp_path, text.encode())).notes == ()


def test_a_page_under_the_name_of_a_text_is_a_page(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"<!DOCTYPE html><html><p>2025</p></html>")).form == "html"


def test_documents_are_found_in_folders_of_folders(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.md", "README.md", ".hidden.txt", ".git/x.txt", "a/readme.txt", "d.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    names = [str(path.relative_to(tmp_path)) for path in find([tmp_path])]
    assert names == ["a/c.md", "b.txt", "d.pdf"]
    assert find([tmp_path / "b.txt", tmp_path / "gone.txt", tmp_path / "b.txt"]) == (
        tmp_path / "b.txt",
        tmp_path / "gone.txt",
    )


def test_the_real_documents_are_whole(plan_sources: Path) -> None:
    found = [read(path) for path in find([plan_sources])]
    assert {source.stem: len(source.lines) for source in found} == {
        "guangzhou-15fyp": 166,
        "huadu-14fyp": 822,
        "tianhe-14fyp": 237,
        "tianhe-2022gwr": 109,
        "yuexiu-14fyp": 1704,
    }
    assert not any(source.notes for source in found)

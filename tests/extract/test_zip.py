"""ZIP files: each document in them is one of its own; nothing in them is taken for a path or unpacked to disk."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest

from extract import archive, sources
from extract.config import load_config
from extract.intake import take_in
from extract.reading import SourceError
from extract.sources import File, read

ROOT = Path(__file__).resolve().parents[2]
TEXT = "青石区{}年政府工作报告\n{}年，全区经济总量达到480亿元，新建学校12所。\n"


def packed(folder: Path, members: dict[str, bytes], name: str = "plans.zip") -> Path:
    with ZipFile(folder / name, "w", ZIP_DEFLATED) as made:
        for member, data in members.items():
            made.writestr(member, data)
    return folder / name


def word(text: str) -> bytes:
    out = BytesIO()
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def test_every_document_of_an_archive_is_found(tmp_path: Path) -> None:
    packed(
        tmp_path,
        {
            "2021/报告.txt": TEXT.format(2021, 2021).encode("gb18030"),
            "2022/report.docx": word(TEXT.format(2022, 2022)),
            "2022/notes.docx": b"PK\x03\x04 cut off",
            "picture.jpg": b"x",
            "README.md": b"x",
            "__MACOSX/._a.txt": b"x",
            "inner.zip": b"PK\x03\x04",
        },
    )
    found, issues = take_in([tmp_path], load_config(ROOT / "config.yaml"))
    assert [(one.file.inner, one.recognised.document.period_start) for one in found] == [
        ("report.docx", 2022),
        ("报告.txt", 2021),
    ]
    told = {issue.message.split(";")[0]: issue.severity for issue in issues}
    assert told == {
        "plans.zip: notes.docx: is damaged or cut off": "error",
        "plans.zip: picture.jpg: files of this kind are no documents": "info",
        "plans.zip: inner.zip: is an archive in an archive": "error",
    }
    assert [path.name for path in tmp_path.iterdir()] == ["plans.zip"]


def test_an_archive_of_one_document_reads_as_that(tmp_path: Path) -> None:
    source = read(packed(tmp_path, {"plan.txt": TEXT.format(2021, 2021).encode()}))
    assert (source.stem, source.lines[0]) == ("plan", "青石区2021年政府工作报告")
    with pytest.raises(SourceError, match=r"plans.zip: holds 2 documents; unpack it"):
        read(packed(tmp_path, {"a.txt": b"a", "b.txt": b"b"}))


def test_names_in_an_archive_are_shown_and_never_used_as_paths(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "plan.txt").write_text("不是这个。")
    names = ["../plan.txt", "/etc/passwd.txt", "C:\\x\\y.txt", "a\nb\x1b[2J.txt", "长" * 300 + ".txt"]
    path = packed(tmp_path / "in", {name: TEXT.format(2021, 2021).encode() for name in names})
    files = sources.files(path)
    assert [file.inner for file in files[:4]] == ["plan.txt", "passwd.txt", "y.txt", "a_b__2J.txt"]
    assert len(files[4].inner) == archive.LONGEST_NAME and files[4].suffix == ".txt"
    assert all(read(file).lines[0].startswith("青石区") for file in files)
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["plans.zip"]


def test_a_chinese_name_written_by_an_older_system_is_read(tmp_path: Path) -> None:
    path = packed(tmp_path, {"xxxx.txt": b"text"})
    path.write_bytes(path.read_bytes().replace(b"xxxx.txt", "规划".encode("gb18030") + b".txt"))
    assert sources.files(path) == (File(path, 0, "规划.txt"),)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"text"])
def test_what_is_no_archive_is_refused_in_one_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "plans.zip").write_bytes(data)
    with pytest.raises(SourceError) as caught:
        sources.files(tmp_path / "plans.zip")
    assert str(caught.value).startswith("plans.zip: ") and "damaged" in str(caught.value)


def test_an_archive_that_is_empty_locked_or_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no documents"):
        sources.files(packed(tmp_path, {}))
    with pytest.raises(SourceError, match="no such file"):
        sources.files(tmp_path / "gone.zip")
    locked = packed(tmp_path, {"plan.txt": b"text"})
    data = bytearray(locked.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(data)
    with pytest.raises(SourceError, match="password"):
        sources.files(locked)


def test_limits_of_members_and_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = packed(tmp_path, {"a.txt": b"a" * 900, "b.txt": b"b" * 900})
    for name, value, words in (
        ("MOST_MEMBERS", 1, "holds 2 files, more than 1"),
        ("MOST_BYTES", 1000, "unpacks from"),
        ("SMALL", 1000, "unpacks from"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(archive, name, value)
            patch.setattr(archive, "MOST_RATIO", 2)
            with pytest.raises(SourceError, match=words):
                sources.files(path)
    assert len(sources.files(path)) == 2

"""Places: what they are called, and tables in a place that is no file system of this machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract import locations, sources, tables
from extract.__main__ import main
from extract.locations import PlaceError, place
from extract.reading import SourceError
from extract.schema import schema
from tests.archives import packed
from tests.conftest import BAIMA_REPORT

ISSUE = {"doc_id": "d", "line": 1, "severity": "info", "code": "x", "message": "m"}


@pytest.fixture
def far() -> Iterator[Path]:
    """A folder in the memory of this process: a place elsewhere, without a server."""
    pytest.importorskip("upath", reason="universal_pathlib is not installed (requirements-cluster.txt)")
    folder = place("memory://world/folder/")
    yield folder
    locations.remove(folder)


def message(far: Path) -> object:
    return tables.read(far, ["issues"])["issues"][0]["message"]


@pytest.mark.parametrize("text", ["data/sources", "/a/b.txt", "C:/x", "文件/甲.txt", "s3:/x"])
def test_a_path_stays_a_path(text: str) -> None:
    assert place(text) == Path(text) and locations.here(place(text))


def test_a_file_address_is_a_path_of_this_machine() -> None:
    assert place("file:///tmp/%E7%94%B2 1.txt") == Path("/tmp/甲 1.txt")


def test_a_place_elsewhere_is_known_by_its_scheme(far: Path) -> None:
    assert not locations.here(far) and str(far) == "memory://world/folder"
    assert place("memory://world/folder") == far and not locations.there(far)


def test_a_file_is_seen_from_its_folder() -> None:
    for library in ("upath", "s3fs"):
        pytest.importorskip(library, reason="what S3 needs is not installed (requirements-cluster.txt)")
    for folder in (Path("/plans"), place("s3://plans"), place("s3://plans/sources"), place("memory://plans")):
        for name in ("甲.txt", "a/甲.txt"):
            found = locations.below(folder / name, folder)
            assert (found.as_posix(), found.stem) == (name, "甲")


def test_an_unknown_scheme_and_a_missing_library_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "upath", None)
    with pytest.raises(PlaceError, match=r"s3://b/x: needs a library .* see requirements-cluster.txt"):
        place("s3://b/x")


def test_files_are_found_in_folders_too_and_hidden_ones_left(far: Path) -> None:
    for name in ("b.txt", "a-1.txt", "a/c.txt", ".git/x.txt", "README.md"):
        (far / name).parent.mkdir(parents=True, exist_ok=True)
        (far / name).write_bytes(b"1")
    assert sources.find([far]) == (far / "a" / "c.txt", far / "a-1.txt", far / "b.txt")


def test_documents_and_those_in_an_archive_are_read(far: Path) -> None:
    far.mkdir(parents=True)
    (far / "baima.txt").write_text(BAIMA_REPORT, encoding="utf-8")
    (far / "all.zip").write_bytes(packed({"1.txt": BAIMA_REPORT.encode(), "2.txt": b"2"}))
    first, second = sources.files(far / "all.zip")
    assert sources.read(first).lines == sources.read(far / "baima.txt").lines and second.own_name == "2.txt"
    with pytest.raises(SourceError, match=r"none.txt: there is no such file"):
        sources.content(sources.File(far / "none.txt"))


def test_tables_are_written_and_read(far: Path) -> None:
    tables.write({"issues": [ISSUE]}, far)
    assert message(far) == "m" and {path.name for path in locations.files(far)} == {*schema().files().values()}
    (far / "mine.txt").write_bytes(b"1")
    tables.write({"issues": [ISSUE | {"message": "n"}]}, far)
    assert message(far) == "n" and (far / "mine.txt").exists()


def test_tables_elsewhere_are_checked(far: Path, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--config", str(project / "config.yaml")]
    for form, name in (("csv", "one"), ("parquet", "many")):
        assert main([*command, "build", "--format", form, "--tables", f"{far}/{name}"]) == 0
        assert main([*command, "check", "--tables", f"{far}/{name}"]) == 0
    assert capsys.readouterr().out.count("hold: schema, references, ledger and bounds") == 2


class Killed(BaseException):
    pass


@pytest.mark.parametrize(("at", "kept"), [(0, "m"), (9, "m"), (17, "m"), (18, "n"), (34, "n")])
def test_a_write_that_is_broken_off_leaves_one_build(
    at: int, kept: str, far: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables.write({"issues": [ISSUE]}, far)
    write, done = type(far).write_bytes, 0

    def broken(path: Path, data: bytes) -> int:
        nonlocal done
        done += 1
        if done > at:
            raise Killed
        return write(path, data)

    monkeypatch.setattr(type(far), "write_bytes", broken)
    with pytest.raises(Killed):
        tables.write({"issues": [ISSUE | {"message": "n"}], "texts": [{"passage_id": "p", "text": "t"}]}, far)
    monkeypatch.undo()
    assert message(far) == kept and bool(tables.read(far, ["texts"])["texts"]) == (kept == "n")
    assert {path.name for path in locations.files(far)} == {*schema().files().values()}


def test_what_a_library_raises_becomes_one_error_with_the_place() -> None:
    class Far:
        def __str__(self) -> str:
            return "s3://b/x"

    with pytest.raises(OSError, match="No credentials") as told, locations.asked(Far()):  # type: ignore[arg-type]
        raise RuntimeError("No\n credentials.")
    assert told.value.filename == "s3://b/x" and told.value.strerror == "No credentials"
    with pytest.raises(FileNotFoundError), locations.asked(Far()):  # type: ignore[arg-type]
        raise FileNotFoundError("gone")
    with pytest.raises(SourceError), locations.asked(Far()):  # type: ignore[arg-type]
        raise SourceError("has its sentence")

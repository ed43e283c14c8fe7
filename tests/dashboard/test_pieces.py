"""What is kept document by document: made once for each, whatever else is looked at beside it."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from pieces import Pieces


def rows(documents: tuple[str, ...]) -> pd.DataFrame:
    told = [(doc_id, number) for doc_id in documents for number in range(2)]
    return pd.DataFrame(told, columns=["doc_id", "number"]).astype({"doc_id": "str", "number": "int64"})


def test_only_documents_that_are_new_are_asked_for() -> None:
    asked: list[tuple[str, ...]] = []
    pieces = Pieces()

    def make(documents: tuple[str, ...]) -> pd.DataFrame:
        asked.append(documents)
        return rows(documents)

    for documents in (("b", "a"), ("a", "c"), ("c", "b", "a")):
        got = pieces.rows("numbers", documents, make).to_pandas()
        pd.testing.assert_frame_equal(got, rows(tuple(sorted(documents))))
    assert asked == [("a", "b"), ("c",)]
    pieces.rows("others", ("a",), make).to_pandas()
    assert asked[-1] == ("a",), "another name is another thing"


def test_rows_of_one_document_are_given_after_all_were_asked_for_at_once() -> None:
    asked: list[tuple[str, ...]] = []
    pieces = Pieces()

    def make(documents: tuple[str, ...]) -> pd.DataFrame:
        asked.append(documents)
        return rows(documents)

    for one in ("c", "a"):
        pd.testing.assert_frame_equal(
            pieces.rows("numbers", ("a", "b", "c"), make, only=(one,)).to_pandas(), rows((one,))
        )
    assert asked == [("a", "b", "c")]


def test_rows_in_any_order_go_to_their_documents() -> None:
    mixed = rows(("a", "b")).iloc[[3, 0, 2, 1]].reset_index(drop=True)
    got = Pieces().rows("numbers", ("b", "a"), lambda _: mixed).to_pandas()
    assert got.to_dict("list") == {"doc_id": ["a", "a", "b", "b"], "number": [0, 1, 1, 0]}


def test_documents_without_rows_and_no_documents_at_all() -> None:
    pieces = Pieces()
    got = pieces.rows("numbers", ("a", "z"), lambda _: rows(("a",))).to_pandas()
    pd.testing.assert_frame_equal(got, rows(("a",)))
    pd.testing.assert_frame_equal(pieces.rows("numbers", ("z",), rows).to_pandas(), rows(()))
    pd.testing.assert_frame_equal(pieces.rows("numbers", (), rows).to_pandas(), rows(()))


def test_a_table_without_rows_of_text_has_no_kind_of_its_own() -> None:
    empty = pd.DataFrame(columns=["doc_id", "number"], dtype="object")
    assert not Pieces().rows("carryover", ("a", "b"), lambda _: empty).num_rows


def test_what_was_used_last_stays_within_the_weight() -> None:
    asked: list[tuple[str, ...]] = []
    piece = pa.Table.from_pandas(rows(("a",)), preserve_index=False).take([0, 1])
    pieces = Pieces(most=2 * piece.nbytes)

    def make(documents: tuple[str, ...]) -> pd.DataFrame:
        asked.append(documents)
        return rows(documents)

    for doc_id in ("a", "b", "a", "c", "a", "b"):
        pieces.rows("numbers", (doc_id,), make).to_pandas()
    assert asked == [("a",), ("b",), ("c",), ("b",)]
    heavy = Pieces(most=1)
    pd.testing.assert_frame_equal(heavy.rows("numbers", ("a", "b"), make).to_pandas(), rows(("a", "b")))

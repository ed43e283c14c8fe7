"""What is too long is cut, what has no end is left out, and nothing of it is lost."""

from __future__ import annotations

import pytest

from extract.markup import unmark
from extract.model import Source
from extract.pieces import LONGEST, MOST_CELLS
from extract.pipeline import extract_document
from extract.recognition import recognise
from tests.hostile.shapes import SENTENCE, TITLE
from tests.hostile.stages import CONFIG


def source(text: str, form: str = "txt") -> Source:
    return Source("plan", "0" * 64, tuple(text.split("\n")), form)


@pytest.mark.parametrize("sentence", [SENTENCE, "推进产业升级，", "plan ", "（"])
def test_a_long_paragraph_comes_in_pieces_that_know_their_place(sentence: str) -> None:
    made = source(sentence * (3 * LONGEST // len(sentence)))
    pieces = unmark(made).paragraphs
    assert len(pieces) > 2 and max(len(piece.text) for piece in pieces) <= LONGEST
    assert "".join(piece.text for piece in pieces) == made.lines[0].strip()
    for piece in pieces:
        place = piece.place(len(piece.text) - 1)
        assert made.lines[place.line - 1][place.column] == piece.text[-1]
    assert sentence == "（" or all(piece.text.endswith(sentence[-1]) for piece in pieces[:-1])


def test_a_row_without_end_is_no_row() -> None:
    paragraphs = unmark(source("\t".join(["480"] * (MOST_CELLS + 1)) + "\n指标\t单位", "rows")).paragraphs
    assert len(paragraphs) == MOST_CELLS + 2 and [len(p.cells) for p in paragraphs[-2:]] == [0, 2]


@pytest.mark.parametrize("run", ["8" * 41, "一" * 41, "x" * 201])
def test_runs_without_end_are_left_out_and_told(run: str) -> None:
    made = source(f"产值{run}吨，新建学校12所。")
    unmarked = unmark(made)
    assert [p.text for p in unmarked.paragraphs] == ["产值", "吨，新建学校12所。"]
    assert [(gone.start, gone.end) for gone in unmarked.removed] == [(2, 2 + len(run))]


@pytest.mark.parametrize("run", ["8" * 40, "x" * 200])
def test_long_numbers_and_words_stay(run: str) -> None:
    assert unmark(source(f"编号{run}号")).paragraphs[0].text == f"编号{run}号"


def test_spans_of_a_page_make_no_cells_without_end() -> None:
    page = "<table>" + "<tr><td colspan=60 rowspan=60>480<td>亿元</tr>" * 3_000
    assert sum(len(p.cells) for p in unmark(source(page, "html")).paragraphs) < 120_000


def test_what_opens_and_never_ends_is_text() -> None:
    page = f"<p>{SENTENCE}</p><!-- <![CDATA[ <a &#; {SENTENCE} &#{'9' * 5000};"
    text = "".join(p.text for p in unmark(source(page, "html")).paragraphs)
    assert text.count(SENTENCE) == 2 and "\0" not in text and "<!--" in text


def test_amounts_without_anything_between_them_each_have_a_number() -> None:
    made = source(TITLE + "三次产业比重为" + "2.1：35.4：62.5" * 3 + "。")
    found = extract_document(made, recognise(made, unmark(made), CONFIG))
    assert {t.target_id for t in found.targets if t.digits} <= {number.target_id for number in found.numbers}


def test_a_document_whose_title_is_all_furniture_has_a_title() -> None:
    made = source("《通知》\n" + SENTENCE)
    assert recognise(made, unmark(made), CONFIG).document.title

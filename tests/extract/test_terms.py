"""The words of documents: what stays whole, what is counted, what is left out. All sentences are our own."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from extract.lexicon_file import LEXICON, LexiconError
from extract.model import Anchor, Paragraph, Passage, Term
from extract.segmentation import cut
from extract.terms import (
    ThemeLexicon,
    Tokenise,
    UserDictionary,
    Words,
    load_dictionary,
    load_themes,
)
from extract.terms import terms as terms_of
from extract.vocabulary import Vocabulary

GOLD = Path(__file__).resolve().parents[1] / "gold" / "words.txt"
FRAMES = ("要继续做好{}的各项工作", "谈到{}，大家都有话说", "{}")
WHOLE = 0.98
"""Least share of the terms of this field that come out whole."""


@pytest.fixture(scope="module")
def lexicon() -> ThemeLexicon:
    return load_themes(LEXICON / "themes.yaml")


@pytest.fixture(scope="module")
def dictionary() -> UserDictionary:
    return load_dictionary(LEXICON / "user_dictionary.yaml")


def passages(*texts: str, doc_id: str = "d") -> list[Passage]:
    return [
        Passage(f"{doc_id}-p{i}", doc_id, f"{doc_id}-s0", "text", Paragraph(text, (Anchor(0, i + 1, 0),)))
        for i, text in enumerate(texts)
    ]


def terms(
    found: list[Passage], lexicon: ThemeLexicon, dictionary: UserDictionary, tokenise: Tokenise = cut
) -> tuple[Term, ...]:
    return terms_of(found, Words(lexicon, dictionary, tokenise).of(found), lexicon, {"d-s0": "d-s0"})


def counted(found: tuple[Term, ...]) -> dict[str, int]:
    return {term.term: term.count for term in found}


def test_terms_of_the_field_stay_whole(lexicon: ThemeLexicon, dictionary: UserDictionary) -> None:
    lines = [line for line in GOLD.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    gold = " ".join(lines).split()
    framed = [passage for term in gold for passage in passages(*(f.format(term) for f in FRAMES), doc_id=term)]
    counts = {(found.doc_id, found.term): found.count for found in terms(framed, lexicon, dictionary)}
    broken = [term for term in gold if counts.get((term, term)) != len(FRAMES)]
    assert len(gold) == len(set(gold)) >= 150
    assert len(broken) <= (1 - WHOLE) * len(gold), broken


def test_without_the_dictionary_they_would_be_cut() -> None:
    gold = ["粤港澳大湾区", "高质量发展", "城中村改造", "提质增效", "枫桥经验"]
    assert not [term for term in gold if list(cut(term)) == [term]]


def test_terms_carry_theme_and_topic(lexicon: ThemeLexicon, dictionary: UserDictionary) -> None:
    found = {term.term: term for term in terms(passages("发展低空经济，修建木桥，再议低空经济"), lexicon, dictionary)}
    assert found["低空经济"] == Term("d", "低空经济", "low-altitude", "industry", 2, 1)
    assert found["木桥"] == Term("d", "木桥", "", "", 1, 1)


def test_terms_know_in_how_many_chapters_they_stand(lexicon: ThemeLexicon) -> None:
    found = [passage for name in "abcd" for passage in passages("", doc_id=name)]
    found = [passage._replace(doc_id="d") for passage in found]
    said = [["木桥"], ["木桥", "木桥", "水库"], ["木桥"], ["学校"]]
    chapters = {"a-s0": "一", "b-s0": "二", "c-s0": "二", "d-s0": ""}
    assert {t.term: t.chapters for t in terms_of(found, said, lexicon, chapters)} == {"木桥": 2, "水库": 1, "学校": 0}


def test_a_term_inside_a_longer_one_is_not_counted(lexicon: ThemeLexicon, dictionary: UserDictionary) -> None:
    found = counted(terms(passages("数字政府建设与政府采购"), lexicon, dictionary))
    assert found["数字政府"] == found["政府采购"] == 1
    assert "政府" not in found and "数字" not in found


def test_numbers_single_characters_and_stop_words_are_left_out(
    lexicon: ThemeLexicon, dictionary: UserDictionary
) -> None:
    found = counted(terms(passages("推进、加快，共三十二项，2025年达到5.6万吨，二〇三五年，江"), lexicon, dictionary))
    assert found == {}


def test_a_document_that_speaks_of_itself_or_numbers_its_parts_says_no_term(
    lexicon: ThemeLexicon, dictionary: UserDictionary
) -> None:
    text = "第一节 供水。本规划纲要第十二章所列供水任务，按规划纲要实施评估；上述目录见第三篇"
    found = counted(terms(passages(text), lexicon, dictionary))
    assert found["供水"] == 2
    assert found["规划纲要实施"] == 1
    assert not {"规划", "纲要", "本规划纲要", "第一节", "第十二章", "第三篇", "上述", "目录"} & found.keys()


def test_joins_of_two_words_are_no_words(lexicon: ThemeLexicon, dictionary: UserDictionary) -> None:
    found = counted(terms(passages("一体化工作扎实，全市政务公开"), lexicon, dictionary))
    assert not {"化工", "化工作", "市政", "市政务"} & found.keys()


def test_the_rest_is_cut_without_the_terms(lexicon: ThemeLexicon, dictionary: UserDictionary) -> None:
    seen: list[str] = []

    def tokenise(text: str) -> list[str]:
        seen.append(text)
        return text.split("\n")

    found = terms(passages("小渔村、海洋牧场，木桥，学校"), lexicon, dictionary, tokenise)
    assert seen == ["小渔村、\n，木桥，\n"]
    assert counted(found) == {"海洋牧场": 1, "学校": 1}


def test_documents_are_counted_apart_and_in_any_order(lexicon: ThemeLexicon, dictionary: UserDictionary) -> None:
    first, second = passages("水库与灌区", doc_id="a"), passages("水库与机场，水库", doc_id="b")
    together = terms(first + second, lexicon, dictionary)
    assert Counter(together) == Counter(terms(second + first, lexicon, dictionary))
    assert [t for t in together if t.doc_id == "a"] == list(terms(first, lexicon, dictionary))


def test_frequent_words_come_first(lexicon: ThemeLexicon, dictionary: UserDictionary) -> None:
    found = terms(passages("机场、机场、港口、机场、港口、灌区"), lexicon, dictionary)
    assert [(t.term, t.count) for t in found] == [("机场", 3), ("港口", 2), ("灌区", 1)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AB与ABC", ["AB", "ABC"]),
        ("XAB、ABX、AB1", ["AB"]),
        ("大学城里的大学生", ["大学城", "大学生"]),
        ("大学大学城", ["大学", "大学城"]),
        ("", []),
        ("学", []),
    ],
)
def test_longest_match(text: str, words: list[str]) -> None:
    vocabulary = Vocabulary(dict.fromkeys(["AB", "ABC", "大学", "大学城", "大学生"], ()))
    assert [word for _, word, _ in vocabulary.find(text)] == words


def test_dictionary_says_nothing_twice(lexicon: ThemeLexicon, dictionary: UserDictionary) -> None:
    known = set(lexicon.body.senses)
    assert not [word for word in dictionary.words if word in known]
    assert len(set(dictionary.words)) == len(dictionary.words)
    assert not set(dictionary.words) & dictionary.stop_words
    assert not [word for word in dictionary.stop_words if lexicon.body.senses.get(word)]


def test_dictionary_lines_are_short() -> None:
    text = (LEXICON / "user_dictionary.yaml").read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 120


def test_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "user_dictionary.yaml"
    path.write_text("words: []\nstop_words: []\nextra: 1\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="extra"):
        load_dictionary(path)


def test_jieba_is_loaded_only_when_words_are_cut() -> None:
    code = "import sys, extract.themes, extract.terms; print({'jieba', 'pandas', 'streamlit'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"

"""One document through the stages."""

from __future__ import annotations

from collections.abc import Sequence

from extract import cleaning, corrections, halves, ledger, numbering, outline, targets, terms, themes
from extract.chapters import chapters
from extract.corrections import Correction
from extract.extraction import Extraction
from extract.lexicons import lexicons
from extract.markup import unmark
from extract.model import Issue, Passage, Source
from extract.recognition import Recognised


def extract_document(source: Source, recognised: Recognised, entries: Sequence[Correction] = ()) -> Extraction:
    """Everything that is found in one document.

    Args: `recognised` says which document it is, `entries` are the hand corrections of it.
    """
    known, document = lexicons(), recognised.document
    unmarked = unmark(source)
    cleaned = known.flattened.regroup(cleaning.clean(unmarked.paragraphs, known.furniture, known.headings))
    plan = outline.build(cleaned, document.doc_id, document.title, known.headings)
    said = themes.terms_of(plan.passages, known.themes)
    found = themes.classify(plan.passages, plan.sections, known.themes, said)
    by_passage = {one.passage_id: one for one in found}

    def theme(text: str, passage: Passage) -> tuple[str, str]:
        return themes.theme_of(text, by_passage[passage.passage_id], known.themes)

    facts = targets.extract(document, plan.passages, theme, known.tools)
    facts, wrong = corrections.apply(
        facts, document, plan.passages, entries, lambda row: targets.completed(row, document.region, known.tools)
    )
    words = known.words.of(plan.passages)
    gaps = numbering.gaps(plan.sections, known.tools.quantities.numerals)
    removed = (*unmarked.removed, *cleaned.removed)
    account = ledger.account(source, removed, plan.passages, facts.targets, facts.exclusions, document.doc_id)
    return Extraction(
        document=document,
        sha256=source.sha256,
        script=cleaned.script,
        sections=plan.sections,
        passages=plan.passages,
        themes=found,
        targets=account.targets,
        coverage=themes.coverage(plan.passages, found, known.themes, said),
        terms=terms.terms(
            plan.passages, words, known.themes, chapters((s.section_id, s.parent_id) for s in plan.sections)
        ),
        chance=halves.chance(plan.passages, words, known.themes),
        numbers=account.numbers,
        issues=(*recognised.issues, *_damage(source, document.doc_id), *gaps, *wrong, *account.issues),
    )


def _damage(source: Source, doc_id: str) -> list[Issue]:
    return [Issue(doc_id, len(source.lines), "error", "damaged", note) for note in source.notes]

"""Rows of tables that plain lines, Markdown and CSV files mark with separators → cells with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest

from extract.lexicon_file import LEXICON, Lexicon, load
from extract.model import Anchor, Paragraph
from extract.pieces import joined_cells, stripped

Part = tuple[str, int]
"""A part of a line, and the column in which it begins."""
Rows = dict[int, list[Paragraph]]
"""Index of a line → its cells; no cells for a line that only rules the table off."""

PIPE = re.compile(r"(?<!\\)\|")
TAB = re.compile("\t")
LONGEST_QUOTED = 20_000
"""A quoted cell of a CSV file ends within so many characters; otherwise its quote is a character like any other."""
PROSE_LINES = 3
"""A quoted cell of so many lines is a text that was put into a cell, not an entry of a table."""
MOST_BESIDE = 4
TOLD = 40
"""Cells so long, with ends of sentences, are paragraphs where at most MOST_BESIDE columns without figures are there."""
SENTENCE = re.compile("[。；！？]")
DIGIT = re.compile(r"\d")
DELIMITERS = ",;\t，"
BLANKS = " \u3000\xa0"
ANY_BLANK = re.compile(f"[{BLANKS}]")
GAP = re.compile(f"[{BLANKS}]{{2,}}|\u3000")
"""Blanks that part cells: wider than what stands between words."""
HEADING = 16
"""No heading of a column is longer."""
GROUP = re.compile(r"[^\d。；;，,：:]{2,16}")
"""A line between two rows that names what the next ones have in common."""
FEWEST_BARS = 2
INTEGER = re.compile(r"\d{1,3}")
FEWEST_CELLS = 3
"""Lines of fewer parts are texts with blanks in them (目　录), not rows of a table."""
LONGEST_CELL = 40
NUMBER = re.compile(r"[≥≤><＞＜〔［\[（(]{0,4}-?\d[\d.,，]*[%％]?[〕］\]）)]{0,4}")


class RowRules(Lexicon):
    """lexicon/rows.yaml."""

    close_blank: re.Pattern[str]
    names_columns: re.Pattern[str]
    no_cell: re.Pattern[str]
    numbered: re.Pattern[str]


@cache
def rules() -> RowRules:
    """What tells rows of plain lines, loaded once. Raises LexiconError naming every fault of the file."""
    return load(LEXICON / "rows.yaml", RowRules)


def tab_rows(lines: Sequence[str]) -> Rows:
    """Lines with tabs between cells, where at least two such lines follow one another (blank lines do not count).

    Also rows that blanks part (`spaced_rows`).
    """
    written = [i for i, text in enumerate(lines) if text.strip()]
    tabbed = {i: "\t" in lines[i].strip() for i in written}
    rows: Rows = {}
    for before, i, after in zip([-1, *written], written, [*written[1:], -1], strict=False):
        if tabbed[i] and (tabbed.get(before) or tabbed.get(after)):
            rows[i] = list(_cells(lines[i].rstrip(), i + 1, TAB))
    return spaced_rows(lines) | rows


def laid_rows(lines: Sequence[str]) -> Rows:
    """Rows of a document whose tables were known as such: each tab parts two cells. Also rows that blanks part."""
    return spaced_rows(lines) | {i: list(_cells(text, i + 1, TAB)) for i, text in enumerate(lines) if "\t" in text}


def spaced_rows(lines: Sequence[str]) -> Rows:
    """Neighbouring lines of as many parts between wide blanks, where one line after the first has a number in a part.

    Under a line of headings of columns single blanks part cells as well, and so they do in a row of such a table whose
    cells leave no room for wide ones. Blank lines do not count; a short line of words between two rows is a row.
    """
    written = [i for i, text in enumerate(lines) if text.strip()]
    rows: Rows = {}
    at = 0
    while at < len(written):
        table = _spaced_table(lines, written, at)
        if any(_has_number(parts) for parts in list(table.values())[1:]):
            rows |= {i: _spaced_cells(lines[i], i + 1, parts) for i, parts in table.items()}
        at += max(1, len(table))
    return rows


def _spaced_table(lines: Sequence[str], written: Sequence[int], at: int) -> dict[int, list[Part]]:
    """Index of a line → its parts, of the lines from `written[at]` on that may be rows of one table."""
    head = lines[written[at]]
    first = _wide_parts(head)
    headings = [] if first else _headings(head)
    loose, first = bool(headings), first or headings
    table = {written[at]: first} if first else {}
    for place in range(at + 1, len(written)) if first else ():
        text = lines[written[place]]
        parts = _row_parts(text, len(first), loose)
        following = lines[written[place + 1]] if place + 1 < len(written) else ""
        if not parts and GROUP.fullmatch(text.strip()) and _row_parts(following, len(first), loose):
            parts = [_whole(text)]
        if not parts:
            break
        table[written[place]] = parts
    return table


def _row_parts(text: str, count: int, loose: bool) -> list[Part]:
    """The parts of a line where it has so many; a name may have blanks in it where no wide ones part the cells."""
    wide = _wide_parts(text)
    if len(wide) == count and not loose:
        return wide
    close = _close_parts(text)
    if len(close) < count or not _has_number(close):
        return []
    named = 1 if loose and INTEGER.fullmatch(close[0][0]) and len(close) > count else 0
    extra = len(close) - count
    if extra and not loose:
        return []
    start, end = close[named][1], close[named + extra][1] + len(close[named + extra][0])
    return [*close[:named], (text[start:end], start), *close[named + extra + 1 :]]


def _headings(text: str) -> list[Part]:
    """The parts of a line of short headings of columns; [] where it is none."""
    blank = ANY_BLANK.search(text.strip())
    parts = _close_parts(text) if blank and rules().names_columns.search(text) else []
    return parts if len(parts) > FEWEST_CELLS and all(len(part) <= HEADING for part, _ in parts) else []


def _has_number(parts: Sequence[Part]) -> bool:
    return any(NUMBER.fullmatch(part) for part, _ in parts[1:])


def _wide_parts(text: str) -> list[Part]:
    """What stands between wide blanks, with its place; [] where the line is no row."""
    return _parts(text, GAP)


def _close_parts(text: str) -> list[Part]:
    """What stands between blanks, with its place; [] where the line is no row."""
    return _parts(text, rules().close_blank)


def _whole(text: str) -> Part:
    return text.strip(), _indent(text)


def _parts(text: str, gap: re.Pattern[str]) -> list[Part]:
    bare = text.strip()
    if not ANY_BLANK.search(bare) or "\t" in text or "|" in text:
        return []
    starts = [0, *(found.end() for found in gap.finditer(bare))]
    if len(starts) < FEWEST_CELLS:
        return []
    indent = _indent(text)
    parts = [(part, indent + start) for part, start in zip(gap.split(bare), starts, strict=True)]
    cells = all(len(part) <= LONGEST_CELL and not rules().no_cell.search(part) for part, _ in parts)
    cells = cells and (not rules().numbered.match(bare) or _has_number(parts))
    return parts if cells else []


def _spaced_cells(text: str, line: int, parts: Sequence[Part]) -> list[Paragraph]:
    """The cells of a row; beside a line of words alone there is an empty one."""
    cells = [stripped(part, line, start) or Paragraph("", (Anchor(0, line, start),)) for part, start in parts]
    return cells if len(cells) > 1 else [*cells, Paragraph("", (Anchor(0, line, len(text)),))]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def pipe_rows(lines: Sequence[str]) -> Rows:
    """Rows of Markdown tables: a head line, a rule of dashes, and what follows up to a line without a bar.

    Also those of tables that lost their rule: a line of headings of columns, and lines of as many cells below it.
    """
    rows: Rows = _barred_rows(lines)
    for i, text in enumerate(lines):
        if i and _rules_off(text) and "|" in lines[i - 1]:
            rows[i] = []
            rows[i - 1] = _pipe_cells(lines[i - 1], i)
        elif i - 1 in rows and "|" in text:
            rows[i] = _pipe_cells(text, i + 1)
    return rows


def _barred_rows(lines: Sequence[str]) -> Rows:
    """Lines of as many cells between bars, the first of which names columns and one of the others has a number."""
    barred = {i: _pipe_cells(text, i + 1) for i, text in enumerate(lines) if text.count("|") >= FEWEST_BARS}
    rows: Rows = {}
    for head, cells in barred.items():
        named = "".join(lines[head].split())
        if head in rows or _rules_off(lines[head]) or not rules().names_columns.search(named):
            continue
        below = _below(barred, head, len(cells))
        if any(NUMBER.fullmatch(cell.text) for row in below.values() for cell in row[1:]):
            rows |= {head: cells} | below
    return rows


def _below(barred: Rows, head: int, count: int) -> Rows:
    """The lines of so many cells right below a line."""
    below: Rows = {}
    at = head + 1
    while at in barred and len(barred[at]) == count:
        below[at] = barred[at]
        at += 1
    return below


def csv_rows(lines: Sequence[str]) -> Iterator[Paragraph]:
    """Records of a CSV file; a record of one cell is plain text. A quoted cell may run over several lines.

    A whole text in a cell is read line by line, behind the other cells of its record.
    """
    text = "\n".join(lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    mark = max(DELIMITERS, key=lambda m: next((line.count(m) for line in lines if line.strip()), 0))
    blank = rf"[^\S\n{mark}]*"
    quoted = rf'{blank}"(?P<quoted>(?:[^"]|""){{0,{LONGEST_QUOTED}}})"{blank}(?=[{mark}\n]|\Z)'
    field = re.compile(rf"{quoted}|(?P<bare>[^{mark}\n]*)")
    cells: list[Paragraph] = []
    prose: list[Paragraph] = []
    records: list[tuple[list[Paragraph], list[Paragraph]]] = []
    at, number = 0, 0
    while at <= len(text):
        found = field.match(text, at)
        assert found is not None  # the bare form matches anywhere
        name = "quoted" if found["quoted"] is not None else "bare"
        while number + 1 < len(lines) and starts[number + 1] <= found.start(name):
            number += 1
        column = found.start(name) - starts[number]
        if found[name].count("\n") + 1 >= PROSE_LINES:
            prose += _csv_prose(found[name], number, column)
        else:
            cells.append(_csv_cell(found[name], number, column))
        at = found.end() + 1
        if found.end() == len(text) or text[found.end()] == "\n":
            records.append((cells, prose))
            cells, prose = [], []
    text_column = _text_column([cells for cells, _ in records])
    for cells, prose in records:
        told = [cells.pop(text_column)] if text_column is not None and len(cells) > text_column else []
        if any(cell.text for cell in cells):
            beside = [*cells, Paragraph("", cells[0].anchors[:1])] if told and len(cells) == 1 else cells
            yield joined_cells(beside) if len(beside) > 1 else beside[0]
        yield from (paragraph for paragraph in told if paragraph.text)
        yield from prose


def _text_column(records: Sequence[Sequence[Paragraph]]) -> int | None:
    """The column that holds the paragraphs of a text, beside a number or a heading at most; None in a table."""
    columns = list(zip_longest(*([cell.text for cell in cells] for cells in records), fillvalue=""))
    told = [sum(len(text) for text in texts if len(text) >= TOLD and SENTENCE.search(text)) for texts in columns]
    texts = max(range(len(columns)), key=told.__getitem__, default=0)
    beside = [text for column, cells in enumerate(columns) if column not in (0, texts) for text in cells]
    mostly = bool(columns) and 2 * told[texts] > sum(map(len, columns[texts]))
    return texts if 1 < len(columns) <= MOST_BESIDE and mostly and not any(map(DIGIT.search, beside)) else None


def _rules_off(text: str) -> bool:
    """True for the line of dashes between head and body of a Markdown table."""
    return "|" in text and "-" in text and not text.strip("|-: \t")


def _csv_prose(value: str, line: int, column: int) -> Iterator[Paragraph]:
    """The lines of a text in a cell."""
    for i, part in enumerate(value.split("\n")):
        paragraph = _csv_cell(part, line + i, column if i == 0 else 0)
        if paragraph.text:
            yield paragraph


def _csv_cell(value: str, line: int, column: int) -> Paragraph:
    """A cell, its line breaks left out and its doubled quotes read as one."""
    text, anchors = "", list[Anchor]()
    for i, part in enumerate(value.split("\n")):
        at = column if i == 0 else 0
        for piece in part.replace('""', '"\0').split("\0"):
            anchors.append(Anchor(len(text), line + 1 + i, at))
            text += piece
            at += len(piece) + 1
    first = len(text) - len(text.lstrip())
    return Paragraph(text, tuple(anchors)).slice(first, max(first, len(text.rstrip())))


def _pipe_cells(text: str, line: int) -> list[Paragraph]:
    start = _indent(text)
    start += text.startswith("|", start)
    end = len(text.rstrip())
    end -= bool(re.search(r"(?<!\\)\|$", text[start:end]))
    return list(_cells(text[start:end], line, PIPE, start))


def _cells(text: str, line: int, mark: re.Pattern[str], column: int = 0) -> Iterator[Paragraph]:
    at = 0
    for found in [*mark.finditer(text), None]:
        end = found.start() if found else len(text)
        yield stripped(text[at:end], line, column + at) or Paragraph("", (Anchor(0, line, column + at),))
        at = found.end() if found else end

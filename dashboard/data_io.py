"""Tables on disk → typed frames and queries, through DuckDB views that are made once per version of the files.

A frame is read when it is first asked for and shared by all sessions: never change one. Of the words of passages
(texts) only what is asked for is read. Of a corpus too large to be read at all, `Tables.of` gives the tables of some
documents: what is read is then theirs, whatever else the files hold, and kept document by document, so that of another
choice only those are read that were in none before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

import database
import labels
import memory
import table_files
import typed_rows
from errors import ReadableError
from pieces import Pieces
from schema import KINDS, NAMES, TABLES, WORDS, Columns
from scope import Condition, Scope, Values
from table_files import Fingerprint, Source

OWN = tuple(table for table in TABLES if table not in ("documents", "stressed"))
"""Tables whose rows are those of one document."""


@dataclass(frozen=True)
class Tables:
    """All tables of one folder, or what they say of some documents (`scope`).

    `tables["targets"]` is a frame; `names` by table name and language, id → name, without a table that is not there;
    `evidence` is None where the documents' words are absent.
    """

    folder: Path
    names: dict[tuple[str, str], dict[str, str]]
    version: str
    fingerprint: Fingerprint
    connection: duckdb.DuckDBPyConnection
    sources: dict[str, Source]
    typed: dict[str, str]
    scope: Scope | None = None
    _places: dict[str, table_files.Spans] = field(default_factory=dict)
    _pieces: Pieces = field(default_factory=Pieces)
    _frames: dict[str, pd.DataFrame | None] = field(default_factory=dict)
    _made: dict[str, pd.DataFrame] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __getitem__(self, table: str) -> pd.DataFrame:
        with self._lock:
            if self._frames.get(table) is None:
                self._frames[table] = self._read(table)
            frame = self._frames[table]
            assert frame is not None
            return frame

    def keep(self, key: str, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """A frame made of these tables, once for its key; it goes with them."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
            return self._made[key]

    def by_document(
        self, name: str, make: Callable[[Tables], pd.DataFrame], only: Collection[str] = ()
    ) -> pd.DataFrame:
        """What `make` tells of each document by itself, with a column doc_id: of these tables, or, where they are
        narrowed, of those documents alone of which it has not been told under this name before. Where `only` some are
        named, narrowed tables give the rows of these.
        """
        if self.scope is None:
            return make(self)
        return self._pieces.frame(name, self.scope.documents, lambda missing: make(self.of(missing)), only)

    def __contains__(self, table: object) -> bool:
        return table in TABLES or (str(table), labels.LANGUAGES[0]) in self.names

    def size(self, table: str) -> int:
        """Number of rows of a table, which need not be read for it."""
        if self._frames.get(table) is None:
            sql, values = self._sql(table, self._condition(table))
            return int(self.query(f"select count(*) from ({sql})", values).iat[0, 0])
        return len(self[table])

    def _condition(self, table: str) -> Condition | None:
        """What rows of a table must fulfil to be within the scope; None where all are."""
        return self.scope.condition(table) if self.scope is not None and table in TABLES else None

    def _sql(self, table: str, condition: Condition | None) -> tuple[str, Values]:
        """The query for rows of a table, with types, and the values of its question marks: those that fulfil the
        condition, from those parts alone that may hold any.
        """
        sql = f"select * from ({self.typed[table]})"
        if condition is None or self.scope is None:
            return sql, []
        where, values = condition
        sql = f"{sql} where {where}"
        if table in TABLES:
            sql = table_files.narrowed(sql, self.sources[table], self._spans(self.sources[table]), self.scope.every)
        return sql, values

    def _read(self, table: str) -> pd.DataFrame:
        if self.scope is None or table not in OWN:
            return self._frame(table, self._condition(table))

        def rows_of(documents: tuple[str, ...]) -> pd.DataFrame | pa.Table:
            own = self.of(documents)
            return own._rows(table, own.scope.own if own.scope else None)

        return self.scope.within(table, self._pieces.frame(table, self.scope.documents, rows_of))

    def _rows(self, table: str, condition: Condition | None) -> pd.DataFrame | pa.Table:
        """Rows of a table that fulfil a condition: a frame of text, rows of Arrow of what has types."""
        if self.sources[table].csv:
            where, values = condition or ("true", [])
            return typed_rows.from_text(self.query(f"select * from {table} where {where}", values), KINDS[table], table)
        return self._typed(table, *self._sql(table, condition))

    def _frame(self, table: str, condition: Condition | None) -> pd.DataFrame:
        rows = self._rows(table, condition)
        return rows.to_pandas() if isinstance(rows, pa.Table) else rows

    def _typed(self, table: str, sql: str, values: Sequence[object]) -> pa.Table:
        """Rows of a table that a query with types gives."""
        return typed_rows.from_types(self._told(sql, values).to_arrow_table(), KINDS[table])

    def _spans(self, source: Source) -> table_files.Spans:
        """Where in the parts of a table documents, or passages, are; looked up once for all scopes."""
        if source.table not in self._places:
            self._places[source.table] = table_files.spans(
                source, self.connection, "passage_id" if source.table in WORDS else "doc_id"
            )
        return self._places[source.table]

    def of(self, documents: Sequence[str]) -> Tables:
        """What the tables say of some documents."""
        return self._narrowed(Scope(tuple(documents)))

    def of_regions(self, regions: Sequence[str], near: Sequence[str]) -> Tables:
        """What the tables say of the documents of some regions; `near`: regions directly above and below these."""
        asked = [*regions, *near]
        held = ", ".join("?" * len(asked)) or "null"
        sql = f"select * from ({self.typed['documents']}) where region_id in ({held}) order by doc_id"
        found = self._typed("documents", sql, asked).to_pandas()
        own = found["region_id"].isin(regions)
        scope = Scope(tuple(found.loc[own, "doc_id"].tolist()), tuple(found.loc[~own, "doc_id"].tolist()))
        return self._narrowed(scope, documents=found)

    def _narrowed(self, scope: Scope, **frames: pd.DataFrame) -> Tables:
        kept = {name: self._frames[name] for name in NAMES if name in self._frames}
        return replace(self, scope=scope, _frames=kept | frames, _made={}, _lock=threading.RLock())

    def facts(self, target_ids: Sequence[str]) -> pd.DataFrame:
        """Rows of `targets`: all, or, where the tables are narrowed, those asked for, of whatever document."""
        if self.scope is None:
            return self["targets"]
        sql = f"select * from ({self.typed['targets']}) where target_id in (select unnest(?))"
        return self._typed("targets", sql, [list(target_ids)]).to_pandas()

    @cached_property
    def key(self) -> str:
        """Tells these tables from all others that the process reads, those of another visitor too."""
        return repr((str(self.folder), self.fingerprint, self.scope))

    @property
    def has_words(self) -> bool:
        """Whether the words of the passages are there."""
        return "texts" in self.sources

    @property
    def evidence(self) -> pd.DataFrame | None:
        """The sentences by target_id, or None: absent wherever the documents are, and where they are damaged."""
        with self._lock:
            if "evidence" not in self._frames:
                self._frames["evidence"] = self._evidence()
            return self._frames["evidence"]

    def _evidence(self) -> pd.DataFrame | None:
        if "evidence" not in self.sources:
            return None
        try:
            return self._words("evidence").drop_duplicates("target_id").set_index("target_id")
        except ReadableError:
            return None

    def _words(self, table: str) -> pd.DataFrame:
        """One of WORDS: all of it, or, where the tables are narrowed, that of the documents, kept by document."""
        if self.scope is None:
            return self._frame(table, None)
        return self.keep(table, lambda: self.by_document(table, lambda own: own._words_of_passages(table)))

    def _words_of_passages(self, table: str) -> pd.DataFrame:
        """Rows of one of WORDS that belong to the passages of the documents, with doc_id."""
        passages = self["passages"]
        ends = passages.groupby("doc_id")["passage_id"].agg(["min", "max"]).to_numpy().ravel().tolist()
        where = " or ".join(["passage_id between ? and ?"] * (len(ends) // 2)) or "false"
        sql, source = f"select * from ({self.typed[table]}) where {where}", self.sources[table]
        sql = table_files.narrowed(sql, source, self._spans(source), passages["passage_id"])
        rows = self._typed(table, sql, ends).to_pandas()
        of = pd.Series(passages["doc_id"].to_numpy(), index=passages["passage_id"])
        return rows.assign(doc_id=rows["passage_id"].map(of)).dropna(subset="doc_id")

    def query(self, sql: str, values: Sequence[object] = ()) -> pd.DataFrame:
        """Rows of a query over views of all documents, whatever the scope. `values` fill its question marks.

        A view named like its table has all columns as text and without missing values; one in the schema `typed` has
        their types, and only its filters reach the files.
        """
        return self._told(sql, values).df()

    def _told(self, sql: str, values: Sequence[object]) -> duckdb.DuckDBPyConnection:
        try:
            return self.connection.cursor().execute(sql, list(values))
        except duckdb.Error as error:
            raise ReadableError(labels.word("errors.unreadable_tables", reason=str(error).splitlines()[0])) from error

    def texts(self, passage_ids: Sequence[str], holding: Sequence[str] = (), capitals: bool = True) -> dict[str, str]:
        """The words of passages by id, of those that hold all words given; {} where they are absent.

        `capitals`: whether a word in small letters is another than in capitals.
        """
        if not self.has_words or not passage_ids:
            return {}
        if self.scope is None:
            text = "text" if capitals else "lower(text)"
            held = "".join(f" and contains({text}, ?)" for _ in holding)
            found = self.query(
                f"select passage_id, text from typed.texts where passage_id in (select unnest(?)){held}",
                [list(passage_ids), *(word if capitals else word.lower() for word in holding)],
            )
        else:
            found = self._words("texts")
            found = found[found["passage_id"].isin(passage_ids)]
            for word in holding:
                text = found["text"] if capitals else found["text"].str.lower()
                found = found[text.str.contains(word if capitals else word.lower(), regex=False)]
        return dict(zip(found["passage_id"], found["text"].fillna(""), strict=True))


def _names(frame: pd.DataFrame, columns: Columns, language: str) -> dict[str, str]:
    """Id → name from a table of names, in a language."""
    label = "label" if language == labels.LANGUAGES[0] else f"label_{language}"
    return dict(zip(frame[columns.text[0]], frame[label], strict=True))


@memory.keep(32)
def _load(folder: Path, state: Fingerprint, _key: str) -> Tables:
    sources = {table: table_files.need(folder, table) for table in TABLES}
    for source in sources.values():
        if source.empty:
            raise typed_rows.damaged(source.table, "empty")
    more = {name: table_files.find(folder, name) for name in (*NAMES, "regions", *WORDS)}
    sources |= {name: source for name, source in more.items() if source is not None}
    connection, typed = database.open_tables(sources)
    sources = {name: source for name, source in sources.items() if name in typed}
    for table, columns in TABLES.items():
        typed_rows.complete(list(connection.execute(f"select * from {table} limit 0").df()), columns, table)
    version = table_files.version(sources[table] for table in TABLES)
    tables = Tables(folder, {}, version, state, connection, sources, typed)
    names = {
        (name, language): _names(tables[name], NAMES[name], language)
        for name in NAMES
        if name in sources
        for language in labels.LANGUAGES
    }
    return replace(tables, names=names)


def load(folder: Path) -> Tables:
    """All tables of `folder`, cached by the state of its files. Raises ReadableError."""
    state = table_files.fingerprint(folder, KINDS)
    return _load(folder, state, repr((str(folder), state)))

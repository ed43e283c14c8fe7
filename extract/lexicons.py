"""Everything the stages know of language, read from lexicon/ once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extract.admission import Admission
from extract.canonical import Canonical, IndicatorLexicon
from extract.cleaning import Furniture
from extract.cues import CueRules
from extract.flattened import Flattened
from extract.headings import Headings
from extract.lexicon_file import LEXICON, load
from extract.measures import Measures
from extract.naming import Naming
from extract.periods import Periods
from extract.quantities import Quantities
from extract.stances import Stances
from extract.statements import Statements
from extract.table_columns import Columns
from extract.tables_in_text import Tables
from extract.targets import Tools
from extract.terms import ThemeLexicon, Words, load_dictionary, load_themes
from extract.times import Times
from extract.units import Units


@dataclass(frozen=True, slots=True)
class Lexicons:
    """What each stage is built from."""

    headings: Headings
    furniture: Furniture
    flattened: Flattened
    tools: Tools
    themes: ThemeLexicon
    words: Words


@cache
def lexicons() -> Lexicons:
    """The lexicon of this installation. Raises LexiconError where a file of it is faulty."""
    units = Units.load(LEXICON / "units.yaml")
    headings = Headings.load(LEXICON / "headings.yaml")
    columns = Columns.load(LEXICON / "tables.yaml")
    quantities = Quantities.load(LEXICON, units)
    periods = Periods.load(LEXICON / "periods.yaml")
    statements = Statements.load(LEXICON / "statements.yaml", units)
    cues = load(LEXICON / "cues.yaml", CueRules)
    measures = Measures.load(LEXICON / "measures.yaml", statements.rules, units)
    naming = Naming.load(LEXICON / "naming.yaml", statements, units, measures.rules.whole_region)
    admission = Admission.load(LEXICON / "admission.yaml", cues, statements.rules, units)
    tables = Tables(columns, quantities, periods, units, cues.binding)
    canonical = Canonical(load(LEXICON / "indicators.yaml", IndicatorLexicon), units)
    themes = load_themes(LEXICON / "themes.yaml")
    return Lexicons(
        headings=headings,
        furniture=Furniture.load(LEXICON / "furniture.yaml"),
        flattened=Flattened(columns, units, headings, frozenset(cues.binding)),
        tools=Tools(
            quantities,
            periods,
            statements,
            naming,
            Stances(cues, periods),
            admission,
            measures,
            Times(cues, measures),
            tables,
            units,
            canonical,
        ),
        themes=themes,
        words=Words(themes, load_dictionary(LEXICON / "user_dictionary.yaml")),
    )

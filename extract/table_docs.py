"""schema.yaml → docs/tables.md. `python -m extract.table_docs FILE` writes it; a test holds the two together."""

from __future__ import annotations

import sys
from pathlib import Path

from extract.schema import Column, schema


def text() -> str:
    """The reference of the tables, as Markdown."""
    files = schema().files()
    parts = [
        "# Tables",
        "",
        "What the extraction writes and the dashboard reads. Made from `extract/schema.yaml` by `make docs`.",
        "Strings that may be empty are empty cells; several values in one cell are joined by `|`.",
        "",
    ]
    for name, table in schema().tables.items():
        parts += [
            f"## {name}",
            "",
            f"`{files[name]}` — {table.about} Key: {', '.join(f'`{key}`' for key in table.key)}.",
            "",
            "| column | type | what it is | may be empty | values |",
            "|---|---|---|---|---|",
        ]
        parts += [_line(field, column) for field, column in table.columns.items()] + [""]
    return "\n".join(parts)


def _line(name: str, column: Column) -> str:
    values = ", ".join(f"`{value}`" for value in schema().values.get(column.values, ()))
    if column.refers:
        values = f"of `{column.refers}`"
    elif column.range:
        values = f"{column.range[0]:g} to {column.range[1]:g}"
    return f"| `{name}` | {column.type} | {column.about} | {'yes' if column.null else ''} | {values} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(text(), encoding="utf-8")

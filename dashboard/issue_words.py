"""Issues of the extraction in words of the reader: its messages are English, with names of fields and of files."""

from __future__ import annotations

import ast
import re

import labels


def issue(code: str, message: str) -> str:
    """What a code says, and behind a colon what the message adds; an unknown message is added as it is."""
    known = labels.node("issue_codes").get(code)
    if known is None:
        return message
    detail = _detail(code, message)
    return labels.word("words.issue", text=known, detail=detail) if detail else str(known)


def _detail(code: str, message: str) -> str:
    forms, details = labels.node("issue_forms").get(code, ()), labels.node("issue_details").get(code, ())
    for form, detail in zip(forms, details, strict=True):
        found = re.search(form, message)
        if found:
            return str(detail).format(**{name: _said(name, text) for name, text in found.groupdict().items()})
    return message.partition(": ")[2]


def _said(name: str, text: str) -> str:
    """A part of a message; `fields` of a row with their names."""
    if name != "fields":
        return text
    try:
        fields = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text
    said = [
        labels.word("amend.field", field=labels.name("fields", field), value=value) for field, value in fields.items()
    ]
    return labels.join(said) or labels.word("amend.empty")

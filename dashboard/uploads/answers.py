"""What `python -m extract add --json` says, line by line, as values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from uploads.limited import Ended

KNOWN, FAILED, SAID_WRONG = "same_document", "failed", "said_wrong"


class Told(BaseModel):
    """What a visitor says of a document; empty where it is left to its title."""

    model_config = ConfigDict(frozen=True)

    region: str = ""
    plan: str = ""
    type: str = ""
    period: tuple[int, int] | None = None

    def options(self) -> list[str]:
        """As options of the command line."""
        said = {"--region": self.region, "--plan": self.plan, "--type": self.type}
        said["--period"] = "-".join(map(str, self.period)) if self.period else ""
        return [f"{option}={value}" for option, value in said.items() if value]


class Answer(BaseModel):
    """What became of one file: added where it is `sure`; else what is `asked`, or the `twin` that is there already."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    file: str
    member: int | None
    sure: bool
    asked: tuple[str, ...]
    twin: str
    message: str
    doc_id: str
    title: str
    region: str
    plan: str
    type: str
    period: tuple[int, int] | None

    @property
    def known(self) -> Told:
        """What its title says."""
        return Told(region=self.region, plan=self.plan, type=self.type, period=self.period)


@dataclass(frozen=True)
class Refusal:
    """A file that was not added: a code of `add_page.refusals` in labels.yaml, and what the extraction says."""

    file: str
    code: str
    detail: str
    twin: str = ""


@dataclass
class Answers:
    """All that is said of the files of one upload.

    `name` is how the visitor calls it; `failed` are ids of documents that the extraction could not cope with.
    """

    name: str
    added: list[Answer] = field(default_factory=list)
    asked: list[Answer] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def hear(self, line: str) -> str:
        """Take a line in; returns the stage that it tells of, if it does."""
        try:
            said: dict[str, Any] = json.loads(line)
            if "stage" in said:
                return str(said["stage"])
            if "code" in said:
                self._refuse(
                    str(said.get("failed", "")), Refusal(said.get("file") or self.name, said["code"], said["message"])
                )
            else:
                self._answer(Answer.model_validate(said))
        except (ValueError, TypeError, KeyError, ValidationError):
            self.refused.append(Refusal(self.name, FAILED, line[:300]))
        return ""

    def end(self, ended: Ended) -> None:
        """Take the end of the process in: a refusal of all where it was ended, or said nothing."""
        if ended.why or not (self.added or self.asked or self.refused):
            self.added.clear()
            lines = ended.error.splitlines()
            self.refused.append(Refusal(self.name, ended.why or FAILED, lines[-1] if lines else ""))

    def _answer(self, one: Answer) -> None:
        if one.sure:
            self.added.append(one)
        elif one.twin:
            self.refused.append(Refusal(one.file, KNOWN, one.message, one.twin))
        elif one.asked:
            self.asked.append(one)
        else:
            self.refused.append(Refusal(one.file, FAILED, one.message))

    def _refuse(self, doc_id: str, why: Refusal) -> None:
        """A document that failed in the extraction itself was announced as added before."""
        self.added = [one for one in self.added if one.doc_id != doc_id]
        self.failed += [doc_id] if doc_id else []
        self.refused.append(why)

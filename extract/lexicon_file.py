"""Reading a lexicon: YAML → typed, frozen values; a key that should not be there, or a wrong type, is refused."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

LEXICON = Path(__file__).parent / "lexicon"


class Lexicon(BaseModel):
    """Base of everything read from lexicon/: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LexiconError(ValueError):
    """A lexicon file does not say what its reader expects; the message names the file and each faulty key."""


Model = TypeVar("Model", bound=Lexicon)


def load(path: Path, model: type[Model]) -> Model:
    """Read one lexicon file. Raises LexiconError naming every fault."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return model.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise LexiconError(f"{path.name}: {faults}") from error

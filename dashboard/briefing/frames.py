"""Messages on a pipe: each is its length, four bytes, and then its bytes."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">I")


def write(pipe: BinaryIO, message: bytes) -> None:
    """Send a message. Raises OSError where nobody reads any more."""
    pipe.write(_LENGTH.pack(len(message)) + message)
    pipe.flush()


def read(pipe: BinaryIO) -> bytes | None:
    """The next message, None where the pipe has ended."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size: int = _LENGTH.unpack(head)[0]
    message = pipe.read(size)
    return message if len(message) == size else None


def packed(value: dict[str, Any]) -> bytes:
    """An object as JSON."""
    return json.dumps(value).encode()


def parsed(message: bytes) -> dict[str, Any]:
    """The object that a message holds. Raises ValueError."""
    value: dict[str, Any] = json.loads(message)
    return value

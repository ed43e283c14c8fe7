"""Set limits on this process, then become a command: `launch.py LIMITS COMMAND …`.

LIMITS is a JSON object: memory and file_size in bytes, cpu in seconds, nice. Run as a file, with nothing else of the
dashboard, so that it starts fast; the limits cannot be set between fork and exec of a server with threads.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import sys

LIMITS = {"memory": resource.RLIMIT_AS, "file_size": resource.RLIMIT_FSIZE, "cpu": resource.RLIMIT_CPU}


LAST_WORD = 5
"""Seconds of work between the word that time is up and the end."""


def main(limits: str, *command: str) -> None:
    """Become the command. A limit that this system does not know is left out."""
    said = json.loads(limits)
    for name, limit in {**{LIMITS[name]: said[name] for name in LIMITS}, resource.RLIMIT_CORE: 0}.items():
        last = limit + LAST_WORD if name == resource.RLIMIT_CPU else limit
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(name, (limit, last))
    os.nice(said["nice"])
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])

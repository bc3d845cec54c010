"""The errors of the local PostgreSQL, each with one line for a person."""

from __future__ import annotations

import re

_CAUSE = re.compile(r"(?:error|ERROR|FATAL|PANIC):\s*(?P<cause>\S.*)")


class LocalPostgresError(Exception):
    """The local PostgreSQL cannot run; the message is one line: what is wrong, and where."""


class OtherMajorVersionError(LocalPostgresError):
    """Another major version of PostgreSQL wrote the data, in a format that this one cannot read."""


def cause(output: str) -> str:
    """The first error message in OUTPUT, which a program of PostgreSQL printed.

    Without one it is the last line of OUTPUT, which may be "".
    """
    if complaint := _CAUSE.search(output):
        return complaint["cause"].strip()
    return output.strip().rpartition("\n")[-1]

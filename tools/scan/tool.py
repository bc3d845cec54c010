"""Scanners as child processes."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scan.outcome import CouldNotCheckError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_NAMED_ERROR = re.compile(
    r"\b(?:\w*Error|[A-Z]\w*Exception)\]?: \S.*|\berror:.*\S|\bResponse Code: .*", re.I
)
_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_LONGEST_REASON = 240


@dataclass(frozen=True)
class Workplace:
    """Where a tool may write, and for how long it may work."""

    folder: Path  # empty, and nobody else's
    seconds: float


@dataclass(frozen=True)
class Ended:
    """What a tool printed, and its exit status."""

    status: int
    stdout: str
    stderr: str

    @property
    def failure(self) -> str:
        """One line on why it failed: the last that names an error, else the last of all."""
        lines = [
            line.strip()
            for line in _COLOR.sub("", f"{self.stdout}\n{self.stderr}").splitlines()
            # A crash in a minified script prints the whole script.
            if line.strip(" +=~^{}") and len(line) < 10 * _LONGEST_REASON
        ]
        named = [match[0] for line in lines if (match := _NAMED_ERROR.search(line))]
        last = (named or lines or ["it said nothing"])[-1]
        return f"status {self.status}: {one_line(last)}"


def one_line(text: str) -> str:
    """A text without its line breaks, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_REASON else f"{line[: _LONGEST_REASON - 1]}…"


def python_module(name: str) -> list[str]:
    """The command that runs a module of this interpreter's environment as a program."""
    return [sys.executable, "-P", "-W", "ignore", "-m", name]


def run(
    command: Sequence[str | Path],
    folder: Path,
    environ: Mapping[str, str],
    seconds: float,
) -> Ended:
    """Runs a program in a folder to its end. Raises CouldNotCheckError: it does not, in time."""
    try:
        ended = subprocess.run(
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CouldNotCheckError(f"no answer within {seconds:g} s") from None
    except OSError as error:
        raise CouldNotCheckError(f"it does not start: {error}") from None
    return Ended(ended.returncode, ended.stdout, ended.stderr)

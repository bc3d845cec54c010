from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from scan.outcome import CouldNotCheckError
from scan.tool import Ended, run

if TYPE_CHECKING:
    from pathlib import Path

# As Yarn 4.18.1 ended where the registry did not know its request; the first line is far longer.
YARN = f"""\
{"minified();" * 1000}

Zt [Error]: The remote server failed to provide the requested resource
    at yN (yarn.js:148:31746)
  originalError: cN [HTTPError]: Response code 405 (Method Not Allowed)
  }}
}}

Node.js v24.19.0
"""


@pytest.mark.parametrize(
    ("stderr", "words"),
    [
        ("", "status 1: it said nothing"),
        ("one\ntwo\n\n", "status 1: two"),
        ("ValueError: a\nfarewell", "status 1: ValueError: a"),
        ("ERROR:tool:it is not so\n", "status 1: ERROR:tool:it is not so"),
        ("\x1b[31merror: red\x1b[0m\n+====+\n", "status 1: error: red"),
        ("➤ YN0035:   Response Code: 405 (No)\n➤ bye", "status 1: Response Code: 405 (No)"),
        (YARN, "status 1: originalError: cN [HTTPError]: Response code 405 (Method Not Allowed)"),
    ],
)
def test_the_failure_of_a_tool_is_the_error_that_it_names(stderr: str, words: str) -> None:
    assert Ended(1, "", stderr).failure == words


def test_they_are_not_long() -> None:
    assert len(Ended(1, "", "word " * 200).failure) < 300


def test_a_program_that_does_not_end_or_does_not_start_is_an_error(tmp_path: Path) -> None:
    forever = [sys.executable, "-c", "import threading; threading.Event().wait()"]
    with pytest.raises(CouldNotCheckError, match=r"no answer within 0\.2 s"):
        run(forever, tmp_path, os.environ, 0.2)
    with pytest.raises(CouldNotCheckError, match="it does not start"):
        run([tmp_path / "nothing"], tmp_path, os.environ, 0.2)

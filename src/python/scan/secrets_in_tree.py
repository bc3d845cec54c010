"""`detect-secrets` over every file that is, or would be, in the repository."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from scan.outcome import Check, CouldNotCheckError, Finding
from scan.tool import python_module, run

if TYPE_CHECKING:
    from pathlib import Path

    from scan.tool import Workplace

# Digests of public files, and the ids of exceptions in their file; all else on a line is read.
_DIGESTS = (
    r"^\s+--hash=sha256:[0-9a-f]{64}( \\)?$",
    r"^  checksum: 10c0/[0-9a-f]{128}$",
    r'^id = "[0-9a-f]{12}"$',
)
_FILTERS_OFF = (
    # An exception has a reason and a date, in the file for exceptions.
    "detect_secrets.filters.allowlist.is_line_allowlisted",
    # These leave out whole files by their names.
    "detect_secrets.filters.heuristic.is_lock_file",
    "detect_secrets.filters.heuristic.is_non_text_file",
    "detect_secrets.filters.heuristic.is_swagger_file",
)
_LOOKED_AT = re.compile(r"^\[scan\]\s+INFO\s+Checking file: (.*)$", re.MULTILINE)
_SHOWN_DIGITS = 12
_PROBE = ".scan-probe.txt"


def check_for_secrets(root: Path, work: Workplace) -> Check:
    """What detect-secrets says about a tree.

    In the same run it has to find a secret in a file that is made for it.
    Raises CouldNotCheckError.
    """
    listed = run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        root,
        os.environ,
        work.seconds,
    )
    if listed.status:
        raise CouldNotCheckError(f"git does not list the files: {listed.last_words}")
    # What git lists may be deleted, or a link to a folder.
    files = sorted({name for name in listed.stdout.split("\0") if (root / name).is_file()} - {""})
    if not files:
        raise CouldNotCheckError("git lists no file")
    # In a copy, since what lies, or is linked to, outside of its folder is left out in silence.
    copy = work.folder / "tree"
    texts = []
    for name in files:
        content = (root / name).read_bytes()
        if _is_text(content):
            texts.append(name)
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(content)
    if not texts:
        raise CouldNotCheckError("no file is text")
    (copy / _PROBE).write_text("-----BEGIN RSA {} KEY-----\n".format("PRIVATE"))
    options = [
        *(option for pattern in _DIGESTS for option in ("--exclude-lines", pattern)),
        *(option for name in _FILTERS_OFF for option in ("--disable-filter", name)),
    ]
    ended = run(
        [
            *python_module("detect_secrets"),
            *("--verbose", "scan", "--no-verify", *options, "--", *texts, _PROBE),
        ],
        copy,
        os.environ,
        work.seconds,
    )
    if ended.status:
        raise CouldNotCheckError(ended.last_words)
    results = json.loads(ended.stdout)["results"]
    reasons = []
    unseen = sorted(set(texts) - set(_LOOKED_AT.findall(ended.stderr)))
    if unseen:
        reasons.append(f"it did not look at {', '.join(unseen)}")
    if not results.pop(_PROBE, []):
        reasons.append("it did not find the secret that was put before it")
    return Check(
        source="detect-secrets",
        subject="tree",
        looked_at=len(texts) - len(unseen),
        findings=tuple(
            Finding(
                # Which one it is, without saying it.
                id=secret["hashed_secret"][:_SHOWN_DIGITS],
                package=name,
                message=secret["type"],
                path=name,
                line=secret["line_number"],
            )
            for name, found in sorted(results.items())
            for secret in found
        ),
        reason="; ".join(reasons),
        note=f"{len(files) - len(texts)} more are not text",
    )


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False

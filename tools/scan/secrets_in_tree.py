"""`detect-secrets` over every file that is, or would be, in the repository."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scan.outcome import Check, CouldNotCheckError, Finding
from scan.tool import python_module, run

if TYPE_CHECKING:
    from pathlib import Path

    from scan.tool import Workplace

# Lines with digests of public files, ids of migrations, and ids in the file of exceptions.
_DIGESTS = (
    r"^\s+--hash=sha256:[0-9a-f]{64}( \\)?$",
    r"^  checksum: 10c0/[0-9a-f]{128}$",
    r'^id = "[0-9a-f]{12}"$',
    r'^(down_)?revision = "[0-9a-f]{12}"$',
)
_FILTERS_OFF = (
    # An exception has a reason and a date, in the file for exceptions.
    "detect_secrets.filters.allowlist.is_line_allowlisted",
    # These leave out whole files by their names.
    "detect_secrets.filters.heuristic.is_lock_file",
    "detect_secrets.filters.heuristic.is_swagger_file",
)
_LOOKED_AT = re.compile(r"^\[scan\]\s+INFO\s+Checking file: (.*)$", re.MULTILINE)
_SHOWN_DIGITS = 12
_SUFFIX = ".scan.txt"
_PROBE = ".scan-probe.txt"


def check_for_secrets(root: Path, work: Workplace) -> Check:
    """What detect-secrets says about a tree.

    In the same run it has to find a control: a secret in a file that is made for it.
    Raises CouldNotCheckError.
    """
    files = _files(root, work)
    # In a copy: detect-secrets silently leaves out files outside its folder, and links to them.
    copy = replace(work, folder=work.folder / "tree")
    texts = []
    for name in files:
        content = (root / name).read_bytes()
        if _is_text(content):
            texts.append(name)
            _write(copy.folder / name, content)
    if not texts:
        raise CouldNotCheckError("no file is text")
    _write(copy.folder / _PROBE, "-----BEGIN RSA {} KEY-----\n".format("PRIVATE").encode())

    results, seen = _detect(copy, [*texts, _PROBE])
    # It leaves out some files by their names, such as those of pictures; these get a suffix.
    others = {f"{name}{_SUFFIX}": name for name in texts if name not in seen}
    if others:
        for other, name in others.items():
            (copy.folder / name).rename(copy.folder / other)
        more_results, more_seen = _detect(copy, list(others))
        results.update((others[other], found) for other, found in more_results.items())
        seen.update(others[other] for other in more_seen)

    reasons = []
    unseen = [name for name in texts if name not in seen]
    if unseen:
        reasons.append(f"it did not look at {', '.join(unseen)}")
    if not results.pop(_PROBE, []):
        reasons.append("it did not find the control, a made-up secret")
    return Check(
        source="detect-secrets",
        subject="tree",
        looked_at=len(texts) - len(unseen),
        findings=tuple(
            Finding(
                # This identifies the secret without revealing it.
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


def _files(root: Path, work: Workplace) -> list[str]:
    listed = run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        root,
        os.environ,
        work.seconds,
    )
    if listed.status:
        raise CouldNotCheckError(f"git does not list the files: {listed.failure}")
    # What git lists may be deleted, or be a link to a folder.
    files = sorted({name for name in listed.stdout.split("\0") if (root / name).is_file()} - {""})
    if not files:
        raise CouldNotCheckError("git lists no file")
    return files


def _detect(work: Workplace, files: list[str]) -> tuple[dict[str, list[dict[str, Any]]], set[str]]:
    """What was found, by file, and the files that were looked at."""
    options = [
        *(option for pattern in _DIGESTS for option in ("--exclude-lines", pattern)),
        *(option for name in _FILTERS_OFF for option in ("--disable-filter", name)),
    ]
    ended = run(
        [
            *python_module("detect_secrets"),
            *("--verbose", "scan", "--no-verify", *options, "--", *files),
        ],
        work.folder,
        os.environ,
        work.seconds,
    )
    if ended.status:
        raise CouldNotCheckError(ended.failure)
    return json.loads(ended.stdout)["results"], set(_LOOKED_AT.findall(ended.stderr))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False

"""The licences of what is shipped, against a list of those that are allowed.

Python packages say theirs in the metadata that pip reports, npm packages in the registry. Nothing
is installed for it.
"""

from __future__ import annotations

import concurrent.futures
import json
import os
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name

from pip_lock import read_pins, required_by
from scan.download import download
from scan.licence_expression import is_allowed
from scan.outcome import Check, CouldNotCheckError, Finding
from scan.tool import python_module, run
from yarn_lock import production_packages

if TYPE_CHECKING:
    from pathlib import Path

    from scan.tool import Workplace

_SOURCE = "licences"
_CLASSIFIER = "License :: OSI Approved :: "
# What packages say that do not name an SPDX identifier yet; `BSD` says not which.
_IDENTIFIERS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
_NONE = "no licence"
_LONGEST_NAME = 80  # longer ones are the text of a licence
_CONNECTIONS = 8


@dataclass(frozen=True)
class ShippedLock:
    """A Python lock, or that part of it that ships."""

    lock: str
    roots: tuple[str, ...]  # if there are any, only what they need


@dataclass(frozen=True)
class LicencePolicy:
    """What ships, and under which licences it may."""

    allowed: frozenset[str]
    locks: tuple[ShippedLock, ...]
    projects: tuple[str, ...]


def read_policy(file: Path) -> LicencePolicy:
    """The policy in a file. Raises CouldNotCheckError: there is none, or it names nothing."""
    try:
        content = tomllib.loads(file.read_text())
        policy = LicencePolicy(
            allowed=frozenset(content["allowed"]),
            locks=tuple(
                ShippedLock(part["lock"], tuple(part.get("roots", ())))
                for part in content.get("python", [])
            ),
            projects=tuple(part["project"] for part in content.get("yarn", [])),
        )
    except (AttributeError, KeyError, OSError, TypeError, tomllib.TOMLDecodeError) as error:
        raise CouldNotCheckError(f"{file.name} is not understood: {error!r}") from None
    if not policy.locks and not policy.projects:
        raise CouldNotCheckError(f"{file.name} names nothing that ships")
    return policy


def check_python_licences(
    root: Path, shipped: ShippedLock, allowed: frozenset[str], work: Workplace
) -> Check:
    """The licences of a lock of the root. Raises CouldNotCheckError."""
    pins = read_pins(root / shipped.lock)
    if shipped.roots:
        pins = required_by(pins, shipped.roots)
    wanted, report_file = work.folder / "shipped.txt", work.folder / "report.json"
    wanted.write_text("".join(pin.text for pin in pins.values()))
    ended = run(
        [
            *python_module("pip"),
            *("install", "--dry-run", "--quiet", "--ignore-installed", "--no-deps"),
            *("--require-hashes", "--report", report_file, "--requirement", wanted),
        ],
        work.folder,
        os.environ,
        work.seconds,
    )
    if ended.status:
        raise CouldNotCheckError(f"pip does not get the metadata: {ended.failure}")
    stated = {}
    for package in json.loads(report_file.read_text())["install"]:
        metadata = package["metadata"]
        stated[canonicalize_name(metadata["name"]), metadata["version"]] = _python_licence(metadata)
    unseen = sorted(name for name, pin in pins.items() if (name, pin.version) not in stated)
    return Check(
        source=_SOURCE,
        subject=shipped.lock,
        looked_at=len(pins) - len(unseen),
        findings=tuple(
            _finding(name, version, licence, shipped.lock, pins[name].line)
            for (name, version), licence in sorted(stated.items())
            if not is_allowed(licence, allowed)
        ),
        reason=f"pip reports nothing on {', '.join(unseen)}" if unseen else "",
    )


def check_npm_licences(
    root: Path, project: str, allowed: frozenset[str], registry: str, seconds: float
) -> Check:
    """The licences of what a Yarn project of the root has as its production dependencies.

    Raises CouldNotCheckError.
    """
    pinned = production_packages(root / project)

    def licence(package: tuple[str, str]) -> str:
        name, version = package
        url = f"{registry}/{name.replace('/', '%2f')}/{version}"
        answer = json.loads(download(url, seconds))
        if (answer["name"], answer["version"]) != package:
            raise CouldNotCheckError(f"{url} answers with another package")
        return _npm_licence(answer)

    with concurrent.futures.ThreadPoolExecutor(_CONNECTIONS) as threads:
        stated = dict(zip(pinned, threads.map(licence, pinned), strict=True))
    lock = f"{project}/yarn.lock"
    return Check(
        source=_SOURCE,
        subject=lock,
        looked_at=len(stated),
        findings=tuple(
            _finding(name, version, licence, lock, pinned[name, version].line)
            for (name, version), licence in sorted(stated.items())
            if not is_allowed(licence, allowed)
        ),
    )


def _finding(name: str, version: str, licence: str, path: str, line: int) -> Finding:
    message = f"its licence is not on the list of those allowed: {licence}"
    return Finding(licence, name, message, path, line, version)


def _python_licence(metadata: dict[str, Any]) -> str:
    if expression := metadata.get("license_expression"):
        return str(expression)
    classifiers = [
        classifier.removeprefix(_CLASSIFIER)
        for classifier in metadata.get("classifier", [])
        if classifier.startswith(_CLASSIFIER)
    ]
    if classifiers:
        return " AND ".join(_IDENTIFIERS.get(name, name) for name in classifiers)
    text = (metadata.get("license") or "").strip()
    if not text or "\n" in text or len(text) > _LONGEST_NAME:
        return _NONE
    return _IDENTIFIERS.get(text, text)


def _npm_licence(manifest: dict[str, Any]) -> str:
    licence = manifest.get("license")
    if isinstance(licence, dict):  # as it was written before npm 3
        licence = licence.get("type")
    return licence if isinstance(licence, str) and licence else _NONE

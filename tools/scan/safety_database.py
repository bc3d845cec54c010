"""The database of `safety`: where it comes from, how old it is, and its format.

safety itself would download it again for each lock, and does not say how old it is.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name

from scan.download import download
from scan.outcome import CouldNotCheckError
from scan.tool import python_module, run

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

_SCHEMA = "2.0.0"
_FILE = "insecure_full.json"
_FREE = f"https://pyup.io/aws/safety/free/{_SCHEMA}/"
_WITH_KEY = "https://data.safetycli.com/api/v1/safety/"
_BELOW = re.compile(r"<=?[1-9][0-9.]*")


@dataclass(frozen=True)
class SafetyDatabase:
    """A folder as `safety --db` takes it."""

    folder: Path
    updated: datetime.date
    origin: str
    vulnerable: tuple[str, ...]  # requirements that it knows something against
    shortfall: str = ""  # why it is not the one that was wanted

    @property
    def note(self) -> str:
        """How old it is."""
        return f"{self.origin} of {self.updated}"

    def known_vulnerable(self, taken: Container[str]) -> str:
        """A requirement that safety has to find, of a package that is not among those taken.

        Raises CouldNotCheckError: the database holds none.
        """
        for requirement in self.vulnerable:
            if requirement.partition("==")[0] not in taken:
                return requirement
        raise CouldNotCheckError("the database knows nothing to try it with")


@dataclass(frozen=True)
class SafetyDatabaseSource:
    """Which database to take, and how."""

    location: str  # a folder or URL; if empty, the online one, and if there is none, the package
    api_key: str
    package_lock: Path  # pins the package `safety-db`
    seconds: float

    def obtain(self, folder: Path) -> SafetyDatabase:
        """Puts the database into a folder. Raises CouldNotCheckError."""
        if self.location:
            origin = "the database given"
            return _prepared(self._read(self.location), origin, folder)
        url = _WITH_KEY if self.api_key else _FREE
        try:
            return _prepared(self._read(url), "safety's online database", folder)
        except CouldNotCheckError as error:
            shortfall = str(error)
        try:
            packaged = _prepared(self._packaged(folder / "package"), "safety-db", folder)
        except CouldNotCheckError as error:
            raise CouldNotCheckError(f"{shortfall}; and in its place: {error}") from None
        return replace(packaged, shortfall=shortfall)

    def _read(self, location: str) -> bytes:
        if location.startswith(("http://", "https://")):
            headers = {"schema-version": _SCHEMA, "ecosystem": "python"}
            if self.api_key:
                headers["X-Api-Key"] = self.api_key
            return download(f"{location.rstrip('/')}/{_FILE}", self.seconds, headers)
        try:
            with open(f"{location}/{_FILE}", "rb") as file:  # noqa: PTH123 - as the user wrote it
                return file.read()
        except OSError as error:
            raise CouldNotCheckError(f"the database cannot be read: {error}") from None

    def _packaged(self, folder: Path) -> bytes:
        if not self.package_lock.is_file():
            raise CouldNotCheckError("no lock names the package safety-db")
        folder.mkdir(parents=True)
        ended = run(
            [
                *python_module("pip"),
                *("install", "--quiet", "--no-deps", "--require-hashes", "--no-compile"),
                *("--target", folder, "--requirement", self.package_lock.resolve()),
            ],
            folder,
            os.environ,
            self.seconds,
        )
        if ended.status:
            raise CouldNotCheckError(f"pip does not get safety-db: {ended.failure}")
        return (folder / "safety_db" / _FILE).read_bytes()


def _prepared(content: bytes, origin: str, folder: Path) -> SafetyDatabase:
    try:
        full = _in_current_form(json.loads(content))
        packages: dict[str, list[dict[str, Any]]] = full["vulnerable_packages"]
        short = {
            name: sorted({spec for entry in entries for spec in entry["specs"]})
            for name, entries in packages.items()
        }
        timestamp = full["meta"]["timestamp"]
        updated = datetime.datetime.fromtimestamp(timestamp, datetime.UTC).date()
    except (AttributeError, KeyError, OSError, OverflowError, TypeError, ValueError) as error:
        raise CouldNotCheckError(f"{origin} is not understood: {error!r}") from None
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _FILE).write_text(json.dumps(full))
    (folder / "insecure.json").write_text(
        json.dumps({"meta": full["meta"], "vulnerable_packages": short})
    )
    vulnerable = tuple(
        f"{name}==0" for name, specs in short.items() if any(map(_BELOW.fullmatch, specs))
    )
    return SafetyDatabase(folder, updated, origin, vulnerable)


def _in_current_form(database: dict[str, Any]) -> dict[str, Any]:
    """The form of the package safety-db, which ended before safety 3, as safety 3 wants it."""
    if "$meta" not in database:
        if database["meta"]["schema_version"] != _SCHEMA:
            raise ValueError(f"schema {database['meta']['schema_version']}")
        return database
    packages: dict[str, list[dict[str, Any]]] = {}
    for name, entries in database.items():
        if name != "$meta":
            packages.setdefault(canonicalize_name(name), []).extend(map(_current_entry, entries))
    meta = {
        "schema_version": _SCHEMA,
        "timestamp": database["$meta"]["timestamp"],
        "base_domain": "",
    }
    return {"meta": meta, "vulnerable_packages": packages}


def _current_entry(entry: dict[str, Any]) -> dict[str, Any]:
    ids = [{"type": "pyup", "id": entry["id"]}]
    with contextlib.suppress(AttributeError):  # most entries have no CVE, some have several
        ids += [{"type": "cve", "id": cve.strip()} for cve in entry["cve"].split(",")]
    return {"specs": entry["specs"], "advisory": entry["advisory"], "ids": ids}

"""All checks of a repository. A check that goes wrong ends with the outcome "could not check"."""

from __future__ import annotations

import concurrent.futures
import functools
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pip_lock import LockError, PythonLock
from scan.licences import (
    ShippedLock,
    check_npm_licences,
    check_python_licences,
    read_policy,
)
from scan.node import find_node
from scan.once import Once
from scan.outcome import Check, CouldNotCheckError
from scan.pip_audit import AuditService, check_with_pip_audit
from scan.safety import check_with_safety
from scan.safety_database import SafetyDatabaseSource
from scan.secrets_in_tree import check_for_secrets
from scan.tool import Workplace, one_line
from scan.yarn_audit import check_with_yarn
from yarn_lock import YarnLockError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator

_PYTHON_LOCKS = ("lockfiles/*.txt", "build-support/bootstrap/*.txt")
_YARN_LOCKS = ("src/js/*/yarn.lock", "3rdparty/*/yarn.lock", "benchmarks/*/yarn.lock")
_LICENCES = "3rdparty/scan-licences.toml"
_SAFETY_DB = "lockfiles/safety-db.txt"
# Half of their time they wait for the network.
_AT_ONCE = 4


@dataclass(frozen=True)
class Scan:
    """What to scan, and which services to ask."""

    root: Path
    work: Path  # an empty folder
    safety_database: str
    safety_api_key: str
    oldest_database: datetime.timedelta
    service: AuditService
    registry: str
    seconds: float  # for each tool and download

    def files(self, patterns: Iterable[str]) -> list[Path]:
        """The files of the root that fit a pattern."""
        return sorted(file for pattern in patterns for file in self.root.glob(pattern))

    def subject(self, file: Path) -> str:
        """How a file is called in a report."""
        return file.relative_to(self.root).as_posix()

    def lock(self, file: Path) -> PythonLock:
        """A file as a lock."""
        return PythonLock(file, self.subject(file))

    def workplace(self) -> Workplace:
        """One for one tool."""
        return Workplace(self.folder(), self.seconds)

    def folder(self) -> Path:
        """A new, empty folder."""
        return Path(tempfile.mkdtemp(dir=self.work))


@dataclass(frozen=True)
class Job:
    """One check that is to be made."""

    source: str
    subject: str
    check: Callable[[], Check]

    def done(self) -> Check:
        """The check. A tool that fails in an unforeseen way is not clean either."""
        try:
            return self.check()
        except (CouldNotCheckError, LockError, YarnLockError) as error:
            reason = str(error)
        except Exception as error:  # noqa: BLE001,RUF100 - see above
            reason = f"the answer is not understood: {type(error).__name__}: {error}"
        return Check(self.source, self.subject, reason=one_line(reason))


def run_checks(scan: Scan, sources: Iterable[str]) -> list[Check]:
    """What the sources say; their names are among those in SOURCES."""
    jobs = [job for source in sources for job in SOURCES[source](scan)]
    with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(Job.done, jobs))


def _safety(scan: Scan) -> Iterator[Job]:
    source = SafetyDatabaseSource(
        scan.safety_database, scan.safety_api_key, scan.root / _SAFETY_DB, scan.seconds
    )
    database = Once(lambda: source.obtain(scan.folder()))

    def check(lock: Path) -> Check:
        return check_with_safety(
            scan.lock(lock), database(), scan.oldest_database, scan.workplace()
        )

    yield from _for_each(scan, "safety", _PYTHON_LOCKS, check)


def _pip_audit(scan: Scan) -> Iterator[Job]:
    cache = scan.folder()

    def check(lock: Path) -> Check:
        return check_with_pip_audit(scan.lock(lock), scan.service, cache, scan.workplace())

    yield from _for_each(scan, "pip-audit", _PYTHON_LOCKS, check)


def _yarn(scan: Scan) -> Iterator[Job]:
    node = Once(lambda: find_node(scan.folder(), scan.registry, scan.seconds))

    def check(lock: Path) -> Check:
        return check_with_yarn(lock.parent, scan.subject(lock), node(), scan.workplace())

    yield from _for_each(scan, "yarn npm audit", _YARN_LOCKS, check)


def _licences(scan: Scan) -> Iterator[Job]:
    try:
        policy = read_policy(scan.root / _LICENCES)
    except CouldNotCheckError as error:
        yield _failing("licences", _LICENCES, str(error))
        return

    def check_lock(shipped: ShippedLock) -> Check:
        return check_python_licences(scan.root, shipped, policy.allowed, scan.workplace())

    for shipped in policy.locks:
        yield Job("licences", shipped.lock, functools.partial(check_lock, shipped))

    node = Once(lambda: find_node(scan.folder(), scan.registry, scan.seconds))

    def check_project(project: str) -> Check:
        return check_npm_licences(scan.root, project, policy.allowed, node().registry, scan.seconds)

    for project in policy.projects:
        yield Job("licences", f"{project}/yarn.lock", functools.partial(check_project, project))


def _secrets(scan: Scan) -> Iterator[Job]:
    yield Job(
        "detect-secrets",
        "tree",
        lambda: check_for_secrets(scan.root, scan.workplace()),
    )


def _for_each(
    scan: Scan, source: str, patterns: Iterable[str], check: Callable[[Path], Check]
) -> Iterator[Job]:
    files = scan.files(patterns)
    if not files:
        yield _failing(source, "no file", f"there is none of {', '.join(patterns)}")
    for file in files:
        subject = scan.subject(file)
        yield Job(source, subject, functools.partial(check, file))


def _failing(source: str, subject: str, reason: str) -> Job:
    return Job(source, subject, lambda: Check(source, subject, reason=reason))


SOURCES: dict[str, Callable[[Scan], Iterator[Job]]] = {
    "safety": _safety,
    "pip-audit": _pip_audit,
    "yarn": _yarn,
    "licences": _licences,
    "secrets": _secrets,
}

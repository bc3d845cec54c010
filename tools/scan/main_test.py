"""The whole scan over a repository that has all it looks at."""

from __future__ import annotations

import datetime
import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from scan.conftest import NOBODY_LISTENS, write_lock
from scan.licences_test import write_policy
from scan.pip_audit_test import osv
from scan.safety_test import OLD, database, write
from scan.yarn_audit_test import HTTP, registry, write_project

if TYPE_CHECKING:
    from pathlib import Path

    from scan.conftest import Answer, RunScan, Serve

TODAY = datetime.datetime.now(datetime.UTC).date()


@pytest.fixture
def answering(root: Path, tmp_path: Path, serve: Serve) -> list[str | Path]:
    """A repository, and the options that have services on this machine answer for it."""
    subprocess.run(["git", "init", "--quiet", root], check=True)
    write_lock(root, "lock", "widget==1.3")
    write_project(root)
    write_policy(root, '[[yarn]]\nproject = "src/js/client"\n')
    audit = registry([], "lodash")

    def npm(path: str, body: bytes) -> Answer:
        if path.startswith("/-/"):
            return audit(path, body)
        _, name, version = path.split("/")
        return 200, json.dumps({"name": name, "version": version, "license": "MIT"}).encode()

    return [
        *("--safety-database", write(tmp_path / "db", database())),
        *("--service", "osv", "--osv-url", serve(osv("django==1.11", "widget==1.2"))),
        *("--npm-registry", serve(npm)),
    ]


def except_(root: Path, package: str, until: datetime.date) -> None:
    (root / "3rdparty/scan-exceptions.toml").write_text(
        f'[[exception]]\nid = "CVE-1999-widget"\npackage = "{package}"\n'
        f'reason = "it is never called"\nuntil = {until}\n'
    )


def test_all_clean_is_status_0(run_scan: RunScan, answering: list[str | Path], root: Path) -> None:
    scanned = run_scan(*answering, **HTTP)
    assert scanned.status == 0
    assert [(c["source"], c["outcome"]) for c in scanned.report["checks"]] == [
        ("safety", "clean"),
        ("pip-audit", "clean"),
        ("yarn npm audit", "clean"),
        ("licences", "clean"),
        ("detect-secrets", "clean"),
    ]
    assert scanned.sarif["version"] == "2.1.0"
    assert len(scanned.sarif["runs"]) == 5
    assert scanned.stdout.endswith("clean: of 5 checks 5 clean, 0 vulnerable, 0 could not check\n")

    scanned = run_scan(*answering, "--output", root / "elsewhere", **HTTP)
    assert {file.name for file in (root / "elsewhere").iterdir()} == {
        "report.json",
        "report.sarif",
    }


def test_one_source_that_cannot_check_is_status_3(
    run_scan: RunScan, answering: list[str | Path], tmp_path: Path
) -> None:
    old = write(tmp_path / "old", database(OLD))
    for broken in (("--safety-database", old), ("--osv-url", NOBODY_LISTENS)):
        scanned = run_scan(*answering, *broken, **HTTP)
        assert scanned.status == 3
        assert "4 clean, 0 vulnerable, 1 could not check" in scanned.stdout
        assert sum(
            not run["invocations"][0]["executionSuccessful"] for run in scanned.sarif["runs"]
        )


def test_an_exception_covers_a_finding_until_its_day(
    run_scan: RunScan, answering: list[str | Path], root: Path
) -> None:
    write_lock(root, "lock", "widget==1.2")
    audit = ("--only", "pip-audit")
    assert run_scan(*answering, *audit).status == 1
    except_(root, "widget", TODAY)
    scanned = run_scan(*answering, *audit)
    assert scanned.status == 0
    assert "Found, and excepted: it is never called" in scanned.stdout
    except_(root, "widget", TODAY - datetime.timedelta(days=1))
    scanned = run_scan(*answering, *audit)
    assert scanned.status == 1
    assert "expired-exception" in scanned.stdout


def test_an_exception_for_nothing_is_reported(
    run_scan: RunScan, answering: list[str | Path], root: Path
) -> None:
    except_(root, "gadget", TODAY)
    scanned = run_scan(*answering, **HTTP)
    assert scanned.status == 0
    assert "Exceptions for nothing that was found:\n    CVE-1999-widget of gadget" in scanned.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--only", "everything"],
        ["--osv-url", NOBODY_LISTENS],
        ["--oldest-database", "x"],
        ["now"],
    ],
)
def test_wrong_usage_is_status_2(run_scan: RunScan, arguments: list[str]) -> None:
    scanned = run_scan(*arguments)
    assert scanned.status == 2
    assert "usage: scan" in scanned.stderr
    assert scanned.report == {}

"""pip-audit, run for real, with a service on this machine that answers as OSV does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pip_lock import PythonLock, read_pins
from scan.conftest import NOBODY_LISTENS, write_lock
from scan.pip_audit import judged

if TYPE_CHECKING:
    from pathlib import Path

    from scan.conftest import Answer, Handler, RunScan, Serve

PIP_AUDIT = ("--only", "pip-audit")


def osv(*vulnerable: str) -> Handler:
    """A service that knows one thing against each of the requirements."""

    def handle(_path: str, body: bytes) -> Answer:
        query = json.loads(body)
        name = query["package"]["name"]
        if f"{name}=={query['version']}" not in vulnerable:
            return 200, b"{}"
        return 200, json.dumps({"vulns": [vulnerability(name)]}).encode()

    return handle


def vulnerability(name: str) -> dict[str, Any]:
    """As OSV tells it, with what pip-audit reads of it."""
    return {
        "schema_version": "1.7.0",
        "id": f"PYSEC-1999-{name}",
        "aliases": [f"CVE-1999-{name}"],
        "summary": f"all is wrong\nwith {name}",
        "published": "1999-12-31T00:00:00Z",
        "affected": [
            {
                "package": {"name": name, "ecosystem": "PyPI"},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99"}]}],
            }
        ],
    }


def asking(url: str) -> tuple[str, ...]:
    return (*PIP_AUDIT, "--service", "osv", "--osv-url", url)


def test_it_tells_vulnerable_pins_from_clean_ones(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    bad = write_lock(root, "bad", "gadget==1.0", "Some.Widget==1.0")
    good = write_lock(root, "good", "gadget==1.0", "some.widget==1.1", "django==5.0")
    url = serve(osv("django==1.11", "flask==0.12", "some-widget==1.0"))
    scanned = run_scan(*asking(url))
    assert scanned.status == 1
    assert scanned.found(bad) == [("some-widget", "PYSEC-1999-some-widget")]
    (finding,) = scanned.check(bad)["findings"]
    assert finding["aliases"] == ["CVE-1999-some-widget"]
    assert finding["message"] == "all is wrong with some-widget"
    assert (finding["path"], finding["line"]) == (bad, 4)
    assert scanned.check(good)["outcome"] == "clean"
    assert scanned.check(good)["looked_at"] == 3

    (root / bad).unlink()
    assert run_scan(*asking(url)).status == 0


def test_a_service_that_knows_nothing_at_all_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    lock = write_lock(root, "lock", "widget==1.0")
    scanned = run_scan(*asking(serve(osv())))
    assert scanned.status == 3
    assert "knows nothing against django==1.11" in scanned.check(lock)["reason"]


@pytest.mark.parametrize(
    ("status", "body"),
    [(401, b"{}"), (403, b"{}"), (404, b"{}"), (500, b""), (200, b"<html>"), (200, b"[1]")],
)
def test_a_service_that_gives_no_answer_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve, status: int, body: bytes
) -> None:
    lock = write_lock(root, "lock", "widget==1.0")
    scanned = run_scan(*asking(serve(lambda _path, _body: (status, body))))
    assert scanned.status == 3
    assert scanned.check(lock)["reason"].startswith("status ")


def test_a_service_that_answers_for_some_packages_only_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    lock = write_lock(root, "lock", "gadget==1.0", "widget==1.0")
    answers = osv("django==1.11")
    url = serve(lambda path, body: (502, b"") if b"widget" in body else answers(path, body))
    scanned = run_scan(*asking(url))
    assert scanned.status == 3
    assert scanned.check(lock)["reason"]


def test_a_service_that_is_not_there_or_does_not_answer_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve, never: Handler
) -> None:
    lock = write_lock(root, "lock", "widget==1.0")
    scanned = run_scan(*asking(NOBODY_LISTENS))
    assert scanned.status == 3
    assert "ConnectionError" in scanned.check(lock)["reason"]
    scanned = run_scan(*asking(serve(never)), "--timeout", "3")
    assert scanned.status == 3
    assert "no answer within 3 s" in scanned.check(lock)["reason"]
    scanned = run_scan(*PIP_AUDIT, HTTPS_PROXY=NOBODY_LISTENS, https_proxy=NOBODY_LISTENS)
    assert scanned.status == 3
    assert "proxy" in scanned.check(lock)["reason"].lower()


def test_a_lock_that_pip_audit_does_not_take_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    (root / "lockfiles").mkdir()
    (root / "lockfiles/lock.txt").write_text("widget==1.0\n")
    scanned = run_scan(*asking(serve(osv("django==1.11"))))
    assert scanned.status == 3
    assert "does not contain a hash" in scanned.check("lockfiles/lock.txt")["reason"]


# As pip-audit 2.10.1 wrote it where PyPI's service answered 404 for widget.
SKIPPED = {
    "dependencies": [
        {
            "name": "widget",
            "skip_reason": "Dependency not found on PyPI and could not be audited: widget (1.0)",
        },
        {"name": "gadget", "version": "1.0", "vulns": []},
        {
            "name": "django",
            "version": "1.11",
            "vulns": [{"id": "PYSEC-1", "fix_versions": [], "aliases": [], "description": "d"}],
        },
    ],
    "fixes": [],
}


def test_a_package_that_pip_audit_skipped_is_no_clean_bill(root: Path) -> None:
    lock = root / write_lock(root, "lock", "gadget==1.0", "widget==1.0", "cog==1.0")
    check = judged(SKIPPED, PythonLock(lock, "lock"), read_pins(lock), "django==1.11", "pypi")
    assert check.outcome == "could not check"
    assert check.looked_at == 1
    assert check.reason.startswith("2 of 3 not looked up: Dependency not found on PyPI")


def test_another_version_than_the_pin_is_not_the_pin(root: Path) -> None:
    lock = root / write_lock(root, "lock", "gadget==1.1")
    check = judged(SKIPPED, PythonLock(lock, "lock"), read_pins(lock), "django==1.11", "pypi")
    assert check.outcome == "could not check"

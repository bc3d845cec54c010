"""Yarn, run for real, with a registry on this machine for its audit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scan.conftest import NOBODY_LISTENS

if TYPE_CHECKING:
    from pathlib import Path

    from scan.conftest import Answer, Handler, RunScan, Serve

LOCK = "src/js/client/yarn.lock"
# A Yarn that speaks to this machine without TLS, and that does not try again.
HTTP = {"YARN_UNSAFE_HTTP_WHITELIST": "127.0.0.1", "YARN_HTTP_RETRY": "0"}
# As the repository's own projects pin it.
YARN = """\
yarn@4.18.1+sha512.b2e1e7524f654f2749d32b4ebcb4622473cb5bcbc485df2007e12a154e501\
62a4d795526768bc5f5b8f81717bfd79deb2472813d86fb5ae2eb551fa9c872b08f"""
LODASH = {"lodash": ["4.17.4"]}  # the control


def entry(name: str, version: str, *wishes: str, known_as: str = "npm") -> str:
    lines = [
        f'"{name}@{known_as}:{"." if known_as == "workspace" else version}":',
        f"  version: {version}",
        f'  resolution: "{name}@{known_as}:{"." if known_as == "workspace" else version}"',
    ]
    if wishes:
        lines += ["  dependencies:", *(f"    {wish}" for wish in wishes)]
    kind = "unknown\n  linkType: soft" if known_as == "workspace" else "node\n  linkType: hard"
    return "\n".join([*lines, f"  languageName: {kind}", "", ""])


def write_project(root: Path) -> None:
    """A project with three packages, one of them not asked for by itself."""
    project = root / "src/js/client"
    project.mkdir(parents=True)
    manifest = {
        "name": "client",
        "private": True,
        "dependencies": {"widget": "1.0.0"},
        "devDependencies": {"@scope/tool": "2.0.0"},
        "packageManager": YARN,
    }
    (project / "package.json").write_text(json.dumps(manifest))
    (project / ".yarnrc.yml").write_text("enableTelemetry: false\n")
    (project / "yarn.lock").write_text(
        "# a comment\n\n__metadata:\n  version: 10\n\n"
        + entry("@scope/tool", "2.0.0")
        + entry(
            "client",
            "0.0.0-use.local",
            '"@scope/tool": "npm:2.0.0"',
            'widget: "npm:1.0.0"',
            known_as="workspace",
        )
        + entry("cog", "3.0.0")
        + entry("widget", "1.0.0", 'cog: "npm:3.0.0"')
    )


def registry(asked: list[dict[str, list[str]]], *vulnerable: str) -> Handler:
    """A registry that knows one advisory against each of some packages."""

    def handle(path: str, body: bytes) -> Answer:
        if path != "/-/npm/v1/security/advisories/bulk":
            return 404, b"{}"
        asked.append(json.loads(body))
        answer = {name: [advisory(name)] for name in asked[-1] if name in vulnerable}
        return 200, json.dumps(answer).encode()

    return handle


def advisory(name: str) -> dict[str, Any]:
    return {
        "id": 1000 + len(name),
        "url": f"https://github.com/advisories/GHSA-aaaa-bbbb-{len(name):04}",
        "title": f"all is wrong with {name}",
        "severity": "high",
        "vulnerable_versions": "<99",
        "cwe": [],
        "cvss": {"score": 0, "vectorString": None},
    }


def asking(url: str) -> tuple[str, ...]:
    return ("--only", "yarn", "--npm-registry", url)


@pytest.fixture(autouse=True)
def _project(root: Path) -> None:
    write_project(root)


def test_it_asks_about_every_package_of_the_lock_and_reports_what_is_known(
    run_scan: RunScan, serve: Serve
) -> None:
    asked: list[dict[str, list[str]]] = []
    scanned = run_scan(*asking(serve(registry(asked, "lodash", "cog"))), **HTTP)
    assert asked == [{"@scope/tool": ["2.0.0"], "cog": ["3.0.0"], "widget": ["1.0.0"], **LODASH}]
    assert scanned.status == 1
    assert scanned.found(LOCK) == [("cog", "GHSA-aaaa-bbbb-0003")]
    (finding,) = scanned.check(LOCK)["findings"]
    assert (finding["version"], finding["line"]) == ("3.0.0", 21)
    assert finding["message"] == "high: all is wrong with cog"
    assert finding["aliases"] == ["1003"]


def test_a_registry_that_knows_nothing_against_them_is_clean(
    run_scan: RunScan, serve: Serve
) -> None:
    scanned = run_scan(*asking(serve(registry([], "lodash"))), **HTTP)
    assert scanned.status == 0
    assert scanned.check(LOCK)["looked_at"] == 3


def test_a_registry_that_knows_nothing_at_all_is_no_clean_bill(
    run_scan: RunScan, serve: Serve
) -> None:
    scanned = run_scan(*asking(serve(registry([]))), **HTTP)
    assert scanned.status == 3
    assert "knows nothing against lodash@4.17.4" in scanned.check(LOCK)["reason"]


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (405, b"{}", "405"),
        (404, b"{}", "404"),
        (401, b"{}", "status 1: "),
        (200, b"<html>", "status 1: "),
        (200, b'{"lodash": 7}', "status 1: "),
    ],
)
def test_a_registry_that_gives_no_answer_is_no_clean_bill(
    run_scan: RunScan, serve: Serve, status: int, body: bytes, reason: str
) -> None:
    scanned = run_scan(*asking(serve(lambda _path, _body: (status, body))), **HTTP)
    assert scanned.status == 3
    assert reason in scanned.check(LOCK)["reason"]


def test_a_registry_that_is_not_there_or_does_not_answer_is_no_clean_bill(
    run_scan: RunScan, serve: Serve, never: Handler
) -> None:
    scanned = run_scan(*asking(NOBODY_LISTENS), **HTTP)
    assert scanned.status == 3
    assert "ECONNREFUSED" in scanned.check(LOCK)["reason"]
    scanned = run_scan(*asking(serve(never)), "--timeout", "5", **HTTP)
    assert scanned.status == 3
    assert "no answer within 5 s" in scanned.check(LOCK)["reason"]


def test_a_lock_without_packages_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    (root / LOCK).write_text(
        "__metadata:\n  version: 10\n\n" + entry("client", "0.0.0", known_as="workspace")
    )
    scanned = run_scan(*asking(serve(registry([], "lodash"))), **HTTP)
    assert scanned.status == 3
    assert "pins no package" in scanned.check(LOCK)["reason"]


def test_no_lock_at_all_is_no_clean_bill(run_scan: RunScan, root: Path) -> None:
    (root / LOCK).unlink()
    assert run_scan("--only", "yarn").status == 3

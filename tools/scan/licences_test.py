"""Licences, with a package index and a registry on this machine."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from scan.conftest import NOBODY_LISTENS
from scan.yarn_audit_test import write_project

if TYPE_CHECKING:
    from pathlib import Path

    from scan.conftest import Answer, RunScan, Serve

LICENCES = ("--only", "licences")
LOCK = "lockfiles/lock.txt"
CLIENT = "src/js/client/yarn.lock"
CLASSIFIER = "Classifier: License :: OSI Approved :: "


def wheel(name: str, *metadata: str) -> bytes:
    info = f"{name}-1.0.dist-info"
    head = f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"{info}/METADATA", head + "".join(f"{line}\n" for line in metadata))
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return content.getvalue()


def write_policy(root: Path, text: str) -> None:
    (root / "3rdparty").mkdir(exist_ok=True)
    (root / "3rdparty/scan-licences.toml").write_text(f'allowed = ["MIT", "BSD"]\n{text}')


def offline(serve: Serve, wheels: dict[str, bytes]) -> dict[str, str]:
    """An environment in which pip knows no index but one with these wheels."""

    def handle(path: str, _body: bytes) -> Answer:
        name = path.strip("/").split("/")[-1]
        if path.endswith(".whl"):
            return 200, wheels[name.partition("-")[0]]
        if name not in wheels:
            return 404, b"<html>"
        file = f"{name}-1.0-py3-none-any.whl"
        return 200, f'<a href="/{file}">{file}</a>'.encode()

    return {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": f"{serve(handle)}/simple",
        "PIP_FIND_LINKS": "",
        "PIP_NO_CACHE_DIR": "1",
    }


def write_lock_of(root: Path, wheels: dict[str, bytes]) -> None:
    (root / "lockfiles").mkdir()
    (root / LOCK).write_text(
        "".join(
            f"{name}==1.0 --hash=sha256:{hashlib.sha256(content).hexdigest()}\n"
            for name, content in wheels.items()
        )
    )


def test_the_licences_of_a_python_lock_are_held_against_those_allowed(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    wheels = {
        "expression": wheel("expression", "License-Expression: MIT OR GPL-3.0-only"),
        "classifier": wheel("classifier", f"{CLASSIFIER}BSD License"),
        "named": wheel("named", "License: MIT"),
        "copyleft": wheel("copyleft", "License-Expression: GPL-3.0-only"),
        "two": wheel("two", f"{CLASSIFIER}MIT License", f"{CLASSIFIER}Something Else"),
        "silent": wheel("silent"),
        "wordy": wheel("wordy", "License: " + "MIT, but " * 20),
    }
    write_lock_of(root, wheels)
    write_policy(root, f'[[python]]\nlock = "{LOCK}"\n')
    scanned = run_scan(*LICENCES, **offline(serve, wheels))
    assert scanned.status == 1
    assert scanned.found(LOCK) == [
        ("copyleft", "GPL-3.0-only"),
        ("silent", "no licence"),
        ("two", "MIT AND Something Else"),
        ("wordy", "no licence"),
    ]
    assert scanned.check(LOCK)["looked_at"] == 7

    write_policy(root, f'[[python]]\nlock = "{LOCK}"\nroots = ["named"]\n')
    scanned = run_scan(*LICENCES, **offline(serve, wheels))
    assert scanned.status == 0
    assert scanned.check(LOCK)["looked_at"] == 1

    write_policy(root, f'[[python]]\nlock = "{LOCK}"\nroots = ["nobody"]\n')
    assert run_scan(*LICENCES, **offline(serve, wheels)).status == 3


def test_an_index_that_does_not_have_a_package_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    wheels = {"named": wheel("named", "License: MIT")}
    write_lock_of(root, {**wheels, "absent": b""})
    write_policy(root, f'[[python]]\nlock = "{LOCK}"\n')
    scanned = run_scan(*LICENCES, **offline(serve, wheels))
    assert scanned.status == 3
    assert "No matching distribution found for absent==1.0" in scanned.check(LOCK)["reason"]


def test_the_licences_of_a_client_are_held_against_those_allowed(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    write_project(root)
    write_policy(root, '[[yarn]]\nproject = "src/js/client"\n')
    licences: dict[str, object] = {"/widget/1.0.0": "MIT", "/cog/3.0.0": {"type": "GPL-3.0-only"}}

    def handle(path: str, _body: bytes) -> Answer:
        _, name, version = path.split("/")
        manifest = {"name": name, "version": version, "license": licences[path]}
        return 200, json.dumps(manifest).encode()

    registry = ("--npm-registry", serve(handle))
    scanned = run_scan(*LICENCES, *registry)
    assert scanned.status == 1
    assert scanned.found(CLIENT) == [("cog", "GPL-3.0-only")]
    assert scanned.check(CLIENT)["looked_at"] == 2  # its tool does not ship
    licences["/cog/3.0.0"] = "(MIT OR GPL-3.0-only)"
    assert run_scan(*LICENCES, *registry).status == 0
    licences["/cog/3.0.0"] = None
    assert run_scan(*LICENCES, *registry).found(CLIENT) == [("cog", "no licence")]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((404, b"{}"), "answers 404"),
        ((200, b"<html>"), "not understood"),
        ((200, b'{"name": "other", "version": "1", "license": "MIT"}'), "another package"),
    ],
)
def test_a_registry_that_gives_no_answer_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve, answer: Answer, reason: str
) -> None:
    write_project(root)
    write_policy(root, '[[yarn]]\nproject = "src/js/client"\n')
    scanned = run_scan(*LICENCES, "--npm-registry", serve(lambda *_: answer))
    assert scanned.status == 3
    assert reason in scanned.check(CLIENT)["reason"]


def test_a_registry_that_is_not_there_is_no_clean_bill(run_scan: RunScan, root: Path) -> None:
    write_project(root)
    write_policy(root, '[[yarn]]\nproject = "src/js/client"\n')
    scanned = run_scan(*LICENCES, "--npm-registry", NOBODY_LISTENS)
    assert scanned.status == 3
    assert "cannot be reached" in scanned.check(CLIENT)["reason"]


@pytest.mark.parametrize("text", ["", "nonsense", "[[python]]\nlok = 'x'\n", "python = 7\n"])
def test_a_policy_that_names_nothing_is_no_clean_bill(
    run_scan: RunScan, root: Path, text: str
) -> None:
    if text:
        write_policy(root, text)
    assert run_scan(*LICENCES).status == 3

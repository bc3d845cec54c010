"""safety, run for real, with databases that these tests make up."""

from __future__ import annotations

import base64
import datetime
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from scan.conftest import NOBODY_LISTENS, write_lock

if TYPE_CHECKING:
    from pathlib import Path

    from scan.conftest import Handler, RunScan, Serve

SAFETY = ("--only", "safety")
TODAY = datetime.datetime.now(datetime.UTC)
OLD = TODAY - datetime.timedelta(days=31)


def advisory(number: int, spec: str) -> dict[str, Any]:
    ids = [{"type": "pyup", "id": f"made-up-{number}"}, {"type": "cve", "id": f"CVE-1999-{number}"}]
    return {"specs": [spec], "advisory": f"advisory {number}", "ids": ids}


def database(updated: datetime.datetime = TODAY) -> dict[str, Any]:
    return {
        "meta": {"schema_version": "2.0.0", "timestamp": int(updated.timestamp())},
        "vulnerable_packages": {
            "widget": [advisory(1, "<1.2"), advisory(2, ">=1.1,<1.3")],
            "gadget": [advisory(3, "<2")],
            "sprocket": [advisory(4, "<9")],
        },
    }


def write(folder: Path, content: object) -> Path:
    folder.mkdir()
    (folder / "insecure_full.json").write_text(json.dumps(content))
    return folder


def test_it_tells_vulnerable_pins_from_clean_ones(
    run_scan: RunScan, root: Path, tmp_path: Path
) -> None:
    bad = write_lock(root, "bad", "gadget==2.0", "Widget==1.1")
    good = write_lock(root, "good", "gadget==2.0", "widget==1.3")
    scanned = run_scan(*SAFETY, "--safety-database", write(tmp_path / "db", database()))
    assert scanned.status == 1
    assert scanned.check(bad)["outcome"] == "vulnerable"
    assert scanned.found(bad) == [("widget", "made-up-1"), ("widget", "made-up-2")]
    assert scanned.check(bad)["findings"][0]["aliases"] == ["CVE-1999-1"]
    assert scanned.check(bad)["findings"][0]["line"] == 4
    assert scanned.check(good)["outcome"] == "clean"
    assert scanned.check(good)["looked_at"] == 2
    assert str(TODAY.date()) in scanned.check(good)["note"]


def test_all_clean_is_status_0(run_scan: RunScan, root: Path, tmp_path: Path) -> None:
    write_lock(root, "good", "widget==1.3")
    scanned = run_scan(*SAFETY, "--safety-database", write(tmp_path / "db", database()))
    assert (scanned.status, scanned.report["outcome"]) == (0, "clean")


def test_an_old_database_is_no_clean_bill_but_what_it_finds_is_reported(
    run_scan: RunScan, root: Path, tmp_path: Path
) -> None:
    bad, good = write_lock(root, "bad", "widget==1"), write_lock(root, "good", "widget==2")
    old = ("--safety-database", write(tmp_path / "db", database(OLD)))
    scanned = run_scan(*SAFETY, *old)
    assert scanned.status == 1
    assert scanned.found(bad) == [("widget", "made-up-1")]
    assert "31 days old" in scanned.check(bad)["reason"]
    assert scanned.check(good)["outcome"] == "could not check"
    assert "31 days old" in scanned.check(good)["reason"]

    (root / bad).unlink()
    assert run_scan(*SAFETY, *old).status == 3
    assert run_scan(*SAFETY, *old, "--oldest-database", "31").status == 0


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("no database", "not understood"),
        ({}, "not understood"),
        ({**database(), "meta": {"schema_version": "3.0.0", "timestamp": 1}}, "schema 3.0.0"),
        ({**database(), "meta": {"schema_version": "2.0.0"}}, "timestamp"),
        ({**database(), "vulnerable_packages": {}}, "nothing to try it with"),
        (
            {**database(), "vulnerable_packages": {"widget": [{"specs": ["<2"]}]}},
            "nothing to try it with",
        ),
        (
            {
                **database(),
                "vulnerable_packages": {"widget": [advisory(1, "<>!")], "a": [advisory(2, "<2")]},
            },
            "status 1: ",
        ),
    ],
    ids=["text", "empty", "schema", "age", "no-packages", "one-package", "crash"],
)
def test_a_database_that_cannot_be_relied_on_is_no_clean_bill(
    run_scan: RunScan, root: Path, tmp_path: Path, content: object, reason: str
) -> None:
    lock = write_lock(root, "lock", "widget==3")
    scanned = run_scan(*SAFETY, "--safety-database", write(tmp_path / "db", content))
    assert scanned.status == 3
    assert reason in scanned.check(lock)["reason"]
    assert reason in scanned.stdout


@pytest.mark.parametrize("status", [403, 404, 429, 500])
def test_a_service_that_answers_with_an_error_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve, status: int
) -> None:
    lock = write_lock(root, "lock", "widget==3")
    url = serve(lambda _path, _body: (status, b"<html>"))
    scanned = run_scan(*SAFETY, "--safety-database", url, SAFETY_API_KEY="made up")
    assert scanned.status == 3
    assert f"answers {status}" in scanned.check(lock)["reason"]
    assert ("key is not accepted" in scanned.check(lock)["reason"]) == (status == 403)


def test_a_service_that_is_not_there_or_does_not_answer_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve, never: Handler
) -> None:
    lock = write_lock(root, "lock", "widget==3")
    scanned = run_scan(*SAFETY, "--safety-database", NOBODY_LISTENS)
    assert scanned.status == 3
    assert "cannot be reached" in scanned.check(lock)["reason"]
    scanned = run_scan(*SAFETY, "--safety-database", serve(never), "--timeout", "0.5")
    assert scanned.status == 3
    assert "within 0.5 s" in scanned.check(lock)["reason"]
    scanned = run_scan(*SAFETY, "--safety-database", root / "nowhere")
    assert scanned.status == 3
    assert "cannot be read" in scanned.check(lock)["reason"]


def test_a_tool_that_does_not_end_is_no_clean_bill(
    run_scan: RunScan, root: Path, tmp_path: Path
) -> None:
    lock = write_lock(root, "lock", "widget==3")
    folder = write(tmp_path / "db", database())
    scanned = run_scan(*SAFETY, "--safety-database", folder, "--timeout", "0.01")
    assert scanned.status == 3
    assert "no answer within 0.01 s" in scanned.check(lock)["reason"]


def test_the_online_database_is_the_default_if_it_answers(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    lock = write_lock(root, "lock", "widget==1")
    content = json.dumps(database()).encode()
    url = serve(lambda path, _body: (200 if path == "/insecure_full.json" else 404, content))
    scanned = run_scan(*SAFETY, "--safety-database", url)
    assert scanned.found(lock) == [("widget", "made-up-1")]
    assert scanned.check(lock)["reason"] == ""


def test_without_it_the_packaged_one_is_asked_which_is_no_clean_bill(
    run_scan: RunScan, root: Path, serve: Serve
) -> None:
    wheel = safety_db_wheel()
    name = "safety_db-2021.7.17-py2.py3-none-any.whl"
    page = f'<a href="/{name}">{name}</a>'.encode()
    index = serve(lambda path, _body: (200, wheel if path.endswith(".whl") else page))
    bad, good = write_lock(root, "bad", "some.thing==1"), write_lock(root, "good", "other==1")
    digest = hashlib.sha256(wheel).hexdigest()
    (root / "lockfiles/safety-db.txt").write_text(f"safety-db==2021.7.17 --hash=sha256:{digest}\n")
    offline = {
        "HTTPS_PROXY": NOBODY_LISTENS,
        "https_proxy": NOBODY_LISTENS,
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": f"{index}/simple",
        "PIP_FIND_LINKS": "",
    }
    scanned = run_scan(*SAFETY, **offline)
    assert scanned.found(bad) == [("some-thing", "pyup.io-1")]
    for lock in (bad, good):
        assert "cannot be reached" in scanned.check(lock)["reason"]
        assert "safety-db of 2021-07-01" in scanned.check(lock)["reason"]
    assert scanned.check(good)["outcome"] == "could not check"

    (root / "lockfiles/safety-db.txt").write_text(
        f"safety-db==2021.7.17 --hash=sha256:{'0' * 64}\n"
    )
    scanned = run_scan(*SAFETY, **offline)
    assert scanned.status == 3
    assert "pip does not get safety-db" in scanned.check(good)["reason"]


def safety_db_wheel() -> bytes:
    """A wheel that is built as the package safety-db is."""
    old = {
        "$meta": {"advisory": "made up", "timestamp": 1625119202},
        "Some.Thing": [
            {"advisory": "a", "cve": None, "id": "pyup.io-1", "specs": ["<2"], "v": "<2"}
        ],
        "another": [
            {"advisory": "b", "cve": "CVE-1", "id": "pyup.io-2", "specs": ["<2"], "v": "<2"}
        ],
    }
    info = "safety_db-2021.7.17.dist-info"
    files = {
        "safety_db/insecure_full.json": json.dumps(old),
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: safety-db\nVersion: 2021.7.17\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py2-none-any\n"
        "Tag: py3-none-any\n",
    }
    record = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content.encode()).digest())
        record.append(f"{name},sha256={digest.decode().rstrip('=')},{len(content)}\n")
    files[f"{info}/RECORD"] = "".join(record) + f"{info}/RECORD,,\n"
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return wheel.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "pins no package"),
        ("# only a comment\n", "pins no package"),
        ("widget>=1\n", "line 1 of the lock pins nothing"),
        ("-e .\n", "line 1 of the lock pins nothing"),
        ("widget==one\n", "widget"),
    ],
)
def test_a_lock_of_which_nothing_can_be_looked_at_is_no_clean_bill(
    run_scan: RunScan, root: Path, tmp_path: Path, content: str, reason: str
) -> None:
    (root / "lockfiles").mkdir()
    (root / "lockfiles/lock.txt").write_text(content)
    scanned = run_scan(*SAFETY, "--safety-database", write(tmp_path / "db", database()))
    assert scanned.status == 3
    assert reason in scanned.check("lockfiles/lock.txt")["reason"]


def test_no_lock_at_all_is_no_clean_bill(run_scan: RunScan, tmp_path: Path) -> None:
    scanned = run_scan(*SAFETY, "--safety-database", write(tmp_path / "db", database()))
    assert scanned.status == 3
    assert "there is none of" in scanned.stdout

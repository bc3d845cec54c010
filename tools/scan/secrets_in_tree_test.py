"""detect-secrets, run for real, over trees that these tests make up."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from scan.conftest import RunScan

SECRETS = ("--only", "secrets")
# Put together here, or this file would be found itself.
KEY = "-----BEGIN {} KEY-----\n".format("PRIVATE")
PASSWORD = 'URL = "https://ann:{}@example.org"'.format("hunter" + "2hunter")
NO_SECRET_HERE = "  # pragma: allowlist" + " secret"


def write_tree(root: Path, **files: str) -> None:
    subprocess.run(["git", "init", "--quiet", root], check=True)
    for name, content in files.items():
        (root / name).write_text(content)


def test_secrets_are_found_tracked_or_not_yet_but_not_in_ignored_files(
    run_scan: RunScan, root: Path
) -> None:
    write_tree(root, tracked=KEY, untracked=f"\n{PASSWORD}\n", clean="x = 1\n", ignored=KEY)
    (root / ".gitignore").write_text("/ignored\n/dist/\n")
    subprocess.run(["git", "add", "tracked"], cwd=root, check=True)
    scanned = run_scan(*SECRETS)
    assert scanned.status == 1
    findings = scanned.check("tree")["findings"]
    assert [(f["path"], f["line"], f["message"]) for f in findings] == [
        ("tracked", 1, "Private Key"),
        ("untracked", 2, "Basic Auth Credentials"),
    ]
    assert scanned.check("tree")["looked_at"] == 4
    for secret in ("hunter", "PRIVATE"):
        assert secret not in scanned.stdout
        assert secret not in str(scanned.report)


def test_a_tree_without_secrets_is_clean(run_scan: RunScan, root: Path) -> None:
    digest = "0123456789abcdef" * 4
    write_tree(
        root,
        lock=f"widget==1 \\\n    --hash=sha256:{digest} \\\n",
        code="x = 1\n",
        migration=f'revision = "{digest[:12]}"\ndown_revision = "{digest[4:16]}"\n',
    )
    (root / "picture.png").write_bytes(b"\x89PNG\0")
    scanned = run_scan(*SECRETS)
    assert scanned.status == 0
    assert scanned.check("tree")["looked_at"] == 3
    assert scanned.check("tree")["note"] == "1 more are not text"


def test_a_comment_excepts_nothing_nor_does_the_name_of_a_lock(
    run_scan: RunScan, root: Path
) -> None:
    write_tree(root, code=PASSWORD + NO_SECRET_HERE)
    names = ["code", "package-lock.json", "picture.svg", "swagger.json", "yarn.lock"]
    for name in names[1:]:
        (root / name).write_text(PASSWORD)
    assert [package for package, _ in run_scan(*SECRETS).found("tree")] == names


def test_a_link_is_looked_through(run_scan: RunScan, root: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").write_text(PASSWORD)
    write_tree(root)
    (root / "link").symlink_to(tmp_path / "outside")
    assert [package for package, _ in run_scan(*SECRETS).found("tree")] == ["link"]


def test_a_tree_of_which_nothing_can_be_looked_at_is_no_clean_bill(
    run_scan: RunScan, root: Path
) -> None:
    scanned = run_scan(*SECRETS, GIT_CEILING_DIRECTORIES=str(root.parent))
    assert scanned.status == 3
    assert "git does not list the files" in scanned.check("tree")["reason"]
    write_tree(root)
    (root / ".gitignore").write_text("*\n")
    scanned = run_scan(*SECRETS)
    assert scanned.status == 3
    assert "git lists no file" in scanned.check("tree")["reason"]
    scanned = run_scan(*SECRETS, PATH="/nowhere")
    assert scanned.status == 3
    assert "it does not start" in scanned.check("tree")["reason"]

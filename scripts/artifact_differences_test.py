"""What is found to differ between two folders of artifacts."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest
from artifact_differences import differences
from artifact_digests import main as print_digests

if TYPE_CHECKING:
    from pathlib import Path

    Members = dict[str, tuple[str, tuple[int, int, int, int, int, int], int]]

EMPTY = hashlib.sha256(b"").hexdigest()
NOON, NIGHT = (2026, 1, 1, 12, 0, 0), (2026, 1, 1, 0, 0, 0)


def archive(file: Path, members: Members) -> None:
    """Writes an archive of members with their content, time and permissions."""
    file.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(file, "w") as writing:
        for name, (content, time, mode) in members.items():
            info = zipfile.ZipInfo(name, time)
            info.external_attr = mode << 16
            writing.writestr(info, content)


def test_nothing_differs_between_copies(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        archive(tmp_path / folder / "x.pex", {"m": ("1", NOON, 0o644)})
    assert differences(tmp_path / "a", tmp_path / "b") == []


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        ({"m": ("2", NOON, 0o644), "n": ("", NOON, 0o644)}, "x.pex: m: content"),
        ({"m": ("1", NIGHT, 0o644), "n": ("", NOON, 0o644)}, "x.pex: m: time"),
        ({"m": ("1", NOON, 0o600), "n": ("", NOON, 0o644)}, "x.pex: m: mode"),
        ({"m": ("1", NOON, 0o644)}, "x.pex: n: only in the first build"),
        ({"n": ("", NOON, 0o644), "m": ("1", NOON, 0o644)}, "x.pex: the order of the members"),
    ],
)
def test_of_an_archive_the_members_that_differ_are_named(
    tmp_path: Path, other: Members, difference: str
) -> None:
    archive(tmp_path / "a" / "x.pex", {"m": ("1", NOON, 0o644), "n": ("", NOON, 0o644)})
    archive(tmp_path / "b" / "x.pex", other)
    assert differences(tmp_path / "a", tmp_path / "b") == [difference]


def test_files_that_differ_or_are_missing_are_named(tmp_path: Path) -> None:
    for path, text in {"a/same": "", "b/same": "", "a/x": "1", "b/x": "2", "b/y/z": ""}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert differences(tmp_path / "a", tmp_path / "b") == [
        "x: differs",
        "y/z: only in the second build",
    ]


def test_digests_are_a_line_an_artifact_in_the_order_of_the_paths(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "test").mkdir()
    for path in ("z", "test/report.xml", "b/c", "a"):
        (tmp_path / path).touch()
    assert print_digests(tmp_path) == 0
    assert capsys.readouterr().out == "".join(f"{EMPTY}  {path}\n" for path in ("a", "b/c", "z"))


def test_a_folder_without_a_file_has_no_digests(tmp_path: Path) -> None:
    assert print_digests(tmp_path) == 1

"""The lock command, on a small resolve of its own, with the real pip-compile and package index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import lock

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with one resolve, locked."""
    (tmp_path / "3rdparty").mkdir()
    (tmp_path / "lockfiles").mkdir()
    (tmp_path / "3rdparty/small.in").write_text("--only-binary :all:\npackaging~=24.0\n")
    assert lock.main(tmp_path, ["small"]) == 0
    return tmp_path


def locked(root: Path) -> str:
    return (root / "lockfiles/small.txt").read_text()


def test_a_lock_has_hashes_and_nothing_of_this_machine(root: Path) -> None:
    text = locked(root)
    assert "packaging==24." in text
    assert "--hash=sha256:" in text
    for line in text.splitlines():
        assert line.startswith(("#", "    ", "packaging==", "--only-binary :all:")) or not line
    for setting in ("://", str(root)):
        assert setting not in text


def test_unchanged_inputs_give_the_same_bytes(root: Path) -> None:
    before = locked(root)
    assert lock.main(root, []) == 0
    assert locked(root) == before
    assert lock.main(root, ["--check"]) == 0


def test_settings_of_pip_tools_do_not_matter(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = locked(root)
    monkeypatch.setenv("CUSTOM_COMPILE_COMMAND", "make locks")
    (root / ".pip-tools.toml").write_text("[tool.pip-tools]\nannotate = false\n")
    assert lock.main(root, []) == 0
    assert locked(root) == before


def test_a_pin_stays_until_it_is_upgraded(root: Path) -> None:
    assert lock.main(root, ["--upgrade-package", "packaging==24.0"]) == 0
    assert "packaging==24.0 " in locked(root)
    assert lock.main(root, []) == 0
    assert "packaging==24.0 " in locked(root)
    assert lock.main(root, ["--upgrade"]) == 0
    assert "packaging==24.0 " not in locked(root)


def test_a_stale_lock_fails_the_check_with_the_diff(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "3rdparty/small.in").write_text("--only-binary :all:\npackaging==24.0\n")
    before = locked(root)
    assert lock.main(root, ["--check"]) == lock.STALE
    printed = capsys.readouterr()
    assert "--- lockfiles/small.txt" in printed.out
    assert "\n+packaging==24.0 " in printed.out
    assert "just lock small" in printed.err
    assert locked(root) == before


def test_a_lock_that_somebody_edited_fails_the_check(root: Path) -> None:
    text = locked(root)
    path = root / "lockfiles/small.txt"
    path.write_text(text.replace("    # via -r 3rdparty/small.in\n", ""))
    assert lock.main(root, ["--check"]) == lock.STALE


def test_an_input_that_cannot_be_resolved_fails(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "3rdparty/small.in").write_text("packaging==24.0\npackaging==24.1\n")
    for arguments in ([], ["--check"]):
        assert lock.main(root, arguments) == lock.FAILED
        assert "small could not be compiled" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["none"], ["--check", "--upgrade"]])
def test_a_wrong_call_is_refused(root: Path, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        lock.main(root, arguments)
    assert refused.value.code == 2

"""A PEX says in one line what it lacks, and leaves no copy of itself behind at every start."""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from pex_preflight import prepare

if TYPE_CHECKING:
    from pathlib import Path

CANNOT = (
    r"^game\.pex: cannot unpack itself into {}: set PEX_ROOT to a folder where this user may write"
    r" files and run programs$"
)


@pytest.fixture(autouse=True)
def pex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The PEX that is starting, in an environment of its own."""
    path = tmp_path / "game.pex"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("PEX-INFO", '{"pex_hash": "abc"}')
    monkeypatch.setattr(sys, "path", [str(path), *sys.path])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PEX_ROOT", raising=False)
    return path


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / f"pex-{os.geteuid()}"


def test_with_a_home_nothing_changes(shared: Path) -> None:
    prepare()
    assert "PEX_ROOT" not in os.environ
    assert not shared.exists()


@pytest.mark.parametrize("home", ["/proc/nobody", "home", "/dev/null"])
def test_without_a_home_it_is_the_same_folder_every_time(
    home: str, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", home)
    for _ in range(2):
        monkeypatch.delenv("PEX_ROOT", raising=False)
        prepare()
        assert os.environ["PEX_ROOT"] == str(shared)
    assert shared.stat().st_mode == 0o040700


def test_a_folder_that_others_may_write_to_is_not_used(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/proc/nobody")
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(SystemExit, match=CANNOT.format(f"/proc/nobody/.pex or {shared}")):
        prepare()


@pytest.mark.parametrize("root", ["/proc/nobody", "/dev/null", "/dev/null/below"])
def test_a_root_that_was_asked_for_is_used_or_named(
    root: str, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEX_ROOT", root)
    with pytest.raises(SystemExit, match=CANNOT.format(root)):
        prepare()
    assert not shared.exists()


def test_what_was_unpacked_beforehand_needs_no_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container's image, whose files belong to root."""
    unpacked = tmp_path / "root" / "venvs" / "abc" / "def" / "pex"
    unpacked.parent.mkdir(parents=True)
    unpacked.touch()
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setenv("PEX_ROOT", str(tmp_path / "root"))
    prepare()


def test_a_file_system_without_programs_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = os.statvfs(tmp_path)

    class NoExec:
        f_flag = state.f_flag | os.ST_NOEXEC

    monkeypatch.setattr(os, "statvfs", lambda _: NoExec)
    monkeypatch.setenv("PEX_ROOT", str(tmp_path))
    with pytest.raises(SystemExit, match=CANNOT.format(tmp_path)):
        prepare()


def test_a_python_that_is_too_new_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 1))
    with pytest.raises(
        SystemExit, match=r"^game\.pex: needs Python 3\.11, and this is 3\.12: start"
    ):
        prepare()


def test_what_is_unpacked_is_not_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setenv("PEX_ROOT", "/proc/nobody")
    prepare()

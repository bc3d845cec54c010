"""A cluster is whole or absent; what is not one is refused, and nobody else's process is harmed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from local_postgres import LocalPostgres, LocalPostgresError
from local_postgres.cluster import settle_pid_file
from server_process import wait_until

STARTER = """
import resource, sys
from pathlib import Path
from local_postgres import LocalPostgres, LocalPostgresError

resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
try:
    LocalPostgres(Path(sys.argv[1]), durable=False).__enter__()
except LocalPostgresError as error:
    print(error)
"""


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A live process that has nothing to do with PostgreSQL."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield process
        process.kill()


def start_once(data_dir: Path) -> None:
    with LocalPostgres(data_dir, durable=False):
        pass


def test_an_empty_folder_becomes_a_cluster(data_dir: Path) -> None:
    (data_dir / "postgres").mkdir(parents=True)
    start_once(data_dir)
    assert (data_dir / "postgres" / "PG_VERSION").exists()


def test_a_folder_with_something_else_is_refused(data_dir: Path) -> None:
    letter = data_dir / "postgres" / "letter.txt"
    letter.parent.mkdir(parents=True)
    letter.write_text("Dear …")
    with pytest.raises(LocalPostgresError, match="neither empty nor a PostgreSQL database: /"):
        start_once(data_dir)
    assert letter.read_text() == "Dear …"


def test_what_another_major_version_wrote_is_refused(data_dir: Path) -> None:
    start_once(data_dir)
    (data_dir / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(LocalPostgresError, match=r"PostgreSQL 17 wrote /.*; this is PostgreSQL 18"):
        start_once(data_dir)


def test_a_path_that_postgresql_would_cut_off_is_refused(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(["d" * 200] * 5))
    with pytest.raises(LocalPostgresError, match="path too long for PostgreSQL"):
        start_once(deep)


def test_a_path_may_be_almost_that_long(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*(["d" * 200] * 4))
    room = 900 - len(str(deep / "x" / "postgres"))
    start_once(deep / ("x" * (room + 1)))


def test_a_path_may_have_any_characters(tmp_path: Path) -> None:
    start_once(tmp_path / "Vier gewinnt: 'ö\"$(x)\\ %41 ,♥")


def test_a_path_with_a_line_break_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(LocalPostgresError, match=r"unprintable characters: '/.*/two\\nlines/"):
        start_once(tmp_path / "two\nlines")


@pytest.mark.parametrize("where", ["file", "file/below", "/proc/data"])
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LocalPostgresError, match=rf"^[A-Z][\w ]+: {tmp_path / where}$") as caught:
        start_once(tmp_path / where)
    assert "\n" not in str(caught.value)


def test_an_initdb_that_cannot_write_leaves_nothing(data_dir: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", STARTER, data_dir],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith(f"cannot make a database in {data_dir}: ")
    assert said.stdout.count("\n") == 1
    assert [entry.name for entry in data_dir.iterdir()] == ["lock"]
    start_once(data_dir)


def test_what_a_killed_initdb_left_is_removed(data_dir: Path) -> None:
    unfinished = data_dir / "postgres.unfinished-abc"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    start_once(data_dir)
    assert not unfinished.exists()


@pytest.mark.parametrize("whose", ["a living process's", "nobody's", "none"])
def test_a_stale_pid_file_harms_nobody(
    data_dir: Path, sleeper: subprocess.Popen[bytes], whose: str
) -> None:
    start_once(data_dir)
    pid = {"a living process's": str(sleeper.pid), "nobody's": str(2**40), "none": ""}[whose]
    cluster = data_dir / "postgres"
    (cluster / "postmaster.pid").write_text(f"{pid}\n{cluster}\n1795415640\n5432\n/tmp\n\n1 1\n")
    start_once(data_dir)
    assert sleeper.poll() is None


def test_another_clusters_postgresql_is_not_waited_for(data_dir: Path, tmp_path: Path) -> None:
    start_once(data_dir)
    other = tmp_path / "postgres"
    shutil.copy(shutil.which("sleep") or "", other)
    with subprocess.Popen([other, "600"], cwd=tmp_path) as process:
        wait_until(lambda: psutil.Process(process.pid).name() == "postgres")
        pid_file = data_dir / "postgres" / "postmaster.pid"
        pid_file.write_text(f"{process.pid}\n")
        settle_pid_file(pid_file.parent, seconds=0)
        assert not pid_file.exists()
        assert process.poll() is None
        process.kill()


def test_a_postgresql_that_still_shuts_down_is_waited_for(data_dir: Path) -> None:
    cluster = data_dir / "postgres"
    with ThreadPoolExecutor() as pool:
        with LocalPostgres(data_dir, durable=False):
            settled = pool.submit(settle_pid_file, cluster)
            with pytest.raises(LocalPostgresError, match=r"PostgreSQL \(process \d+\) still runs"):
                settle_pid_file(cluster, seconds=0.1)
            assert not settled.done()
        settled.result(timeout=120)

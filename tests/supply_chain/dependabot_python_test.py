"""What Dependabot does to a lock, on a copy: its pull requests have to be green as they come.

It knows nothing of Pants. It freezes a package's line in the `.in` files, calls pip-compile for
each lock, with options that it reads from the lock, and keeps the lock's header:
https://github.com/dependabot/dependabot-core/blob/main/python/lib/dependabot/python/file_updater/pip_compile_file_updater.rb
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import lock
from pip_lock import normalized, read_pins

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pip_lock import Pin

LOCKS = sorted(path.stem for path in Path("lockfiles").glob("*.txt"))
LARGEST_FILE = 500_000
# What it supports; it takes the version from the header.
PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"]
# Pinned to one version for a reason: dependabot.yml tells it to leave them alone.
LEFT_ALONE = {"safety-db"}


def read_lock(root: Path, resolve: str) -> str:
    return (root / f"lockfiles/{resolve}.txt").read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of what Dependabot reads of the repository."""
    for folder in ("3rdparty", "lockfiles"):
        shutil.copytree(folder, tmp_path / folder)
    return tmp_path


def test_dependabot_finds_the_locks_and_nothing_else() -> None:
    """It looks one folder down, and ignores large files; Pants' own lock is further down."""
    found = [path for kind in ("in", "txt") for path in Path().glob(f"*/*.{kind}")]
    assert {str(path.parent) for path in found} == {"3rdparty", "lockfiles"}
    for path in found:
        assert path.stat().st_size < LARGEST_FILE, path


@pytest.mark.parametrize("resolve", LOCKS)
def test_the_header_of_a_lock_names_its_input_and_a_python_that_dependabot_has(
    resolve: str,
) -> None:
    header = read_lock(Path(), resolve).partition("\n--")[0].partition("\n\n")[0]
    python = re.search(r"with Python (\d+\.\d+)", header)
    assert python is not None
    assert python[1] in PYTHONS
    (command,) = re.findall(r"#    (pip-compile .*)", header)
    assert f"--output-file=lockfiles/{resolve}.txt" in command.split()
    assert command.split()[-1] == f"3rdparty/{resolve}.in"
    assert Path(f"3rdparty/{resolve}.in").is_file()


@dataclass(frozen=True)
class Update:
    """A pin that is older than it need be, and what Dependabot would make of it."""

    package: str
    older: str
    version: str


def older_versions(pin: Pin) -> Iterator[str]:
    """The versions before a pin, from the newest."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "index", "versions", pin.name, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    versions: list[str] = json.loads(asked.stdout)["versions"]
    yield from versions[versions.index(pin.version) + 1 :][:3]


def loosen(root: Path, package: str) -> None:
    """Lets a person's requirement be any version: what is there may allow no older one."""
    for path in (root / "3rdparty").glob("*.in"):
        lines = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join(requirement(line, package, "") for line in lines) + "\n")


def requirement(line: str, package: str, specifier: str) -> str:
    """LINE of an `.in` with that specifier, if it asks for PACKAGE."""
    found = re.fullmatch(r"([A-Za-z0-9._-]+)(\[.*\])?\s*[~=<>!].*", line)
    if found is None or normalized(found[1]) != package:
        return line
    return f"{found[1]}{found[2] or ''}{specifier}"


def downgrade(root: Path, resolve: str, *, direct: bool) -> Update | None:
    """Makes one pin of a lock older, the first that can be; None if the lock has none."""
    pins = read_pins(root / f"lockfiles/{resolve}.txt")
    for pin in pins.values():
        if any(whence.startswith("-r ") for whence in pin.wanted_by) != direct:
            continue
        for older in older_versions(pin):
            trial = root / f"trial-{pin.name}-{older}"
            for folder in ("3rdparty", "lockfiles"):
                shutil.copytree(root / folder, trial / folder)
            if direct:
                loosen(trial, pin.name)
            wish = f"{pin.name}=={older}"
            if lock.main(trial, [resolve, "--upgrade-package", wish]) == 0:
                now = read_pins(trial / f"lockfiles/{resolve}.txt")
                if now.get(pin.name) and now[pin.name].version == older:
                    for folder in ("3rdparty", "lockfiles"):
                        shutil.copytree(trial / folder, root / folder, dirs_exist_ok=True)
                    return Update(pin.name, older, pin.version)
    return None


def dependabot(root: Path, resolve: str, update: Update) -> None:
    """Updates one package of a lock as Dependabot does; raises CalledProcessError."""
    path = root / f"lockfiles/{resolve}.txt"
    before = path.read_text(encoding="utf-8")
    frozen = {file: file.read_text(encoding="utf-8") for file in (root / "3rdparty").glob("*.in")}
    for file, text in frozen.items():
        lines = [
            requirement(line, update.package, f"=={update.version}") for line in text.splitlines()
        ]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    options = ["--build-isolation", f"--output-file=lockfiles/{resolve}.txt", "--no-emit-index-url"]
    options += ["--generate-hashes"] if "--hash=sha" in before else []
    options += ["--allow-unsafe"] if re.search(r"^(pip|setuptools)==", before, re.MULTILINE) else []
    options += ["--strip-extras"] if "--strip-extras" in before else []
    subprocess.run(
        [
            *(sys.executable, "-m", "piptools", "compile", *options),
            "--no-emit-find-links",  # of this machine's settings; Dependabot's has none
            *("-P", f"{update.package}=={update.version}", f"3rdparty/{resolve}.in"),
        ],
        cwd=root,
        capture_output=True,
        check=True,
    )
    after = path.read_text(encoding="utf-8")
    path.write_text(header(before) + after[len(header(after)) :], encoding="utf-8")
    for file, text in frozen.items():
        file.write_text(text, encoding="utf-8")


def header(text: str) -> str:
    """The comment that a lock begins with."""
    found = re.match(r"(#.*\n)*", text)
    assert found is not None
    return found[0]


def needs(pins: dict[str, Pin], package: str) -> set[str]:
    """The package and all that it brings."""
    found = {package}
    while more := {
        pin.name for pin in pins.values() if pin.name not in found and pin.wanted_by & found
    }:
        found |= more
    return found


@pytest.mark.parametrize("kind", ["direct", "transitive"])
@pytest.mark.parametrize("resolve", sorted(set(LOCKS) - LEFT_ALONE))
def test_an_update_of_dependabot_changes_a_package_and_what_it_needs(
    copy: Path, resolve: str, kind: str
) -> None:
    update = downgrade(copy, resolve, direct=kind == "direct")
    if update is None:
        pins = read_pins(Path(f"lockfiles/{resolve}.txt"))
        assert kind == "transitive", "there is a version before every direct dependency's"
        assert all(any(w.startswith("-r ") for w in pin.wanted_by) for pin in pins.values())
        return
    before = read_pins(copy / f"lockfiles/{resolve}.txt")
    dependabot(copy, resolve, update)
    after = read_pins(copy / f"lockfiles/{resolve}.txt")
    assert before[update.package].version == update.older
    assert after[update.package].version == update.version
    may_change = needs(before, update.package) | needs(after, update.package)
    for name in (before.keys() | after.keys()) - may_change:
        assert after[name].version == before[name].version
        assert after[name].sha256 == before[name].sha256
    assert lock.main(copy, ["--check", resolve]) == 0
    if may_change == {update.package}:
        # What is locked today: all tests that run today are tests of this update.
        today = read_pins(Path(f"lockfiles/{resolve}.txt"))
        assert versions(after) == versions(today)


def versions(pins: dict[str, Pin]) -> dict[str, str]:
    return {name: pin.version for name, pin in pins.items()}

"""What Dependabot does to the locks, on a copy: its pull requests have to be green as they come.

It knows nothing of Pants. It freezes a package's line in the `.in` files, calls pip-compile for
each lock that has the package, with options that it reads from the lock, and keeps the lock's
header:
https://github.com/dependabot/dependabot-core/blob/main/python/lib/dependabot/python/file_updater/pip_compile_file_updater.rb
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.utils import canonicalize_name

from pip_lock import read_pins
from supply_chain.dependabot_groups import Groups, requirements

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pip_lock import Pin

INPUTS = sorted(path.stem for path in Path("3rdparty").glob("*.in"))
LOCKS = sorted(path.stem for path in Path("lockfiles").glob("*.txt"))
LARGEST_FILE = 500_000
# What it supports; it takes the version from the header.
PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"]
# Pinned to one version for a reason: dependabot.yml tells it to leave them alone.
LEFT_ALONE = {"safety", "safety-db"}
# The locks that an update of each group changes. That of the launcher and the tests has everything
# that ships; no tool is in the other ones that ship.
CHANGED = {
    "server-and-migrations": {"server", "migrations", "connect4"},
    "server": {"server", "connect4"},
    "migrations": {"migrations", "connect4"},
    "launcher": {"connect4"},
    "httpbin": {"httpbin"},
}
SHIPPED = {"server", "migrations", "httpbin"}
HASH = re.compile(r" \\\n    --hash=sha256:[0-9a-f]{64}")


def lock_file(root: Path, resolve: str) -> Path:
    return root / f"lockfiles/{resolve}.txt"


def pins(resolve: str) -> dict[str, Pin]:
    """What is locked today."""
    return read_pins(lock_file(Path(), resolve))


def locks_with(package: str) -> set[str]:
    return {resolve for resolve in LOCKS if package in pins(resolve)}


def in_fewest_locks(packages: Iterable[str]) -> str:
    """Which is the quickest to update."""
    return min(sorted(packages), key=lambda name: len(locks_with(name)))


def without_extras(name: str) -> str:
    return name.partition("[")[0]


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
    head = header(lock_file(Path(), resolve).read_text(encoding="utf-8"))
    python = re.search(r"with Python (\d+\.\d+)", head)
    assert python is not None
    assert python[1] in PYTHONS
    (command,) = re.findall(r"#    (pip-compile .*)", head)
    assert f"--output-file=lockfiles/{resolve}.txt" in command.split()
    assert command.split()[-1] == f"3rdparty/{resolve}.in"
    assert Path(f"3rdparty/{resolve}.in").is_file()


@pytest.mark.parametrize("name", sorted(set(INPUTS) - LEFT_ALONE))
def test_an_update_of_a_requirement_changes_the_locks_of_its_group(copy: Path, name: str) -> None:
    """Of what an input asks for, the package that is in the fewest locks."""
    asked = requirements(Path(f"3rdparty/{name}.in")) - LEFT_ALONE
    package = in_fewest_locks(without_extras(each) for each in asked)
    (group,) = Groups.read("pip", "/", "version-updates").of(package)
    locks = locks_with(package)
    assert locks == CHANGED[group] if group in CHANGED else not locks & SHIPPED
    update(copy, package, locks)
    assert_is_as_today(copy, package)


@pytest.mark.parametrize("resolve", LOCKS)
def test_an_update_of_what_a_requirement_needs_changes_nothing_else(
    copy: Path, resolve: str
) -> None:
    """As a security update does."""
    transitive = [
        pin.name
        for pin in pins(resolve).values()
        if not any(origin.startswith("-r ") for origin in pin.wanted_by)
    ]
    if not transitive:
        asked = requirements(Path(f"3rdparty/{resolve}.in"))
        assert set(pins(resolve)) == {without_extras(name) for name in asked}
        return
    package = in_fewest_locks(transitive)
    locks = locks_with(package)
    (group,) = Groups.read("pip", "/", "security-updates").of(package)
    assert group == "shipped-security" or not locks & SHIPPED
    update(copy, package, locks)
    assert_is_as_today(copy, package)


def update(root: Path, package: str, locks: set[str]) -> None:
    """Has a copy pin an older version, and updates it as Dependabot does, lock by lock.

    Raises CalledProcessError.
    """
    for resolve in locks:
        pin = pins(resolve)[package]
        file = lock_file(root, resolve)
        before = file.read_text(encoding="utf-8")
        older = before.replace(pin.text, pin.text.replace(f"=={pin.version}", "==0", 1))
        assert older != before
        file.write_text(older, encoding="utf-8")
    for resolve in locks:
        compile_as_dependabot(root, resolve, package, pins(resolve)[package].version)


def compile_as_dependabot(root: Path, resolve: str, package: str, version: str) -> None:
    file = lock_file(root, resolve)
    before = file.read_text(encoding="utf-8")
    inputs = {path: path.read_text(encoding="utf-8") for path in (root / "3rdparty").glob("*.in")}
    for path, text in inputs.items():
        frozen = "\n".join(freeze(line, package, version) for line in text.splitlines())
        path.write_text(f"{frozen}\n", encoding="utf-8")
    options = ["--build-isolation", f"--output-file=lockfiles/{resolve}.txt", "--no-emit-index-url"]
    options += ["--generate-hashes"] if "--hash=sha" in before else []
    options += ["--allow-unsafe"] if re.search(r"^(pip|setuptools)==", before, re.MULTILINE) else []
    options += ["--strip-extras"] if "--strip-extras" in before else []
    subprocess.run(
        [
            *(sys.executable, "-m", "piptools", "compile", *options),
            "--no-emit-find-links",  # of this machine's settings; Dependabot's has none
            *("-P", f"{package}=={version}", f"3rdparty/{resolve}.in"),
        ],
        cwd=root,
        capture_output=True,
        check=True,
    )
    after = file.read_text(encoding="utf-8")
    file.write_text(header(before) + after[len(header(after)) :], encoding="utf-8")
    for path, text in inputs.items():
        path.write_text(text, encoding="utf-8")


def freeze(line: str, package: str, version: str) -> str:
    """A line of an input with that version, if it asks for the package."""
    found = re.fullmatch(r"([A-Za-z0-9._-]+)(\[.*\])?\s*[~=<>!].*", line)
    if found is None or canonicalize_name(found[1]) != package:
        return line
    return f"{found[1]}{found[2] or ''}=={version}"


def header(text: str) -> str:
    """The comment that a lock begins with."""
    found = re.match(r"(#.*\n)*", text)
    assert found is not None
    return found[0]


def assert_is_as_today(copy: Path, package: str) -> None:
    """So all tests that run today are tests of the update, and `3rdparty:lock --check` is one.

    The index may have got more files of the package's version since it was locked.
    """
    for resolve in LOCKS:
        today, after = (without_hashes_of(package, root, resolve) for root in (Path(), copy))
        assert after == today, resolve


def without_hashes_of(package: str, root: Path, resolve: str) -> str:
    text = lock_file(root, resolve).read_text(encoding="utf-8")
    pin = read_pins(lock_file(root, resolve)).get(package)
    if pin is None:
        return text
    assert pin.sha256, f"{resolve} has {package} without a hash"
    return text.replace(pin.text, HASH.sub("", pin.text))

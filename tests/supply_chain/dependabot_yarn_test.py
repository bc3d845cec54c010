"""What Dependabot does to a Yarn project, on a copy of it.

For what package.json names it changes that and calls `yarn install`, for the rest `yarn up -R`:
https://github.com/dependabot/dependabot-core/blob/main/npm_and_yarn/lib/dependabot/npm_and_yarn/file_updater/yarn_lockfile_updater.rb
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scan.node import find_node
from supply_chain.dependabot_groups import Groups
from yarn_lock import read_yarn_lock

if TYPE_CHECKING:
    from supply_chain.dependabot_groups import Type
    from yarn_lock import YarnEntry

CLIENT = Path("src/js/connect4-client")
BROWSER = Path("3rdparty/chromium")
BOARDGAME_IO = Path("benchmarks/boardgame_io")
_SECONDS = 120.0


@dataclass(frozen=True)
class Project:
    """A copy of a project, without what is installed."""

    folder: Path
    origin: Path
    yarn: tuple[Path | str, ...]
    environ: dict[str, str]

    def run(self, *arguments: str) -> str:
        ended = subprocess.run(
            [*self.yarn, *arguments],
            cwd=self.folder,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout
        return ended.stdout

    @property
    def manifest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "package.json").read_text())
        return found

    def require(self, name: str, version: str) -> None:
        """Has package.json name another version."""
        path = self.folder / "package.json"
        text = path.read_text()
        changed, number = re.subn(rf'("{re.escape(name)}": )"[^"]+"', rf'\1"{version}"', text)
        assert number == 1
        path.write_text(changed)

    def entries(self) -> dict[str, YarnEntry]:
        return {entry.resolution: entry for entry in read_yarn_lock(self.folder / "yarn.lock")}

    def versions(self, name: str) -> list[str]:
        """The released versions of a package, from the oldest."""
        said = self.run("npm", "info", name, "--fields", "versions", "--json")
        found: list[str] = json.loads(said)["versions"]
        return [version for version in found if "-" not in version]


@pytest.fixture(params=[CLIENT, BROWSER, BOARDGAME_IO], ids=lambda path: path.name)
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    node = find_node(tmp_path, "", _SECONDS)
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("package.json", "yarn.lock", ".yarnrc.yml"):
        shutil.copy(request.param / name, folder)
    # As Dependabot sets it: on CI Yarn would change no lock.
    environ = {**node.environ, "YARN_ENABLE_IMMUTABLE_INSTALLS": "false"}
    return Project(folder, request.param, node.yarn, environ)


def lock_of(project: Project) -> str:
    return (project.folder / "yarn.lock").read_text()


@pytest.mark.parametrize(
    ("project", "kind", "group"),
    [
        (CLIENT, "production", "client"),
        (CLIENT, "development", "client-tools"),
        (BROWSER, "production", "tools"),
        (BOARDGAME_IO, "production", "tools"),
    ],
    indirect=["project"],
)
def test_an_update_of_a_direct_dependency_changes_it_and_what_it_needs(
    project: Project, kind: Type, group: str
) -> None:
    wanted: dict[str, str] = project.manifest[
        "dependencies" if kind == "production" else "devDependencies"
    ]
    # The one that brings least along.
    name = min(wanted, key=lambda name: len(needs(project.entries(), name)))
    assert Groups.read("npm", f"/{project.origin}", "version-updates").of(name, kind) == [group]
    today = lock_of(project)
    versions = project.versions(name)
    older = versions[versions.index(wanted[name]) - 1]
    project.require(name, older)
    project.run("install", "--mode=update-lockfile")
    before = project.entries()
    assert f"{name}@npm:{older}" in before

    project.require(name, wanted[name])
    project.run("install", "--mode=update-lockfile")
    assert_changed_at_most(before, project.entries(), name)
    assert f"{name}@npm:{wanted[name]}" in project.entries()
    assert lock_of(project) == today, "all tests that run today are tests of this update"


def test_an_update_of_a_transitive_dependency_changes_it_and_what_it_needs(
    project: Project,
) -> None:
    name, descriptor, older = an_older_transitive(project)
    project.run("set", "resolution", descriptor, f"npm:{older}")
    project.run("install", "--mode=update-lockfile")
    before = project.entries()
    assert f"{name}@npm:{older}" in before

    project.run("up", "-R", name, "--mode=update-lockfile")
    after = project.entries()
    assert f"{name}@npm:{older}" not in after
    assert_changed_at_most(before, after, name)


def an_older_transitive(project: Project) -> tuple[str, str, str]:
    """A package that something else wants in a range, the range, and an older version in it."""
    named = {
        *project.manifest.get("dependencies", {}),
        *project.manifest.get("devDependencies", {}),
    }
    for entry in project.entries().values():
        name, _, version = entry.resolution.rpartition("@npm:")
        wished = [d.rpartition("@npm:")[2] for d in entry.descriptors]
        floor = re.fullmatch(r"\^(\d+)\.(\d+)\.(\d+)", wished[0])
        if name in named or len(wished) != 1 or floor is None or floor[1] == "0":
            continue
        versions = project.versions(name)
        older = versions[versions.index(version) - 1]
        if older != version and number(older) >= number(wished[0][1:]):
            return name, f"{name}@npm:{wished[0]}", older
    raise AssertionError("no package has an older version that would do")


def number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def needs(entries: dict[str, YarnEntry], name: str) -> set[str]:
    """The resolutions of a package and of all that it brings."""
    by_descriptor = {d: key for key, entry in entries.items() for d in entry.descriptors}
    found = {key for key in entries if key.rpartition("@npm:")[0] == name}
    waiting = list(found)
    while waiting:
        for wish, wished in entries[waiting.pop()].dependencies.items():
            key = by_descriptor.get(f"{wish}@{wished}")
            if key is not None and key not in found:
                found.add(key)
                waiting.append(key)
    return found


def assert_changed_at_most(
    before: dict[str, YarnEntry], after: dict[str, YarnEntry], name: str
) -> None:
    may_change = needs(before, name) | needs(after, name)
    for key in (before.keys() | after.keys()) - may_change:
        if "@workspace:" not in key:
            assert before[key].fields == after[key].fields, key

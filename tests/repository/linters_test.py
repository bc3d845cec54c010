"""What is neither Python nor TypeScript, before its linters: shell, pipelines, containers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent

SCRIPTS = [
    "pants",
    *sorted(map(str, Path(".ci").iterdir())),
    "3rdparty/chromium/chromium.sh",
    *sorted(map(str, Path("deploy").rglob("*.sh"))),
    *sorted(map(str, Path("scripts").rglob("*.sh"))),
]
WORKFLOWS = sorted(map(str, Path(".github/workflows").glob("*.yml")))
ACTIONS = sorted(map(str, Path(".github/actions").glob("*/action.yml")))
LINTERS = {
    "shellcheck": ["shellcheck"],
    "actionlint": ["actionlint"],
    "zizmor": ["zizmor", "--offline", "--no-progress"],
    "hadolint": ["hadolint"],
    "action schema": ["check-jsonschema", "--builtin-schema", "vendor.github-actions"],
    "workflow schema": ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
    "dependabot schema": ["check-jsonschema", "--builtin-schema", "vendor.dependabot"],
    "CircleCI schema": ["check-jsonschema", "--builtin-schema", "vendor.circle-ci"],
    "Compose schema": ["check-jsonschema", "--builtin-schema", "vendor.compose-spec"],
}
LINTED = {
    "shellcheck": SCRIPTS,
    "actionlint": WORKFLOWS,
    "zizmor": [*WORKFLOWS, *ACTIONS],
    "hadolint": ["deploy/images/Dockerfile"],
    "action schema": ACTIONS,
    "workflow schema": WORKFLOWS,
    "dependabot schema": [".github/dependabot.yml"],
    "CircleCI schema": [".circleci/config.yml"],
    "Compose schema": ["docker-compose.yaml"],
}
BAD = {
    "shellcheck": "#!/bin/sh\nrm $1\n",
    "actionlint": "on: push\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps:\n"
    "      - run: echo ${{ no.such.context }}\n",
    "zizmor": "on: pull_request_target\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps:\n"
    "      - run: echo ${{ github.event.pull_request.title }}\n",
    "hadolint": "FROM python\nRUN cd /tmp && sudo pip install flask\n",
    "action schema": "name: bad\nruns:\n  using: composite\n",
    "workflow schema": "on: push\njobs: []\n",
    "dependabot schema": "version: 2\nupdates:\n  - package-ecosystem: pants\n    directory: /\n",
    "CircleCI schema": "version: 2.1\njobs: []\n",
    "Compose schema": "services:\n  server:\n    healthcheck: /readyz\n",
}


def lint(linter: str, files: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*LINTERS[linter], *files],
        # actionlint has shellcheck look at the scripts in a workflow. The machine's own shellcheck
        # serves where there is no wheel of it.
        env={**os.environ, "PATH": os.pathsep.join([str(BIN), os.defpath])},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("linter", LINTERS)
def test_a_linter_has_nothing_against_what_is_here(linter: str) -> None:
    assert LINTED[linter]
    linted = lint(linter, LINTED[linter])
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize("linter", LINTERS)
def test_a_linter_stops_what_is_bad(linter: str, tmp_path: Path) -> None:
    workflows = tmp_path / ".github/workflows"
    workflows.mkdir(parents=True)
    bad = workflows / "bad.yml"
    bad.write_text(BAD[linter])
    linted = lint(linter, [str(bad)])
    assert linted.returncode != 0, linted.stdout


def test_every_script_of_a_shell_is_linted() -> None:
    starting_with = {"#!/usr/bin/env bash", "#!/bin/sh", "#!/usr/bin/env sh"}
    for path in (
        path for folder in (".ci", "deploy", "scripts") for path in Path(folder).rglob("*")
    ):
        if path.is_file() and path.read_text().partition("\n")[0] in starting_with:
            assert str(path) in SCRIPTS


def test_every_action_is_pinned_by_its_commit() -> None:
    for workflow in [*WORKFLOWS, *ACTIONS]:
        for line in Path(workflow).read_text().splitlines():
            _, uses, action = line.partition("uses: ")
            if uses and not action.startswith("$/"):  # in this repository, of the same commit
                commit = action.partition("@")[2].partition(" ")[0]
                assert len(commit) == 40, line

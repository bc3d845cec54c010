"""Games go on while a cluster replaces servers: the one that KUBECONFIG reaches.

Its nodes have the images of the file IMAGES, and requests to ADDRESS reach the Service `server` of
the namespace connect4-test, which this test makes and deletes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from players.endless_games import EndlessGames
from players.player import Player
from players.scripts import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMESPACE = "connect4-test"
THREADS = 4
OVERLAY = f"""\
namespace: {NAMESPACE}
resources: [../acceptance]
"""
# Whole games are what this test plays.
PANTS = "#!/bin/sh\n"


def run(*command: str | Path, cwd: Path | None = None) -> str:
    return subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.PIPE, text=True).stdout


def kubectl(*arguments: str) -> str:
    return run("kubectl", "--namespace", NAMESPACE, *arguments)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where a release is deployed, for as long as the test."""
    kubernetes = tmp_path / "deploy/kubernetes"
    shutil.copytree("deploy/kubernetes", kubernetes)
    domain = kubernetes / "overlays/acceptance/kustomization.yaml"
    domain.write_text(domain.read_text().replace("example.com", "example.test"))
    overlay = kubernetes / "overlays/test/kustomization.yaml"
    overlay.parent.mkdir()
    overlay.write_text(OVERLAY)
    pants = tmp_path / "pants"
    pants.write_text(PANTS)
    pants.chmod(0o755)
    os.environ["RELEASE"] = "test"
    try:
        run(kubernetes / "create-secrets.sh", NAMESPACE)
        run(kubernetes / "deploy.sh", "test", cwd=tmp_path)
        yield os.environ["ADDRESS"].rstrip("/")
    finally:
        run("kubectl", "delete", "namespace", NAMESPACE, "--wait=false")


def test_no_request_fails_while_servers_are_replaced_and_ended(address: str) -> None:
    def play(number: int) -> None:
        script = SCRIPTS[number % len(SCRIPTS)]
        first = Player.creating(address)
        second = Player.joining(address, first.game_id)
        for player, column in zip(cycle((first, second)), script.columns, strict=False):
            game = player.drop(column)
        assert game["winner"] == script.winner
        assert game["moves"] == list(script.columns)

    with EndlessGames(THREADS, play) as games:
        games.wait_for_more()
        kubectl("rollout", "restart", "deployment/server")
        kubectl("rollout", "status", "deployment/server", "--timeout=10m")
        games.wait_for_more()
        pods = kubectl("get", "pods", "--selector=app.kubernetes.io/component=server", "-oname")
        kubectl("delete", *pods.split()[:1])
        kubectl("rollout", "status", "deployment/server", "--timeout=10m")
        games.wait_for_more()
    assert games.failures == []

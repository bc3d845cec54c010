"""deploy.sh and render.sh: what they refuse, and in which order they do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from deployment.rendering import Rendering

# Renders as the real one does, and for the rest pretends to be a cluster and notes what it is told.
KUBECTL = """#!/bin/sh
case "$1" in kustomize) exec {kubectl} "$@" ;; esac
shift 2 # the namespace
case "$*" in
  "apply "*"--selector"*) echo "apply $5" ;;
  "apply "*) echo "apply everything" ;;
  *) echo "$*" ;;
esac >>{log}
case "$*" in
  "get job"*) echo {migrations} ;;
  "get ingress"*) echo api.connect4.example.test ;;
  "get secret {missing} "*) exit 1 ;;
  "rollout status deployment/{stuck}"*) exit 1 ;;
esac
"""
PANTS = """#!/bin/sh
echo "$API_URL: pants $*" >>{log}
"""


class Cluster:
    """A cluster that pretends."""

    def __init__(self, rendering: Rendering, folder: Path) -> None:
        self.rendering = rendering
        self.folder = folder
        self.log = folder / "log"
        self.log.touch()

    def deploy(
        self,
        *arguments: str,
        migrations: str = "Complete",
        missing: str = "none",
        stuck: str = "none",
    ) -> tuple[int, str, list[str]]:
        """Returns a deployment's status, what it printed, and what kubectl and Pants were told.

        MIGRATIONS is how they end, MISSING a Secret, STUCK a Deployment that never rolls out.
        """
        real = self.rendering.environment["PATH"]
        values = {
            "log": self.log,
            "kubectl": f"env PATH={real} kubectl",
            "migrations": migrations,
            "missing": missing,
            "stuck": stuck,
        }
        for path, text in (
            (self.folder / "kubectl", KUBECTL),
            (self.rendering.root / "pants", PANTS),
        ):
            path.write_text(text.format(**values))
            path.chmod(0o755)
        done = self.rendering.run(
            "scripts/ci/deploy/create.sh", *arguments, PATH=f"{self.folder}:{real}"
        )
        return done.returncode, done.stdout + done.stderr, self.log.read_text().splitlines()


@pytest.fixture
def cluster(rendering: Rendering, tmp_path: Path) -> Cluster:
    return Cluster(rendering, tmp_path)


def position(calls: list[str], beginning: str) -> int:
    (found,) = (i for i, call in enumerate(calls) if call.startswith(beginning))
    return found


def test_migrations_are_over_before_the_rollout_begins_and_whole_games_come_last(
    cluster: Cluster,
) -> None:
    status, printed, calls = cluster.deploy("acceptance")
    assert status == 0, printed
    order = [
        "apply app.kubernetes.io/component=namespace",
        "get secret database ",
        "apply app.kubernetes.io/component in (network, database)",
        "rollout status statefulset/database",
        "apply app.kubernetes.io/component notin (client, expire, httpbin, server)",
        "get job migrations-v1.2.3",
        "apply everything",
        "rollout status deployment/server",
        "https://api.connect4.example.test: pants test tests/acceptance/whole_game_test.py",
    ]
    positions = [position(calls, beginning) for beginning in order]
    assert positions == sorted(positions)
    assert printed.endswith("rollout undo deployment/client\n")


def test_servers_stay_as_they_are_if_the_migrations_fail(cluster: Cluster) -> None:
    status, printed, calls = cluster.deploy("acceptance", migrations="Failed")
    assert status == 1
    assert "the migrations did not end well" in printed
    assert "logs job/migrations-v1.2.3 --all-containers" in calls
    assert not any(call in {"apply everything"} or "deployment" in call for call in calls)


def test_a_rollout_that_gets_stuck_says_how_to_go_back(cluster: Cluster) -> None:
    status, printed, calls = cluster.deploy("acceptance", stuck="server")
    assert status == 1
    assert "rollout undo deployment/server" in printed
    assert not any("pants" in call for call in calls)


@pytest.mark.parametrize("secret", ["database", "database-superuser"])
def test_a_secret_that_is_not_there_stops_it_before_anything_starts(
    cluster: Cluster, secret: str
) -> None:
    status, printed, calls = cluster.deploy("acceptance", missing=secret)
    assert status == 1
    assert f"needs a Secret '{secret}'" in printed
    assert [call for call in calls if call.startswith("apply")] == [
        "apply app.kubernetes.io/component=namespace"
    ]


def test_the_database_can_be_made_alone(cluster: Cluster) -> None:
    status, printed, calls = cluster.deploy("acceptance", "--only-database")
    assert status == 0, printed
    assert calls[-1].startswith("rollout status statefulset/database")


@pytest.mark.parametrize(
    "script",
    [
        "scripts/ci/yaml/merge.sh",
        "scripts/ci/deploy/create.sh",
        "scripts/ci/database/create_database.sh",
    ],
)
@pytest.mark.parametrize("variable", ["RELEASE", "IMAGES"])
def test_a_variable_that_is_not_set_is_named(
    rendering: Rendering, script: str, variable: str
) -> None:
    refused = rendering.run(script, "acceptance", **{variable: ""})
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert f"{variable} is ''" in refused.stderr


@pytest.mark.parametrize("arguments", [(), ("staging",), ("acceptance", "production")])
def test_an_overlay_that_does_not_exist_is_refused(
    rendering: Rendering, arguments: tuple[str, ...]
) -> None:
    refused = rendering.run("scripts/ci/yaml/merge.sh", *arguments)
    assert refused.returncode == 1
    assert "acceptance capacity" in refused.stderr


@pytest.mark.parametrize("release", ["V1", "a/b", "-a", "a.", "a" * 41, 'a"'])
def test_a_release_that_is_no_name_in_kubernetes_is_refused(
    rendering: Rendering, release: str
) -> None:
    refused = rendering.run("scripts/ci/yaml/merge.sh", "acceptance", RELEASE=release)
    assert refused.returncode == 1
    assert "RELEASE is" in refused.stderr


@pytest.mark.parametrize(
    ("overlay", "image", "complaint"),
    [
        ("acceptance", "connect4-server", "does not say which image"),
        ("acceptance", "connect4-server:latest", "does not say which image"),
        ("acceptance", "connect4-server@sha256:0", "does not say which image"),
        ("acceptance", "", "does not say which image"),
        ("production", "connect4-server:1", "does not say which image"),
        ("acceptance", "other:1", "image: connect4-server"),
    ],
)
def test_an_image_that_is_not_pinned_is_refused(
    rendering: Rendering, tmp_path: Path, overlay: str, image: str, complaint: str
) -> None:
    others = rendering.images.read_text().splitlines()[1:]
    images = tmp_path / "images.txt"
    images.write_text("\n".join([image, *others, ""]))
    refused = rendering.run("scripts/ci/yaml/merge.sh", overlay, IMAGES=str(images))
    assert refused.returncode == 1
    assert complaint in refused.stderr


def test_an_image_may_have_a_tag_where_it_is_loaded_by_hand(
    rendering: Rendering, tmp_path: Path
) -> None:
    others = rendering.images.read_text().splitlines()[1:]
    images = tmp_path / "images.txt"
    images.write_text("\n".join(["localhost:5000/connect4-server:1.2", *others, ""]))
    rendered = rendering.run("scripts/ci/yaml/merge.sh", "acceptance", IMAGES=str(images))
    assert "image: localhost:5000/connect4-server:1.2\n" in rendered.stdout


def test_the_domain_of_the_example_is_refused(rendering: Rendering) -> None:
    overlay = rendering.kubernetes / "overlays/acceptance/kustomization.yaml"
    forgetful = rendering.kubernetes / "overlays/forgetful/kustomization.yaml"
    forgetful.parent.mkdir()
    forgetful.write_text(overlay.read_text().replace("example.test", "example.com"))
    refused = rendering.run("scripts/ci/yaml/merge.sh", "forgetful")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert "api.acceptance.connect4.example.com" in refused.stderr

"""The pipelines: each stage begins only after the one before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

    from deployment.manifest_rules import Json

STAGES = ["test", "images", "acceptance", "capacity", "production"]


def github() -> dict[str, list[str]]:
    """The jobs of deliver.yml, and what each needs."""
    workflow: Json = yaml.safe_load(Path(".github/workflows/deliver.yml").read_text())
    needs = {name: job.get("needs", []) for name, job in workflow["jobs"].items()}
    return {name: [need] if isinstance(need, str) else need for name, need in needs.items()}


def circleci() -> dict[str, list[str]]:
    """The jobs of the workflow of a commit, and what each needs."""
    config: Json = yaml.safe_load(Path(".circleci/config.yml").read_text())
    jobs = (job for job in config["workflows"]["commit"]["jobs"] if isinstance(job, dict))
    named = ((name, settings) for job in jobs for name, settings in job.items())
    return {settings.get("name", name): settings.get("requires", []) for name, settings in named}


def before(needs: dict[str, list[str]], job: str) -> set[str]:
    """All jobs that have to succeed first."""
    return {each for need in needs[job] for each in {need, *before(needs, need)}}


@pytest.mark.parametrize("pipeline", [github, circleci])
def test_each_stage_begins_only_after_all_before_it(
    pipeline: Callable[[], dict[str, list[str]]],
) -> None:
    needs = pipeline()
    for number, stage in enumerate(STAGES):
        assert before(needs, stage) >= set(STAGES[:number])


def test_there_is_a_release_only_after_production() -> None:
    assert before(github(), "release") > set(STAGES)


def test_a_stage_deploys_its_own_overlay() -> None:
    workflow: Json = yaml.safe_load(Path(".github/workflows/deliver.yml").read_text())
    for stage in STAGES[2:]:
        job = workflow["jobs"][stage]
        (overlay,) = (
            step["with"]["overlay"]
            for step in job["steps"]
            if step.get("uses", "").endswith("/deploy")
        )
        assert overlay == job["environment"] == stage
        assert Path(f"deploy/kubernetes/overlays/{overlay}/kustomization.yaml").is_file()

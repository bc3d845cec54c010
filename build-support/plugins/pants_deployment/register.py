"""Tests of a deployment, which API_URL names, are run every time: Pants cannot see it change."""

from __future__ import annotations

from typing import Any, Iterable
from uuid import uuid4

from pants.backend.python.goals.pytest_runner import PytestPluginSetup, PytestPluginSetupRequest
from pants.core.goals.test import TestExtraEnvVarsField
from pants.engine.env_vars import EnvironmentVars, EnvironmentVarsRequest
from pants.engine.fs import CreateDigest, Digest, FileContent
from pants.engine.internals.session import RunId
from pants.engine.rules import Get, collect_rules, rule
from pants.engine.target import Target
from pants.engine.unions import UnionRule

VARIABLE = "API_URL"


class DeploymentTestRequest(PytestPluginSetupRequest):
    """Is made for each test that VARIABLE is passed on to."""

    @classmethod
    def is_applicable(cls, target: Target) -> bool:
        return VARIABLE in (target.get(TestExtraEnvVarsField).value or ())


@rule
async def set_up_deployment_test(_: DeploymentTestRequest, _run: RunId) -> PytestPluginSetup:
    """Gives the test a file that no run before had, so that no result of theirs is taken for it.

    With the run's id among its inputs this rule is itself not answered from memory.
    """
    caller = await Get(EnvironmentVars, EnvironmentVarsRequest([VARIABLE]))
    if not caller.get(VARIABLE):
        return PytestPluginSetup()
    run = FileContent(".run", uuid4().bytes)
    return PytestPluginSetup(await Get(Digest, CreateDigest([run])))


def rules() -> Iterable[Any]:
    return [*collect_rules(), UnionRule(PytestPluginSetupRequest, DeploymentTestRequest)]

"""The `run_alias` target: another address, and first arguments, for something to run.

Pants' own command line aliases cannot hold a colon, and a `pex_binary` per subcommand would be a
file per subcommand in dist/.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable

from pants.core.goals.run import RunFieldSet, RunInSandboxBehavior, RunRequest
from pants.engine.addresses import Addresses, UnparsedAddressInputs
from pants.engine.rules import Get, collect_rules, rule
from pants.engine.target import (
    COMMON_TARGET_FIELDS,
    FieldSetsPerTarget,
    FieldSetsPerTargetRequest,
    InvalidTargetException,
    StringField,
    StringSequenceField,
    Target,
    Targets,
)
from pants.util.logging import LogLevel


class RunAliasRunField(StringField):
    alias = "run"
    required = True
    help = "The address of what is run."


class RunAliasArgumentsField(StringSequenceField):
    alias = "args"
    default = ()
    help = "The arguments that come before those of the command line."


class RunAliasTarget(Target):
    alias = "run_alias"
    core_fields = (*COMMON_TARGET_FIELDS, RunAliasRunField, RunAliasArgumentsField)
    help = "Another address, with arguments if need be, for a target that `run` takes."


@dataclass(frozen=True)
class RunAliasFieldSet(RunFieldSet):
    required_fields = (RunAliasRunField,)
    run_in_sandbox_behavior = RunInSandboxBehavior.NOT_SUPPORTED

    run: RunAliasRunField
    arguments: RunAliasArgumentsField


@rule(level=LogLevel.DEBUG)
async def run_alias(field_set: RunAliasFieldSet) -> RunRequest:
    addresses = await Get(
        Addresses,
        UnparsedAddressInputs(
            [field_set.run.value or ""],
            owning_address=field_set.address,
            description_of_origin=f"the field `run` of {field_set.address}",
        ),
    )
    targets = await Get(Targets, Addresses, addresses)
    runnable = await Get(FieldSetsPerTarget, FieldSetsPerTargetRequest(RunFieldSet, targets))
    if len(runnable.field_sets) != 1:
        raise InvalidTargetException(
            f"{field_set.address}: {field_set.run.value} is not one thing that can be run"
        )
    request = await Get(RunRequest, RunFieldSet, runnable.field_sets[0])
    return RunRequest(
        digest=request.digest,
        args=(*request.args, *(field_set.arguments.value or ())),
        extra_env=request.extra_env,
        immutable_input_digests=request.immutable_input_digests,
        append_only_caches=request.append_only_caches,
    )


def rules() -> Iterable[Any]:
    return [*collect_rules(), *RunAliasFieldSet.rules()]


def target_types() -> Iterable[Any]:
    return [RunAliasTarget]

"""Current Ruff in `./pants lint`, `fmt` and `fix`.

Pants 2.17 brings a Ruff backend of its own, but calls it as Ruff was called before 0.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterable, Tuple

from pants.backend.python.target_types import ConsoleScript, PythonSourceField
from pants.backend.python.util_rules import pex
from pants.backend.python.util_rules.pex import PexRequest, VenvPex, VenvPexProcess
from pants.backend.python.util_rules.pex_requirements import PexRequirements, Resolve
from pants.core.goals.fix import FixResult, FixTargetsRequest
from pants.core.goals.fmt import FmtResult, FmtTargetsRequest
from pants.core.goals.lint import LintResult, LintTargetsRequest
from pants.core.util_rules.config_files import ConfigFiles, ConfigFilesRequest
from pants.core.util_rules.partitions import PartitionerType
from pants.core.util_rules.source_files import SourceFiles, SourceFilesRequest
from pants.engine.fs import Digest, MergeDigests, Snapshot
from pants.engine.process import FallibleProcessResult
from pants.engine.rules import Get, MultiGet, collect_rules, rule
from pants.engine.target import FieldSet
from pants.option.option_types import SkipOption
from pants.option.subsystem import Subsystem
from pants.util.logging import LogLevel


class Ruff(Subsystem):
    options_scope = "ruff"
    name = "Ruff"
    help = "The Ruff linter and formatter, from the resolve `ruff`, configured in ruff.toml."

    skip = SkipOption("lint", "fmt", "fix")


@dataclass(frozen=True)
class RuffFieldSet(FieldSet):
    required_fields = (PythonSourceField,)

    source: PythonSourceField


class RuffLintRequest(LintTargetsRequest):
    field_set_type = RuffFieldSet
    tool_subsystem = Ruff
    partitioner_type = PartitionerType.DEFAULT_SINGLE_PARTITION
    tool_name = "ruff-check"


class RuffFixRequest(FixTargetsRequest):
    field_set_type = RuffFieldSet
    tool_subsystem = Ruff
    partitioner_type = PartitionerType.DEFAULT_SINGLE_PARTITION
    tool_name = "ruff-fix"


class RuffFormatRequest(FmtTargetsRequest):
    field_set_type = RuffFieldSet
    tool_subsystem = Ruff
    partitioner_type = PartitionerType.DEFAULT_SINGLE_PARTITION
    tool_name = "ruff-format"


@dataclass(frozen=True)
class RuffRun:
    """One call of Ruff: its subcommand with flags, and the files that it reads and may rewrite."""

    command: Tuple[str, ...]
    snapshot: Snapshot


@rule(level=LogLevel.DEBUG)
async def run_ruff(run: RuffRun) -> FallibleProcessResult:
    ruff_pex, config = await MultiGet(
        Get(
            VenvPex,
            PexRequest(
                output_filename="ruff.pex",
                internal_only=True,
                requirements=PexRequirements(from_superset=Resolve("ruff", True)),
                main=ConsoleScript("ruff"),
            ),
        ),
        Get(
            ConfigFiles,
            ConfigFilesRequest(discovery=True, check_existence=["ruff.toml"]),
        ),
    )
    input_digest = await Get(Digest, MergeDigests((run.snapshot.digest, config.snapshot.digest)))
    return await Get(
        FallibleProcessResult,
        VenvPexProcess(
            ruff_pex,
            argv=(*run.command, "--no-cache", "--force-exclude", *run.snapshot.files),
            input_digest=input_digest,
            output_files=run.snapshot.files,
            description=f"Run ruff {' '.join(run.command)} on {len(run.snapshot.files)} files.",
            level=LogLevel.DEBUG,
        ),
    )


@rule(desc="Lint with ruff check", level=LogLevel.DEBUG)
async def ruff_lint(request: RuffLintRequest.Batch[RuffFieldSet, Any]) -> LintResult:
    sources = await Get(
        SourceFiles, SourceFilesRequest(field_set.source for field_set in request.elements)
    )
    result = await Get(FallibleProcessResult, RuffRun(("check",), sources.snapshot))
    return LintResult.create(request, result, strip_chroot_path=True)


@rule(desc="Fix with ruff check --fix", level=LogLevel.DEBUG)
async def ruff_fix(request: RuffFixRequest.Batch) -> FixResult:
    # What cannot be fixed is for `lint` to report.
    command = ("check", "--fix", "--exit-zero")
    result = await Get(FallibleProcessResult, RuffRun(command, request.snapshot))
    return await FixResult.create(request, result, strip_chroot_path=True)


@rule(desc="Format with ruff format", level=LogLevel.DEBUG)
async def ruff_format(request: RuffFormatRequest.Batch) -> FmtResult:
    result = await Get(FallibleProcessResult, RuffRun(("format",), request.snapshot))
    return await FmtResult.create(request, result, strip_chroot_path=True)


def rules() -> Iterable[Any]:
    return [
        *collect_rules(),
        *RuffLintRequest.rules(),
        *RuffFixRequest.rules(),
        *RuffFormatRequest.rules(),
        *pex.rules(),
    ]

"""`yarn_package` in the goals check, fmt, lint and test, and its build as files and resources."""

from __future__ import annotations

import os.path
from dataclasses import dataclass
from typing import Any, Iterable

from pants.build_graph.address import Address
from pants.core.goals.check import CheckRequest, CheckResult, CheckResults
from pants.core.goals.fmt import FmtResult, FmtTargetsRequest
from pants.core.goals.lint import LintResult, LintTargetsRequest
from pants.core.goals.package import BuiltPackage, BuiltPackageArtifact, PackageFieldSet
from pants.core.goals.test import TestFieldSet, TestRequest, TestResult, TestSubsystem
from pants.core.target_types import ResourceSourceField
from pants.core.util_rules.partitions import Partition, PartitionerType, Partitions
from pants.core.util_rules.source_files import SourceFiles, SourceFilesRequest
from pants.engine.fs import AddPrefix, Digest, RemovePrefix, Snapshot
from pants.engine.process import FallibleProcessResult, ProcessCacheScope, ProcessResult
from pants.engine.rules import Get, MultiGet, collect_rules, rule
from pants.engine.target import (
    FieldSet,
    GeneratedSources,
    GenerateSourcesRequest,
    Target,
)
from pants.engine.unions import UnionRule
from pants.option.option_types import SkipOption
from pants.option.subsystem import Subsystem
from pants.util.frozendict import FrozenDict
from pants.util.logging import LogLevel

from pants_yarn.script import YarnScript
from pants_yarn.target_types import (
    YarnBuildOutputField,
    YarnBuildPathField,
    YarnPackagePathField,
    YarnScriptsField,
    YarnSourcesField,
    YarnTestTimeoutField,
)

JUNIT_XML = "junit.xml"


class Yarn(Subsystem):
    options_scope = "yarn"
    name = "Yarn"
    help = "Scripts of Yarn projects as Pants goals."

    skip = SkipOption("check", "fmt", "lint", "test")


def _has_script(target: Target, script: str) -> bool:
    return script in (target.get(YarnScriptsField).value or ())


@dataclass(frozen=True)
class YarnCheckFieldSet(FieldSet):
    required_fields = (YarnSourcesField, YarnScriptsField)
    sources: YarnSourcesField

    @classmethod
    def opt_out(cls, target: Target) -> bool:
        return not _has_script(target, "check")


@dataclass(frozen=True)
class YarnFmtFieldSet(FieldSet):
    required_fields = (YarnSourcesField, YarnScriptsField)
    sources: YarnSourcesField

    @classmethod
    def opt_out(cls, target: Target) -> bool:
        return not _has_script(target, "fmt")


@dataclass(frozen=True)
class YarnLintFieldSet(FieldSet):
    required_fields = (YarnSourcesField, YarnScriptsField)
    sources: YarnSourcesField

    @classmethod
    def opt_out(cls, target: Target) -> bool:
        return not _has_script(target, "lint")


@dataclass(frozen=True)
class YarnTestFieldSet(TestFieldSet):
    required_fields = (YarnSourcesField, YarnScriptsField)
    sources: YarnSourcesField
    timeout: YarnTestTimeoutField

    @classmethod
    def opt_out(cls, target: Target) -> bool:
        return not _has_script(target, "test")


class YarnCheckRequest(CheckRequest[YarnCheckFieldSet]):
    field_set_type = YarnCheckFieldSet
    tool_name = "yarn-check"


class YarnFmtRequest(FmtTargetsRequest):
    field_set_type = YarnFmtFieldSet
    tool_subsystem = Yarn
    tool_name = "yarn-fmt"
    partitioner_type = PartitionerType.CUSTOM


class YarnLintRequest(LintTargetsRequest):
    field_set_type = YarnLintFieldSet
    tool_subsystem = Yarn
    tool_name = "yarn-lint"
    partitioner_type = PartitionerType.DEFAULT_ONE_PARTITION_PER_INPUT


class YarnTestRequest(TestRequest):
    field_set_type = YarnTestFieldSet
    tool_subsystem = Yarn
    tool_name = "yarn-test"


@rule(desc="Check with yarn", level=LogLevel.DEBUG)
async def yarn_check(request: YarnCheckRequest, yarn: Yarn) -> CheckResults:
    if yarn.skip:
        return CheckResults([], checker_name=request.tool_name)
    results = await MultiGet(
        Get(FallibleProcessResult, YarnScript(field_set.address, "check"))
        for field_set in request.field_sets
    )
    return CheckResults(
        [
            CheckResult.from_fallible_process_result(
                result,
                partition_description=field_set.address.spec,
                strip_chroot_path=True,
            )
            for field_set, result in zip(request.field_sets, results)
        ],
        checker_name=request.tool_name,
    )


@rule(desc="Lint with yarn", level=LogLevel.DEBUG)
async def yarn_lint(request: YarnLintRequest.Batch[YarnLintFieldSet, Any]) -> LintResult:
    (field_set,) = request.elements
    result = await Get(FallibleProcessResult, YarnScript(field_set.address, "lint"))
    return LintResult.create(request, result, strip_chroot_path=True)


@dataclass(frozen=True)
class YarnFmtMetadata:
    address: Address

    @property
    def description(self) -> str:
        return self.address.spec


@rule(desc="Partition what yarn formats by project", level=LogLevel.DEBUG)
async def partition_yarn_fmt(
    request: YarnFmtRequest.PartitionRequest[YarnFmtFieldSet], yarn: Yarn
) -> Partitions[str, YarnFmtMetadata]:
    if yarn.skip:
        return Partitions()
    sources = await MultiGet(
        Get(SourceFiles, SourceFilesRequest([field_set.sources]))
        for field_set in request.field_sets
    )
    return Partitions(
        Partition(files.files, YarnFmtMetadata(field_set.address))
        for field_set, files in zip(request.field_sets, sources)
    )


@rule(desc="Format with yarn", level=LogLevel.DEBUG)
async def yarn_fmt(request: YarnFmtRequest.Batch) -> FmtResult:
    address = request.partition_metadata.address
    result = await Get(
        ProcessResult,
        YarnScript(
            address,
            "fmt",
            output_files=tuple(os.path.relpath(file, address.spec_path) for file in request.files),
        ),
    )
    return await FmtResult.create(request, result, strip_chroot_path=True)


@rule(desc="Test with yarn", level=LogLevel.DEBUG)
async def yarn_test(
    batch: YarnTestRequest.Batch[YarnTestFieldSet, Any], test: TestSubsystem
) -> TestResult:
    field_set = batch.single_element
    result = await Get(
        FallibleProcessResult,
        YarnScript(
            field_set.address,
            "test",
            output_files=(JUNIT_XML,),
            environment=FrozenDict({"JUNIT_XML_FILE": JUNIT_XML}),
            timeout_seconds=field_set.timeout.calculate_from_global_options(test),
            cache_scope=(
                ProcessCacheScope.PER_SESSION if test.force else ProcessCacheScope.SUCCESSFUL
            ),
        ),
    )
    report = await Get(Digest, RemovePrefix(result.output_digest, field_set.address.spec_path))
    xml_results = await Get(Snapshot, AddPrefix(report, field_set.address.path_safe_spec))
    return TestResult.from_fallible_process_result(
        result,
        field_set.address,
        test.output,
        xml_results=xml_results if xml_results.files else None,
    )


class YarnBuildAsResources(GenerateSourcesRequest):
    input = YarnSourcesField
    output = ResourceSourceField


@dataclass(frozen=True)
class YarnBuild:
    """What the build script of the project at ADDRESS writes into its folder OUTPUT."""

    address: Address
    output: str


@rule(desc="Build with yarn", level=LogLevel.DEBUG)
async def yarn_build(request: YarnBuild) -> Digest:
    result = await Get(
        ProcessResult,
        YarnScript(request.address, "build", output_directories=(request.output,)),
    )
    built = f"{request.address.spec_path}/{request.output}"
    return await Get(Digest, RemovePrefix(result.output_digest, built))


@rule
async def build_as_resources(request: YarnBuildAsResources) -> GeneratedSources:
    target = request.protocol_target
    output = target[YarnBuildOutputField].value or ""
    built = await Get(Digest, YarnBuild(target.address, output))
    return GeneratedSources(
        await Get(Snapshot, AddPrefix(built, target[YarnBuildPathField].value or ""))
    )


@dataclass(frozen=True)
class YarnPackageFieldSet(PackageFieldSet):
    required_fields = (YarnSourcesField, YarnBuildOutputField)
    output: YarnBuildOutputField
    path: YarnPackagePathField

    @classmethod
    def opt_out(cls, target: Target) -> bool:
        return target.get(YarnPackagePathField).value is None


@rule(desc="Package with yarn", level=LogLevel.DEBUG)
async def package_yarn_build(field_set: YarnPackageFieldSet) -> BuiltPackage:
    path = field_set.path.value or ""
    built = await Get(Digest, YarnBuild(field_set.address, field_set.output.value or ""))
    return BuiltPackage(await Get(Digest, AddPrefix(built, path)), (BuiltPackageArtifact(path),))


def rules() -> Iterable[Any]:
    return [
        *collect_rules(),
        *YarnFmtRequest.rules(),
        *YarnLintRequest.rules(),
        *YarnTestRequest.rules(),
        UnionRule(CheckRequest, YarnCheckRequest),
        UnionRule(GenerateSourcesRequest, YarnBuildAsResources),
        UnionRule(PackageFieldSet, YarnPackageFieldSet),
    ]

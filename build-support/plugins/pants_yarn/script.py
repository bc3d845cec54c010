"""Runs one script of a `yarn_package` in a sandbox, with the pinned Node and locked packages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterable, Optional, Tuple

from pants.backend.python.util_rules import pex
from pants.backend.python.util_rules.pex import PexRequest, VenvPex
from pants.backend.python.util_rules.pex_environment import PexEnvironment
from pants.backend.python.util_rules.pex_requirements import PexRequirements, Resolve
from pants.build_graph.address import Address
from pants.core.target_types import FileSourceField, ResourceSourceField
from pants.core.util_rules.source_files import SourceFiles, SourceFilesRequest
from pants.engine.env_vars import EnvironmentVars, EnvironmentVarsRequest
from pants.engine.fs import CreateDigest, Digest, FileContent, MergeDigests
from pants.engine.process import Process, ProcessCacheScope
from pants.engine.rules import Get, MultiGet, collect_rules, rule
from pants.engine.target import (
    SourcesField,
    TransitiveTargets,
    TransitiveTargetsRequest,
)
from pants.util.frozendict import FrozenDict
from pants.util.logging import LogLevel

from pants_yarn.target_types import YarnSourcesField

DRIVER = "__yarn_run.py"
DRIVER_SOURCE = (Path(__file__).parent / "yarn_run.py").read_bytes()
CACHE = ".cache/yarn"


@dataclass(frozen=True)
class YarnScript:
    """One run of SCRIPT of the project at ADDRESS; output paths are relative to its folder."""

    address: Address
    script: str
    arguments: Tuple[str, ...] = ()
    output_files: Tuple[str, ...] = ()
    output_directories: Tuple[str, ...] = ()
    environment: FrozenDict[str, str] = FrozenDict()
    timeout_seconds: Optional[int] = None
    cache_scope: ProcessCacheScope = ProcessCacheScope.SUCCESSFUL


@rule(level=LogLevel.DEBUG)
async def yarn_script_process(request: YarnScript, pex_environment: PexEnvironment) -> Process:
    targets = await Get(TransitiveTargets, TransitiveTargetsRequest([request.address]))
    sources, node_pex, driver_digest, caller = await MultiGet(
        Get(
            SourceFiles,
            SourceFilesRequest(
                (target.get(SourcesField) for target in targets.closure),
                for_sources_types=(YarnSourcesField, FileSourceField, ResourceSourceField),
            ),
        ),
        Get(
            VenvPex,
            PexRequest(
                output_filename="node.pex",
                internal_only=True,
                requirements=PexRequirements(from_superset=Resolve("node", True)),
            ),
        ),
        Get(Digest, CreateDigest([FileContent(DRIVER, DRIVER_SOURCE)])),
        # npm's settings are in the home folder, and in variables that begin with npm_config_.
        Get(EnvironmentVars, EnvironmentVarsRequest(["HOME", "PATH", "npm_config_*"])),
    )
    input_digest = await Get(
        Digest, MergeDigests((sources.snapshot.digest, node_pex.digest, driver_digest))
    )
    sandbox = pex_environment.in_sandbox(working_directory=None)
    folder = request.address.spec_path
    return Process(
        argv=(
            node_pex.python.argv0,
            DRIVER,
            folder,
            CACHE,
            request.script,
            *request.arguments,
        ),
        input_digest=input_digest,
        env={
            **sandbox.environment_dict(),
            **caller,
            **request.environment,
        },
        append_only_caches={
            **sandbox.append_only_caches,
            **(node_pex.append_only_caches or {}),
            "yarn": CACHE,
        },
        output_files=[f"{folder}/{file}" for file in request.output_files],
        output_directories=[f"{folder}/{path}" for path in request.output_directories],
        description=f"Run yarn {request.script} in {folder}",
        level=LogLevel.INFO,
        timeout_seconds=request.timeout_seconds,
        cache_scope=request.cache_scope,
    )


def rules() -> Iterable[Any]:
    return [*collect_rules(), *pex.rules()]

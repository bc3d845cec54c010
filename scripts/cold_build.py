"""`./pants package` in a checkout as if nothing had ever been built on this machine."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# What a caller may have set that steers Pants, Pex or Python; the build is to be that of the files.
_STEERING = ("CONNECT4_PANTS_CACHE", "PANTS_", "PEX_", "PYTHON", "SOURCE_DATE_EPOCH")


@dataclass(frozen=True)
class ColdBuild:
    """A build of CHECKOUT with the empty folder CACHE for Pants, Pex, pip, Yarn and `./pants`.

    Of the machine it shares the interpreters and the settings for the package indexes.
    """

    checkout: Path
    cache: Path
    zone: str = "UTC"
    umask: int = 0o022

    def package(self, *targets: str) -> subprocess.CompletedProcess[str]:
        """Packages those targets that are shipped; returns how it ended, and what it said."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(_STEERING)
        }
        return subprocess.run(
            ["./pants", "--no-pantsd", "--tag=shipped", "package", *targets],
            cwd=self.checkout,
            env={**environment, "XDG_CACHE_HOME": str(self.cache), "TZ": self.zone},
            umask=self.umask,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    @property
    def dist(self) -> Path:
        """The folder of what was packaged."""
        return self.checkout / "dist"

"""The one browser that all tests share: the pinned Chromium, or the one that CHROMIUM names."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

PATIENCE_MS = 120_000
"""How long the browser may take for anything: a busy machine is slow."""

# Relative to the repository's root, from which Pants runs every test.
PINNED = Path("3rdparty/chromium/out/chromium")

ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    # Whatever the browser itself might look up: no name but this machine's own resolves.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


class NoBrowserError(Exception):
    """There is no browser to test with; the message says what to do."""


def launch(playwright: Playwright) -> Browser:
    """Starts a headless Chromium.

    Raises:
        NoBrowserError: neither the pinned Chromium nor the one that CHROMIUM names is there.
    """
    return playwright.chromium.launch(
        executable_path=executable(),
        args=ARGUMENTS,
        chromium_sandbox=sandbox_works(),
        timeout=PATIENCE_MS,
    )


def executable() -> Path:
    """The pinned Chromium, or the one that CHROMIUM names.

    Raises:
        NoBrowserError: neither is there.
    """
    if named := os.environ.get("CHROMIUM"):
        found = shutil.which(named)
        if found is None:
            raise NoBrowserError(f"CHROMIUM names {named}, which is not an executable")
        return Path(found)
    if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        raise NoBrowserError(f"{PINNED} is for Linux on x86-64: set CHROMIUM to a browser of yours")
    if not PINNED.exists():
        raise NoBrowserError(f"no {PINNED} here: run the browser tests with Pants or set CHROMIUM")
    return PINNED.resolve()


def sandbox_works() -> bool:
    """Whether we may make the namespaces of Chromium's sandbox: most containers forbid it."""
    unshare = shutil.which("unshare")
    if os.geteuid() == 0 or unshare is None:
        return False
    probe = [unshare, "--user", "--map-root-user", "--pid", "--net", "--fork", "true"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0

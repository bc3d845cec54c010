"""What a PEX needs to start, checked before Pex's own code runs.

A PEX unpacks itself into the folder PEX_ROOT, `~/.pex` by default, and runs from there:
https://docs.pex-tool.org/. Where it cannot, Pex 2.1 prints a traceback, or leaves a new copy in the
temporary folder at every start.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from zipimport import zipimporter


def prepare() -> None:
    """Has PEX_ROOT name a folder that this user can run programs from.

    If PEX_ROOT is not set and the home folder is of no use, it is `pex-UID` in the temporary
    folder, the same one at every start. Raises SystemExit, with one line, when no folder can be
    used, and when this Python is newer than Pex's code supports.
    """
    pex = Path(sys.path[0])
    if pex.is_dir():
        return  # unpacked already
    if sys.version_info >= (3, 12):
        found = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"{pex.name}: needs Python 3.11, and this is {found}: start it with python3.11")
    told = os.environ.get("PEX_ROOT")
    home = Path(told or Path(os.path.expanduser("~"), ".pex"))  # noqa: PTH111 - which may raise
    tried = [home]
    if (told or home.is_absolute()) and _can_run_from(home, pex):
        return
    if not told:
        tried.append(Path(tempfile.gettempdir(), f"pex-{os.geteuid()}"))
        if _is_private(tried[1]) and _can_run_from(tried[1], pex):
            os.environ["PEX_ROOT"] = str(tried[1])
            return
    sys.exit(
        f"{pex.name}: cannot unpack itself into {' or '.join(map(str, tried))}:"
        " set PEX_ROOT to a folder where this user may write files and run programs"
    )


def _can_run_from(root: Path, pex: Path) -> bool:
    """Makes the folder ROOT if it is absent; whether PEX is unpacked there already, or can be."""
    with suppress(OSError):
        root.mkdir(parents=True, exist_ok=True)
    # Path.is_dir raises where a folder above may not be entered.
    if not os.path.isdir(root) or os.statvfs(root).f_flag & os.ST_NOEXEC:  # noqa: PTH112
        return False
    if os.access(root, os.W_OK | os.X_OK):
        return True
    digest = json.loads(zipimporter(str(pex)).get_data("PEX-INFO"))["pex_hash"]
    return any(root.glob(f"venvs/{digest}/*/pex"))


def _is_private(folder: Path) -> bool:
    """Makes the folder if it is absent; whether it is this user's, and closed to all others."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return False
    found = folder.lstat()
    return found.st_uid == os.geteuid() and found.st_mode == 0o040700

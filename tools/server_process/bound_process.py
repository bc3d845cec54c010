"""Programs that end with the process that started them, however that ends."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike


def bound(command: Sequence[str | PathLike[str]]) -> list[str | PathLike[str]]:
    """Returns COMMAND with what makes the kernel send it SIGTERM when its parent has ended.

    A clean-up in this process does not do: nothing runs after a SIGKILL, such as the one at a
    test's time limit. The parent is the thread that starts the program, so start it from one that
    lasts. Without util-linux's setpriv, as on macOS, the command stays as it is.
    """
    setpriv = shutil.which("setpriv")
    return [*([setpriv, "--pdeathsig", "TERM"] if setpriv else []), *command]

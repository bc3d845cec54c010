"""`python -m connect4`: the launcher, which handles Ctrl-C also while it is being imported."""

import os
import signal
import sys
from types import FrameType


def _leave(_number: int, _frame: FrameType | None) -> None:
    # Nothing has been started yet, and an interrupted import would print a traceback.
    os._exit(0)


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)

    from connect4.launcher import main

    sys.exit(main(sys.argv[1:]))

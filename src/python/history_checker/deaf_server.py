"""A server that is broken on purpose: who watches hears nothing of moves made on other servers.

The checker has to find that out. It is started as a program: `python -m`.
"""

import sys

from connect4_server import __main__
from connect4_server.watching import hub


class _Hub(hub.Hub):
    def _heard(self, game_id: str, version: int) -> None:
        pass

    def _read_all(self) -> None:
        pass


if __name__ == "__main__":
    if not {"_heard", "_read_all"} <= set(vars(hub.Hub)):
        raise RuntimeError("the server no longer hears like that: break it differently")
    # Before the application takes it from there.
    hub.Hub = _Hub  # type: ignore[misc]
    sys.exit(__main__.main())

"""The server, where names are looked up as the file RESOLV_CONF says: it is started as a program.

Only in this process: the machine's own file stays what it is.
"""

import os
import sys
from pathlib import Path

from server_process import private_mounts

if __name__ == "__main__":
    private_mounts.enter()
    private_mounts.put_in_place_of(Path("/etc/resolv.conf"), Path(os.environ["RESOLV_CONF"]))
    # Anew: gevent comes before everything else, and what is imported here came before it.
    os.execv(sys.executable, [sys.executable, "-m", "connect4_server"])  # noqa: S606

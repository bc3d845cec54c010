"""Runs the server with the configuration that is in the environment variables."""

import os
import sys

from connect4_models.database_url import ConfigurationError
from connect4_server.config import Config
from connect4_server.http_server import ListenError, WorkerStartError, serve


def main() -> int:
    """Serves until a signal stops it; what goes wrong is one line on stderr.

    Returns the exit status: 0 after a signal, 1 if the address cannot be listened on or no worker
    can start, 2 if a variable is missing or malformed.
    """
    try:
        serve(Config.from_environ({"ACCESS_LOG": "true", "RATE_LIMITS": "true", **os.environ}))
    except ConfigurationError as error:
        sys.stderr.write(f"connect4_server: {error}\n")
        return 2
    except (ListenError, WorkerStartError) as error:
        sys.stderr.write(f"connect4_server: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

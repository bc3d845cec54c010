"""Starts the server with the configuration that the environment holds."""

import os
import sys

from connect4_models.database_url import ConfigurationError
from connect4_server.config import Config
from connect4_server.http_server import ListenError, WorkerStartError, serve


def main() -> int:
    """Returns the exit status: 2 for a configuration that cannot be, 1 when it cannot run."""
    try:
        serve(Config.from_environ({"ACCESS_LOG": "true", **os.environ}))
    except ConfigurationError as error:
        sys.stderr.write(f"connect4_server: {error}\n")
        return 2
    except (ListenError, WorkerStartError) as error:
        sys.stderr.write(f"connect4_server: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

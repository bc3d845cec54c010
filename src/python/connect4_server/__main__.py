"""Runs the server, or its command `expire`, as the environment variables say."""

import os
import sys
from collections.abc import Sequence

from connect4_models.database_url import ConfigurationError
from connect4_server.config import Config
from connect4_server.http_server import ListenError, WorkerStartError, serve


def main(arguments: Sequence[str] = ()) -> int:
    """Without ARGUMENTS serves until a signal stops it; `expire` removes old games.

    What goes wrong is one line on stderr. Returns the exit status: 0 after a signal, 1 if the
    address cannot be listened on or no worker can start, 2 if a variable is missing or malformed,
    or the arguments make no sense. Raises SystemExit for those of `expire`, and its --help.
    """
    try:
        if arguments[:1] == ["expire"]:
            # In the server, gevent has to patch the standard library before this is imported.
            from connect4_server.expire_command import expire_command  # noqa: PLC0415

            return expire_command(arguments[1:], os.environ)
        if arguments:
            sys.stderr.write(f"connect4_server: {arguments[0]} is no command; `expire` is one\n")
            return 2
        serve(Config.from_environ({"ACCESS_LOG": "true", "RATE_LIMITS": "true", **os.environ}))
    except ConfigurationError as error:
        sys.stderr.write(f"connect4_server: {error}\n")
        return 2
    except (ListenError, WorkerStartError) as error:
        sys.stderr.write(f"connect4_server: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

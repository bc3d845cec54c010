"""The command line of `migrations:revision`, which needs no running database."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from local_postgres import LocalPostgresError
from migrations import interruption
from migrations.authoring.new_revision import write_revision
from migrations.errors import MigrationError


def main(argv: list[str]) -> int:
    """Writes a revision as ARGV says, into the clone in the working directory.

    Returns the exit status: 0 if a revision is written or none is needed, 1 if it cannot be
    written, 130 after Ctrl-C. Raises SystemExit, with status 2, for arguments that make no call.
    """
    parser = argparse.ArgumentParser(
        prog="migrations:revision",
        description="Writes a revision with what has changed in the models since the head.",
    )
    parser.add_argument("-m", "--message", required=True, help="what changes, in a few words")
    parser.add_argument(
        "--empty", action="store_true", help="without operations: for a change of data"
    )
    arguments = parser.parse_args(argv)
    interruption.heed()
    try:
        written = write_revision(Path.cwd(), arguments.message, empty=arguments.empty)
    except (MigrationError, LocalPostgresError) as error:
        sys.stderr.write(f"migrations:revision: {error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("migrations:revision: interrupted\n")
        return 130
    if written is None:
        sys.stdout.write(
            "Nothing to write: the revisions make what the models say (--empty for data).\n"
        )
    else:
        sys.stdout.write(
            f"Written: {written}\nReview it; docs/migrations.md says what to do next.\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

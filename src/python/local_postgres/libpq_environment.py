"""The environment variables of libpq, PostgreSQL's client library."""

import os


def forget_libpq_variables() -> None:
    """Removes libpq's variables from this process and those that it starts from now on.

    libpq takes from them what a URL does not say: PGHOSTADDR, PGSERVICE or PGOPTIONS can lead a
    connection elsewhere, or prevent it, and no URL can rule that out. All variables that begin with
    PG are removed, since new versions bring new ones.
    """
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]

"""The environment variables of libpq, PostgreSQL's client library."""

import os


def forget_libpq_variables() -> None:
    """Removes them from this process and those that it starts from now on.

    libpq takes from them what a URL does not say, and PGHOSTADDR, PGSERVICE or PGOPTIONS lead a
    connection elsewhere, or stop it. No URL can rule that out. They all begin with PG, and new
    ones come with new versions.
    """
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]

"""The locks of the Yarn projects."""

from yarn_lock.entries import (
    YarnEntry,
    YarnLockError,
    packages,
    production_packages,
    read_yarn_lock,
)

__all__ = ["YarnEntry", "YarnLockError", "packages", "production_packages", "read_yarn_lock"]

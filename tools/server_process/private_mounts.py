"""File systems that only this process and those it starts see, and that end with them.

Root may mount, and so may anybody in a user namespace of their own, if the machine allows those.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

_CLONE_NEWNS = 0x00020000
_CLONE_NEWUSER = 0x10000000
_MS_BIND = 4096
_MS_REC = 16384
_MS_PRIVATE = 1 << 18


def enter() -> None:
    """What is mounted after it is this process's alone. To be called before there are threads.

    Raises OSError, on a machine that does not allow it.
    """
    user, group = os.geteuid(), os.getegid()
    _call("unshare", _CLONE_NEWNS if user == 0 else _CLONE_NEWNS | _CLONE_NEWUSER)
    if user != 0:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    _call("mount", b"none", b"/", None, _MS_REC | _MS_PRIVATE, None)


def mount_in_memory(folder: Path, size: int) -> None:
    """A file system with room for SIZE bytes."""
    _call("mount", b"tmpfs", os.fsencode(folder), b"tmpfs", 0, f"size={size}".encode())


def put_in_place_of(file: Path, other: Path) -> None:
    """Has OTHER be what is read from FILE."""
    _call("mount", os.fsencode(other), os.fsencode(file), None, _MS_BIND, None)


def _call(function: str, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    converted = [
        ctypes.c_ulong(argument) if isinstance(argument, int) else argument
        for argument in arguments
    ]
    if getattr(libc, function)(*converted) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function}: {os.strerror(number)}")

"""Says what was built, by its content: one line `SHA-256  PATH` per file of a folder.

    python3 scripts/artifact_digests.py DIRECTORY

The lines are in the order of the paths and in the form that `sha256sum --check` reads, from
within the folder. The reports that Pants writes beside its artifacts are left out.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

_CHUNK = 1 << 20
_REPORTS = ("coverage/", "test/")


def digest(file: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal digits. Raises OSError."""
    sha256 = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            sha256.update(chunk)
    return sha256.hexdigest()


def digests(directory: Path) -> dict[str, str]:
    """The digest of every file below a folder, by its path from there, in order.

    Raises OSError.
    """
    files = {
        file.relative_to(directory).as_posix(): file
        for file in directory.rglob("*")
        if file.is_file()
    }
    return {path: digest(files[path]) for path in sorted(files)}


def main(directory: Path) -> int:
    """Prints the lines; returns the exit status, 1 if there is no file at all."""
    found = {
        path: sha256 for path, sha256 in digests(directory).items() if not path.startswith(_REPORTS)
    }
    for path, sha256 in found.items():
        sys.stdout.write(f"{sha256}  {path}\n")
    if not found:
        sys.stderr.write(f"{directory}: no files\n")
    return 0 if found else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))

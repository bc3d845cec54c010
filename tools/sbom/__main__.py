"""Writes the software bill of materials (CycloneDX 1.6, JSON) of each artifact that is named.

./pants run tools/sbom:sbom -- [--output DIRECTORY] [--image IMAGE] ... [ARTIFACT ...]

An artifact is a PEX file, or the folder with the client's site; an image is one that the Docker
engine has. The document of dist/server.pex is dist/sbom/server.cdx.json. Run it where the
artifacts were built: it compares them with the locks of the commit that is checked out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pip_lock import LockError
from sbom.artifact import read_artifact
from sbom.artifact_lock import ArtifactLock
from sbom.client_bundle import yarn_checksums
from sbom.document import sbom_json
from sbom.image import read_image
from sbom.package import SbomError
from yarn_lock import YarnLockError


def main(arguments: list[str]) -> int:
    """Writes the documents and prints where; returns the exit status, 1 if one of them failed."""
    parser = argparse.ArgumentParser(prog="sbom", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("artifacts", nargs="*", type=Path, metavar="ARTIFACT")
    parser.add_argument("--image", action="append", default=[], dest="images", metavar="IMAGE")
    parser.add_argument("--output", type=Path, default=Path("dist/sbom"), metavar="DIRECTORY")
    parser.add_argument("--locks", type=Path, default=Path("lockfiles"), metavar="DIRECTORY")
    parser.add_argument(
        "--yarn-lock",
        type=Path,
        default=Path("src/js/connect4-client/yarn.lock"),
        metavar="FILE",
    )
    options = parser.parse_args(arguments)
    written: dict[str, Path | str] = {}
    try:
        locks = [ArtifactLock.read(path) for path in sorted(options.locks.glob("*.txt"))]
        checksums = yarn_checksums(options.yarn_lock)
        for named in (*options.artifacts, *options.images):
            read = read_artifact if isinstance(named, Path) else read_image
            artifact = read(named, locks, checksums)
            if artifact.name in written:
                raise SbomError(f"{named} and {written[artifact.name]} have one name")
            written[artifact.name] = named
            target = options.output / f"{artifact.name}.cdx.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(sbom_json(artifact), encoding="utf-8")
            sys.stdout.write(f"{target}: {len(artifact.packages)} packages\n")
    except (LockError, OSError, SbomError, YarnLockError) as error:
        sys.stderr.write(f"sbom: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

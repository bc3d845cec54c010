#!/usr/bin/env bash
# Collects what a release consists of: the artifacts, what scripts/publish_images.sh printed and the
# images' SBOMs, which are in a folder IMAGES; the artifacts' SBOMs, and the digests of all of it.
#
#     scripts/release_files.sh DIRECTORY IMAGES
set -euo pipefail
target="$(mkdir -p "$1" && cd "$1" && pwd -P)"
images="$(cd "$2" && pwd -P)"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

./pants --tag=shipped package ::
artifacts=(
  dist/connect4.pex
  dist/src.python.connect4_server/server.pex
  dist/src.python.migrations/migrations.pex
)
./pants run tools/sbom:sbom -- --output "$target" "${artifacts[@]}" dist/connect4-client
cp "${artifacts[@]}" "$images/images.txt" "$target"
for document in "$images"/dist/sbom/*.json; do
  cp "$document" "$target/image-${document##*/}"
done
# The same bytes whenever and by whom it is packed.
tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner \
  --directory dist connect4-client | gzip --no-name >"$target/connect4-client.tar.gz"
(cd "$target" && sha256sum -- *.pex *.json *.tar.gz *.txt >SHA256SUMS)
cat "$target/SHA256SUMS"

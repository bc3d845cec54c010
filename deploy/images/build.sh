#!/usr/bin/env bash
# Builds the images with Pants, labelled with the commit that is checked out: connect4-server,
# connect4-migrations, connect4-client and connect4-httpbin, tagged `latest` and $VERSION.
#
#     [VERSION=… SOURCE=https://…] deploy/images/build.sh [TARGET …]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

if ! docker info >/dev/null 2>&1; then
  echo "images: no Docker engine answers; start one, or let DOCKER_HOST say where one is" >&2
  exit 1
fi
REVISION=$(git rev-parse HEAD)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
if [[ -n $(git status --porcelain) ]]; then
  REVISION+=-dirty
  SOURCE_DATE_EPOCH=$(date +%s)
fi
export REVISION SOURCE_DATE_EPOCH SOURCE="${SOURCE-}"
export VERSION="${VERSION:-$(git describe --tags --always --dirty)}"
[[ $# -gt 0 ]] || set -- deploy/images::
exec ./pants container package "$@"

#!/usr/bin/env bash
# Pushes the images that deploy/images/build.sh has built, and prints what each is called in the
# registry, by its digest; beside them the PostgreSQL of docker-compose.yaml. deploy/kubernetes
# deploys what this prints.
#
#     RELEASE=v1.2.3 scripts/publish_images.sh REGISTRY/OWNER >images.txt
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
registry=${1:?a registry, such as ghcr.io/somebody}
: "${RELEASE:?what the release is called}"

digest() { # NAME REFERENCE
  docker image inspect --format '{{join .RepoDigests "\n"}}' "$2" | grep "^$1@sha256:"
}

for name in connect4-{server,migrations,client,httpbin}; do
  docker tag "$name:latest" "$registry/$name:$RELEASE"
  docker push --quiet "$registry/$name:$RELEASE" >&2
  digest "$registry/$name" "$registry/$name:$RELEASE"
done
postgres=$(sed -n 's/^ *image: \(postgres:.*\)$/\1/p' docker-compose.yaml)
docker pull --quiet "$postgres" >&2
digest postgres "$postgres"

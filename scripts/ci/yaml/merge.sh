#!/usr/bin/env bash
# Prints the manifests of a release.
# deploy/kubernetes/render.sh says what has to be set.
#
#     RELEASE=v1.2.3 IMAGES=images.txt scripts/ci/yaml/merge.sh OVERLAY
exec "$(dirname "${BASH_SOURCE[0]}")/../../../deploy/kubernetes/render.sh" "$@"

#!/usr/bin/env bash
# Deploys a release: migrations, rollout, acceptance tests.
# deploy/kubernetes/deploy.sh says what has to be set.
#
#     RELEASE=v1.2.3 IMAGES=images.txt scripts/ci/deploy/create.sh OVERLAY
exec "$(dirname "${BASH_SOURCE[0]}")/../../../deploy/kubernetes/deploy.sh" "$@"

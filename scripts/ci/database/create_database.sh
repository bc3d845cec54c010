#!/usr/bin/env bash
# Makes the database of a deployment, and waits until it is ready.
# deploy/kubernetes/deploy.sh says what has to be set.
#
#     RELEASE=v1.2.3 IMAGES=images.txt scripts/ci/database/create_database.sh OVERLAY
exec "$(dirname "${BASH_SOURCE[0]}")/../../../deploy/kubernetes/deploy.sh" "$@" --only-database

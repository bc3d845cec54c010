#!/usr/bin/env bash
# Writes .env, for docker-compose.yaml, with a new password for the database; one that is there stays.
#
#     scripts/compose_env.sh [FILE]
set -euo pipefail
target="${1:-$(dirname "${BASH_SOURCE[0]}")/../.env}"
[[ ! -e $target ]] || exit 0
umask 077
printf 'DATABASE_PASSWORD=%s\n' "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')" >"$target"

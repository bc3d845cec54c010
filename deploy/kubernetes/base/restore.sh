#!/usr/bin/env bash
# Puts the games of a file in place of those in the database, or changes nothing.
#
#     restore.sh FILE    # its name in /backups
set -euo pipefail
{
  echo 'BEGIN; DROP OWNED BY CURRENT_USER CASCADE;'
  pg_restore --no-owner --no-privileges --file=- "/backups/$1"
  echo 'COMMIT;'
} | psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1
echo "restored $1"

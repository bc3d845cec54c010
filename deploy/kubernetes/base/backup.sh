#!/usr/bin/env bash
# Writes all games to a file, in pg_dump's custom format, and keeps the newest $KEEP of them.
set -euo pipefail
cd /backups
file=connect4-$(date --utc +%Y%m%dT%H%M%SZ).dump
rm -f -- *.part
pg_dump --format=custom --file="$file.part"
pg_restore --list "$file.part" >/dev/null
mv "$file.part" "$file"
# The names sort by time.
printf '%s\n' connect4-*.dump | head --lines="-$KEEP" | xargs --no-run-if-empty rm --
ls -l -- *.dump

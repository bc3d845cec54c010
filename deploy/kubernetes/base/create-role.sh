#!/usr/bin/env bash
# The image of PostgreSQL calls this once, on an empty claim: the role of servers and migrations owns
# the database, and is no superuser.
set -euo pipefail
psql --no-psqlrc --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres <<'SQL'
\getenv username DATABASE_USERNAME
\getenv password DATABASE_PASSWORD
CREATE ROLE :"username" LOGIN PASSWORD :'password';
CREATE DATABASE connect4 OWNER :"username";
SQL

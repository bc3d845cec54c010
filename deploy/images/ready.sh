#!/bin/bash
# Whether GET PATH is answered with 200: for health checks. It costs the start of a bash, and needs
# nothing else.
#
#     ready.sh PATH [PORT]    # the port is $PORT by default, or 5000
set -euo pipefail
exec 3<>"/dev/tcp/127.0.0.1/${2:-${PORT:-5000}}"
printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$1" >&3
read -r _ status _ <&3
[[ $status == 200 ]]

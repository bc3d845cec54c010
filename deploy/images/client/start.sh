#!/bin/sh
# Has config.json say where the API is, API_URL or else the page's own server, and starts nginx.
set -eu
case ${API_URL=} in
*[[:space:][:cntrl:]\"\\]*) known= ;;
'' | /* | http://?* | https://?*) known=yes ;;
*) known= ;;
esac
if [ -z "$known" ]; then
    echo "client: API_URL is neither a path nor an http:// or https:// address" >&2
    exit 2
fi
printf '{ "apiUrl": "%s" }\n' "$API_URL" >/tmp/config.json
exec nginx -c /client/nginx.conf -g 'daemon off;'

#!/bin/sh
# Starts the browser beside this script with its own libraries and fonts, wherever the folder lies.
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib"
export FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/headless-shell" "$@"

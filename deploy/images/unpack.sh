#!/bin/sh
# Unpacks one part of /packed.pex, `deps` or `srcs`, as the virtual environment /app in /layer, with
# its modules compiled. Two builds give the same bytes and times.
set -eu
PEX_TOOLS=1 python /packed.pex venv --scope="$1" /app
# Unchecked: an image does not change, so no source needs to be looked at.
/app/bin/python -m compileall -q --invalidation-mode unchecked-hash /app/lib
find /app -exec touch --no-dereference --date=@0 {} +
# To be copied as a part of its folder: a copy of the folder itself would have the time of the copy.
mkdir /layer
mv /app /layer

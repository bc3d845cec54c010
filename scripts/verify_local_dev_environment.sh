#!/usr/bin/env bash
# Says what this machine lacks for working on the project: a line for each thing, and how to
# get it. Exits with the number of things that are missing.
set -uo pipefail

# Where HOME is not set, ~ is what the user database has.
export HOME="${HOME:-$(unset HOME && echo ~)}"
caches="${XDG_CACHE_HOME:-$HOME/.cache}"

missing=0
ok() { printf 'ok       %s\n' "$1"; }
lacking() {
  printf 'missing  %s\n         %s\n' "$1" "$2"
  missing=$((missing + 1))
}
optional() { printf 'optional %s\n         %s\n' "$1" "$2"; }

python_of() { # MAJOR.MINOR: an interpreter of that version, on PATH, in pyenv or in uv
  local candidate
  for candidate in "python$1" python3 \
    "${PYENV_ROOT:-$HOME/.pyenv}/versions/$1."*"/bin/python$1" \
    "${UV_PYTHON_INSTALL_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/uv/python}/cpython-$1."*"/bin/python$1"; do
    "$candidate" -I -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$1')" 2>/dev/null || continue
    command -v "$candidate"
    return
  done
  return 1
}

case "$(uname -sm)" in
  "Linux x86_64" | "Linux aarch64" | "Darwin x86_64" | "Darwin arm64") ok "platform $(uname -sm)" ;;
  *) lacking "a platform that Pants runs on (this is $(uname -sm))" "Linux or macOS, on x86_64 or ARM" ;;
esac

for version in 3.9 3.11; do
  if python="$(python_of "$version")"; then
    ok "CPython $version ($python)"
  else
    lacking "CPython $version" "uv python install $version   (or: pyenv install $version; ./pants tries the former by itself)"
  fi
done

if command -v git >/dev/null; then ok "$(git --version)"; else lacking "git" "https://git-scm.com/downloads"; fi

if [[ "$(uname -sm)" == "Linux aarch64" ]]; then
  if python="$(python_of 3.9)" && ! { command -v cc && "$python" -I -c \
    "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('include'), 'Python.h').open()"; } &>/dev/null; then
    lacking "a C compiler and the headers of CPython 3.9: psutil, which Pants needs, has no wheel for this platform" \
      "apt-get install gcc python3.9-dev"
  fi
  optional "Redis: its wheel is not for this platform" "none is needed to play; the tests that start one fail here"
  command -v shellcheck >/dev/null ||
    optional "shellcheck, to lint shell scripts: its wheel is not for this platform" "apt-get install shellcheck"
fi
if [[ "$(uname -sm)" != "Linux x86_64" && -z ${CHROMIUM-} ]]; then
  optional "a browser for the browser tests: the pinned one is not for this platform" "export CHROMIUM=/path/of/chromium"
fi

if python="$(python_of 3.9)" && ! "$python" -c "import ensurepip" 2>/dev/null; then
  lacking "ensurepip of CPython 3.9 ($python)" "Debian keeps it apart: apt-get install python3.9-venv"
fi

if [[ "$(uname -s)" == Linux && "$(id -u)" == 0 ]] && ! command -v setpriv >/dev/null; then
  lacking "setpriv (PostgreSQL does not run as root)" "apt-get install util-linux   (or work as another user)"
fi

parent="$caches" # or the first folder above it that there is
while [[ ! -e $parent ]]; do parent="$(dirname "$parent")"; done
free_kib="$(df -Pk "$parent" | awk 'NR == 2 { print $4 }')"
if [[ $caches != /* || ! -d $parent || ! -w $parent ]]; then
  lacking "a cache folder that can be written to ($caches)" "export XDG_CACHE_HOME=/a/folder/that/you/can/write/to"
elif ((free_kib >= 6 * 1024 * 1024)); then
  ok "$((free_kib / 1024 / 1024)) GiB free for caches in $caches"
else
  lacking "6 GiB of free disk for caches in $caches ($((free_kib / 1024 / 1024)) GiB there)" "free some, or export XDG_CACHE_HOME=/a/folder/on/another/disk"
fi

if command -v just >/dev/null; then
  ok "$(just --version)"
else
  optional "just, for short commands" "uv tool install rust-just   (every recipe is a ./pants command; see the Justfile)"
fi

if docker info &>/dev/null; then
  ok "a Docker engine"
else
  optional "a Docker engine, for the images and Compose" "https://docs.docker.com/engine/install"
fi

((missing == 0)) && printf '\nNothing is missing: ./pants run //:connect4\n'
exit "$missing"

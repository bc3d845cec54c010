#!/usr/bin/env bash
# Says what this machine lacks for working on the project: a line for each thing, and how to
# get it. Exits with the number of things that are missing.
set -uo pipefail

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

if python="$(python_of 3.9)" && ! "$python" -c "import ensurepip" 2>/dev/null; then
  lacking "ensurepip of CPython 3.9 ($python)" "Debian keeps it apart: apt-get install python3.9-venv"
fi

if [[ "$(uname -s)" == Linux && "$(id -u)" == 0 ]] && ! command -v setpriv >/dev/null; then
  lacking "setpriv (PostgreSQL does not run as root)" "apt-get install util-linux   (or work as another user)"
fi

free_kib="$(df -Pk "$HOME" | awk 'NR == 2 { print $4 }')"
if ((free_kib >= 6 * 1024 * 1024)); then
  ok "$((free_kib / 1024 / 1024)) GiB free for caches in $HOME"
else
  lacking "6 GiB of free disk for caches in $HOME ($((free_kib / 1024 / 1024)) GiB there)" "free some, or set PANTS_NAMED_CACHES_DIR and PANTS_LOCAL_STORE_DIR"
fi

if command -v just >/dev/null; then
  ok "$(just --version)"
else
  optional "just, for short commands" "uv tool install rust-just   (every recipe is a ./pants command; see the Justfile)"
fi

((missing == 0)) && printf '\nNothing is missing: ./pants run //:connect4\n'
exit "$missing"

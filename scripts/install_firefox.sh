#!/bin/sh
# Installs Debian's Firefox for the tests in tests/browser/firefox_test.py; only root can.
set -e
[ "$(id -u)" -eq 0 ]
apt-get update --quiet
DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes --no-install-recommends firefox-esr

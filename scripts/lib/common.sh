# Sourced by every script: how they speak, and where the repository is.
# shellcheck shell=bash

AEON_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$AEON_ROOT" || exit 1

say() { printf 'aeon: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

need_maven() {
  command -v mvn >/dev/null 2>&1 || die "Maven 3.8.7 or newer is needed and 'mvn' is not on the path; install it (Debian: apt-get install maven)."
}

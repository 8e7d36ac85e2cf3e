# Sourced: finds a JDK 25 or newer and exports JAVA_HOME, whatever java stands first on the path.
# shellcheck shell=bash

jdk_major() {
  [ -x "$1/bin/javac" ] || return 1
  "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

# Folders where JDKs are kept, the one on the path first.
jdk_candidates() {
  local on_path
  [ -n "${JAVA_HOME:-}" ] && printf '%s\n' "$JAVA_HOME"
  on_path=$(command -v javac 2>/dev/null) && dirname "$(dirname "$(readlink -f "$on_path")")"
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/jdk* /opt/java/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/*
}

find_jdk() {
  local candidate major
  while IFS= read -r candidate; do
    major=$(jdk_major "$candidate") || continue
    if [ -n "$major" ] && [ "$major" -ge 25 ]; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done < <(jdk_candidates)
  return 1
}

if ! JAVA_HOME=$(find_jdk); then
  echo "aeon: no JDK 25 or newer was found; install one (for example Temurin 25) or set JAVA_HOME to it." >&2
  exit 1
fi
export JAVA_HOME
export PATH="$JAVA_HOME/bin:$PATH"

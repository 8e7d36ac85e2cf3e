# Sourced by the commands beside it: finds a JDK 25 or newer and starts a main class with every jar in lib.
# shellcheck shell=sh

# The version a Java names in its release file; asking the Java itself takes as long as a short command.
java_major() {
  [ -x "$1" ] || return 1
  home=${1%/bin/java}
  [ -f "$home/release" ] || home=$(dirname "$(dirname "$(readlink -f "$1")")")
  if [ -f "$home/release" ]; then
    while IFS='="' read -r key _ version _; do
      if [ "$key" = JAVA_VERSION ]; then
        printf '%s\n' "${version%%.*}"
        return 0
      fi
    done <"$home/release"
  fi
  "$1" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p'
}

is_new_enough() {
  major=$(java_major "$1") || return 1
  [ -n "$major" ] && [ "$major" -ge 25 ]
}

find_java() {
  on_path=$(command -v java 2>/dev/null || :)
  for candidate in "${JAVA_HOME:-/nonexistent}/bin/java" "$on_path" /usr/lib/jvm/*/bin/java /usr/java/*/bin/java \
    /opt/jdk*/bin/java /opt/java/*/bin/java "${HOME:-/nonexistent}"/.sdkman/candidates/java/*/bin/java "${HOME:-/nonexistent}"/.jdks/*/bin/java; do
    if is_new_enough "$candidate"; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  return 1
}

# start <main class> [argument]…
start() {
  if ! java=$(find_java); then
    echo "aeon: no Java 25 or newer was found; install one (for example Temurin 25) or set JAVA_HOME to it." >&2
    exit 1
  fi
  # File names are bytes; without a UTF-8 locale Java could not name them all.
  case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    *UTF-8* | *utf8* | *utf-8* | *UTF8*) ;;
    *) LC_ALL=C.UTF-8 && export LC_ALL ;;
  esac
  out_terminal=false
  err_terminal=false
  [ -t 1 ] && out_terminal=true
  [ -t 2 ] && err_terminal=true
  # The code generators of the distribution, after those that the user prefers.
  SPOKE_PLUGIN_PATH=${SPOKE_PLUGIN_PATH:+$SPOKE_PLUGIN_PATH:}$AEON_HOME/generators && export SPOKE_PLUGIN_PATH
  # What a trial run loaded; Java passes over a cache that does not fit, without a word.
  aot=$AEON_HOME/aot/${aot_name:-${0##*/}}.aot
  if [ -s "$aot" ]; then
    set -- -XX:AOTCache="$aot" -Xlog:disable -Xlog:all=error:stderr "$@"
  fi
  # Options are meant to be split into words.
  # shellcheck disable=SC2086
  exec "$java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=deny -Xmx512m -XX:+UseSerialGC \
    -Djava.io.tmpdir="${TMPDIR:-/tmp}" -Daeon.terminal.out=$out_terminal -Daeon.terminal.err=$err_terminal \
    ${command_options:-} ${AEON_JAVA_OPTIONS:-} -cp "$AEON_HOME/lib/*" "$@"
}

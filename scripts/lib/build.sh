# Sourced: builds the distribution when, and only when, a source has changed since the last build.
# shellcheck shell=bash

BUILD_STAMP=target/dist/.fingerprint
BUILD_LOG=target/build.log

source_fingerprint() {
  {
    "$JAVA_HOME/bin/java" -version 2>&1
    find pom.xml .mvn CMakeLists.txt CMakePresets.json native bindings jextract sp-java vulkan-slabs apm spoke fleet \
      -type f -not -path '*/target/*' -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum | cut -d ' ' -f 1
}

# Turns Maven's log into a line a module, and a line every 200 files that a first build downloads.
show_progress() {
  awk '
    /Downloaded from/ { if (++files % 200 == 0) { printf "aeon:   … %d files downloaded\n", files; fflush() } next }
    /^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]$/ { sub(/^\[INFO\] Building /, ""); sub(/ [0-9][^ ]*-SNAPSHOT/, ""); sub(/ +\[/, " ["); print "aeon:   " $0; fflush() }
  ' >&2
}

run_maven() {
  need_maven
  mkdir -p target
  if ! mvn -B "$@" 2>&1 | tee "$BUILD_LOG" | show_progress; then
    grep -E '^\[ERROR\]' "$BUILD_LOG" | head -n 20 >&2
    die "the build failed; the whole log is $BUILD_LOG"
  fi
}

build_distribution() {
  local fingerprint
  fingerprint=$(source_fingerprint)
  if [ -f "$BUILD_STAMP" ] && [ "$(cat "$BUILD_STAMP")" = "$fingerprint" ]; then
    return
  fi
  say "building (the first time fetches libraries from Maven Central and takes some minutes)"
  run_maven -pl fleet -am -Dmaven.test.skip=true package
  printf '%s\n' "$fingerprint" >"$BUILD_STAMP"
}

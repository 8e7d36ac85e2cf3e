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

# The option by which a run of a command keeps what it loaded.
aot_output() {
  printf '%s' "-XX:AOTCacheOutput=target/dist/aot/$1.aot"
}

# After so many pushes Java knows the server's hot methods, and keeps that with what was loaded.
TRAINING_PUSHES=500

# Runs commands once and keeps what they loaded, so that they start in a fraction of the time.
# Java writes the cache as it ends; a command whose cache is missing or stale works without it.
# Fails where one was not written.
train_commands() {
  rm -rf target/dist/aot && mkdir -p target/dist/aot
  train_registry
  train_agents
  find target/dist/aot -type f \( -empty -o ! -name '*.aot' \) -delete
  [ -f target/dist/aot/spoke.aot ] && [ -f target/dist/aot/spoke-rules.aot ] && [ -f target/dist/aot/spoke-server.aot ] && [ -f target/dist/aot/apm.aot ]
}

train_agents() {
  local work
  work=$(mktemp -d)
  target/dist/bin/apm init -dir "$work/.apm" -agent worker:Implementation >"$work/log" 2>&1 || true
  AEON_JAVA_OPTIONS=$(aot_output apm) target/dist/bin/apm send -dir "$work/.apm" -from trainer:Manager -to worker \
    -type CUSTOM_TRAINED -payload '{}' -no-wait >>"$work/log" 2>&1 || true
  rm -rf "$work"
}

train_registry() {
  local work server url i
  work=$(mktemp -d)
  mkdir -p "$work/proto"
  for i in $(seq 20); do
    printf 'syntax = "proto3";\npackage trained;\nmessage M%d { string name = 1; }\n' "$i" >"$work/proto/m$i.proto"
  done
  for i in $(seq "$TRAINING_PUSHES"); do
    mkdir -p "$work/services/s$i"
    printf 'syntax = "proto3";\npackage s%d;\nimport "google/protobuf/any.proto";\nmessage M { google.protobuf.Any any = 1; }\n' "$i" >"$work/services/s$i/s.proto"
  done
  AEON_JAVA_OPTIONS=$(aot_output spoke-server) \
    target/dist/bin/spoke-server -port 0 -storage-dir "$work/storage" >"$work/log" 2>&1 &
  server=$!
  for i in $(seq 600); do
    url=$(sed -n 's/.* at \(http[^ ]*\)$/\1/p' "$work/log" 2>/dev/null) || true
    [ -z "$url" ] || break
    sleep 0.1
  done
  if [ -n "$url" ]; then
    SPOKE_CONFIG_DIR=$work SPOKE_REGISTRY=$url target/dist/bin/spoke push -module trained -version v1.0.0 -dir "$work/proto" >>"$work/log" 2>&1 || true
    SPOKE_CONFIG_DIR=$work SPOKE_REGISTRY=$url target/dist/bin/spoke batch-push -version v1.0.0 -dir "$work/services" >>"$work/log" 2>&1 || true
    SPOKE_CONFIG_DIR=$work SPOKE_REGISTRY=$url AEON_JAVA_OPTIONS=$(aot_output spoke) \
      target/dist/bin/spoke pull -module trained -dir "$work/pulled" -recursive >>"$work/log" 2>&1 || true
  fi
  AEON_JAVA_OPTIONS=$(aot_output spoke-rules) target/dist/bin/spoke lint -dir "$work/proto" -json >>"$work/log" 2>&1 || true
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  rm -rf "$work"
}

build_distribution() {
  local fingerprint
  fingerprint=$(source_fingerprint)
  if [ -f "$BUILD_STAMP" ] && [ "$(cat "$BUILD_STAMP")" = "$fingerprint" ]; then
    return
  fi
  say "building (the first time fetches libraries from Maven Central and takes some minutes)"
  run_maven -pl fleet -am -Dmaven.test.skip=true package
  say "letting the registry's and the agents' commands run once, so that they start faster"
  train_commands || say "what some of them load could not be kept; they work, and start more slowly"
  printf '%s\n' "$fingerprint" >"$BUILD_STAMP"
}

#!/bin/sh
# Configures and builds one CMake preset, or tests it; quiet unless something fails.
#   build.sh build|test PRESET
set -eu
cd "$(dirname "$0")/.."
action=$1
preset=$2
log=native/target/$action-$preset.log
mkdir -p native/target

run() {
  "$@" >>"$log" 2>&1 || {
    cat "$log" >&2
    exit 1
  }
}

: >"$log"
run cmake --preset "$preset"
run cmake --build --preset "$preset" --parallel
case $action in
  build) run cmake --install native/target/cmake --prefix native/target/install --strip ;;
  test)
    ctest --preset "$preset"
    ;;
esac

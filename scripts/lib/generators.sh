# Sourced after packages.sh: has the distribution's code generators made when, and only when, that is needed.
# shellcheck shell=bash

GENERATORS=target/dist/generators
GENERATOR_STAMP=$GENERATORS/.fingerprint
GENERATOR_LOG=target/generators.log
WITHOUT_GENERATORS="Spoke will not generate Go, JavaScript and TypeScript, nor gRPC stubs but those of Java and Kotlin"

generator_fingerprint() {
  {
    uname -m
    cat scripts/lib/make-generators spoke/src/main/node/package-lock.json
  } | sha256sum | cut -d ' ' -f 1
}

# Spoke serves without them, and says so where one is asked for.
want_generators() {
  local fingerprint work=target/generators
  fingerprint=$(generator_fingerprint)
  if [ -f "$GENERATOR_STAMP" ] && [ "$(cat "$GENERATOR_STAMP")" = "$fingerprint" ]; then
    return
  fi
  if ! try_install "${GENERATOR_PACKAGES[@]}"; then
    say "$WITHOUT_GENERATORS: they are made on Debian, with ${GENERATOR_PACKAGES[*]}; elsewhere put programs of the same names where SPOKE_PLUGIN_PATH or PATH leads."
    return
  fi
  say "making the code generators (fetches gRPC's sources and Go's plugins from Debian, and Node.js from npm)"
  rm -rf "$work" "$GENERATORS"
  mkdir -p target
  if scripts/lib/make-generators "$GENERATORS" "$work" >"$GENERATOR_LOG" 2>&1; then
    printf '%s\n' "$fingerprint" >"$GENERATOR_STAMP"
    rm -rf "$work"
  else
    say "$WITHOUT_GENERATORS: $(grep -m 1 -E '^E:|error' "$GENERATOR_LOG" || tail -n 1 "$GENERATOR_LOG") (the whole log is $GENERATOR_LOG)"
  fi
}

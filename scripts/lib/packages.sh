# Sourced: installs the system packages a script needs, on Debian and its kin; elsewhere names them.
# shellcheck shell=bash

# Nothing builds without these.
BUILD_PACKAGES=(gcc g++ libc6-dev cmake make libvulkan-dev glslang-tools)
# A Vulkan loader and Mesa's software driver; without them slabs lie in host memory.
VULKAN_PACKAGES=(libvulkan1 mesa-vulkan-drivers)
# What Spoke's generators are made with, and the keys that Debian signs their sources with.
# shellcheck disable=SC2034  # read by generators.sh
GENERATOR_PACKAGES=(libprotoc-dev zlib1g-dev debian-archive-keyring)
# SP's peers, Vulkan's validation layers and a second software driver (SwiftShader, in chromium-common), a browser
# for the registry's pages, what the tests look at processes with, and the servers of APM's channels.
TEST_PACKAGES=(libnng-dev nng-utils libnanomsg-dev nanomsg-utils vulkan-validationlayers chromium-common chromium-headless-shell procps iproute2 nats-server postgresql)
# Peers that benchmarks are run beside, the client that asks servers, and the fonts of plots.
BENCH_PACKAGES=(libzmq5 wrk fontconfig fonts-dejavu-core)

BUILD_TOOLS=(gcc g++ cmake make glslangValidator)
FEDORA_NAMES="gcc gcc-c++ cmake make vulkan-headers vulkan-loader mesa-vulkan-drivers glslang"
ARCH_NAMES="gcc cmake make vulkan-headers vulkan-icd-loader vulkan-swrast glslang"

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    return 126
  fi
}

missing_tools() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null 2>&1 || printf '%s ' "$tool"
  done
}

missing_packages() {
  local package
  for package in "$@"; do
    is_installed "$package" || printf '%s ' "$package"
  done
}

# Installs those of its arguments that are missing; says in one sentence why where it cannot.
try_install() {
  local missing log
  command -v apt-get >/dev/null 2>&1 || return 1
  read -ra missing <<<"$(missing_packages "$@")"
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! as_root true 2>/dev/null; then
    say "installing needs root: run 'apt-get install ${missing[*]}' as root, then run this again."
    return 1
  fi
  say "installing ${missing[*]}"
  log=$(mktemp)
  # A third-party list that fails to refresh is not ours to judge: the installation decides.
  as_root apt-get update >"$log" 2>&1 || true
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
    say "could not install ${missing[*]}: $(grep -m 1 -E '^E:' "$log" || echo "see $log"); mend that, or install them by hand."
    return 1
  fi
  rm -f "$log"
}

need_build_packages() {
  local absent
  try_install "${BUILD_PACKAGES[@]}" && return
  absent=$(missing_tools "${BUILD_TOOLS[@]}")
  [ -z "$absent" ] || die "cannot build without ${absent}: install ${BUILD_PACKAGES[*]} (names on Fedora: $FEDORA_NAMES; on Arch: $ARCH_NAMES), then run this again."
}

want_vulkan_packages() {
  try_install "${VULKAN_PACKAGES[@]}" && return
  ldconfig -p 2>/dev/null | grep -q libvulkan.so.1 \
    || say "no Vulkan loader was found, so slabs will lie in host memory; install ${VULKAN_PACKAGES[*]} for Vulkan (names on Fedora: vulkan-loader mesa-vulkan-drivers; on Arch: vulkan-icd-loader vulkan-swrast)."
}

# Spoke builds without npm, and without what it brings.
want_npm() {
  command -v npm >/dev/null 2>&1 || try_install npm \
    || say "Spoke is built without its pages and without its JavaScript and TypeScript generator: install npm for them."
}

need_test_packages() {
  try_install "${TEST_PACKAGES[@]}" \
    || die "cannot run every test without ${TEST_PACKAGES[*]}: install them by this system's names (Fedora: nng-devel nng-utils nanomsg-devel vulkan-validation-layers iproute nats-server postgresql-server; Arch: nng nanomsg vulkan-validation-layers iproute2 nats-server postgresql), then run this again."
}

need_bench_packages() {
  try_install "${BENCH_PACKAGES[@]}" \
    || die "cannot measure beside every peer without ${BENCH_PACKAGES[*]}: install them by this system's names (Fedora: zeromq wrk fontconfig dejavu-sans-fonts; Arch: zeromq wrk fontconfig ttf-dejavu), then run this again."
}

/**
 * SP against the C libraries that users move from: libnng and libnanomsg, called through the
 * foreign function API, and nngcat as a process. It knows SP's public API alone.
 */
package dev.aeon.checks.interop;

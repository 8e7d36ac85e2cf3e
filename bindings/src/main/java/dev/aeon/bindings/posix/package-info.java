/**
 * Sockets, readiness, wake-ups and shared memory, one class per facility over the shim's functions.
 * Hot calls return a number that is not negative or {@code -errno}; the others throw {@link
 * dev.aeon.bindings.NativeCallException}. It knows no protocol that speaks over these.
 */
package dev.aeon.bindings.posix;

/**
 * Sockets of Aeon, libnng and libnanomsg, driven the same way. Knows nothing of slabs and rings.
 */
package dev.aeon.checks.bench.messaging;

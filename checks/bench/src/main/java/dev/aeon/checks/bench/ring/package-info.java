/** Rings of Aeon and Agrona, driven the same way. Knows nothing of sockets. */
package dev.aeon.checks.bench.ring;

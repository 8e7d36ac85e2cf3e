/**
 * Rings of Aeon, Agrona, Aeron, JCTools and the Disruptor, driven the same way. Knows nothing of
 * sockets.
 */
package dev.aeon.checks.bench.ring;

/**
 * Bytes from one process to another through shared memory: a ring in each direction, each in a
 * region that its writer makes and passes on.
 *
 * <p>Entry types: {@link dev.aeon.sp.transport.shm.OutgoingRing} and {@link
 * dev.aeon.sp.transport.shm.IncomingRing}. Knows no connection, no message and no socket; believes
 * nothing that the other process writes.
 */
package dev.aeon.sp.transport.shm;

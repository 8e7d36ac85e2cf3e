/**
 * Sockets of one process: packets pass by reference, a bounded number under way per direction.
 *
 * <p>Entry type: {@link dev.aeon.sp.transport.inproc.InprocTransport}. Knows no bytes and no
 * descriptors.
 */
package dev.aeon.sp.transport.inproc;

/**
 * Turns what protocol machines ask for into I/O: sockets' pipes, endpoints, I/O worker, timers, and
 * operations that complete exactly once.
 *
 * <p>Entry type: {@link dev.aeon.sp.core.SocketCore}. Knows machines and transports by their
 * interfaces; never a pattern's rules nor a wire format.
 */
package dev.aeon.sp.core;

/**
 * Sockets that speak the Scalability Protocols, one type per pattern, over {@code inproc://},
 * {@code ipc://} and {@code tcp://}.
 *
 * <p>Entry types: {@link dev.aeon.sp.ReqSocket} and its siblings. Knows operations and failures;
 * never the rules of a pattern nor bytes on a wire.
 */
package dev.aeon.sp;

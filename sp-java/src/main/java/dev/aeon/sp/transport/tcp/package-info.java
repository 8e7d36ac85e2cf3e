/**
 * SP over TCP.
 *
 * <p>Entry type: {@link dev.aeon.sp.transport.tcp.TcpTransport}. Knows hosts and ports; leaves what
 * a connection does to the stream package.
 */
package dev.aeon.sp.transport.tcp;

/**
 * SP over TCP, and the addresses and sockets of every transport that runs on it.
 *
 * <p>Entry types: {@link dev.aeon.sp.transport.tcp.TcpTransport}, {@link
 * dev.aeon.sp.transport.tcp.TcpBasedTransport}. Knows hosts and ports; leaves what a connection
 * does to the stream package.
 */
package dev.aeon.sp.transport.tcp;

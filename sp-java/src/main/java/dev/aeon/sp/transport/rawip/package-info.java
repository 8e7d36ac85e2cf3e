/**
 * SP over datagrams: the carriers of {@code ip://} and {@code udp+sp://}, and the addresses of
 * both.
 *
 * <p>Entry types: {@link dev.aeon.sp.transport.rawip.UdpTransport}, {@link
 * dev.aeon.sp.transport.rawip.RawIpTransport}. Knows sockets, ports and the headers of IP; leaves
 * what packets mean to the datagram package.
 */
package dev.aeon.sp.transport.rawip;

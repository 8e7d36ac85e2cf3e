/**
 * The datagram mapping of SP (docs/rfc/raw-ip-mapping.md): sessions, segments, repair, credit and
 * congestion control, the same for every carrier.
 *
 * <p>Entry type: {@link dev.aeon.sp.transport.datagram.DatagramEndpoint}. Knows packets, peers and
 * time; never what carries the packets.
 */
package dev.aeon.sp.transport.datagram;

package dev.aeon.sp.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a socket's pipes, and what single transports ask for.
 *
 * @param maxReceiveByteSize largest message to accept; 0 for no limit
 * @param handshakeNanos how long a connection may take to open
 * @param stallNanos how long a message begun may take for each {@code stallMinByteCount}
 * @param stallMinByteCount at least 1
 * @param tcpNoDelay send small packets at once
 * @param tcpKeepAlive probe idle connections
 * @param tcpLocalAddress where TCP dials from; null lets the system choose
 * @param ipcPermissions bits of socket files; {@link #PERMISSIONS_BY_UMASK} for the system's
 * @param listenDescriptor a listening socket to adopt rather than to bind one; {@link
 *     #NO_DESCRIPTOR} for none
 * @param sharedByteSize memory to share with a local peer that can, for each direction; 0 for none
 * @param datagramKeepAliveNanos after how long without a packet a peer is asked for a sign of life
 * @param datagramDeathNanos after how long without a sign of life a peer is taken for dead
 * @param datagramUnreliable whether datagram transports send each message once, in one packet
 * @param datagramCompanionByteSize how much waits before {@code ip://} sends it by UDP; 0 never
 * @param datagramKey at least 16 octets that cipher datagrams; null for a checksum only
 * @param tls null for the platform's trust and no certificate of its own
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TransportSettings(
    long maxReceiveByteSize,
    long handshakeNanos,
    long stallNanos,
    long stallMinByteCount,
    boolean tcpNoDelay,
    boolean tcpKeepAlive,
    @Nullable InetSocketAddress tcpLocalAddress,
    int ipcPermissions,
    int listenDescriptor,
    long sharedByteSize,
    long datagramKeepAliveNanos,
    long datagramDeathNanos,
    boolean datagramUnreliable,
    long datagramCompanionByteSize,
    byte @Nullable [] datagramKey,
    @Nullable TlsSettings tls) {
  public static final int PERMISSIONS_BY_UMASK = -1;
  public static final int NO_DESCRIPTOR = -1;

  /** What is shared unless told otherwise. */
  public static final long SHARED_BYTE_SIZE = 256 << 10;

  /** What waits before it goes by UDP unless told otherwise. */
  public static final long DATAGRAM_COMPANION_BYTE_SIZE = 4 << 10;
}

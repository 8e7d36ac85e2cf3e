package dev.aeon.sp.core;

import dev.aeon.sp.protocol.PipeHandle;
import dev.aeon.sp.transport.TlsSettings;
import dev.aeon.sp.transport.TransportSettings;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What a socket's options mean to the core. Written and read with the strand held. */
public final class CoreSettings implements Cloneable {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  public long reconnectMinNanos = 10 * NANOS_PER_MILLI;
  public long reconnectMaxNanos = NANOS_PER_SECOND;
  public long maxReceiveByteSize = 16L << 20;
  public long handshakeNanos = 10 * NANOS_PER_SECOND;
  public long stallNanos = 30 * NANOS_PER_SECOND;
  public boolean tcpNoDelay = true;
  public boolean tcpKeepAlive;
  public int priority = PipeHandle.DEFAULT_PRIORITY;
  public int highWaterCount = 12;
  public int lowWaterCount = 4;
  public long stallMinByteCount = 4096;
  public @Nullable InetSocketAddress tcpLocalAddress;
  public int ipcPermissions = TransportSettings.PERMISSIONS_BY_UMASK;
  public int listenDescriptor = TransportSettings.NO_DESCRIPTOR;
  public long sharedByteSize = TransportSettings.SHARED_BYTE_SIZE;
  public long datagramKeepAliveNanos = NANOS_PER_SECOND;
  public long datagramDeathNanos = 30 * NANOS_PER_SECOND;
  public long datagramLingerNanos = NANOS_PER_SECOND;
  public boolean datagramUnreliable;
  public long datagramCompanionByteSize = TransportSettings.DATAGRAM_COMPANION_BYTE_SIZE;
  public byte @Nullable [] datagramKey;
  public @Nullable TlsSettings tls;

  CoreSettings copy() {
    try {
      return (CoreSettings) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  TransportSettings forTransport() {
    return new TransportSettings(
        maxReceiveByteSize,
        handshakeNanos,
        stallNanos,
        stallMinByteCount,
        tcpNoDelay,
        tcpKeepAlive,
        tcpLocalAddress,
        ipcPermissions,
        listenDescriptor,
        sharedByteSize,
        datagramKeepAliveNanos,
        datagramDeathNanos,
        datagramUnreliable,
        datagramCompanionByteSize,
        datagramKey,
        tls);
  }
}

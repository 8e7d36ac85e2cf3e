package dev.aeon.sp.transport.datagram;

import dev.aeon.sp.transport.TransportSettings;
import org.jspecify.annotations.Nullable;

/**
 * What sessions go by.
 *
 * @param maxReceiveByteSize largest message to accept; 0 for no limit
 * @param handshakeNanos how long a session may take to open
 * @param keepAliveNanos after how long without a packet the peer is asked for a sign of life
 * @param deathNanos after how long without any sign a session is taken for dead; black-outs shorter
 *     than that lose nothing
 * @param isUnreliable whether messages are sent once, each in one packet, and may be lost
 * @param companionByteSize how much waits to be sent before it goes by the carrier's companion,
 *     where it and the peer have one; 0 where nothing does
 * @param preSharedKey at least 16 octets, with which packets are ciphered; null for a checksum only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record DatagramSettings(
    long maxReceiveByteSize,
    long handshakeNanos,
    long keepAliveNanos,
    long deathNanos,
    boolean isUnreliable,
    long companionByteSize,
    byte @Nullable [] preSharedKey) {
  /** What a key has at the least. */
  public static final int MIN_KEY_BYTE_SIZE = 16;

  public DatagramSettings {
    if (preSharedKey != null && preSharedKey.length < MIN_KEY_BYTE_SIZE) {
      throw new IllegalArgumentException(
          "pre-shared key is too short: byteSize=%d least=%d"
              .formatted(preSharedKey.length, MIN_KEY_BYTE_SIZE));
    }
  }

  /** What {@code settings} say. */
  public static DatagramSettings of(TransportSettings settings) {
    return new DatagramSettings(
        settings.maxReceiveByteSize(),
        settings.handshakeNanos(),
        settings.datagramKeepAliveNanos(),
        settings.datagramDeathNanos(),
        settings.datagramUnreliable(),
        settings.datagramCompanionByteSize(),
        settings.datagramKey());
  }

  /** The same, with messages that are sent once and may be lost. */
  public DatagramSettings unreliable() {
    return new DatagramSettings(
        maxReceiveByteSize,
        handshakeNanos,
        keepAliveNanos,
        deathNanos,
        true,
        companionByteSize,
        preSharedKey);
  }

  /** The same, ciphered with a key that both sides have. */
  public DatagramSettings ciphered(byte[] key) {
    return new DatagramSettings(
        maxReceiveByteSize,
        handshakeNanos,
        keepAliveNanos,
        deathNanos,
        isUnreliable,
        companionByteSize,
        key.clone());
  }
}

package dev.aeon.sp.transport.datagram;

import org.jspecify.annotations.Nullable;

/** Which guard packets have: by checksum, or by keys where both sides share one. */
final class Guards {
  private final byte @Nullable [] preSharedKey;
  private final PacketGuard opening;
  private final PacketGuard plain = new ChecksumGuard();

  Guards(byte @Nullable [] preSharedKey) {
    this.preSharedKey = preSharedKey;
    this.opening = preSharedKey == null ? plain : new KeyedGuard(preSharedKey);
  }

  /** Of packets that come before a session, or say that there is none. */
  PacketGuard opening() {
    return opening;
  }

  /** Of the packets of one session. */
  PacketGuard session(long localSession, long remoteSession) {
    return preSharedKey == null
        ? plain
        : new CipherGuard(preSharedKey, localSession, remoteSession);
  }
}

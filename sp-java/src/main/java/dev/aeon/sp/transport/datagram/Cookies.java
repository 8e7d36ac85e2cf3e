package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * Proofs that a peer receives at the address it says it has, without a word kept of it: a time and
 * an HMAC over it, the address and the peer's session (raw-ip-mapping 4.1).
 */
final class Cookies {
  static final int BYTE_SIZE = 24;

  private static final int PROOF_BYTE_SIZE = 16;
  private static final int KEY_BYTE_SIZE = 32;
  private static final int LARGEST_ADDRESS = 16;
  private static final int NUMBERS_BYTE_SIZE = 2 * Long.BYTES + 2 * Integer.BYTES;
  private static final long LIFETIME_NANOS = 10_000_000_000L;

  private final Mac mac;

  Cookies(SecureRandom random) {
    byte[] key = new byte[KEY_BYTE_SIZE];
    random.nextBytes(key);
    mac = Hmac.of(key);
  }

  /** Writes a cookie for a peer. */
  void write(MemorySegment memory, long byteOffset, PeerAddress peer, long session, long nowNanos) {
    memory.set(PacketLayout.LONG, byteOffset, nowNanos);
    byte[] proof = proof(peer, session, nowNanos);
    MemorySegment.copy(
        proof, 0, memory, ValueLayout.JAVA_BYTE, byteOffset + Long.BYTES, PROOF_BYTE_SIZE);
  }

  /** Whether the cookie was made for the peer, and lately. */
  boolean isGood(
      MemorySegment memory, long byteOffset, PeerAddress peer, long session, long nowNanos) {
    long madeNanos = memory.get(PacketLayout.LONG, byteOffset);
    long age = nowNanos - madeNanos;
    byte[] carried = new byte[PROOF_BYTE_SIZE];
    MemorySegment.copy(
        memory, ValueLayout.JAVA_BYTE, byteOffset + Long.BYTES, carried, 0, PROOF_BYTE_SIZE);
    boolean isGenuine = MessageDigest.isEqual(carried, proof(peer, session, madeNanos));
    return isGenuine && age >= 0 && age <= LIFETIME_NANOS;
  }

  private byte[] proof(PeerAddress peer, long session, long nanos) {
    ByteBuffer bytes = ByteBuffer.allocate(NUMBERS_BYTE_SIZE + LARGEST_ADDRESS);
    bytes.putLong(nanos).putLong(session).putInt(peer.port()).putInt(peer.scope());
    bytes.put(peer.address());
    return Arrays.copyOf(
        mac.doFinal(Arrays.copyOf(bytes.array(), bytes.position())), PROOF_BYTE_SIZE);
  }
}

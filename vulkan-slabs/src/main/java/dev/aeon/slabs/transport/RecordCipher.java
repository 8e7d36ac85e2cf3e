package dev.aeon.slabs.transport;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens the records of one direction, AES-256-GCM each.
 *
 * <pre>
 *    0           4        8               16                       16 + n
 *   +-----------+--------+---------------+------------------------+-----------
 *   | epoch i32 | 0      | sequence i64  | n bytes, enciphered    | tag, 16
 *   +-----------+--------+---------------+------------------------+-----------
 *    authenticated
 * </pre>
 *
 * The nonce is epoch and sequence. The sequence grows by one with each record and never starts
 * again; the key is this direction's of this connection alone, for both ends put a random salt into
 * it, and changes with the epoch: so no key ever meets a nonce twice. A new epoch's key follows
 * from the last one's and not the other way round. For one thread.
 */
final class RecordCipher {
  static final int HEADER_BYTES = 16;
  static final int TAG_BYTES = 16;
  static final int OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES;

  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong I64 =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final long recordsPerEpoch;
  private final Cipher cipher;
  private final byte[] header = new byte[HEADER_BYTES];
  private final ByteBuffer nonce = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
  private byte[] secret;
  private SecretKeySpec key;
  private int epoch;
  private long sequence;

  RecordCipher(byte[] secret, long recordsPerEpoch) {
    this.secret = secret;
    this.recordsPerEpoch = recordsPerEpoch;
    this.key = keyOf(secret);
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("the JDK has no AES/GCM", missing);
    }
  }

  /** Seals {@code byteSize} bytes into that many and {@link #OVERHEAD_BYTES} more. */
  void seal(MemorySegment from, long fromOffset, int byteSize, MemorySegment to, long toOffset) {
    if (sequence > 0 && sequence % recordsPerEpoch == 0) {
      rotate();
    }
    to.set(I32, toOffset, epoch);
    to.set(I32, toOffset + 4, 0);
    to.set(I64, toOffset + 8, sequence);
    MemorySegment.copy(to, ValueLayout.JAVA_BYTE, toOffset, header, 0, HEADER_BYTES);
    try {
      begin(Cipher.ENCRYPT_MODE);
      cipher.doFinal(
          from.asSlice(fromOffset, byteSize).asByteBuffer(),
          to.asSlice(toOffset + HEADER_BYTES, byteSize + TAG_BYTES).asByteBuffer());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("sealing failed: sequence=" + sequence, impossible);
    }
    sequence++;
  }

  /**
   * Opens a sealed record of {@code byteSize} bytes.
   *
   * @return bytes of what was sealed
   * @throws RecordForgedException where it is not the next one that the peer sealed
   */
  int open(MemorySegment from, long fromOffset, int byteSize, MemorySegment to) {
    if (byteSize < OVERHEAD_BYTES) {
      throw new RecordForgedException("it is too short: byteSize=" + byteSize, sequence);
    }
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, fromOffset, header, 0, HEADER_BYTES);
    requireNext();
    try {
      begin(Cipher.DECRYPT_MODE);
      int opened =
          cipher.doFinal(
              from.asSlice(fromOffset + HEADER_BYTES, byteSize - HEADER_BYTES).asByteBuffer(),
              to.asSlice(0, byteSize - OVERHEAD_BYTES).asByteBuffer());
      sequence++;
      return opened;
    } catch (AEADBadTagException forged) {
      throw new RecordForgedException("its tag is wrong:", sequence);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("opening failed: sequence=" + sequence, impossible);
    }
  }

  /** The header says what comes next; whether it tells the truth the tag shows. */
  private void requireNext() {
    MemorySegment copied = MemorySegment.ofArray(header);
    if (copied.get(I64, 8) != sequence) {
      throw new RecordForgedException(
          "another was due: found=%d".formatted(copied.get(I64, 8)), sequence);
    }
    if (sequence > 0 && sequence % recordsPerEpoch == 0) {
      rotate();
    }
    if (copied.get(I32, 0) != epoch || copied.get(I32, 4) != 0) {
      throw new RecordForgedException(
          "its epoch is not the one due: found=%d epoch=%d".formatted(copied.get(I32, 0), epoch),
          sequence);
    }
  }

  private void begin(int mode) throws GeneralSecurityException {
    nonce.putInt(0, epoch).putLong(4, sequence);
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce.array()));
    cipher.updateAAD(header);
  }

  private void rotate() {
    byte[] next = KeyDerivation.expand(secret, "psyne next");
    Arrays.fill(secret, (byte) 0);
    secret = next;
    key = keyOf(next);
    epoch++;
  }

  private static SecretKeySpec keyOf(byte[] secret) {
    return new SecretKeySpec(KeyDerivation.expand(secret, "psyne records"), "AES");
  }
}

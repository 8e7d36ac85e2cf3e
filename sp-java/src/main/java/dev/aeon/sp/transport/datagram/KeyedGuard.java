package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/** An HMAC-SHA256 of the packet, cut to 16 octets, behind it (raw-ip-mapping 8.1). */
final class KeyedGuard implements PacketGuard {
  static final int PROOF_BYTE_SIZE = 16;

  private final Mac mac;

  KeyedGuard(byte[] preSharedKey) {
    mac = Hmac.of(preSharedKey);
  }

  @Override
  public int overheadByteSize() {
    return PROOF_BYTE_SIZE;
  }

  @Override
  public int seal(MemorySegment memory, long byteOffset, int byteSize) {
    byte[] proof = proof(memory, byteOffset, byteSize);
    MemorySegment.copy(
        proof, 0, memory, ValueLayout.JAVA_BYTE, byteOffset + byteSize, PROOF_BYTE_SIZE);
    return byteSize + PROOF_BYTE_SIZE;
  }

  @Override
  public int open(MemorySegment memory, long byteOffset, int byteSize) {
    int content = byteSize - PROOF_BYTE_SIZE;
    if (content < PacketLayout.BYTE_SIZE) {
      return -1;
    }
    byte[] carried =
        memory.asSlice(byteOffset + content, PROOF_BYTE_SIZE).toArray(ValueLayout.JAVA_BYTE);
    return MessageDigest.isEqual(carried, proof(memory, byteOffset, content)) ? content : -1;
  }

  private byte[] proof(MemorySegment memory, long byteOffset, int byteSize) {
    mac.update(memory.asSlice(byteOffset, byteSize).asByteBuffer());
    return Arrays.copyOf(mac.doFinal(), PROOF_BYTE_SIZE);
  }
}

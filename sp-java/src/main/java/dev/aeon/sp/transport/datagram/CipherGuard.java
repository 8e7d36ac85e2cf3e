package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM: the header is authenticated, what follows it ciphered, and a tag of 16 octets comes
 * behind. Each direction of each session has its own key, and the packet number is the nonce, so
 * that none is ever used twice (raw-ip-mapping 8.2).
 */
final class CipherGuard implements PacketGuard {
  private static final int TAG_BYTE_SIZE = 16;
  private static final int NONCE_BYTE_SIZE = 12;
  private static final byte[] LABEL = {'a', 'e', 'o', 'n', ' ', 's', 'p', ' ', '1'};

  private final Cipher cipher;
  private final SecretKeySpec sendKey;
  private final SecretKeySpec receiveKey;

  CipherGuard(byte[] preSharedKey, long localSession, long remoteSession) {
    this.sendKey = key(preSharedKey, localSession, remoteSession);
    this.receiveKey = key(preSharedKey, remoteSession, localSession);
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the platform lacks AES-GCM", e);
    }
  }

  /** HKDF's two steps (RFC 5869) for one block: the sessions are the salt. */
  private static SecretKeySpec key(byte[] preSharedKey, long sender, long receiver) {
    byte[] salt = ByteBuffer.allocate(2 * Long.BYTES).putLong(sender).putLong(receiver).array();
    Mac expand = Hmac.of(Hmac.of(salt).doFinal(preSharedKey));
    expand.update(LABEL);
    expand.update((byte) 1);
    return new SecretKeySpec(expand.doFinal(), "AES");
  }

  @Override
  public int overheadByteSize() {
    return TAG_BYTE_SIZE;
  }

  @Override
  public int seal(MemorySegment memory, long byteOffset, int byteSize) {
    try {
      run(Cipher.ENCRYPT_MODE, sendKey, memory, byteOffset, byteSize, byteSize + TAG_BYTE_SIZE);
      return byteSize + TAG_BYTE_SIZE;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("packet cannot be ciphered: byteSize=" + byteSize, e);
    }
  }

  @Override
  public int open(MemorySegment memory, long byteOffset, int byteSize) {
    int content = byteSize - TAG_BYTE_SIZE;
    if (content < PacketLayout.BYTE_SIZE) {
      return -1;
    }
    try {
      run(Cipher.DECRYPT_MODE, receiveKey, memory, byteOffset, byteSize, content);
      return content;
    } catch (GeneralSecurityException e) {
      return -1;
    }
  }

  private void run(
      int mode, SecretKeySpec key, MemorySegment memory, long byteOffset, int size, int newSize)
      throws GeneralSecurityException {
    cipher.init(mode, key, nonce(PacketLayout.number(memory, byteOffset)));
    long begin = byteOffset + PacketLayout.BYTE_SIZE;
    cipher.updateAAD(memory.asSlice(byteOffset, PacketLayout.BYTE_SIZE).asByteBuffer());
    ByteBuffer in = memory.asSlice(begin, size - PacketLayout.BYTE_SIZE).asByteBuffer();
    ByteBuffer out = memory.asSlice(begin, newSize - PacketLayout.BYTE_SIZE).asByteBuffer();
    cipher.doFinal(in, out);
  }

  private static GCMParameterSpec nonce(long number) {
    ByteBuffer bytes = ByteBuffer.allocate(NONCE_BYTE_SIZE).putInt(0).putLong(number);
    return new GCMParameterSpec(TAG_BYTE_SIZE * Byte.SIZE, bytes.array());
  }
}

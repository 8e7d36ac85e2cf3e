package dev.aeon.sp.transport.ws;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** Unforeseeable keys for masks, drawn many at a time. Confined to its pipe. */
final class MaskKeys {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DRAWN_BYTE_SIZE = 512;

  private final byte[] drawn = new byte[DRAWN_BYTE_SIZE];
  private final ByteBuffer keys = ByteBuffer.wrap(drawn).limit(0);

  int next() {
    if (!keys.hasRemaining()) {
      RANDOM.nextBytes(drawn);
      keys.clear();
    }
    return keys.getInt();
  }
}

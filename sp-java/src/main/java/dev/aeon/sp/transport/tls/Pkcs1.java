package dev.aeon.sp.transport.tls;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** RSA keys as older tools write them, put into the envelope that Java reads (RFC 5208). */
final class Pkcs1 {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int LONG_FORM = 0x80;

  /** Version 0 and the algorithm rsaEncryption. */
  private static final byte[] VERSION_AND_ALGORITHM =
      HexFormat.of().parseHex("020100" + "300d06092a864886f70d0101010500");

  private Pkcs1() {}

  static byte[] toPkcs8(byte[] key) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(VERSION_AND_ALGORITHM);
    writeValue(content, OCTET_STRING, key);
    ByteArrayOutputStream envelope = new ByteArrayOutputStream();
    writeValue(envelope, SEQUENCE, content.toByteArray());
    return envelope.toByteArray();
  }

  private static void writeValue(ByteArrayOutputStream out, int tag, byte[] value) {
    out.write(tag);
    writeLength(out, value.length);
    out.writeBytes(value);
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < LONG_FORM) {
      out.write(length);
      return;
    }
    int byteCount = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
    out.write(LONG_FORM | byteCount);
    for (int index = byteCount - 1; index >= 0; index--) {
      out.write(length >>> (index * Byte.SIZE));
    }
  }
}

package dev.aeon.apm.schema;

import java.nio.charset.StandardCharsets;

/**
 * Bytes looked at as characters, without a copy: what is no ASCII is some character that is not
 * either. Immutable as long as the bytes are.
 */
final class AsciiText implements CharSequence {
  private final byte[] bytes;
  private final int start;
  private final int end;

  AsciiText(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  @Override
  public int length() {
    return end - start;
  }

  @Override
  public char charAt(int index) {
    return (char) (bytes[start + index] & 0xFF);
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return new AsciiText(bytes, start + from, start + to);
  }

  /** The characters as a string. */
  @Override
  public String toString() {
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }
}

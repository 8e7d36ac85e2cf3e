package dev.aeon.apm.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream. Confined to one thread. */
final class Prefix extends FilterInputStream {
  private long left;

  Prefix(InputStream in, long byteSize) {
    super(in);
    this.left = byteSize;
  }

  @Override
  public int read() throws IOException {
    if (left == 0) {
      return -1;
    }
    left--;
    return in.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int byteCount) throws IOException {
    if (left == 0) {
      return -1;
    }
    int read = in.read(bytes, offset, (int) Math.min(byteCount, left));
    left -= Math.max(read, 0);
    return read;
  }
}

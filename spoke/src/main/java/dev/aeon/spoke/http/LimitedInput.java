package dev.aeon.spoke.http;

import dev.aeon.spoke.model.SpokeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A body of which so many bytes are taken, and no more. */
final class LimitedInput extends FilterInputStream {
  private final long limit;
  private long count;

  LimitedInput(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    take(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] bytes, int byteOffset, int byteSize) throws IOException {
    int read = super.read(bytes, byteOffset, byteSize);
    take(Math.max(read, 0));
    return read;
  }

  private void take(long byteSize) {
    count += byteSize;
    if (count > limit) {
      throw new SpokeException(
          SpokeException.Code.LIMIT_EXCEEDED, "a request is too large, limit=" + limit);
    }
  }

  /** Reads what is left; that it is too much says more than what is wrong with the beginning. */
  void drain() throws IOException {
    take(in.transferTo(OutputStream.nullOutputStream()));
  }
}

package dev.aeon.spoke.store.distributed;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;

/** An object as it comes; who stops before its end does not have the rest sent. */
final class ObjectInput extends FilterInputStream {
  private final ResponseInputStream<?> object;
  private boolean isAtEnd;

  ObjectInput(ResponseInputStream<?> object) {
    super(object);
    this.object = object;
  }

  @Override
  public int read() throws IOException {
    return note(super.read());
  }

  @Override
  public int read(byte[] bytes, int byteOffset, int byteSize) throws IOException {
    return note(super.read(bytes, byteOffset, byteSize));
  }

  private int note(int read) {
    isAtEnd |= read < 0;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (!isAtEnd) {
      object.abort();
    }
    super.close();
  }
}

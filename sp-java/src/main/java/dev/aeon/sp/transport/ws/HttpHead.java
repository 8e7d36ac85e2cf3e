package dev.aeon.sp.transport.ws;

import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.Retry;
import dev.aeon.sp.transport.stream.StreamException;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes up to and with the empty line that ends an HTTP head, and what came behind it. Grows with
 * what arrives, up to 8 KiB. Confined to its strand.
 */
final class HttpHead implements AutoCloseable {
  static final int MAX_BYTE_SIZE = 8 << 10;

  private static final byte[] END = {'\r', '\n', '\r', '\n'};
  private static final int FIRST_BYTE_SIZE = 1 << 10;

  private final ByteStream connection;
  private @Nullable Packet storage;
  private int count;
  private int searched;
  private int headByteSize;

  HttpHead(ByteStream connection) {
    this.connection = connection;
  }

  /**
   * Receives what there is.
   *
   * @return false at the connection's end
   */
  boolean receive() throws StreamException {
    while (!isComplete()) {
      Packet current = withRoom();
      long result =
          connection.receive(current.memory(), current.start() + count, current.byteSize() - count);
      if (result <= 0) {
        return Retry.isRetry(result);
      }
      count += (int) result;
      search(current.body());
    }
    return true;
  }

  private Packet withRoom() throws StreamException {
    if (storage == null) {
      storage = Packet.allocate(FIRST_BYTE_SIZE);
    } else if (count == storage.byteSize()) {
      storage = grown(storage);
    }
    return storage;
  }

  private Packet grown(Packet full) throws StreamException {
    if (count >= MAX_BYTE_SIZE) {
      throw new StreamException(
          CloseReason.MALFORMED_GREETING, "HTTP head exceeds its limit: limit=" + MAX_BYTE_SIZE);
    }
    Packet larger = Packet.allocate(2 * full.byteSize());
    MemorySegment.copy(full.body(), 0, larger.body(), 0, count);
    full.release();
    return larger;
  }

  private void search(MemorySegment bytes) {
    for (; searched + END.length <= count && !isComplete(); searched++) {
      if (isEndAt(bytes, searched)) {
        headByteSize = searched + END.length;
      }
    }
  }

  private static boolean isEndAt(MemorySegment bytes, int index) {
    for (int offset = 0; offset < END.length; offset++) {
      if (bytes.get(ValueLayout.JAVA_BYTE, index + offset) != END[offset]) {
        return false;
      }
    }
    return true;
  }

  boolean isComplete() {
    return headByteSize > 0;
  }

  /** The head; complete ones only. */
  byte[] toByteArray() {
    return Arrays.copyOf(bytes().toArray(ValueLayout.JAVA_BYTE), headByteSize);
  }

  /** What came behind the head. */
  MemorySegment rest() {
    return bytes().asSlice(headByteSize, count - headByteSize);
  }

  private MemorySegment bytes() {
    if (storage == null) {
      throw new IllegalStateException("nothing has arrived");
    }
    return storage.body();
  }

  @Override
  public void close() {
    if (storage != null) {
      storage.release();
      storage = null;
    }
  }
}

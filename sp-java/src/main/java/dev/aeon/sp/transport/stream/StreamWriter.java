package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.wire.Framing;
import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/** Sends one packet at a time, in one piece where the kernel takes it. Confined to its strand. */
final class StreamWriter implements AutoCloseable {
  private final ByteStream connection;
  private final Framing framing;
  private @Nullable Packet packet;
  private long byteOffset;
  private long byteCount;
  private boolean unflushed;

  StreamWriter(ByteStream connection, Framing framing) {
    this.connection = connection;
    this.framing = framing;
  }

  void begin(Packet next) {
    framing.encode(next.memory(), next.start(), next.byteSize());
    packet = next;
    unflushed = true;
    byteOffset = next.start() - framing.prefixByteSize();
    byteCount = next.byteSize() + framing.prefixByteSize();
  }

  boolean isBusy() {
    return packet != null || unflushed;
  }

  /** Sends what the kernel takes; negative errno if the connection broke, else 0. */
  long flush() throws StreamException {
    while (packet != null) {
      long sent = connection.send(packet.memory(), byteOffset, byteCount);
      if (sent < 0) {
        return blocked(sent);
      }
      advance(sent);
    }
    long flushed = connection.flush();
    if (flushed < 0) {
      return blocked(flushed);
    }
    unflushed = false;
    connection.watch(Poller.WRITABLE, false);
    return 0;
  }

  private long blocked(long result) {
    if (!Retry.isRetry(result)) {
      return result;
    }
    connection.watch(Poller.WRITABLE, true);
    return 0;
  }

  private void advance(long sent) {
    byteOffset += sent;
    byteCount -= sent;
    if (byteCount == 0) {
      close();
    }
  }

  @Override
  public void close() {
    if (packet != null) {
      packet.release();
      packet = null;
    }
  }
}

package dev.aeon.sp.transport.tls;

import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.StreamException;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Bytes between the engine and the connection or the reader: those from position to limit. Confined
 * to its pipe; {@link #close} gives the memory back.
 */
final class TlsBuffer implements AutoCloseable {
  private final Packet storage;
  private final MemorySegment memory;
  private final ByteBuffer bytes;

  TlsBuffer(int byteSize) {
    this.storage = Packet.allocate(byteSize);
    this.memory = storage.body();
    this.bytes = memory.asByteBuffer().limit(0);
  }

  boolean isEmpty() {
    return !bytes.hasRemaining();
  }

  /** For the engine to read. */
  ByteBuffer content() {
    return bytes;
  }

  /** For the engine to write behind the content; {@link #written} follows. */
  ByteBuffer room() {
    bytes.compact();
    return bytes;
  }

  void written() {
    bytes.flip();
  }

  /** Receives behind the content: bytes, 0 at the end, or {@code -errno}. */
  long fillFrom(ByteStream connection) throws StreamException {
    bytes.compact();
    try {
      long count = connection.receive(memory, bytes.position(), bytes.remaining());
      bytes.position(bytes.position() + (int) Math.max(count, 0));
      return count;
    } finally {
      bytes.flip();
    }
  }

  /** Sends the content: 0 when all is gone, or {@code -errno}. */
  long drainTo(ByteStream connection) throws StreamException {
    while (bytes.hasRemaining()) {
      long count = connection.send(memory, bytes.position(), bytes.remaining());
      if (count < 0) {
        return count;
      }
      bytes.position(bytes.position() + (int) count);
    }
    return 0;
  }

  /** Moves content to {@code target} and returns how much. */
  long moveTo(MemorySegment target, long byteOffset, long byteCount) {
    long count = Math.min(byteCount, bytes.remaining());
    MemorySegment.copy(memory, bytes.position(), target, byteOffset, count);
    bytes.position(bytes.position() + (int) count);
    return count;
  }

  @Override
  public void close() {
    storage.release();
  }
}

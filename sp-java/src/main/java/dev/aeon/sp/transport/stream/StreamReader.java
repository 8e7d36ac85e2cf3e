package dev.aeon.sp.transport.stream;

import dev.aeon.sp.wire.FrameDecoder;
import dev.aeon.sp.wire.Framing;
import dev.aeon.sp.wire.MalformedException;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ReceiveBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives bytes and cuts them into packets; large bodies go straight to their own memory. Confined
 * to its strand.
 */
final class StreamReader implements AutoCloseable {
  private static final int BUFFER_BYTE_SIZE = 64 << 10;
  private static final long DIRECT_MIN_BYTE_SIZE = 16 << 10;

  private final ByteStream connection;
  private final ReceiveBuffer buffer = new ReceiveBuffer(BUFFER_BYTE_SIZE);
  private final FrameDecoder decoder;
  private long arrivedByteCount;
  private boolean moreLikely;

  StreamReader(ByteStream connection, Framing framing, long maxBodyByteSize) {
    this.connection = connection;
    this.decoder = new FrameDecoder(framing, maxBodyByteSize);
  }

  /** The next packet among the bytes that arrived, or null. */
  @Nullable Packet next() throws MalformedException {
    return decoder.decode(buffer);
  }

  /** Receives once: bytes, 0 at the end, or {@code -errno}. Comes after {@link #next} had none. */
  long receive() throws StreamException {
    return decoder.directRoom() >= DIRECT_MIN_BYTE_SIZE ? receiveDirect() : receiveBuffered();
  }

  private long receiveDirect() throws StreamException {
    long room = decoder.directRoom();
    long count = connection.receive(decoder.directTarget(), decoder.directByteOffset(), room);
    if (count > 0) {
      decoder.directArrived(count);
    }
    return note(count, room);
  }

  private long receiveBuffered() throws StreamException {
    long room = buffer.makeRoom();
    long count = connection.receive(buffer.memory(), buffer.limit(), room);
    if (count > 0) {
      buffer.arrived(count);
    }
    return note(count, room);
  }

  private long note(long count, long room) {
    moreLikely = count == room;
    arrivedByteCount += Math.max(count, 0);
    return count;
  }

  /** Whether the last receive filled all the room there was. */
  boolean isMoreLikely() {
    return moreLikely;
  }

  boolean isMidMessage() {
    return decoder.isMidMessage(buffer);
  }

  /** All bytes that ever arrived. */
  long arrivedByteCount() {
    return arrivedByteCount;
  }

  @Override
  public void close() {
    decoder.close();
    buffer.close();
  }
}

package dev.aeon.sp.transport.stream;

import dev.aeon.sp.wire.MalformedException;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.PacketDecoder;
import dev.aeon.sp.wire.ReceiveBuffer;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Receives bytes and cuts them into packets; large bodies go straight to their own memory. Confined
 * to its strand.
 */
public final class StreamReader implements AutoCloseable {
  private static final int BUFFER_BYTE_SIZE = 64 << 10;
  private static final long DIRECT_MIN_BYTE_SIZE = 16 << 10;

  /**
   * Large bodies tend to follow each other: then no more is read than tells how large the next one
   * is, so that the rest goes straight to its own memory.
   */
  private static final long BEFORE_LARGE_BYTE_SIZE = 1 << 10;

  private final ByteStream connection;
  private final ReceiveBuffer buffer = new ReceiveBuffer(BUFFER_BYTE_SIZE);
  private final PacketDecoder decoder;
  private long arrivedByteCount;
  private boolean moreLikely;
  private boolean wasLarge;

  /** Takes ownership of the decoder. */
  public StreamReader(ByteStream connection, PacketDecoder decoder) {
    this.connection = connection;
    this.decoder = decoder;
  }

  /** Takes bytes that others have received; at most 16 KiB, and while there are none here. */
  public void begin(MemorySegment early, long byteOffset, long byteCount) {
    MemorySegment.copy(early, byteOffset, buffer.memory(), buffer.limit(), byteCount);
    buffer.arrived(byteCount);
    arrivedByteCount += byteCount;
  }

  /** The next packet among the bytes that arrived, or null. */
  public @Nullable Packet next() throws MalformedException {
    Packet packet = decoder.decode(buffer);
    buffer.rest();
    if (packet != null) {
      wasLarge = packet.byteSize() >= DIRECT_MIN_BYTE_SIZE;
    }
    return packet;
  }

  /** Receives once: bytes, 0 at the end, or {@code -errno}. Comes after {@link #next} had none. */
  public long receive() throws StreamException {
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
    long whole = buffer.makeRoom();
    long room = wasLarge ? Math.min(whole, BEFORE_LARGE_BYTE_SIZE) : whole;
    long count = connection.receive(buffer.memory(), buffer.limit(), room);
    if (count > 0) {
      buffer.arrived(count);
    } else {
      buffer.rest();
    }
    return note(count, room);
  }

  private long note(long count, long room) {
    moreLikely = count == room;
    arrivedByteCount += Math.max(count, 0);
    return count;
  }

  /** Whether the last receive filled all the room there was. */
  public boolean isMoreLikely() {
    return moreLikely;
  }

  public boolean isMidMessage() {
    return decoder.isMidMessage(buffer);
  }

  /** All bytes that ever arrived. */
  public long arrivedByteCount() {
    return arrivedByteCount;
  }

  @Override
  public void close() {
    decoder.close();
    buffer.close();
  }
}

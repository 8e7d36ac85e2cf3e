package dev.aeon.slabs.broker;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.Outbox;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A client and how much of its response slab is promised. A request is taken only when the largest
 * answer that it allows is sure to find room: so no answer ever waits for a client to read, and a
 * client that does not read holds up itself alone. For the broker's thread.
 */
final class Client extends Party {
  /** Room that every request gets at the least, so that it can be told why it failed. */
  static final int MIN_REPLY_BYTES = 256;

  private static final int RECORD_OVERHEAD_BYTES = 16;

  private final long slot;
  private final Counter dropCount = new Counter();
  private final Counter highWaterByteSize = new Counter();
  private long promisedByteSize;
  private long budgetByteSize;
  private long largestNeed;
  private int unansweredCount;
  private Fanout fanout = Fanout.NONE;

  Client(long slot, Connection connection) {
    super(connection, connection.outbox());
    this.slot = slot;
  }

  /** Names it in the records of shards, unlike any other. */
  long slot() {
    return slot;
  }

  Fanout fanout() {
    return fanout;
  }

  void setFanout(Fanout next) {
    fanout = next;
  }

  /** The largest body that a request's answer may have. */
  static int replyByteSize(MemorySegment segment, long frame) {
    return Math.max(MIN_REPLY_BYTES, Frame.replyByteSize(segment, frame));
  }

  /** Whether the response slab ever has room for an answer of that size. */
  boolean takes(int bodyByteSize) {
    return need(bodyByteSize) + RECORD_OVERHEAD_BYTES <= outbox.maxByteSize();
  }

  /** Promises room for an answer, or returns false until the client has read more. */
  boolean tryPromise(int bodyByteSize) {
    long need = need(bodyByteSize);
    largestNeed = Math.max(largestNeed, need);
    if (need > budgetByteSize && !hasBudget(need)) {
      stallCount.add(1);
      outbox.lacksRoom();
      return false;
    }
    budgetByteSize -= need;
    promisedByteSize += need;
    unansweredCount++;
    return true;
  }

  /** Takes a promise back: its answer was written, or none will be. */
  void endPromise(int bodyByteSize) {
    promisedByteSize -= need(bodyByteSize);
    unansweredCount--;
  }

  /** Looks again what is free. Padding at the ring's end may waste as much as one record. */
  private boolean hasBudget(long need) {
    budgetByteSize = outbox.capacity() - outbox.fillByteSize() - promisedByteSize - largestNeed;
    return need <= budgetByteSize;
  }

  private static long need(int bodyByteSize) {
    return (long) Frame.HEADER_BYTES + bodyByteSize + RECORD_OVERHEAD_BYTES;
  }

  /** Copies a whole frame to the client, for which room was promised; false where there is none. */
  boolean tryForward(MemorySegment from, long byteOffset, int byteSize) {
    long to = claim(byteSize);
    if (to == Outbox.FULL) {
      return false;
    }
    MemorySegment.copy(from, byteOffset, outbox.segment(), to, byteSize);
    stage(byteSize);
    return true;
  }

  /** Writes a frame of the broker's own; {@code like} is the frame it answers. */
  boolean tryAnswer(FrameKind kind, MemorySegment likeIn, long like, byte[] body) {
    long to = claim(Frame.HEADER_BYTES + body.length);
    if (to == Outbox.FULL) {
      return false;
    }
    long requestId = Frame.requestId(likeIn, like);
    long routing = Frame.routing(likeIn, like);
    int flags = Frame.flags(likeIn, like) & Frame.FLAG_MESSAGE;
    Frame.begin(outbox.segment(), to, kind, requestId, routing);
    Frame.setFlags(outbox.segment(), to, flags);
    MemorySegment.copy(
        body, 0, outbox.segment(), ValueLayout.JAVA_BYTE, to + Frame.HEADER_BYTES, body.length);
    stage(Frame.HEADER_BYTES + body.length);
    return true;
  }

  /** Tells the client why there is no answer, in as many bytes as it has room for. */
  boolean tryFail(MemorySegment likeIn, long like, byte[] reason) {
    int limit = replyByteSize(likeIn, like);
    byte[] body = reason.length <= limit ? reason : Arrays.copyOf(reason, limit);
    return tryAnswer(FrameKind.FAILURE, likeIn, like, body);
  }

  /** An item for a subscription, which takes part in what is promised. */
  boolean tryItem(long requestId, MemorySegment from, long frame, int byteSize) {
    int bodyByteSize = byteSize - Frame.HEADER_BYTES;
    if (!takes(bodyByteSize) || !tryPromise(bodyByteSize)) {
      return false;
    }
    endPromise(bodyByteSize);
    long to = claim(byteSize);
    if (to == Outbox.FULL) {
      return false;
    }
    MemorySegment.copy(from, frame, outbox.segment(), to, byteSize);
    Frame.begin(outbox.segment(), to, FrameKind.ITEM, requestId, Frame.routing(from, frame));
    Frame.setFlags(outbox.segment(), to, Frame.flags(from, frame) & Frame.FLAG_VECTOR);
    stage(byteSize);
    return true;
  }

  /** Looks how full the response slab is. */
  void measure() {
    highWaterByteSize.atLeast(outbox.fillByteSize());
  }

  void countDrop() {
    dropCount.add(1);
  }

  /** Whether it can still be told anything. */
  boolean isConnected() {
    return !isBroken() && connection.isOpen();
  }

  /** Whether it has gone, and nothing of it is left to be taken or answered. */
  boolean isOver() {
    return isBroken()
        || (!connection.isOpen() && inbox().peek() == Inbox.EMPTY && unansweredCount == 0);
  }

  ClientStatistics statistics() {
    return new ClientStatistics(
        slot >>> Integer.SIZE,
        connection.peer(),
        inbox().fillByteSize(),
        outbox.capacity(),
        outbox.fillByteSize(),
        highWaterByteSize.get(),
        recordCount.get(),
        byteCount.get(),
        stallCount.get(),
        dropCount.get());
  }
}

package dev.aeon.sp.transport.ws;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.stream.ByteStream;
import dev.aeon.sp.transport.stream.MessageStream.Progress;
import dev.aeon.sp.transport.stream.Retry;
import dev.aeon.sp.transport.stream.StreamException;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** One side of an upgrade: a head to send, a head to receive. Confined to its strand. */
abstract class Opening implements AutoCloseable {
  private final ByteStream connection;
  private final HttpHead head;
  private @Nullable Packet outgoing;
  private long sentCount;

  Opening(ByteStream connection) {
    this.connection = connection;
    this.head = new HttpHead(connection);
  }

  final void say(byte[] bytes) {
    outgoing = Packet.copyOf(MemorySegment.ofArray(bytes));
    sentCount = 0;
  }

  /** Goes on as far as it can. */
  abstract Progress advance() throws StreamException;

  /** Receives; whether the peer's head is complete. */
  final Progress receiveHead() throws StreamException {
    boolean goesOn = head.receive();
    if (head.isComplete()) {
      return Progress.COMPLETE;
    }
    return goesOn ? Progress.UNDERWAY : Progress.BROKEN;
  }

  /** Sends; whether all is on its way. */
  final Progress send() throws StreamException {
    while (outgoing != null && sentCount < outgoing.byteSize()) {
      long count =
          connection.send(
              outgoing.memory(), outgoing.start() + sentCount, outgoing.byteSize() - sentCount);
      if (count < 0) {
        return blocked(count);
      }
      sentCount += count;
    }
    long flushed = connection.flush();
    if (flushed < 0) {
      return blocked(flushed);
    }
    connection.watch(Poller.WRITABLE, false);
    return Progress.COMPLETE;
  }

  private Progress blocked(long result) {
    connection.watch(Poller.WRITABLE, true);
    return Retry.isRetry(result) ? Progress.UNDERWAY : Progress.BROKEN;
  }

  final byte[] peerHead() {
    return head.toByteArray();
  }

  /** What the peer sent behind its head. */
  final MemorySegment rest() {
    return head.rest();
  }

  @Override
  public final void close() {
    head.close();
    if (outgoing != null) {
      outgoing.release();
      outgoing = null;
    }
  }
}

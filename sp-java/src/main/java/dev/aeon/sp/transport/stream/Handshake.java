package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.stream.MessageStream.Progress;
import dev.aeon.sp.wire.Greeting;
import dev.aeon.sp.wire.MalformedException;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;

/**
 * The exchange of greetings. Receives not one byte more than the greeting. Confined to its strand.
 */
final class Handshake implements AutoCloseable {
  private static final int SENT_AT = 0;
  private static final int RECEIVED_AT = Greeting.BYTE_SIZE;

  private final ByteStream connection;
  private final Packet storage = Packet.allocate(2 * Greeting.BYTE_SIZE);
  private final MemorySegment bytes = storage.body();
  private int sentCount;
  private int receivedCount;

  Handshake(ByteStream connection, int protocol) {
    this.connection = connection;
    Greeting.encode(bytes, SENT_AT, protocol);
  }

  /** Goes on as far as it can. */
  Progress advance() throws StreamException {
    Progress sent = send();
    return sent == Progress.BROKEN ? sent : receive();
  }

  private Progress send() throws StreamException {
    int left = Greeting.BYTE_SIZE - sentCount;
    long count = left == 0 ? 0 : connection.sendGreeting(bytes, SENT_AT + sentCount, left);
    if (count < 0 && !Retry.isRetry(count)) {
      return Progress.BROKEN;
    }
    sentCount += (int) Math.max(count, 0);
    connection.watch(Poller.WRITABLE, sentCount < Greeting.BYTE_SIZE || !isFlushed());
    return Progress.UNDERWAY;
  }

  private Progress receive() throws StreamException {
    while (receivedCount < Greeting.BYTE_SIZE) {
      int left = Greeting.BYTE_SIZE - receivedCount;
      long count = connection.receiveGreeting(bytes, RECEIVED_AT + receivedCount, left);
      if (count <= 0) {
        return Retry.isRetry(count) ? Progress.UNDERWAY : Progress.BROKEN;
      }
      receivedCount += (int) count;
    }
    boolean complete = sentCount == Greeting.BYTE_SIZE && isFlushed();
    return complete ? Progress.COMPLETE : Progress.UNDERWAY;
  }

  private boolean isFlushed() throws StreamException {
    return connection.flush() == 0;
  }

  /** The peer's protocol number; complete handshakes only. */
  int peerProtocol() throws MalformedException {
    return Greeting.decode(bytes, RECEIVED_AT);
  }

  @Override
  public void close() {
    storage.release();
  }
}

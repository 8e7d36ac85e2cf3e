package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.posix.Poller;
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
  MessageStream.Progress advance() throws StreamException {
    MessageStream.Progress sent = send();
    return sent == MessageStream.Progress.BROKEN ? sent : receive();
  }

  private MessageStream.Progress send() throws StreamException {
    int left = Greeting.BYTE_SIZE - sentCount;
    long count = left == 0 ? 0 : connection.sendGreeting(bytes, SENT_AT + sentCount, left);
    if (count < 0 && !Retry.isRetry(count)) {
      return MessageStream.Progress.BROKEN;
    }
    sentCount += (int) Math.max(count, 0);
    connection.watch(Poller.WRITABLE, sentCount < Greeting.BYTE_SIZE || !isFlushed());
    return MessageStream.Progress.UNDERWAY;
  }

  private MessageStream.Progress receive() throws StreamException {
    int left = Greeting.BYTE_SIZE - receivedCount;
    long count =
        left == 0 ? 1 : connection.receiveGreeting(bytes, RECEIVED_AT + receivedCount, left);
    if (count == 0 || (count < 0 && !Retry.isRetry(count))) {
      return MessageStream.Progress.BROKEN;
    }
    receivedCount += left == 0 ? 0 : (int) Math.max(count, 0);
    boolean complete = sentCount + receivedCount == 2 * Greeting.BYTE_SIZE && isFlushed();
    return complete ? MessageStream.Progress.COMPLETE : MessageStream.Progress.UNDERWAY;
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

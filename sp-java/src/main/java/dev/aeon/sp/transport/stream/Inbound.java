package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.PipeHost;
import dev.aeon.sp.transport.Reactor;
import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of an open pipe. It reads only while a message is wanted; bytes beyond that
 * wait in the kernel, which holds the peer back. Confined to its strand.
 */
final class Inbound implements AutoCloseable {
  private static final int RECEIVES_PER_EVENT = 16;

  /** Who is told. */
  interface Owner {
    boolean isOpen();

    void received(Packet packet);

    void inputEnded();

    void connectionBroke(long negativeErrno);

    void closeFor(CloseReason reason, String detail);
  }

  private final PipeHost host;
  private final ByteStream connection;
  private final MessageStream messages;
  private final Owner owner;
  private final StallGuard stallGuard;
  private Reactor.@Nullable Alarm continuation;
  private boolean wanted;
  private boolean ended;
  private boolean hungUp;

  /** What was wrong with bytes that nobody could be told of; told by the next event. */
  private @Nullable StreamException found;

  /** The peer neither sends nor reads any more, which may be told but once. */
  private boolean gone;

  Inbound(PipeHost host, MessageStream messages, Owner owner) {
    this.host = host;
    this.connection = messages.bytes();
    this.messages = messages;
    this.owner = owner;
    this.stallGuard = new StallGuard(host, messages, this::stalled);
  }

  /** Has one message delivered. */
  void want() {
    wanted = true;
    stallGuard.startOver();
    try {
      if (!mayDeliver() || !deliver()) {
        lookForMore();
      }
    } catch (StreamException e) {
      fault(e);
    }
  }

  private boolean mayDeliver() {
    return found != null || messages.isMidMessage();
  }

  /** The next message if it has arrived and none is asked for. */
  @Nullable Packet readAtOnce() {
    if (wanted || found != null) {
      return null;
    }
    stallGuard.startOver();
    try {
      return messages.next();
    } catch (StreamException e) {
      found = e;
      return null;
    }
  }

  /** The message that is asked for, if it is in memory that is looked at without a system call. */
  @Nullable Packet takeAwaited() {
    if (!wanted || ended || found != null || !connection.isMoreBuffered()) {
      return null;
    }
    try {
      Packet packet = messages.receiveNext();
      if (packet == null) {
        stallGuard.watch();
      } else {
        stallGuard.startOver();
      }
      return packet;
    } catch (StreamException e) {
      found = e;
      continueSoon();
      return null;
    }
  }

  private void lookForMore() throws StreamException {
    if (ended || !owner.isOpen()) {
      return;
    }
    if (hungUp) {
      receiveToEnd();
    } else {
      connection.watch(Poller.READABLE, true);
      if (connection.isMoreBuffered()) {
        receiveSome();
      }
    }
  }

  /** The connection had something to read, which may have been read since, or has hung up. */
  void readable(boolean hangup) {
    gone |= hangup;
    if (ended) {
      closeIfGone();
    } else if (wanted) {
      receiveSomeGuarded();
    } else if (hangup) {
      hungUp = true;
      connection.unwatch();
    } else {
      connection.watch(Poller.READABLE, false);
    }
  }

  /** What a peer sent before it hung up is still there to be read, and then the end. */
  private void receiveToEnd() throws StreamException {
    while (isReading()) {
      receiveOnce();
    }
  }

  private boolean isReading() {
    return wanted && owner.isOpen() && !ended;
  }

  private void receiveSome() throws StreamException {
    tellFound();
    int left = RECEIVES_PER_EVENT;
    do {
      receiveOnce();
      left--;
    } while (left > 0 && isReading() && isMoreLikely());
    if (isReading() && connection.isMoreBuffered()) {
      continueSoon();
    }
  }

  private boolean isMoreLikely() {
    return messages.isMoreLikely() || connection.isMoreBuffered();
  }

  /** Others have their turn first. */
  private void continueSoon() {
    if (continuation == null) {
      continuation = host.reactor().schedule(host.strand(), 0, this::resume);
    }
  }

  private void resume() {
    continuation = null;
    if (isReading()) {
      receiveSomeGuarded();
    }
  }

  private void receiveSomeGuarded() {
    try {
      receiveSome();
    } catch (StreamException e) {
      fault(e);
    }
  }

  private void fault(StreamException e) {
    owner.closeFor(e.reason(), String.valueOf(e.getMessage()));
  }

  private void receiveOnce() throws StreamException {
    long count = messages.receive();
    if (count > 0) {
      deliver();
    } else if (count == 0) {
      end();
    } else if (!Retry.isRetry(count) || hungUp) {
      owner.connectionBroke(count);
    }
  }

  /** Delivers a packet if one is complete. */
  private boolean deliver() throws StreamException {
    tellFound();
    Packet packet = messages.next();
    if (packet == null) {
      stallGuard.watch();
      return false;
    }
    wanted = false;
    owner.received(packet);
    return true;
  }

  private void tellFound() throws StreamException {
    if (found != null) {
      throw found;
    }
  }

  private void end() {
    if (messages.isMidMessage()) {
      owner.closeFor(CloseReason.PEER_CLOSED, "peer closed within a message");
      return;
    }
    ended = true;
    connection.watch(Poller.READABLE, false);
    owner.inputEnded();
    closeIfGone();
  }

  private void closeIfGone() {
    if (gone && owner.isOpen()) {
      owner.closeFor(CloseReason.PEER_CLOSED, "peer closed");
    }
  }

  private void stalled() {
    if (wanted) {
      owner.closeFor(CloseReason.STALLED, "message made too little progress");
    }
  }

  @Override
  public void close() {
    stallGuard.close();
    if (continuation != null) {
      continuation.cancel();
      continuation = null;
    }
  }
}

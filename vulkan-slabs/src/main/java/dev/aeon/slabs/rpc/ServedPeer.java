package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Inbox;
import org.jspecify.annotations.Nullable;

/** One client of a server, on the serving thread. */
final class ServedPeer {
  private static final long REFUSED_PAUSE_NANOS = 1_000_000;

  private final Connection connection;
  private final Inbox inbox;
  private final Request request;
  private final boolean alwaysAnswered;
  private @Nullable Body failure;
  private boolean handled;
  private boolean refused;

  ServedPeer(Connection connection) {
    this(connection, false);
  }

  private ServedPeer(Connection connection, boolean alwaysAnswered) {
    this.connection = connection;
    this.alwaysAnswered = alwaysAnswered;
    this.inbox = connection.inbox();
    this.request = new Request(connection);
  }

  /** One that is told of the end of each request, answered or not. */
  static ServedPeer alwaysAnswered(Connection connection) {
    return new ServedPeer(connection, true);
  }

  Connection connection() {
    return connection;
  }

  Request request() {
    return request;
  }

  /**
   * Serves up to {@code limit} requests.
   *
   * @return how many were served
   * @throws FrameException where the client breaks the protocol
   */
  int serve(RequestHandler handler, int limit) {
    int servedCount = 0;
    refused = false;
    while (servedCount < limit && !refused && findRequest()) {
      if (serveOne(handler)) {
        inbox.release();
        servedCount++;
      } else {
        refused = true;
      }
    }
    if (servedCount > 0) {
      request.publish();
    }
    return servedCount;
  }

  /** Whether a request is there; {@link #request} is it then. */
  boolean findRequest() {
    long byteOffset = inbox.peek();
    if (byteOffset == Inbox.EMPTY) {
      return false;
    }
    FrameKind kind = Frame.check(inbox.segment(), byteOffset, inbox.peekedByteSize());
    if (kind != FrameKind.REQUEST && kind != FrameKind.GATHER) {
      throw new FrameException("frame is no request: kind=" + kind);
    }
    request.begin(byteOffset, inbox.peekedByteSize());
    return true;
  }

  /**
   * How long there may be nothing to do. A handler that refused its request may have been waiting
   * for something that nobody tells of.
   */
  long longestWaitNanos() {
    return refused ? REFUSED_PAUSE_NANOS : Long.MAX_VALUE;
  }

  void release() {
    inbox.release();
  }

  /** Whether nothing more will come. */
  boolean isGone() {
    return !connection.isOpen() && inbox.peek() == Inbox.EMPTY;
  }

  private boolean serveOne(RequestHandler handler) {
    Body untold = failure;
    if (untold != null) {
      return tryFail(untold);
    }
    handled = handled || handle(handler);
    if (!handled || failure != null || !tryEndUnanswered()) {
      return false;
    }
    handled = false;
    return true;
  }

  private boolean tryEndUnanswered() {
    return request.isAnswered() || !alwaysAnswered || request.tryEnd();
  }

  private boolean handle(RequestHandler handler) {
    try {
      // An answer that was given stands, whatever the handler returns.
      return handler.onRequest(request) || request.isAnswered();
    } catch (RuntimeException thrown) {
      return request.isAnswered() || tryFail(Failures.body(thrown));
    }
  }

  private boolean tryFail(Body reason) {
    boolean told = request.tryFail(reason);
    failure = told ? null : reason;
    return told;
  }
}

package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.frame.RequestIds;
import dev.aeon.slabs.transport.Connection;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A socket that has connected. What it sends is a message, answered by messages that {@link
 * #receive} takes in turn; or a {@link #call}, whose answer completes a future. Calls are answered
 * on a thread of the socket's own, which starts with the first of them.
 */
public final class ClientSocket extends Socket {
  private final Connection connection;
  private final FrameSender sender;
  private final ReplyReceiver receiver;
  private final RequestIds requestIds = new RequestIds();
  private final ReentrantLock sendLock = new ReentrantLock();
  private final Patience sendPatience;
  private boolean closed;

  ClientSocket(Connection connection, SocketOptions options) {
    super(options);
    this.connection = connection;
    this.sender = new FrameSender(connection.outbox());
    this.receiver = new ReplyReceiver(connection, options);
    this.sendPatience = new Patience(System::nanoTime, options.timeout());
  }

  /** A question to be filled in and sent. */
  public Call call() {
    return new Call(this, options);
  }

  /** Answers that came after their call had ended, and were dropped. */
  public long lateReplyCount() {
    return receiver.lateReplyCount();
  }

  /** Whether both ends are there. */
  public boolean isOpen() {
    return connection.isOpen();
  }

  /** Bytes of the response slab that hold answers nobody has taken yet. */
  public long responseFillByteSize() {
    return connection.inbox().fillByteSize();
  }

  ReplyReceiver receiver() {
    return receiver;
  }

  @Override
  void send(Body body) {
    send(FrameKind.REQUEST, Frame.FLAG_MESSAGE, 0, options.replyByteSize(), body, null);
  }

  /** Sends a frame under an id of its own, and has {@code pending} wait for its answer. */
  void send(
      FrameKind kind,
      int flags,
      long routing,
      int replyByteSize,
      Body body,
      ReplyReceiver.@Nullable Pending pending) {
    sendLock.lock();
    try {
      requireOpen();
      long requestId = requestIds.next();
      if (pending != null) {
        receiver.expect(requestId, pending);
      }
      stageWaiting(kind, flags, requestId, routing, replyByteSize, body);
      sender.publish();
    } finally {
      sendLock.unlock();
    }
  }

  private void stageWaiting(
      FrameKind kind, int flags, long requestId, long routing, int replyByteSize, Body body) {
    boolean staged = false;
    sendPatience.reset();
    try {
      while (!sender.tryStage(kind, flags, requestId, routing, replyByteSize, body)) {
        requireOpen();
        sendPatience.idle("the request ring was full");
      }
      staged = true;
    } finally {
      if (!staged) {
        receiver.forget(requestId);
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new SocketClosedException("socket is closed");
    }
    if (!connection.isOpen()) {
      throw new PeerLostException("the other end has gone: peer=" + connection.peer());
    }
  }

  @Override
  public <T> T receive(PayloadReader<T> reader) {
    return receiver.receive(reader);
  }

  @Override
  public void close() {
    receiver.close();
    sendLock.lock();
    try {
      closed = true;
      connection.close();
    } finally {
      sendLock.unlock();
    }
  }
}

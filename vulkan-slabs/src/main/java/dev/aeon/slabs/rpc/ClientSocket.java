package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.frame.RequestIds;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.WaitSet;
import java.util.concurrent.Flow;
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
  private final WaitSet sendWaits;
  private final Patience sendPatience;
  private volatile boolean closed;

  ClientSocket(Connection connection, SocketOptions options) {
    super(options);
    this.connection = connection;
    this.sender = new FrameSender(connection.outbox());
    this.receiver = new ReplyReceiver(connection, options);
    this.sendWaits = options.connection().openWaits();
    this.sendPatience = new Patience(sendWaits, System::nanoTime, options.timeout());
    connection.wakes(sendWaits);
  }

  /** A question to be filled in and sent. */
  public Call call() {
    return new Call(this, options, FrameKind.REQUEST);
  }

  /**
   * News for a topic, to be filled in and sent: its answer comes when all subscribers that wait
   * have it. For sockets that are connected to a broker.
   */
  public Call publish(Topic topic) {
    return new Call(this, options, FrameKind.PUBLISH).topic(topic);
  }

  /**
   * What is published to a topic from the subscription on, as it is asked for. What nobody has
   * asked for stays in the response slab; where that is full, {@code overflow} says whether
   * publishers wait or the subscriber misses it. Fails with a {@link RemoteFailureException} where
   * the topic carries another schema. For sockets that are connected to a broker.
   */
  public <T> Flow.Publisher<T> subscribe(Topic topic, Overflow overflow, PayloadReader<T> reader) {
    return subscriber -> new TopicStream<>(this, topic, overflow, subscriber, reader).begin();
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
    FrameFields fields =
        new FrameFields(
            FrameKind.REQUEST, Frame.FLAG_MESSAGE, newId(), 0, 0, options.replyByteSize());
    send(fields, body, null);
  }

  /** A new name for a request. */
  long newId() {
    sendLock.lock();
    try {
      return requestIds.next();
    } finally {
      sendLock.unlock();
    }
  }

  /** Sends a frame, and has {@code pending} wait for its answer. */
  void send(FrameFields fields, Body body, ReplyReceiver.@Nullable Pending pending) {
    sendLock.lock();
    try {
      requireOpen();
      if (pending != null) {
        receiver.expect(fields.requestId(), pending);
      }
      stageWaiting(fields, body);
      sender.publish();
    } finally {
      sendLock.unlock();
    }
  }

  private void stageWaiting(FrameFields fields, Body body) {
    boolean staged = false;
    sendPatience.reset();
    try {
      while (!sender.tryStage(fields, body)) {
        requireOpen();
        sendPatience.idle("the request ring was full");
      }
      staged = true;
    } finally {
      if (!staged) {
        receiver.forget(fields.requestId());
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
    closed = true;
    sendWaits.signal();
    receiver.close();
    sendLock.lock();
    try {
      connection.close();
      sendWaits.close();
    } finally {
      sendLock.unlock();
    }
  }
}

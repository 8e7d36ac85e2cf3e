package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.transport.Backoff;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.WaitSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the other end sends: answers go to the calls that wait for them, the rest to {@link
 * #receive}. A frame that nobody takes yet stays at the head of the response slab, and those behind
 * it wait: that is the back-pressure. Thread-safe.
 */
final class ReplyReceiver {
  /** A call that waits for its answer. Called under the receiver's lock. */
  interface Pending {
    /** Takes a frame, or returns false to have it offered again later. */
    boolean onFrame(FrameKind kind, Payload payload);

    /** Whether it waits for no more. */
    boolean isDone();

    /** Has {@code forget} run as soon as it waits for no more. */
    void whenDone(Runnable forget);

    /** Has {@code look} run when a frame that it refused may be offered again. */
    default void whenWilling(Runnable look) {}

    /** There will be no answer. */
    void onLost(RpcException why);
  }

  private final Connection connection;
  private final Inbox inbox;
  private final Payload payload;
  private final WaitSet waits;
  private final Patience patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Pending> pendingById = new ConcurrentHashMap<>();
  private final AtomicLong lateReplyCount = new AtomicLong();
  private final AtomicInteger callerCount = new AtomicInteger();
  private final AtomicBoolean started = new AtomicBoolean();
  private volatile boolean closed;

  ReplyReceiver(Connection connection, SocketOptions options) {
    this.connection = connection;
    this.inbox = connection.inbox();
    this.payload = new Payload(inbox);
    this.waits = options.connection().openWaits();
    this.patience = new Patience(waits, System::nanoTime, options.timeout());
    connection.wakes(waits);
  }

  long lateReplyCount() {
    return lateReplyCount.get();
  }

  void expect(long requestId, Pending pending) {
    pendingById.put(requestId, pending);
    pending.whenDone(() -> forget(requestId));
    pending.whenWilling(waits::signal);
    if (started.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("psyne-replies " + connection.peer()).start(this::dispatch);
    }
  }

  void forget(long requestId) {
    pendingById.remove(requestId);
    waits.signal();
  }

  <T> T receive(PayloadReader<T> reader) {
    lockForCaller();
    try {
      patience.reset();
      FrameKind kind = nextMessage();
      while (kind == null) {
        requireMore();
        patience.idle("no message came");
        kind = nextMessage();
      }
      return take(kind, reader);
    } finally {
      lock.unlock();
    }
  }

  /** The receiver's own thread lets go of the lock when it is woken. */
  private void lockForCaller() {
    callerCount.incrementAndGet();
    try {
      waits.signal();
      lock.lock();
    } finally {
      callerCount.decrementAndGet();
    }
  }

  private <T> T take(FrameKind kind, PayloadReader<T> reader) {
    try {
      if (kind == FrameKind.FAILURE) {
        throw Failures.read(payload);
      }
      return reader.read(payload);
    } finally {
      inbox.release();
    }
  }

  /** Hands answers out until a message is next, of which it tells the kind, or nothing. */
  private @Nullable FrameKind nextMessage() {
    requireOpen();
    while (true) {
      long byteOffset = inbox.peek();
      if (byteOffset == Inbox.EMPTY) {
        return null;
      }
      FrameKind kind = Frame.check(inbox.segment(), byteOffset, inbox.peekedByteSize());
      payload.moveTo(byteOffset, inbox.peekedByteSize());
      if ((payload.flags() & Frame.FLAG_MESSAGE) != 0) {
        return kind;
      }
      if (!handOut(kind)) {
        return null;
      }
      // Who was handed an answer may have closed the socket.
      requireOpen();
      inbox.release();
    }
  }

  private boolean handOut(FrameKind kind) {
    Pending pending = pendingById.get(payload.requestId());
    if (pending == null || pending.isDone()) {
      lateReplyCount.incrementAndGet();
      return true;
    }
    return pending.onFrame(kind, payload);
  }

  private void requireMore() {
    if (!connection.isOpen() && inbox.peek() == Inbox.EMPTY) {
      throw lost();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new SocketClosedException("socket is closed");
    }
  }

  private PeerLostException lost() {
    return new PeerLostException("the other end has gone: peer=" + connection.peer());
  }

  /** The loop of the receiver's own thread. */
  private void dispatch() {
    Backoff backoff = new Backoff();
    while (!closed) {
      lock.lock();
      try {
        dispatchSome();
      } finally {
        lock.unlock();
      }
      // Callers hand answers out as well, and would wait for this thread at every message.
      backoff.after(callerCount.get() == 0 ? 1 : 0);
    }
  }

  /** Hands out until there is nothing more, or somebody else wants to receive. */
  private void dispatchSome() {
    try {
      do {
        waits.after(handOutAll());
      } while (!closed && callerCount.get() == 0);
    } catch (FrameException | RpcException malformed) {
      failAll(
          new PeerLostException("the other end breaks the protocol: " + malformed.getMessage()));
      closed = true;
    }
  }

  private int handOutAll() {
    if (closed) {
      return 0;
    }
    long before = inbox.peek();
    if (before == Inbox.EMPTY) {
      failAllIfLost();
      return 0;
    }
    nextMessage();
    return closed || inbox.peek() == before ? 0 : 1;
  }

  private void failAllIfLost() {
    if (!connection.isOpen() && inbox.peek() == Inbox.EMPTY) {
      failAll(lost());
    }
  }

  private void failAll(RpcException why) {
    List<Map.Entry<Long, Pending>> all = new ArrayList<>(pendingById.entrySet());
    for (Map.Entry<Long, Pending> each : all) {
      if (pendingById.remove(each.getKey(), each.getValue())) {
        each.getValue().onLost(why);
      }
    }
  }

  /** Fails what waits; no thread touches the inbox afterwards. */
  void close() {
    closed = true;
    lockForCaller();
    try {
      failAll(new SocketClosedException("socket is closed"));
    } finally {
      lock.unlock();
    }
    waits.close();
  }
}

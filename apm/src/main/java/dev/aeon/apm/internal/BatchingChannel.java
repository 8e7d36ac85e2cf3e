package dev.aeon.apm.internal;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Durability;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.schema.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel that stores messages in batches: whatever was appended while the last batch was being
 * stored makes up the next one (group commit), on one thread of its own. Those who waited for the
 * last batch tend to append again at once, so the next waits for as many for half the time that the
 * last one took, and no longer than a millisecond: else it would be stored for the first of them
 * alone. At most {@value #MAX_WAITING} messages wait; an append beyond blocks.
 */
public final class BatchingChannel implements Channel {
  private static final Logger LOG = LoggerFactory.getLogger(BatchingChannel.class);
  private static final int MAX_WAITING = 4096;
  private static final long MAX_GATHERING_NANOS = 1_000_000;

  /** Where the batches go. Called on the channel's thread alone, but where said otherwise. */
  public interface Store extends AutoCloseable {
    /** Stores {@code batch}, never empty, in its order, and settles each of its appends. */
    void store(List<Append> batch);

    /** What {@link Channel#remind} does; called from any thread. */
    default boolean remind(MessageId messageId) {
      return false;
    }

    @Override
    void close();
  }

  /** A message on its way to the store. */
  public static final class Append {
    private final RoutedMessage message;
    private final Durability durability;
    private final CompletableFuture<Void> taken = new CompletableFuture<>();

    private Append(RoutedMessage message, Durability durability) {
      this.message = message;
      this.durability = durability;
    }

    public RoutedMessage message() {
      return message;
    }

    /** Whether storage must have confirmed it before {@link #succeed}. */
    public boolean isDurable() {
      return durability == Durability.DURABLE;
    }

    public void succeed() {
      taken.complete(null);
    }

    /** Fails the append; where it was completed already, says that a message was lost. */
    public void fail(ChannelException failure) {
      if (!taken.completeExceptionally(failure)) {
        LOG.error(
            "lost behind its completion: messageId={}", message.message().messageId(), failure);
      }
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final String name;
  private final Durability durability;
  private final Store store;
  private final Thread thread;
  private List<Append> waiting = new ArrayList<>();

  /** How many appends the store waits for. */
  private int wanted = 1;

  private boolean closed;

  /** Of the last batch; the thread's own. */
  private int lastSize;

  private long lastNanos;

  /**
   * Opens a channel over a store, which it owns.
   *
   * @param name for messages to people
   */
  public BatchingChannel(String name, Durability durability, Store store) {
    this.name = name;
    this.durability = durability;
    this.store = store;
    this.thread = Thread.ofPlatform().daemon().name("apm-write-" + name).start(this::run);
  }

  @Override
  public CompletableFuture<Void> append(RoutedMessage message) {
    Append append = new Append(message, durability.of(message.message()));
    lock.lock();
    try {
      while (waiting.size() >= MAX_WAITING && !closed) {
        room.awaitUninterruptibly();
      }
      if (closed) {
        return CompletableFuture.failedFuture(closedException());
      }
      waiting.add(append);
      if (waiting.size() >= wanted) {
        arrived.signal();
      }
    } finally {
      lock.unlock();
    }
    if (append.durability == Durability.FAST) {
      append.succeed();
    }
    return append.taken;
  }

  @Override
  public boolean remind(MessageId messageId) {
    return store.remind(messageId);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signal();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    Threads.join(thread);
  }

  private void run() {
    try (store) {
      for (List<Append> batch = next(); !batch.isEmpty(); batch = next()) {
        long start = System.nanoTime();
        lastSize = batch.size();
        store.store(batch);
        lastNanos = System.nanoTime() - start;
      }
    }
  }

  /** Waits for appends and takes them all; none once the channel is closed and drained. */
  private List<Append> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        arrived.awaitUninterruptibly();
      }
      gather();
      List<Append> batch = waiting;
      waiting = new ArrayList<>();
      room.signalAll();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void gather() {
    wanted = Math.min(lastSize, MAX_WAITING);
    long left = Math.min(lastNanos / 2, MAX_GATHERING_NANOS);
    try {
      while (waiting.size() < wanted && left > 0 && !closed) {
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      LOG.debug("interrupted: channel={}", name);
    }
    wanted = 1;
  }

  private ChannelException closedException() {
    return new ChannelException(ErrorCode.E_ROUTING_003, "channel is closed: channel=" + name);
  }
}

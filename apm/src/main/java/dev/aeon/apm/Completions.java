package dev.aeon.apm;

import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.store.AgentStore;
import dev.aeon.apm.store.DeduplicationKey;
import dev.aeon.apm.store.ProcessedMessages;
import dev.aeon.apm.track.Timers;
import dev.aeon.apm.track.Timers.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a handled message, in groups (resolution 53): what their handlers sent and the keys
 * of all that were handled while the last group was being stored reach storage by one force each,
 * then their ACKs go out, then their places in the channels move on. So whatever a sender was told
 * was handled, or a channel takes for settled, is known as handled after a loss of power too. A
 * crash before that brings the messages again: at least once. Where storage fails nobody is told
 * anything: the group is stored again a moment later, together with what was handled meanwhile.
 * Where keys are not stored each message is completed at once. Thread-safe.
 */
final class Completions {
  private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

  /** A message whose handler returned. */
  private record Handled(Message message, Delivery delivery) {}

  /** How long storage that failed is left alone. */
  static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final ProcessedMessages processed;
  private final Optional<AgentStore> store;
  private final Consumer<Message> completion;
  private final Timers timers;
  private final Thread thread;
  private List<Handled> waiting = new ArrayList<>();

  /** Whether storage failed a moment ago. */
  private boolean paused;

  private boolean closed;

  /**
   * Ready to start.
   *
   * @param store where what handlers sent and what messages said is kept, before their keys are
   * @param completion what is done about each message once its key is stored
   */
  Completions(
      String name,
      ProcessedMessages processed,
      Optional<AgentStore> store,
      Timers timers,
      Consumer<Message> completion) {
    this.processed = processed;
    this.store = store;
    this.timers = timers;
    this.completion = completion;
    this.thread = Thread.ofPlatform().daemon().name("apm-commit-" + name).unstarted(this::run);
  }

  void start() {
    if (isGrouped()) {
      thread.start();
    }
  }

  private boolean isGrouped() {
    return processed.isGrouped() || store.isPresent();
  }

  /** Notes that a message was handled; after closing it is as if it had not been. */
  void handled(Message message, Delivery delivery) {
    lock.lock();
    try {
      if (!closed) {
        waiting.add(new Handled(message, delivery));
        added.signal();
      }
    } finally {
      lock.unlock();
    }
    if (!isGrouped()) {
      completeWhatWaits();
    }
  }

  /** Completes what was handled, and waits for the thread to end. */
  void close() {
    lock.lock();
    try {
      closed = true;
      added.signal();
    } finally {
      lock.unlock();
    }
    Threads.join(thread);
  }

  private void run() {
    for (List<Handled> group = next(); !group.isEmpty(); group = next()) {
      complete(group);
    }
  }

  /** Waits for handled messages and takes them all; none once this is closed and drained. */
  private List<Handled> next() {
    lock.lock();
    try {
      while ((waiting.isEmpty() || paused) && !closed) {
        added.awaitUninterruptibly();
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  private void completeWhatWaits() {
    List<Handled> group = takeUnlessPaused();
    if (!group.isEmpty()) {
      complete(group);
    }
  }

  private List<Handled> takeUnlessPaused() {
    lock.lock();
    try {
      return paused ? List.of() : take();
    } finally {
      lock.unlock();
    }
  }

  private List<Handled> take() {
    List<Handled> group = waiting;
    waiting = new ArrayList<>();
    return group;
  }

  private void complete(List<Handled> group) {
    if (isStored(group)) {
      group.forEach(this::settle);
    } else {
      keep(group);
    }
  }

  private boolean isStored(List<Handled> group) {
    try {
      store.ifPresent(AgentStore::commit);
      group.forEach(each -> processed.add(DeduplicationKey.of(each.message()), each.message()));
      processed.commit();
      return true;
    } catch (RuntimeException e) {
      LOG.error("handled, but not stored yet, so not acknowledged: count={}", group.size(), e);
      return false;
    }
  }

  /** Not where we close: the next life is given it again. */
  private void keep(List<Handled> group) {
    lock.lock();
    try {
      if (!closed) {
        waiting.addAll(0, group);
        paused = true;
        Timer _ = timers.after(RETRY_PAUSE, this::goOn);
      }
    } finally {
      lock.unlock();
    }
  }

  private void goOn() {
    lock.lock();
    try {
      paused = false;
      added.signal();
    } finally {
      lock.unlock();
    }
    if (!isGrouped()) {
      completeWhatWaits();
    }
  }

  /** What one fails at must not keep the others from going on. */
  private void settle(Handled handled) {
    try {
      completion.accept(handled.message());
      handled.delivery().settle();
    } catch (RuntimeException e) {
      LOG.error("not completed: messageId={}", handled.message().messageId(), e);
    }
  }
}

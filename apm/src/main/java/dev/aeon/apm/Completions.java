package dev.aeon.apm;

import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.message.Message;
import dev.aeon.apm.store.DeduplicationKey;
import dev.aeon.apm.store.ProcessedMessages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a handled message, in groups (resolution 53): the keys of all that were handled
 * while the last group was being stored reach storage by one force, then their ACKs go out, then
 * their places in the channels move on. So whatever a sender was told was handled, or a channel
 * takes for settled, is known as handled after a loss of power too. A crash before that brings the
 * messages again: at least once. Where keys are not stored each message is completed at once.
 * Thread-safe.
 */
final class Completions {
  private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

  /** A message whose handler returned. */
  private record Handled(Message message, Delivery delivery) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final ProcessedMessages processed;
  private final Consumer<Message> completion;
  private final Thread thread;
  private List<Handled> waiting = new ArrayList<>();
  private boolean closed;

  /**
   * Ready to start.
   *
   * @param completion what is done about each message once its key is stored
   */
  Completions(String name, ProcessedMessages processed, Consumer<Message> completion) {
    this.processed = processed;
    this.completion = completion;
    this.thread = Thread.ofPlatform().daemon().name("apm-commit-" + name).unstarted(this::run);
  }

  void start() {
    if (processed.isGrouped()) {
      thread.start();
    }
  }

  /** Notes that a message was handled; after closing it is as if it had not been. */
  void handled(Message message, Delivery delivery) {
    if (!processed.isGrouped()) {
      complete(List.of(new Handled(message, delivery)));
      return;
    }
    lock.lock();
    try {
      if (!closed) {
        waiting.add(new Handled(message, delivery));
        added.signal();
      }
    } finally {
      lock.unlock();
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
      while (waiting.isEmpty() && !closed) {
        added.awaitUninterruptibly();
      }
      List<Handled> group = waiting;
      waiting = new ArrayList<>();
      return group;
    } finally {
      lock.unlock();
    }
  }

  private void complete(List<Handled> group) {
    group.forEach(each -> guarded(each, this::remember));
    guarded(group.getLast(), _ -> processed.commit());
    group.forEach(each -> guarded(each, this::settle));
  }

  private void remember(Handled handled) {
    processed.add(DeduplicationKey.of(handled.message()), handled.message());
  }

  private void settle(Handled handled) {
    completion.accept(handled.message());
    handled.delivery().settle();
  }

  /** What one fails at must not keep the others, or this thread, from going on. */
  private static void guarded(Handled handled, Consumer<Handled> step) {
    try {
      step.accept(handled);
    } catch (RuntimeException e) {
      LOG.error("not completed: messageId={}", handled.message().messageId(), e);
    }
  }
}

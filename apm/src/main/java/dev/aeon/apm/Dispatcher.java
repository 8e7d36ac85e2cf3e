package dev.aeon.apm;

import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.internal.Threads;
import dev.aeon.apm.message.Message;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands messages to the handler on one thread of its own, by priority as far as their order allows,
 * so that a slow handler never holds up acknowledgements. Holds at most {@value #CAPACITY}
 * messages.
 */
final class Dispatcher {
  static final int CAPACITY = 65_536;

  private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

  private record Waiting(Message message, Delivery delivery) {}

  private final DispatchQueue<Waiting> waiting = new DispatchQueue<>(CAPACITY);
  private final DispatchKeys keys;
  private final BiConsumer<Message, Delivery> handler;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Ready to start.
   *
   * @param handler handles a message and sees to it that its delivery is settled in the end
   */
  Dispatcher(String name, DispatchKeys keys, BiConsumer<Message, Delivery> handler) {
    this.keys = keys;
    this.handler = handler;
    this.thread = Thread.ofPlatform().daemon().name("apm-dispatch-" + name).unstarted(this::run);
  }

  /** Begins to hand out what has come, and what comes. */
  void start() {
    thread.start();
  }

  /** Whether the next {@link #dispatch} succeeds, given that one thread alone calls both. */
  boolean hasRoom() {
    return waiting.hasRoom();
  }

  /** Lets a message wait for its turn. */
  void dispatch(Message message, Delivery delivery) {
    waiting.add(new Waiting(message, delivery), message.envelope().priority(), keys.of(message));
  }

  /** Interrupts a running handler, drops what waits, and waits for the thread to end. */
  void close() {
    closed = true;
    thread.interrupt();
    Threads.join(thread);
  }

  private void run() {
    while (!closed) {
      try {
        handle(waiting.take());
      } catch (InterruptedException _) {
        // Either we are closed, and the loop ends, or a handler left its interrupt behind.
      }
    }
  }

  private void handle(Waiting next) {
    try {
      handler.accept(next.message(), next.delivery());
    } catch (RuntimeException | Error e) {
      LOG.error("dispatch failed: messageId={}", next.message().messageId(), e);
    }
  }
}

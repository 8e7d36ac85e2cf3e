package dev.aeon.checks.bench.agent;

import dev.aeon.apm.AgentBus;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.InboxListener;
import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.registry.Registry;
import dev.aeon.apm.route.RoutedMessage;
import dev.aeon.apm.validate.Validator;
import dev.aeon.apm.validate.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What costs no input or output: validating a message, and keeping one in mind. */
final class Thinking {
  private static final int VALIDATIONS = 200_000;
  private static final int TRACKED = 100_000;

  private Thinking() {}

  /** Nanoseconds of processor time to parse and validate a message. */
  static double validationNanos() {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    byte[] line = Texts.routed().line();
    long valid = 0;
    long start = clock.getCurrentThreadCpuTime();
    for (int index = 0; index < VALIDATIONS; index++) {
      valid += Validator.validate(line) instanceof Verdict.Valid ? 1 : 0;
    }
    long elapsed = clock.getCurrentThreadCpuTime() - start;
    if (valid != VALIDATIONS) {
      throw new IllegalStateException("not valid: count=" + (VALIDATIONS - valid));
    }
    return (double) elapsed / VALIDATIONS;
  }

  /** Bytes that a message under way takes of the heap, the message included. */
  static double trackedByteSize() {
    Registry registry = new Registry();
    registry.register(Texts.RECEIVER);
    List<CompletableFuture<?>> underWay = new ArrayList<>(TRACKED);
    try (AgentBus bus = AgentBus.open(Texts.SENDER, registry, new Swallowing(), (_, _) -> {})) {
      long before = usedHeap();
      for (int index = 0; index < TRACKED; index++) {
        underWay.add(bus.send(Texts.message()));
      }
      long after = usedHeap();
      if (underWay.stream().anyMatch(CompletableFuture::isDone)) {
        throw new IllegalStateException("a message is not under way any more");
      }
      return (double) (after - before) / TRACKED;
    }
  }

  private static long usedHeap() {
    for (int round = 0; round < 3; round++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Takes everything and never answers. */
  private static final class Swallowing implements Channels {
    @Override
    public Channel open(AgentId sender, AgentId receiver) {
      return new Channel() {
        @Override
        public CompletableFuture<Void> append(RoutedMessage message) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Inbox listen(AgentId receiver, InboxListener listener) {
      return () -> {};
    }
  }
}

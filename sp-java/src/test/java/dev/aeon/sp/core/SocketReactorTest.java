package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.WakeUp;
import dev.aeon.sp.Await;
import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.protocol.Pull0Machine;
import dev.aeon.sp.transport.Reactor;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SocketReactorTest {
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);
  private static final long SOON = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long HELD_UP = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  /** Makes the memory of a case. */
  private interface MemoryOf {
    Reactor.Memory of(SocketCore core, BlockingOperation operation, WakeUp descriptor);
  }

  /** Has the calling thread lead a socket that has memory and a descriptor. */
  private static void leadUntilDone(long spinNanos, MemoryOf memory, Consumer<WakeUp> onReadable) {
    try (Watched watched = new Watched(onReadable)) {
      SocketCore core = watched.core;
      BlockingOperation operation = BlockingOperation.begin(core, null, null, new SpinBudget());
      watched.add(memory.of(core, operation, watched.descriptor));
      core.receive(operation);
      var _ = core.socketReactor().lead(operation, System.nanoTime(), FOR_EVER, spinNanos);
      assertThat(operation.isDone()).isTrue();
    }
  }

  @Test
  void lead_lastLookAtMemoryBringsWhatIsWaitedFor_doesNotSleep() {
    ConcurrentLinkedQueue<Thread> pollers = new ConcurrentLinkedQueue<>();
    leadUntilDone(
        1,
        BringsWhenPollingEnds::new,
        readable -> {
          pollers.add(Thread.currentThread());
          readable.drain();
        });
    assertThat(pollers).doesNotContain(Thread.currentThread());
  }

  @Test
  void lead_memoryBringsWhatIsWaitedFor_goesOnBeingPolled() {
    ConcurrentLinkedQueue<Thread> enders = new ConcurrentLinkedQueue<>();
    leadUntilDone(
        FOR_EVER, (core, operation, _) -> new BringsWhenLookedAt(core, operation, enders), _ -> {});
    assertThat(enders).doesNotContain(Thread.currentThread());
  }

  @Test
  void lead_memoryBringsEachThatIsWaitedForAtOnce_looksAtDescriptorsNowAndThen() {
    AtomicReference<@Nullable BlockingOperation> waiting = new AtomicReference<>();
    AtomicBoolean seen = new AtomicBoolean();
    Thread leader = Thread.currentThread();
    try (Watched watched =
        new Watched(_ -> seen.compareAndSet(false, leader.equals(Thread.currentThread())))) {
      SocketCore core = watched.core;
      watched.add(new BringsAlways(core, waiting));
      watched.descriptor.signal();
      long begin = System.nanoTime();
      while (!seen.get() && System.nanoTime() - begin < PATIENCE) {
        BlockingOperation operation = BlockingOperation.begin(core, null, null, new SpinBudget());
        core.receive(operation);
        waiting.set(operation);
        var _ = core.socketReactor().lead(operation, System.nanoTime(), FOR_EVER, FOR_EVER);
        waiting.set(null);
        // The worker may have led in its place.
        var _ = core.withdraw(operation, Failure.TIMED_OUT);
      }
      assertThat(seen).isTrue();
    }
  }

  @Test
  void descriptor_whileACallerReceives_isLeftToIt() {
    AtomicInteger handled = new AtomicInteger();
    try (Watched watched = new Watched(countedBy(handled))) {
      watched.add(new Idle());
      long begin = System.nanoTime();
      long last = begin;
      long heldUp = begin - QUIET;
      long quietSince = begin;
      while (last - quietSince < QUIET && last - begin < PATIENCE) {
        watched.receive();
        watched.descriptor.signal();
        long now = System.nanoTime();
        // While others have the processor the socket may become idle, for which the worker looks.
        if (now - last > HELD_UP) {
          heldUp = now;
        }
        if (handled.getAndSet(0) > 0 && now - heldUp > QUIET) {
          quietSince = now;
        }
        last = now;
      }
      assertThat(last - quietSince).isGreaterThanOrEqualTo(QUIET);
    }
  }

  @Test
  void descriptor_afterACallerHasReceived_isSeenByTheWorker() {
    AtomicInteger handled = new AtomicInteger();
    try (Watched watched = new Watched(countedBy(handled))) {
      watched.add(new Idle());
      watched.receive();
      watched.descriptor.signal();
      Await.until(() -> handled.get() > 0);
    }
  }

  @Test
  void descriptor_whileACallerReceivesAndAnotherObserves_isSeenByTheWorker() {
    AtomicInteger handled = new AtomicInteger();
    Runnable observer = () -> {};
    try (Watched watched = new Watched(countedBy(handled))) {
      watched.add(new Idle());
      watched.receive();
      watched.core.observe(observer);
      watched.descriptor.signal();
      Await.until(() -> {
        watched.receive();
        return handled.get() > 0;
      });
      watched.core.unobserve(observer);
      assertThat(watched.core.socketReactor().isLookedAtByOne()).isTrue();
    }
  }

  @Test
  void write_thatMemoryHasNoRoomFor_isLeftToTheWorkerWhereNobodyLeads() {
    AtomicInteger handled = new AtomicInteger();
    try (Watched watched = new Watched(countedBy(handled))) {
      Reactor.MemoryWatch memory = watched.add(new Idle());
      watched.core.socketReactor().lookBegins(System.nanoTime());
      watched.core.locked(() -> {
        memory.setDepending(true);
        return null;
      });
      watched.descriptor.signal();
      Await.until(() -> {
        watched.receive();
        return handled.get() > 0;
      });
    }
  }

  private static Consumer<WakeUp> countedBy(AtomicInteger handled) {
    return descriptor -> {
      var _ = descriptor.drain();
      handled.incrementAndGet();
    };
  }

  /** A socket that has a descriptor, and memory where a case gives it some. */
  private static final class Watched implements AutoCloseable {
    final SocketCore core = new SocketCore(Pull0Machine::new);
    final WakeUp descriptor = WakeUp.open();
    private final Reactor.Registration watch;

    Watched(Consumer<WakeUp> onReadable) {
      this.watch =
          core.locked(() ->
              core.socketReactor()
                  .register(
                      core, descriptor.fd(), Poller.READABLE, _ -> onReadable.accept(descriptor)));
    }

    Reactor.MemoryWatch add(Reactor.Memory memory) {
      return core.locked(() -> core.socketReactor().register(core, memory));
    }

    /** As a caller does that finds a message. */
    void receive() {
      core.locked(() -> {
        core.socketReactor().receives();
        return null;
      });
    }

    @Override
    public void close() {
      core.locked(() -> {
        watch.close();
        return null;
      });
      core.close();
      descriptor.close();
    }
  }

  /** Memory that nobody writes to, unless a case says otherwise. */
  private interface QuietMemory extends Reactor.Memory {
    @Override
    default boolean isReady() {
      return false;
    }

    @Override
    default void becomeReady() {}

    @Override
    default void pollingBegins() {}

    @Override
    default void pollingEnds() {}
  }

  /** Memory that nobody writes to. */
  private record Idle() implements QuietMemory {}

  /** Memory that at each look has what is waited for, whatever that is. */
  private record BringsAlways(SocketCore core, AtomicReference<@Nullable BlockingOperation> waiting)
      implements QuietMemory {
    @Override
    public boolean isReady() {
      return waiting.get() != null;
    }

    @Override
    public void becomeReady() {
      BlockingOperation operation = waiting.get();
      if (operation != null) {
        core.withdraw(operation, Failure.TIMED_OUT);
      }
    }
  }

  /** Memory that has what is waited for. */
  private record BringsWhenLookedAt(
      SocketCore core, BlockingOperation operation, ConcurrentLinkedQueue<Thread> enders)
      implements QuietMemory {
    @Override
    public boolean isReady() {
      return !operation.isDone();
    }

    @Override
    public void becomeReady() {
      core.withdraw(operation, Failure.TIMED_OUT);
    }

    @Override
    public void pollingEnds() {
      enders.add(Thread.currentThread());
    }
  }

  /** Memory that is written to after the last look of who spins, together with a descriptor. */
  private record BringsWhenPollingEnds(
      SocketCore core, BlockingOperation operation, WakeUp readable) implements QuietMemory {
    @Override
    public void pollingEnds() {
      readable.signal();
      core.withdraw(operation, Failure.TIMED_OUT);
    }
  }

  /** A socket with two descriptors, of which the favourite looks itself. */
  private static final class TwoDescriptors implements AutoCloseable {
    final SocketCore core = new SocketCore(Pull0Machine::new);
    final BlockingOperation operation = BlockingOperation.begin(core, null, null, new SpinBudget());
    final WakeUp busy = WakeUp.open();
    final WakeUp other = WakeUp.open();
    final List<String> calls = new CopyOnWriteArrayList<>();
    private Reactor.Registration busyWatch;
    private Reactor.Registration otherWatch;

    /** Has {@code then} called after each event, and each look at the favourite. */
    void lead(long spinNanos, Consumer<TwoDescriptors> then) {
      core.receive(operation);
      core.locked(() -> {
        busyWatch = watch(busy, "busy", then);
        otherWatch = watch(other, "other", then);
        return null;
      });
      busy.signal();
      // A leader's time ends now and then, and the worker leads in between.
      long begin = System.nanoTime();
      while (!operation.isDone() && System.nanoTime() - begin < PATIENCE) {
        var _ = core.socketReactor().lead(operation, System.nanoTime(), FOR_EVER, spinNanos);
      }
    }

    private Reactor.Registration watch(
        WakeUp descriptor, String name, Consumer<TwoDescriptors> then) {
      return core.socketReactor()
          .register(
              core,
              descriptor.fd(),
              Poller.READABLE,
              new Reactor.ReadyHandler() {
                @Override
                public void ready(int events) {
                  var _ = descriptor.drain();
                  called(name + " ready");
                }

                @Override
                public boolean looksItself() {
                  return true;
                }

                @Override
                public void look() {
                  called(name + " looked at");
                }

                private void called(String call) {
                  if (!operation.isDone()) {
                    calls.add(call);
                    then.accept(TwoDescriptors.this);
                  }
                }
              });
    }

    long count(String call) {
      return calls.stream().filter(call::equals).count();
    }

    String last() {
      return calls.getLast();
    }

    void finish() {
      core.withdraw(operation, Failure.TIMED_OUT);
    }

    @Override
    public void close() {
      core.locked(() -> {
        busyWatch.close();
        otherWatch.close();
        return null;
      });
      core.close();
      busy.close();
      other.close();
    }
  }

  @Test
  void lead_oneOfTwoDescriptorsAloneHasEvents_looksAtItAndSeesTheOtherWithinSixteenLooks() {
    try (TwoDescriptors two = new TwoDescriptors()) {
      two.lead(
          FOR_EVER,
          it -> {
            if (it.last().equals("busy ready")) {
              it.busy.signal();
            } else if (it.count("busy looked at") == 1) {
              it.other.signal();
            }
            if (it.last().equals("other ready") || it.count("busy looked at") > 100) {
              it.finish();
            }
          });
      assertThat(two.last()).isEqualTo("other ready");
      assertThat(two.count("busy looked at")).isBetween(1L, 16L);
    }
  }

  @Test
  void lead_otherDescriptorHasHadAnEvent_asksForEventsAgain() {
    try (TwoDescriptors two = new TwoDescriptors()) {
      two.lead(
          FOR_EVER,
          it -> {
            switch (it.last()) {
              case "busy ready" -> {
                it.busy.signal();
                if (it.count("other ready") > 0) {
                  it.finish();
                }
              }
              case "busy looked at" -> it.other.signal();
              default -> it.busy.signal();
            }
          });
      int other = two.calls.indexOf("other ready");
      assertThat(two.calls.subList(0, other)).contains("busy looked at");
      assertThat(two.calls.subList(other, two.calls.size()))
          .containsExactly("other ready", "busy ready");
    }
  }

  @Test
  void lead_sleepsBesideFavourite_isWokenByTheOther() {
    try (TwoDescriptors two = new TwoDescriptors()) {
      two.lead(
          0,
          it -> {
            if (it.last().equals("other ready")) {
              it.finish();
            } else if (it.count("busy ready") < 20) {
              it.busy.signal();
            } else {
              var _ = it.core.socketReactor().schedule(it.core, SOON, it.other::signal);
            }
          });
      assertThat(two.operation.isDone()).isTrue();
      assertThat(two.last()).isEqualTo("other ready");
      assertThat(two.calls).doesNotContain("busy looked at");
    }
  }
}

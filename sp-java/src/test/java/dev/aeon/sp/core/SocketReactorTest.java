package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.WakeUp;
import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.protocol.Pull0Machine;
import dev.aeon.sp.transport.Reactor;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SocketReactorTest {
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);

  /** Makes the memory of a case. */
  private interface MemoryOf {
    Reactor.Memory of(SocketCore core, BlockingOperation operation, WakeUp descriptor);
  }

  /** Has the calling thread lead a socket that has memory and a descriptor. */
  private static void leadUntilDone(long spinNanos, MemoryOf memory, Consumer<WakeUp> onReadable) {
    SocketCore core = new SocketCore(Pull0Machine::new);
    try (WakeUp descriptor = WakeUp.open()) {
      SocketReactor reactor = core.socketReactor();
      BlockingOperation operation = BlockingOperation.begin(core, null, null, new SpinBudget());
      core.receive(operation);
      Reactor.Registration watch =
          core.locked(() -> {
            reactor.register(core, memory.of(core, operation, descriptor));
            return reactor.register(
                core, descriptor.fd(), Poller.READABLE, _ -> onReadable.accept(descriptor));
          });
      var _ = reactor.lead(operation, reactor.nanoTime(), FOR_EVER, spinNanos);
      assertThat(operation.isDone()).isTrue();
      core.locked(() -> {
        watch.close();
        return null;
      });
    } finally {
      core.close();
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

  /** Memory that has what is waited for. */
  private record BringsWhenLookedAt(
      SocketCore core, BlockingOperation operation, ConcurrentLinkedQueue<Thread> enders)
      implements Reactor.Memory {
    @Override
    public boolean isReady() {
      return !operation.isDone();
    }

    @Override
    public void becomeReady() {
      core.withdraw(operation, Failure.TIMED_OUT);
    }

    @Override
    public void pollingBegins() {}

    @Override
    public void pollingEnds() {
      enders.add(Thread.currentThread());
    }
  }

  /** Memory that is written to after the last look of who spins, together with a descriptor. */
  private record BringsWhenPollingEnds(
      SocketCore core, BlockingOperation operation, WakeUp readable) implements Reactor.Memory {
    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public void becomeReady() {}

    @Override
    public void pollingBegins() {}

    @Override
    public void pollingEnds() {
      readable.signal();
      core.withdraw(operation, Failure.TIMED_OUT);
    }
  }
}

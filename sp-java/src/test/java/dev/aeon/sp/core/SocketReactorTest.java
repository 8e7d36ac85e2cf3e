package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.bindings.posix.Poller;
import dev.aeon.bindings.posix.WakeUp;
import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.protocol.Pull0Machine;
import dev.aeon.sp.transport.Reactor;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SocketReactorTest {
  private static final long FOR_EVER = TimeUnit.DAYS.toNanos(1);

  @Test
  void lead_lastLookAtMemoryBringsWhatIsWaitedFor_doesNotSleep() {
    SocketCore core = new SocketCore(Pull0Machine::new);
    ConcurrentLinkedQueue<Thread> pollers = new ConcurrentLinkedQueue<>();
    try (WakeUp readable = WakeUp.open()) {
      SocketReactor reactor = core.socketReactor();
      BlockingOperation operation = BlockingOperation.begin(core, null, null, new SpinBudget());
      core.receive(operation);
      Reactor.Registration watch =
          core.locked(() -> {
            reactor.register(core, new BringsWhenPollingEnds(core, operation, readable));
            return reactor.register(
                core,
                readable.fd(),
                Poller.READABLE,
                _ -> {
                  pollers.add(Thread.currentThread());
                  readable.drain();
                });
          });
      reactor.lead(operation, FOR_EVER, 1);
      assertThat(operation.isDone()).isTrue();
      assertThat(pollers).doesNotContain(Thread.currentThread());
      core.locked(() -> {
        watch.close();
        return null;
      });
    } finally {
      core.close();
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

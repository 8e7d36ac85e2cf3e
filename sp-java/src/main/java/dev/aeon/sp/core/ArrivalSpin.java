package dev.aeon.sp.core;

import dev.aeon.sp.protocol.ProtocolMachine;
import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Receives without an operation: the calling thread looks at memory until the message is there that
 * it alone waits for, for as long as that has lately paid. What takes longer, or is not one
 * thread's wait for an arrival, is left to an operation.
 */
final class ArrivalSpin {
  private final SocketCore core;
  private final SocketReactor reactor;
  private final ProtocolMachine machine;

  ArrivalSpin(SocketCore core, SocketReactor reactor, ProtocolMachine machine) {
    this.core = core;
    this.reactor = reactor;
    this.machine = machine;
  }

  /**
   * The next message of the socket's own conversation, in its turn {@code turn}; null where an
   * operation has to wait.
   */
  @Nullable Packet receive(SpinBudget spin, long timeoutNanos, int turn) {
    boolean looks =
        machine.awaitsArrival() && reactor.isLookedAtByOne() && !Thread.currentThread().isVirtual();
    long limitNanos = looks ? Math.min(spin.nanosUnlessPausing(), timeoutNanos) : 0;
    return limitNanos > 0 ? lookFor(spin, limitNanos, turn) : null;
  }

  private @Nullable Packet lookFor(SpinBudget spin, long limitNanos, int turn) {
    long begin = reactor.nanoTime();
    reactor.lookBegins(begin);
    long seenNanos = begin;
    int looks = 0;
    do {
      looks++;
      Packet packet = core.takeArrived(reactor.findReadyMemory(), turn);
      if (packet != null) {
        spin.note(seenNanos - begin);
        return packet;
      }
      SpinPause.afterLook(looks);
      if (looks % SocketReactor.LOOKS_PER_CLOCK == 0) {
        seenNanos = reactor.nanoTime();
        if (looks % SocketReactor.LOOKS_PER_POLL == 0) {
          reactor.lookAtDescriptors(seenNanos);
        }
      }
    } while (seenNanos - begin < limitNanos && !isInVain(looks, turn));
    spin.lookedInVain(seenNanos - begin);
    return null;
  }

  private boolean isInVain(int looks, int turn) {
    return looks % SocketReactor.LOOKS_PER_CLOCK == 0
        && (core.isClosed()
            || machine.turn() != turn
            || !machine.awaitsArrival()
            || Thread.currentThread().isInterrupted());
  }
}

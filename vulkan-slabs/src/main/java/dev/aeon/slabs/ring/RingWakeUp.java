package dev.aeon.slabs.ring;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.WakeUp;

/**
 * A descriptor that one end of a ring sleeps on and the other signals, in this process or another.
 * Thread-safe, but closed only when no end waits or signals any more.
 */
public final class RingWakeUp implements RingSignal, AutoCloseable {
  private final WakeUp wakeUp;

  private RingWakeUp(WakeUp wakeUp) {
    this.wakeUp = wakeUp;
  }

  /** Makes a wake-up, which the caller closes. */
  public static RingWakeUp open() {
    return new RingWakeUp(WakeUp.open());
  }

  /** Takes over the descriptor of a wake-up that another process made and passed here. */
  public static RingWakeUp of(Descriptor passed) {
    return new RingWakeUp(WakeUp.of(passed));
  }

  /** The descriptor's number: what to pass to another process, or to watch beside others. */
  public int fd() {
    return wakeUp.fd();
  }

  @Override
  public void signal() {
    wakeUp.signal();
  }

  boolean await(int timeoutMillis) {
    return wakeUp.await(timeoutMillis);
  }

  @Override
  public void close() {
    wakeUp.close();
  }
}

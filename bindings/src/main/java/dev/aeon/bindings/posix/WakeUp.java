package dev.aeon.bindings.posix;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;

/**
 * A descriptor that any thread signals and one waits for. Signals that nobody has drained add up to
 * one. Thread-safe, but closed only when no other call is under way.
 */
public final class WakeUp implements AutoCloseable {
  private final Descriptor descriptor;

  private WakeUp(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /** Makes a wake-up, which the caller closes. */
  public static WakeUp open() {
    NativeLibrary.ensureLoaded();
    return new WakeUp(
        Descriptor.own(NativeCallException.check("aeon_wake_create", Aeon.aeon_wake_create(), "")));
  }

  /** Takes over the descriptor of a wake-up that another process made and passed here. */
  public static WakeUp of(Descriptor passed) {
    NativeLibrary.ensureLoaded();
    return new WakeUp(passed);
  }

  /** The descriptor to watch; readable while signalled. */
  public int fd() {
    return descriptor.fd();
  }

  public void signal() {
    NativeCallException.check("aeon_wake_signal", Aeon.aeon_wake_signal(descriptor.fd()), "");
  }

  /** Takes all signals; whether there were any. */
  public boolean drain() {
    return NativeCallException.check("aeon_wake_drain", Aeon.aeon_wake_drain(descriptor.fd()), "")
        == 1;
  }

  /**
   * Waits for a signal and takes it.
   *
   * @param timeoutMillis how long at the most; -1 waits without limit
   * @return whether there was one
   */
  public boolean await(int timeoutMillis) {
    int result = Aeon.aeon_wake_wait(descriptor.fd(), timeoutMillis);
    return NativeCallException.check("aeon_wake_wait", result, "timeoutMillis=" + timeoutMillis)
        == 1;
  }

  @Override
  public void close() {
    descriptor.close();
  }
}

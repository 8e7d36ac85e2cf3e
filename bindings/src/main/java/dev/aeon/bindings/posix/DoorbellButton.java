package dev.aeon.bindings.posix;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;

/**
 * Rings another process's {@link Doorbell}. Never blocks, whatever that process does. Thread-safe,
 * but closed only when no other call is under way.
 */
public final class DoorbellButton implements AutoCloseable {
  private final Descriptor button;

  private DoorbellButton(Descriptor button) {
    this.button = button;
  }

  /**
   * A button that another process passed, whose descriptor is closed in any case: what could be
   * made to block is not used.
   *
   * @throws NativeCallException {@code EPROTOTYPE} where it is no doorbell's
   */
  public static DoorbellButton of(Descriptor passed) {
    NativeLibrary.ensureLoaded();
    try (passed) {
      int result = Aeon.aeon_doorbell_adopt(passed.fd());
      return new DoorbellButton(
          Descriptor.own(
              NativeCallException.check("aeon_doorbell_adopt", result, "fd=" + passed.fd())));
    }
  }

  /**
   * Rings.
   *
   * @return whether anybody is left to hear it
   */
  public boolean ring() {
    return Aeon.aeon_doorbell_ring(button.fd()) == 0;
  }

  @Override
  public void close() {
    button.close();
  }
}

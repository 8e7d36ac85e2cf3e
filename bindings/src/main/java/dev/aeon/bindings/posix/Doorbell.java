package dev.aeon.bindings.posix;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What another process rings that was passed its button. Confined to one thread at a time; nothing
 * here blocks.
 */
public final class Doorbell implements AutoCloseable {
  /** What {@link #take} is once every button is closed: whoever could ring is gone. */
  public static final int AT_END = 0;

  private final Descriptor bell;
  private final Descriptor button;

  private Doorbell(int bell, int button) {
    this.bell = Descriptor.own(bell);
    this.button = Descriptor.own(button);
  }

  /** Makes a doorbell, which the caller closes. */
  public static Doorbell open() {
    NativeLibrary.ensureLoaded();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      NativeCallException.check("aeon_doorbell_create", Aeon.aeon_doorbell_create(ends), "");
      return new Doorbell(
          ends.getAtIndex(ValueLayout.JAVA_INT, 0), ends.getAtIndex(ValueLayout.JAVA_INT, 1));
    }
  }

  /** The descriptor to watch: readable while rings are there, hung up at the end. */
  public int fd() {
    return bell.fd();
  }

  /** To be passed to who rings, then {@linkplain #buttonPassed closed here}; this object's. */
  public Descriptor button() {
    return button;
  }

  /** Closes this process's button, without which the end would never come. */
  public void buttonPassed() {
    button.close();
  }

  /**
   * Takes some rings.
   *
   * @return how many, {@link #AT_END}, or {@code -EAGAIN} where there are none
   */
  public int take() {
    int count = Aeon.aeon_doorbell_take(bell.fd());
    return count == -Errno.EAGAIN
        ? count
        : NativeCallException.check("aeon_doorbell_take", count, "fd=" + bell.fd());
  }

  @Override
  public void close() {
    button.close();
    bell.close();
  }
}

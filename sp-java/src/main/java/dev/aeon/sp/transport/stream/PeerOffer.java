package dev.aeon.sp.transport.stream;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DoorbellButton;
import dev.aeon.sp.transport.CloseReason;
import dev.aeon.sp.transport.shm.IncomingRing;
import dev.aeon.sp.wire.MalformedException;
import org.jspecify.annotations.Nullable;

/** What the peer passed: the descriptor of its memory, and then that of its doorbell's button. */
final class PeerOffer implements AutoCloseable {
  private @Nullable Descriptor memory;
  private @Nullable Descriptor button;

  /**
   * Keeps a descriptor that arrived, or closes it where it is one too many.
   *
   * @param isMemory as its name says
   */
  void take(Descriptor received, boolean isMemory) {
    if (isMemory && memory == null) {
      memory = received;
    } else if (!isMemory && memory != null && button == null) {
      button = received;
    } else {
      received.close();
    }
  }

  boolean isThere() {
    return memory != null;
  }

  /** A button that cannot be made to block. */
  DoorbellButton adoptButton() throws StreamException {
    Descriptor passed = button;
    button = null;
    if (passed == null) {
      throw new StreamException(CloseReason.MALFORMED_GREETING, "shared memory has no doorbell");
    }
    try {
      return DoorbellButton.of(passed);
    } catch (NativeCallException e) {
      throw new StreamException(
          CloseReason.MALFORMED_GREETING, "peer's doorbell cannot be used: " + e.getMessage());
    }
  }

  /**
   * Maps the memory.
   *
   * @param doorbells closed where that fails
   */
  IncomingRing map(Doorbells doorbells) throws StreamException {
    try {
      return map();
    } catch (StreamException e) {
      doorbells.close();
      throw e;
    }
  }

  private IncomingRing map() throws StreamException {
    Descriptor passed = memory;
    memory = null;
    if (passed == null) {
      throw new IllegalStateException("peer offered no memory");
    }
    try {
      return IncomingRing.map(passed);
    } catch (MalformedException e) {
      throw StreamException.of(e);
    } catch (NativeCallException e) {
      throw new StreamException(
          CloseReason.MALFORMED_GREETING, "shared memory cannot be used: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    close(memory);
    close(button);
    memory = null;
    button = null;
  }

  private static void close(@Nullable Descriptor descriptor) {
    if (descriptor != null) {
      descriptor.close();
    }
  }
}

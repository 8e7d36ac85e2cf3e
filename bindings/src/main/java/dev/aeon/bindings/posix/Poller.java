package dev.aeon.bindings.posix;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.raw.Aeon;
import dev.aeon.bindings.raw.aeon_poll_event;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Readiness of many descriptors, level triggered save with {@link #EDGE}. {@code add}, {@code
 * modify} and {@code remove} may be called from any thread; {@code poll} and the events it found
 * belong to one thread at a time, which also closes. Steady state allocates nothing.
 */
public final class Poller implements AutoCloseable {
  public static final int READABLE = Aeon.AEON_POLL_READABLE();
  public static final int WRITABLE = Aeon.AEON_POLL_WRITABLE();

  /** Both directions have ended; always reported. */
  public static final int HANGUP = Aeon.AEON_POLL_HANGUP();

  /** An error is pending; always reported. */
  public static final int ERROR = Aeon.AEON_POLL_ERROR();

  /** Of interest alone: tells once for each time that more arrives, or becomes possible. */
  public static final int EDGE = Aeon.AEON_POLL_EDGE();

  private static final int CAPACITY = 256;

  private final Descriptor descriptor;
  private final Arena arena;
  private final MemorySegment events;

  private Poller(Descriptor descriptor) {
    this.descriptor = descriptor;
    this.arena = Arena.ofShared();
    this.events = aeon_poll_event.allocateArray(CAPACITY, arena);
  }

  /** Makes a poller, which the caller closes. */
  public static Poller open() {
    NativeLibrary.ensureLoaded();
    return new Poller(
        Descriptor.own(NativeCallException.check("aeon_poll_create", Aeon.aeon_poll_create(), "")));
  }

  /** The descriptor to watch by another poller; readable while this one has an event. */
  public int fd() {
    return descriptor.fd();
  }

  /** Watches a descriptor; its events carry {@code token}. */
  public void add(int fd, int interest, long token) {
    int result = Aeon.aeon_poll_add(descriptor.fd(), fd, interest, token);
    NativeCallException.check("aeon_poll_add", result, "fd=" + fd);
  }

  public void modify(int fd, int interest, long token) {
    int result = Aeon.aeon_poll_modify(descriptor.fd(), fd, interest, token);
    if (result < 0) {
      NativeCallException.check("aeon_poll_modify", result, "fd=" + fd);
    }
  }

  public void remove(int fd) {
    int result = Aeon.aeon_poll_remove(descriptor.fd(), fd);
    NativeCallException.check("aeon_poll_remove", result, "fd=" + fd);
  }

  /**
   * Waits for readiness.
   *
   * @param timeoutNanos how long at the most; 0 does not wait, -1 waits without limit
   * @return how many events were found; a signal may end the wait early with 0
   */
  public int poll(long timeoutNanos) {
    int count = Aeon.aeon_poll_wait(descriptor.fd(), events, CAPACITY, timeoutNanos);
    return count >= 0 ? count : failed(count, timeoutNanos);
  }

  private static int failed(int result, long timeoutNanos) {
    return NativeCallException.check("aeon_poll_wait", result, "timeoutNanos=" + timeoutNanos);
  }

  /** The readiness bits of the event at {@code index} of the last poll. */
  public int events(int index) {
    return events.get(
        aeon_poll_event.readiness$layout(), byteOffset(index) + aeon_poll_event.readiness$offset());
  }

  /** The token of the event at {@code index} of the last poll. */
  public long token(int index) {
    return events.get(
        aeon_poll_event.token$layout(), byteOffset(index) + aeon_poll_event.token$offset());
  }

  /** Of an event, which is read in place: a slice of it would be an object. */
  private static long byteOffset(int index) {
    return index * aeon_poll_event.sizeof();
  }

  @Override
  public void close() {
    if (!descriptor.isClosed()) {
      descriptor.close();
      arena.close();
    }
  }
}

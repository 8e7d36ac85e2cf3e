package dev.aeon.sp.transport;

/** Readiness and time. Thread-safe; handlers and tasks run on an I/O thread, in their strand. */
public interface Reactor {
  /** Any monotonic clock's. */
  long nanoTime();

  /**
   * Watches a descriptor.
   *
   * @param interest bits of {@link dev.aeon.bindings.posix.Poller}
   */
  Registration register(Strand strand, int fd, int interest, ReadyHandler handler);

  /** Runs {@code task} after {@code delayNanos}, unless cancelled before. */
  Alarm schedule(Strand strand, long delayNanos, Runnable task);

  /**
   * Runs {@code flush} once: before somebody waits for a message of this socket, and soon in any
   * case. For what was held back to go out together with what follows. Called with the strand held.
   *
   * @param flush the same for each call of a pipe
   */
  void holdBack(Strand strand, Runnable flush);

  /**
   * Bytes that a pipe of this socket may hold back at the moment: the fewer the more pipes do.
   * Called with the strand held.
   */
  long heldByteLimit();

  /** Has memory polled by who waits for messages of this socket and does not sleep yet. */
  MemoryWatch register(Strand strand, Memory memory);

  /** Memory that another process writes to without telling. */
  interface Memory {
    /** Whether there is something to do. Called by any thread with no strand held; cheap. */
    boolean isReady();

    /** Does it. Called with the strand held. */
    void becomeReady();

    /** From now on it is looked at all the time: no wake-up is needed. With the strand held. */
    void pollingBegins();

    /** Nobody looks any more. With the strand held. */
    void pollingEnds();
  }

  /** Memory under watch. Methods are called with its strand held. */
  interface MemoryWatch {
    /** Whether somebody depends on wake-ups, who does not poll. */
    void setDepending(boolean depending);

    /** Ends the watch. */
    void close();
  }

  /** A descriptor under watch. Methods are called with its strand held. */
  interface Registration {
    /** Watches for other events from now on. */
    void setInterest(int interest);

    /** Ends the watch; the handler is not called any more. Comes before closing the descriptor. */
    void close();
  }

  /** Told that a descriptor is ready. */
  interface ReadyHandler {
    void ready(int events);

    /** Whether {@link #look} costs no more than asking whether there is something. */
    default boolean looksItself() {
      return false;
    }

    /** Takes what has come, if anything has, by itself. Called with the strand held. */
    default void look() {}
  }

  /** A task that waits for its time. */
  interface Alarm {
    /** Idempotent; no effect on a task that has begun. */
    void cancel();
  }
}

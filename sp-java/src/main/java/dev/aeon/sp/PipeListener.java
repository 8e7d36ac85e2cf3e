package dev.aeon.sp;

/**
 * Told of a socket's connections, in the order of events, on a virtual thread of the socket's own:
 * what a method does holds up the later events alone. A method that throws is logged; from {@link
 * #admits} that refuses the pipe.
 */
public interface PipeListener {
  /** A peer has connected and carries nothing yet; false turns it away. */
  default boolean admits(Pipe pipe) {
    return true;
  }

  /** The pipe carries messages from now on. */
  default void added(Pipe pipe) {}

  /**
   * The pipe carries no more.
   *
   * @param reason as in {@link SpStatistics#closesByReason}
   */
  default void removed(Pipe pipe, String reason) {}

  /** {@link SpOptions#HIGH_WATER} messages wait for the pipe. */
  default void highWater(Pipe pipe) {}

  /** No more than {@link SpOptions#LOW_WATER} messages wait for the pipe, after more did. */
  default void lowWater(Pipe pipe) {}
}

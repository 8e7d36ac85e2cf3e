package dev.aeon.sp.core;

import dev.aeon.sp.transport.CloseReason;

/** Who is told of a socket's pipes. Called with no strand held, one call after another. */
public interface PipeWatcher {
  /** A pipe has connected; false refuses it. Until the answer it carries nothing. */
  boolean admits(CorePipe pipe);

  /** The pipe carries messages. */
  void added(CorePipe pipe);

  /** The pipe carries no more. */
  void removed(CorePipe pipe, CloseReason reason);

  /** As many messages wait for the pipe as the high-water mark says. */
  void highWater(CorePipe pipe);

  /** No more messages wait for the pipe than the low-water mark says. */
  void lowWater(CorePipe pipe);
}

package dev.aeon.sp;

import dev.aeon.sp.core.CoreOperation;
import dev.aeon.sp.protocol.Failure;
import org.jspecify.annotations.Nullable;

/** Failures of operations, as exceptions. */
final class Failures {
  private Failures() {}

  /** The exception of a done operation, or null if it succeeded. */
  static @Nullable SpException of(CoreOperation operation, String call) {
    Failure failure = operation.failure();
    return failure == null ? null : exception(failure, call);
  }

  private static SpException exception(Failure failure, String call) {
    return switch (failure) {
      case CLOSED -> new SpClosedException("socket is closed: call=" + call);
      case TIMED_OUT -> new SpTimeoutException("no completion in time: call=" + call);
      case CANCELLED -> new SpCancelledException("given up for a newer one: call=" + call);
      case WITHDRAWN -> new SpCancelledException("given up: call=" + call);
      case INTERRUPTED -> new SpInterruptedException("interrupted while waiting: call=" + call);
      case WRONG_STATE -> new SpStateException("not allowed now: call=" + call);
      case NO_PEER -> new SpNoPeerException("nobody is connected: call=" + call);
      case CONNECTION_LOST -> new SpConnectionLostException("peer is gone: call=" + call);
    };
  }
}

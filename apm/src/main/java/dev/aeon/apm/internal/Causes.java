package dev.aeon.apm.internal;

import java.util.concurrent.CompletionException;

/** What lies behind the exceptions of futures. */
public final class Causes {
  private Causes() {}

  /** What failed: a future wraps it where the failure was another future's. */
  public static Throwable of(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}

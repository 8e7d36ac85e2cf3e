package dev.aeon.sp.core;

import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.protocol.Operation;
import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * An operation that completes exactly once. Its result is set with the socket's strand held and
 * read after {@link #isDone}; {@link #wake} runs once the strand was left.
 */
public abstract class CoreOperation extends Operation {
  private @Nullable Failure failure;
  private volatile boolean done;
  private final @Nullable CoreContext context;
  @Nullable CoreOperation nextDone;

  /**
   * @param context whose it is; null for the socket's own conversation
   */
  protected CoreOperation(@Nullable Packet packet, @Nullable CoreContext context) {
    super(packet);
    this.context = context;
  }

  final @Nullable CoreContext context() {
    return context;
  }

  final void finish(@Nullable Failure cause) {
    if (done) {
      throw new IllegalStateException("operation completed twice: failure=" + cause);
    }
    failure = cause;
    done = true;
  }

  public final boolean isDone() {
    return done;
  }

  /** Why it failed, or null for success; only when done. */
  public final @Nullable Failure failure() {
    return failure;
  }

  /** Tells whoever waits. Called once, with no strand held, by any thread. */
  protected abstract void wake();
}

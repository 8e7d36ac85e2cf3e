package dev.aeon.sp.core;

import dev.aeon.sp.protocol.Failure;
import dev.aeon.sp.protocol.Operation;
import dev.aeon.sp.wire.Packet;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An operation that completes exactly once. Its result is set with the socket's strand held and
 * read after {@link #isDone}; {@link #wake} runs once the strand was left.
 */
public abstract class CoreOperation extends Operation {
  private static final VarHandle DONE;

  static {
    try {
      DONE = MethodHandles.lookup().findVarHandle(CoreOperation.class, "done", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private @Nullable Failure failure;

  @SuppressWarnings("unused") // by DONE
  private boolean done;

  private @Nullable CoreContext context;
  private @Nullable DependentCount dependsOn;
  @Nullable CoreOperation nextDone;

  /**
   * @param context whose it is; null for the socket's own conversation
   */
  protected CoreOperation(@Nullable Packet packet, @Nullable CoreContext context) {
    super(packet);
    this.context = context;
  }

  /** Begins anew, as another operation; only where nobody else knows of this one any more. */
  final void reset(@Nullable Packet packet, @Nullable CoreContext of) {
    resetPacket(packet);
    failure = null;
    DONE.set(this, false);
    context = of;
    dependsOn = null;
    nextDone = null;
  }

  final @Nullable CoreContext context() {
    return context;
  }

  /**
   * @param own whether the calling thread is the one that waits: then nothing is to be made visible
   */
  final void finish(@Nullable Failure cause, boolean own) {
    if (isDone()) {
      throw new IllegalStateException("operation completed twice: failure=" + cause);
    }
    failure = cause;
    if (own) {
      DONE.setOpaque(this, true);
    } else {
      DONE.setVolatile(this, true);
    }
    if (dependsOn != null) {
      dependsOn.fewer();
    }
  }

  /** Counts as one who waits and does not poll, until done. With the strand held. */
  final void dependOn(DependentCount dependents) {
    if (!isDone() && dependsOn == null) {
      dependsOn = dependents;
      dependents.more();
    }
  }

  /** Whether whoever waits for this looks after the socket's descriptors while it waits. */
  boolean pollsItself() {
    return false;
  }

  /** Whether the calling thread is the one that waits, and so needs no telling. */
  boolean isOwn() {
    return false;
  }

  public final boolean isDone() {
    return (boolean) DONE.getVolatile(this);
  }

  /** Why it failed, or null for success; only when done. */
  public final @Nullable Failure failure() {
    return failure;
  }

  /** Tells whoever waits. Called once, with no strand held, by any thread. */
  protected abstract void wake();
}

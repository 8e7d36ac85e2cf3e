package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import org.jspecify.annotations.Nullable;

/**
 * What a machine may ask for. Calls are made by the thread that runs the machine and never call
 * back into it; what follows from them arrives as later events. Effects on a pipe that has gone
 * meanwhile are dropped, and so is their packet.
 */
public interface Effects {
  /**
   * Sends {@code packet}, whose ownership passes. At most one per pipe until {@link
   * ProtocolMachine#transmitted}.
   */
  void transmit(PipeHandle pipe, Packet packet);

  /**
   * Sends {@code packet}, whose ownership passes, if the pipe, which takes one now, takes another
   * at once: no {@link ProtocolMachine#transmitted} follows. Else false, and nothing has happened.
   */
  default boolean transmitAtOnce(PipeHandle pipe, Packet packet) {
    return false;
  }

  /**
   * The pipe's next message if it has already arrived and none is asked for: no {@link
   * ProtocolMachine#received} follows. Else null, and nothing has happened.
   */
  default @Nullable Packet readAtOnce(PipeHandle pipe) {
    return null;
  }

  /**
   * The message that the pipe was asked for, if it has arrived: then no {@link
   * ProtocolMachine#received} follows, and the pipe is asked for the one after it. Else null, and
   * nothing has happened.
   */
  default @Nullable Packet takeAwaited(PipeHandle pipe) {
    return null;
  }

  /** Lets the pipe read one more message. */
  void receiveNext(PipeHandle pipe);

  void closePipe(PipeHandle pipe, PipeFault fault);

  /** The send is done, or the receive is and carries its packet. */
  void complete(Operation operation);

  void fail(Operation operation, Failure failure);

  /** Wants {@link ProtocolMachine#expire} by this time; it may come before it as well. */
  void wakeAt(long deadlineNanos);

  /** Counts a message thrown away by rule: queue full, too many hops. */
  void dropped();

  /** As {@link #dropped()}, of a message that was for {@code pipe} or came from it. */
  default void dropped(PipeHandle pipe) {
    dropped();
  }

  /** Tells how many messages wait for {@code pipe} now. */
  default void queued(PipeHandle pipe, int count) {}
}

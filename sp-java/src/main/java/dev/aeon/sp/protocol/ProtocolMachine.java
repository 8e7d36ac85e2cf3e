package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import org.jspecify.annotations.Nullable;

/**
 * One end of a pattern. Not thread-safe: its socket calls it under one lock. {@code nowNanos} is
 * any monotonic clock's.
 */
public interface ProtocolMachine {
  /** No time: see {@link #datesLater}. */
  long UNDATED = Long.MIN_VALUE;

  ProtocolNumber number();

  /**
   * Whether it has timers, always or never. The times that a machine without is told mean nothing.
   */
  default boolean keepsTime() {
    return false;
  }

  /**
   * Whether {@link #receive} and {@link #received} go by the time as well; to those of a machine
   * that does not, the times they are told mean nothing. Always or never.
   */
  default boolean receivesByTime() {
    return keepsTime();
  }

  /**
   * Whether the clock is better read once what a {@link #send} sends is on its way: it is told
   * {@link #UNDATED} then, and {@link #date} follows. Always or never.
   */
  default boolean datesLater() {
    return false;
  }

  /** The time of the sends since the last call that were told none. */
  default void date(long nowNanos) {}

  /** A pipe is connected and idle: nothing is being sent, and it reads nothing until asked to. */
  void attach(PipeHandle pipe, long nowNanos);

  /** The pipe has gone, for any reason. No event of it follows. */
  void detach(PipeHandle pipe, long nowNanos);

  /** A message arrived; the machine owns it. Comes once per {@link Effects#receiveNext}. */
  void received(PipeHandle pipe, Packet packet, long nowNanos);

  /** What was last given to {@link Effects#transmit} is on its way; the pipe takes another. */
  void transmitted(PipeHandle pipe, long nowNanos);

  /** The peer sends nothing more but may still read. */
  void inputEnded(PipeHandle pipe);

  /** Takes a send; its packet stays with the operation until the send is sure to succeed. */
  void send(Operation operation, long nowNanos);

  void receive(Operation operation, long nowNanos);

  /**
   * Sends {@code packet}, whose ownership passes, in the machine's own conversation, if nothing is
   * to be waited for; else false, and nothing has happened: then {@link #send} decides. Where the
   * machine {@linkplain #datesLater dates later}, {@link #date} follows.
   */
  default boolean trySend(Packet packet) {
    return false;
  }

  /**
   * The next message of the machine's own conversation, if one is there; else null, and nothing has
   * happened: then {@link #receive} decides.
   */
  default @Nullable Packet tryReceive() {
    return null;
  }

  /**
   * Whether a receive of the machine's own conversation would wait for nothing but the arrival of a
   * message, which {@link #tryReceive} then takes; may be asked by any thread at any time, and be
   * wrong.
   */
  default boolean awaitsArrival() {
    return false;
  }

  /**
   * Which turn the machine's own conversation is in. A new turn abandons what was waited for in the
   * one before: who began to wait then is to fail as {@link Failure#CANCELLED}. May be asked by any
   * thread at any time.
   */
  default int turn() {
    return 0;
  }

  /** Whether {@link #tryReceive} is likely to find one; may be asked by any thread at any time. */
  default boolean isLikelyReceivable() {
    return false;
  }

  /** Whether a send of the machine's own conversation would not wait. */
  boolean canSend();

  /** Whether a receive of the machine's own conversation would not wait. */
  boolean canReceive();

  /** Forgets {@code operation}; false if it is not waiting here. */
  boolean withdraw(Operation operation);

  /** The time asked for by {@link Effects#wakeAt} has come. */
  void expire(long nowNanos);

  /** Fails every waiting operation as closed and releases every packet. */
  void close();
}

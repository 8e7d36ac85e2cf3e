package dev.aeon.sp.protocol;

import dev.aeon.sp.wire.Packet;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Messages that there was no room for, in the order in which they came, each with the pipe that
 * holds it and reads no further. The first of them lies in fields, and its pipe's name stays there:
 * of a stream over one pipe nothing is put anywhere but the message.
 */
final class HeldArrivals {
  private final ArrayDeque<PipeHandle> laterPipes = new ArrayDeque<>(4);
  private final ArrayDeque<Packet> laterPackets = new ArrayDeque<>(4);
  private @Nullable Packet first;

  /** Whose {@link #first} is, or was last. */
  private @Nullable PipeHandle firstPipe;

  boolean isEmpty() {
    return first == null;
  }

  @SuppressWarnings("ReferenceEquality") // a pipe is itself
  void add(PipeHandle pipe, Packet packet) {
    if (first != null) {
      laterPipes.add(pipe);
      laterPackets.add(packet);
      return;
    }
    first = packet;
    if (firstPipe != pipe) {
      firstPipe = pipe;
    }
  }

  /** Who holds the first message there is. */
  PipeHandle pipe() {
    return Objects.requireNonNull(firstPipe);
  }

  /** Takes the first message there is. */
  Packet remove() {
    Packet removed = Objects.requireNonNull(first);
    first = laterPackets.poll();
    if (first != null) {
      firstPipe = laterPipes.remove();
    }
    return removed;
  }

  /** Releases all messages. */
  void clear() {
    while (!isEmpty()) {
      remove().release();
    }
    firstPipe = null;
  }
}

package dev.aeon.apm;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much may be on its way to somewhere at once. Who brings more waits: nothing is refused that a
 * sender was promised to keep. Thread-safe.
 */
final class Room {
  /** How many bytes; one message alone may have more. */
  static final long MAX_BYTES = 64L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int maxMessages;
  private int messages;
  private long bytes;
  private boolean closed;

  /** Empty, for so many messages and {@value #MAX_BYTES} bytes. */
  Room(int maxMessages) {
    this.maxMessages = maxMessages;
  }

  /** Waits until there is room for a message and takes it; false where the room was closed. */
  boolean enter(int byteSize) {
    lock.lock();
    try {
      while (isFullFor(byteSize) && !closed) {
        changed.awaitUninterruptibly();
      }
      if (!closed) {
        messages++;
        bytes += byteSize;
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFullFor(int byteSize) {
    return messages >= maxMessages || (messages > 0 && bytes + byteSize > MAX_BYTES);
  }

  /** How many messages are in it. */
  int messages() {
    lock.lock();
    try {
      return messages;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what {@link #enter} took. */
  void leave(int byteSize) {
    lock.lock();
    try {
      messages--;
      bytes -= byteSize;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more, and those go who wait. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

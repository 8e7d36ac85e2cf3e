package dev.aeon.apm;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much may wait to be handled: {@value #MAX_MESSAGES} messages and {@value #MAX_BYTES} bytes.
 * Who brings more waits: nothing is refused that a sender was promised to keep. Thread-safe.
 */
final class Room {
  static final int MAX_MESSAGES = Dispatcher.CAPACITY;
  static final long MAX_BYTES = 64L << 20;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int messages;
  private long bytes;
  private boolean closed;

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
    return messages >= MAX_MESSAGES || (messages > 0 && bytes + byteSize > MAX_BYTES);
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

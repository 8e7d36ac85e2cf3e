package dev.aeon.apm;

import dev.aeon.apm.message.Priority;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be dispatched (resolution 32): by priority, within a priority in the order of
 * arrival. Two that share a key are never taken out of their order: where the later is due, the
 * earlier is taken in its place. One of low priority is taken at least every {@value #LOW_EVERY}
 * times. Thread-safe.
 */
final class DispatchQueue<T> {
  static final int LOW_EVERY = 16;

  private static final class Entry<T> {
    final T item;
    final long number;
    final Set<String> keys;
    boolean isTaken;

    Entry(T item, long number, Set<String> keys) {
      this.item = item;
      this.number = number;
      this.keys = keys;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition added = lock.newCondition();
  private final int capacity;
  private final Map<Priority, Deque<Entry<T>>> lanes = new EnumMap<>(Priority.class);
  private final Map<String, Deque<Entry<T>>> chains = new HashMap<>();
  private long nextNumber;
  private int size;
  private int sinceLow;

  DispatchQueue(int capacity) {
    this.capacity = capacity;
  }

  boolean hasRoom() {
    lock.lock();
    try {
      return size < capacity;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds an item.
   *
   * @param keys what it shares with others whose order must stay
   * @throws IllegalStateException where there is no room
   */
  void add(T item, Priority priority, Set<String> keys) {
    lock.lock();
    try {
      if (size >= capacity) {
        throw new IllegalStateException("no room: capacity=" + capacity);
      }
      Entry<T> entry = new Entry<>(item, nextNumber++, keys);
      lane(priority).add(entry);
      keys.forEach(key -> chain(key).add(entry));
      size++;
      added.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes what is due, waiting until there is anything. */
  T take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (size == 0) {
        added.await();
      }
      Priority due = due();
      Entry<T> entry = earliest(head(due));
      remove(entry);
      sinceLow = due == Priority.LOW ? 0 : sinceLow + 1;
      return entry.item;
    } finally {
      lock.unlock();
    }
  }

  private Priority due() {
    boolean isLowDue = sinceLow >= LOW_EVERY - 1 && findHead(Priority.LOW) != null;
    if (isLowDue) {
      return Priority.LOW;
    }
    if (findHead(Priority.HIGH) != null) {
      return Priority.HIGH;
    }
    return findHead(Priority.NORMAL) != null ? Priority.NORMAL : Priority.LOW;
  }

  private Entry<T> head(Priority priority) {
    Entry<T> head = findHead(priority);
    if (head == null) {
      throw new IllegalStateException("nothing waits: priority=" + priority);
    }
    return head;
  }

  private @Nullable Entry<T> findHead(Priority priority) {
    Deque<Entry<T>> lane = lane(priority);
    Entry<T> head = lane.peek();
    while (head != null && head.isTaken) {
      lane.remove();
      head = lane.peek();
    }
    return head;
  }

  /** The first that must come before {@code entry}, or itself. */
  private Entry<T> earliest(Entry<T> entry) {
    Entry<T> earliest = entry;
    Entry<T> before = entry;
    do {
      earliest = before;
      for (String key : earliest.keys) {
        Entry<T> first = chain(key).getFirst();
        before = first.number < before.number ? first : before;
      }
    } while (before != earliest);
    return earliest;
  }

  private Deque<Entry<T>> lane(Priority priority) {
    return lanes.computeIfAbsent(priority, _ -> new ArrayDeque<>());
  }

  private Deque<Entry<T>> chain(String key) {
    return chains.computeIfAbsent(key, _ -> new ArrayDeque<>());
  }

  private void remove(Entry<T> entry) {
    entry.isTaken = true;
    for (String key : entry.keys) {
      Deque<Entry<T>> chain = chain(key);
      chain.removeFirst();
      if (chain.isEmpty()) {
        chains.remove(key);
      }
    }
    size--;
  }
}

package dev.aeon.apm.store;

import dev.aeon.apm.message.Message;
import java.util.LinkedHashSet;
import java.util.Set;

/** The newest keys, in memory. Thread-safe. */
final class MemoryProcessed implements ProcessedMessages {
  static final int MAX_ENTRIES = 100_000;

  private final Set<DeduplicationKey> keys = new LinkedHashSet<>();

  @Override
  public synchronized boolean contains(DeduplicationKey key) {
    return keys.contains(key);
  }

  @Override
  public synchronized void add(DeduplicationKey key, Message message) {
    keys.add(key);
    if (keys.size() > MAX_ENTRIES) {
      keys.remove(keys.iterator().next());
    }
  }

  @Override
  public void close() {}
}

package dev.aeon.apm.track;

import dev.aeon.apm.message.AgentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages that came to their end or to their receiver: the last {@value #MAX_ENTRIES}, and of the
 * newest, up to {@value #MAX_BYTES} bytes, the message itself, which a late refusal needs. Guarded
 * by its tracker's lock.
 */
final class Delivered {
  static final int MAX_ENTRIES = 10_000;
  private static final long MAX_BYTES = 16 << 20;

  /** What is kept of one; the message only for a while. */
  record Entry(MessageState state, String correlation, @Nullable TrackedMessage tracked) {
    Entry in(MessageState next) {
      return new Entry(next, correlation, tracked);
    }

    private long byteSize() {
      return tracked == null ? 0 : tracked.message.line().length;
    }
  }

  private record Correlation(String correlation, AgentId receiver) {}

  private final Map<DeliveryKey, Entry> entries = new LinkedHashMap<>();

  /** The entries that still have their message, oldest first. */
  private final Set<DeliveryKey> whole = new LinkedHashSet<>();

  private final Map<Correlation, List<DeliveryKey>> openRequests = new HashMap<>();
  private long byteSize;

  @Nullable Entry find(DeliveryKey key) {
    return entries.get(key);
  }

  void put(DeliveryKey key, Entry entry) {
    remove(key);
    Entry kept =
        Lifecycle.isTerminal(entry.state())
            ? new Entry(entry.state(), entry.correlation(), null)
            : entry;
    entries.put(key, kept);
    if (kept.tracked() != null) {
      whole.add(key);
      byteSize += kept.byteSize();
      if (kept.tracked().isRequest) {
        openRequests.computeIfAbsent(correlationOf(key, kept), _ -> new ArrayList<>(1)).add(key);
      }
    }
    shrink();
  }

  /** The requests to {@code receiver} that wait for a response. */
  List<DeliveryKey> openRequests(String correlation, AgentId receiver) {
    return openRequests.getOrDefault(new Correlation(correlation, receiver), List.of());
  }

  private void shrink() {
    while (byteSize > MAX_BYTES && whole.size() > 1) {
      DeliveryKey oldest = whole.iterator().next();
      Entry entry = entries.get(oldest);
      remove(oldest);
      if (entry != null) {
        entries.put(oldest, new Entry(entry.state(), entry.correlation(), null));
      }
    }
    while (entries.size() > MAX_ENTRIES) {
      remove(entries.keySet().iterator().next());
    }
  }

  private void remove(DeliveryKey key) {
    Entry entry = entries.remove(key);
    if (entry != null && whole.remove(key)) {
      byteSize -= entry.byteSize();
      Correlation correlation = correlationOf(key, entry);
      openRequests.computeIfPresent(
          correlation, (_, keys) -> keys.remove(key) && keys.isEmpty() ? null : keys);
    }
  }

  private static Correlation correlationOf(DeliveryKey key, Entry entry) {
    return new Correlation(entry.correlation(), key.receiver());
  }
}

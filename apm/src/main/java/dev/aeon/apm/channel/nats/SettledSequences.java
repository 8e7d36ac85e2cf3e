package dev.aeon.apm.channel.nats;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The newest messages that were settled, of which the server may have sent a copy before it knew.
 * Thread-safe.
 */
final class SettledSequences {
  private static final int MAX_COUNT = 4 * NatsInbox.MAX_UNSETTLED;

  private final SequencedSet<Long> sequences = new LinkedHashSet<>();

  synchronized void add(long sequence) {
    sequences.add(sequence);
    if (sequences.size() > MAX_COUNT) {
      sequences.removeFirst();
    }
  }

  synchronized boolean contains(long sequence) {
    return sequences.contains(sequence);
  }
}

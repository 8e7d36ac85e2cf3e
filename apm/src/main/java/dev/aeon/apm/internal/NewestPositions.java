package dev.aeon.apm.internal;

import dev.aeon.apm.message.MessageId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Where the newest {@value #MAX_MESSAGES} messages of a channel lie. Thread-safe. */
public final class NewestPositions {
  public static final int MAX_MESSAGES = 1024;

  private final Map<MessageId, Long> positions = new LinkedHashMap<>();

  /** Notes where a message lies; of several copies the last counts. */
  public synchronized void put(MessageId messageId, long position) {
    positions.remove(messageId);
    positions.put(messageId, position);
    if (positions.size() > MAX_MESSAGES) {
      positions.remove(positions.keySet().iterator().next());
    }
  }

  /** Empty where the message is not among the newest. */
  public synchronized OptionalLong find(MessageId messageId) {
    Long position = positions.get(messageId);
    return position == null ? OptionalLong.empty() : OptionalLong.of(position);
  }

  public synchronized void forget(MessageId messageId) {
    positions.remove(messageId);
  }
}

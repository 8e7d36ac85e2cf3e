package dev.aeon.apm.internal;

import dev.aeon.apm.message.Envelope;
import dev.aeon.apm.message.MessageId;
import dev.aeon.apm.route.RoutedMessage;

/**
 * What a channel knows a message again by that is appended twice: one that is sent again on purpose
 * is another, as a retry by its count, and as a dead letter that is re-driven by its time.
 */
public final class CopyKey {
  private static final char SEPARATOR = '/';

  private CopyKey() {}

  /** Of one message between one sender and one receiver. */
  public static String of(RoutedMessage message) {
    Envelope envelope = message.message().envelope();
    return prefix(message.message().messageId())
        + envelope.metadata().retryCount()
        + SEPARATOR
        + envelope.timestamp().toEpochMilli();
  }

  /** What the keys of all copies of a message begin with, and no other's. */
  public static String prefix(MessageId messageId) {
    return messageId.value() + SEPARATOR;
  }
}

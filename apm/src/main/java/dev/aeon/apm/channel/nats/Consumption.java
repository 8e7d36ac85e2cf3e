package dev.aeon.apm.channel.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;

/** How far a receiver is, as the server knows. Thread-safe. */
final class Consumption {
  static final int CONSUMER_NOT_FOUND = 10014;

  private final Connection connection;
  private final String stream;
  private final String consumer;

  Consumption(Connection connection, String stream, String consumer) {
    this.connection = connection;
    this.stream = stream;
    this.consumer = consumer;
  }

  /**
   * Whether the message at {@code sequence} of the stream is certainly not settled. Of those that
   * were delivered the server tells how many are not settled, and not which.
   */
  boolean isBefore(long sequence) throws IOException, JetStreamApiException {
    if (connection.getStatus() != Connection.Status.CONNECTED) {
      return false; // asking would only take time
    }
    try {
      return isBefore(connection.jetStreamManagement().getConsumerInfo(stream, consumer), sequence);
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == CONSUMER_NOT_FOUND) {
        return true; // the receiver was never there
      }
      throw e;
    }
  }

  private static boolean isBefore(ConsumerInfo info, long sequence) {
    return sequence > info.getDelivered().getStreamSequence()
        || (sequence > info.getAckFloor().getStreamSequence() && isNoneSettledAboveFloor(info));
  }

  private static boolean isNoneSettledAboveFloor(ConsumerInfo info) {
    long delivered =
        info.getDelivered().getConsumerSequence() - info.getAckFloor().getConsumerSequence();
    return delivered == info.getNumAckPending();
  }
}

package dev.aeon.apm.channel.nats;

import dev.aeon.apm.channel.ChannelName;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.internal.FoundPositions;
import dev.aeon.apm.internal.NewestPositions;
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

  /**
   * Notes where what is not settled of {@code channel} lies, whoever sent it; at most what {@code
   * positions} hold, the newest.
   */
  void findUnsettled(ChannelName channel, NewestPositions positions)
      throws IOException, JetStreamApiException {
    FoundPositions found = new FoundPositions(positions);
    try (Scan scan = NatsScan.open(connection, stream, firstUnsettled(), channel::equals, found)) {
      boolean _ = scan.advance();
    }
  }

  private long firstUnsettled() throws IOException, JetStreamApiException {
    try {
      return connection
              .jetStreamManagement()
              .getConsumerInfo(stream, consumer)
              .getAckFloor()
              .getStreamSequence()
          + 1;
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() == CONSUMER_NOT_FOUND) {
        return 1;
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

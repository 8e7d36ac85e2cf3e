package dev.aeon.slabs.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.Request;
import dev.aeon.slabs.rpc.RequestHandler;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.transport.ConnectionOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker that starts and lets go workers by how full their rings are. */
@Timeout(120)
class TuningTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final int WINDOW_COUNT = 4_000;

  private final AtomicBoolean slow = new AtomicBoolean(true);
  private int sentCount;
  private int answeredCount;

  @Test
  void fullRings_areGivenMoreWorkersThenLargerRings_losingNothing() {
    TuningOptions tuning =
        new TuningOptions(
            WorkerSupply.ofThreads(Reluctant::new), 1, 2, 1 << 12, 1 << 14, Duration.ofMillis(1));
    String name = "inproc://tuning-test-" + NAMES.incrementAndGet();
    SocketOptions roomy =
        SocketOptions.DEFAULT
            .withReplyByteSize(64)
            .withConnection(ConnectionOptions.DEFAULT.withResponseByteSize(1 << 22));
    BrokerOptions options = BrokerOptions.DEFAULT.withTuning(tuning);
    try (Broker broker = Broker.bind(name, name + "-workers", options);
        ClientSocket client = Socket.connect(name, roomy)) {
      // A second worker first, then rings of twice the size, then of four times.
      while (smallestRing(broker) < 1 << 14) {
        keepBusy(client);
      }
      slow.set(false);
      while (answeredCount < sentCount) {
        receive(client);
      }
      BrokerTest.await(() -> broker.statistics().shards().size() == 1);
      assertThat(broker.statistics().tuningCount()).isGreaterThanOrEqualTo(5);
      assertThat(broker.statistics().deadWorkerCount()).isZero();
    }
  }

  private void keepBusy(ClientSocket client) {
    assertThat(Thread.currentThread().isInterrupted()).as("time is up").isFalse();
    while (sentCount - answeredCount < WINDOW_COUNT) {
      client.sendBytes(new byte[] {(byte) sentCount});
      sentCount++;
    }
    for (int i = 0; i < 100; i++) {
      receive(client);
    }
  }

  private void receive(ClientSocket client) {
    assertThat(client.receiveBytes()).hasSize(1);
    answeredCount++;
  }

  private static long smallestRing(Broker broker) {
    BrokerStatistics now = broker.statistics();
    return now.shards().size() < 2
        ? 0
        : now.shards().stream().mapToLong(ShardStatistics::capacity).min().orElseThrow();
  }

  /** Serves at the sixteenth attempt, while slow. */
  private final class Reluctant implements RequestHandler {
    private int attemptCount;

    @Override
    public boolean onRequest(Request request) {
      attemptCount++;
      return (!slow.get() || attemptCount % 16 == 0) && request.tryReply(request.asSegment());
    }
  }
}

package dev.aeon.apm.channel.ndjson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.Delivery;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.Relay;
import dev.aeon.apm.channel.RelayedLine;
import dev.aeon.apm.channel.Source;
import dev.aeon.apm.message.AgentId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A relay that loses, repeats, reorders and lies changes nothing of what is delivered. */
class RelayedChannelTest extends NdjsonChannelTest {
  private final FaultyRelay relay = new FaultyRelay(new Random(7));
  private int rotateByteSize = 1 << 20;

  @Override
  NdjsonOptions options() {
    return NdjsonOptions.defaults()
        .withRotation(rotateByteSize, Duration.ofDays(1))
        .withRetention(Duration.ZERO);
  }

  @Override
  Relay relay() {
    return relay;
  }

  @Test
  void append_whileFilesRotateAndGo_losesAndRepeatsNothing() throws Exception {
    rotateByteSize = 2000;
    channels = channels();
    try (Inbox _ = channels.listen(RECEIVER, listener);
        Channel channel = channels.open(SENDER, RECEIVER)) {
      for (int index = 0; index < 500; index++) {
        channel.append(routed("n" + index)).get(60, TimeUnit.SECONDS);
        Delivery delivery = listener.nextDelivery();
        assertThat(new String(delivery.line(), UTF_8)).contains("\"req_n" + index + "\"");
        delivery.settle();
      }
      assertThat(listener.hasMore()).isFalse();
    }
    assertThat(relay.passed).as("lines that the relay brought").hasPositiveValue();
  }

  @Test
  void relayed_ofAnotherAgentsCertificate_isNotTaken() throws Exception {
    String first = append("first").getFirst();
    try (Inbox _ = channels.listen(RECEIVER, listener)) {
      assertThat(listener.nextLine()).isEqualTo(first);
      relay.bring(line(first.length() + 1, "{\"forged\":true}", "another"));
      String next = append("next").getFirst();
      assertThat(listener.nextLine()).isEqualTo(next);
    }
  }

  private static RelayedLine line(long position, String text, String certificateName) {
    Source source = new Source(SENDER + "_to_" + RECEIVER, position);
    return new RelayedLine(source, text.getBytes(UTF_8), Optional.of(certificateName));
  }

  /** Passes most lines on at once, some late, some twice, some never, and some that are none. */
  private static final class FaultyRelay implements Relay {
    private final Random random;
    private final List<RelayedLine> late = new ArrayList<>();
    private final AtomicInteger passed = new AtomicInteger();
    private Sink sink = _ -> {};

    FaultyRelay(Random random) {
      this.random = random;
    }

    @Override
    public synchronized Inbox listen(AgentId receiver, Sink opened) {
      sink = opened;
      return this::stop;
    }

    private synchronized void stop() {
      sink = _ -> {};
    }

    synchronized void bring(RelayedLine line) {
      passed.incrementAndGet();
      sink.onLine(line);
    }

    @Override
    public Sending open(AgentId sender, AgentId receiver) {
      return new Sending() {
        @Override
        public void offer(long position, byte[] line) {
          Source source = new Source(sender + "_to_" + receiver, position);
          relay(new RelayedLine(source, line, Optional.empty()));
        }

        @Override
        public void close() {}
      };
    }

    private synchronized void relay(RelayedLine line) {
      switch (random.nextInt(8)) {
        case 0 -> {}
        case 1 -> late.add(line);
        case 2 -> {
          bring(line);
          bring(line);
        }
        case 3 -> {
          bring(new RelayedLine(line.source(), new byte[0], Optional.empty()));
          bring(new RelayedLine(line.source(), "a\nb".getBytes(UTF_8), Optional.empty()));
          bring(new RelayedLine(new Source("no_to_one", 0), line.line(), Optional.empty()));
        }
        default -> {
          bring(line);
          late.forEach(this::bring);
          late.clear();
        }
      }
    }
  }
}

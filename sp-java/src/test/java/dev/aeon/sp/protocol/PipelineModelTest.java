package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.protocol.Network.Call;
import dev.aeon.sp.protocol.Network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PUSH and PULL promise: each message to one receiver, once; none lost but those that are with a
 * connection when it breaks.
 */
class PipelineModelTest {
  private static final int QUIET_COUNT = 100;
  private static final int STEP_COUNT = 800;

  private Network network;
  private final List<Source> sources = new ArrayList<>();
  private final List<Sink> sinks = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final List<String> delivered = new ArrayList<>();

  private final class Source {
    private final Node node;
    private String text;
    private Call sending;
    private int count;

    Source(Node node) {
      this.node = node;
    }

    void step(boolean begins) {
      if (sending != null && sending.isDone()) {
        assertThat(sending.failure()).isNull();
        sent.add(text);
        sending = null;
      }
      if (sending == null && begins) {
        text = "from " + sources.indexOf(this) + " no " + count++;
        sending = node.send(null, text);
      }
    }
  }

  private final class Sink {
    private final Node node;
    private Call receiving;

    Sink(Node node) {
      this.node = node;
    }

    void step() {
      if (receiving == null) {
        receiving = node.receive(null);
      }
      if (receiving.succeeded()) {
        delivered.add(receiving.text());
        receiving = null;
      }
    }
  }

  private void build(Random random, long seed) {
    network = new Network(seed);
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      sources.add(new Source(network.add(effects -> pushing(effects, random.nextInt(3)))));
    }
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      sinks.add(new Sink(network.add(effects -> pulling(effects, random.nextInt(3)))));
    }
    // The first source and the first sink reach everyone, so that all can come home.
    sources.forEach(source -> network.join(source.node, sinks.getFirst().node));
    sinks.stream().skip(1).forEach(sink -> network.join(sources.getFirst().node, sink.node));
  }

  private static Push0Machine pushing(Effects effects, int queueCount) {
    Push0Machine push = new Push0Machine(effects);
    push.setSendQueueCount(queueCount);
    return push;
  }

  private static Pull0Machine pulling(Effects effects, int queueCount) {
    Pull0Machine pull = new Pull0Machine(effects);
    pull.setReceiveQueueCount(queueCount);
    return pull;
  }

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Seeds#some")
  void messages_overConnectionsThatBreak_areDeliveredOnceOrBrokeWithThem(long seed) {
    Random random = new Random(seed);
    build(random, seed);
    for (int step = 0; step < STEP_COUNT; step++) {
      switch (random.nextInt(20)) {
        case 0 -> network.disturb();
        case 1, 2, 3, 4 -> sources.get(random.nextInt(sources.size())).step(true);
        case 5, 6, 7 -> sinks.get(random.nextInt(sinks.size())).step();
        default -> network.moveOne();
      }
    }
    comeHome();
    assertThat(delivered).as("seed=%d", seed).doesNotHaveDuplicates();
    assertThat(Stream.concat(delivered.stream(), network.lost().stream()))
        .as("seed=%d", seed)
        .containsExactlyInAnyOrderElementsOf(sent);
    network.close();
  }

  private void comeHome() {
    network.mendAll();
    boolean moved = true;
    for (int idle = 0; idle < QUIET_COUNT; idle = moved ? 0 : idle + 1) {
      moved = network.moveOne();
      sources.forEach(source -> source.step(false));
      sinks.forEach(Sink::step);
    }
    assertThat(sources).allMatch(source -> source.sending == null);
  }
}

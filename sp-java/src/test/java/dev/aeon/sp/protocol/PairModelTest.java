package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.protocol.Network.Call;
import dev.aeon.sp.protocol.Network.Node;
import dev.aeon.sp.wire.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PAIR promises: in order, once, none lost but with a connection that breaks, and one peer at a
 * time; polyamorous, that a message goes to the peer it names.
 */
class PairModelTest {
  private static final int QUIET_COUNT = 100;
  private static final int STEP_COUNT = 600;
  private static final int HOPS = 8;

  /** One end that talks and listens. */
  private static final class Talker {
    private final Node node;
    private final int number;
    private final List<String> heard = new ArrayList<>();
    private Call sending;
    private Call receiving;
    private int count;

    Talker(Node node, int number) {
      this.node = node;
      this.number = number;
    }

    void talk() {
      if (sending == null || sending.isDone()) {
        sending = node.send(null, number + ":" + count++);
      }
    }

    void listen() {
      if (receiving == null) {
        receiving = node.receive(null);
      }
      if (receiving.succeeded()) {
        heard.add(receiving.text());
        receiving = null;
      }
    }

    /** Numbers of what was heard from another, in the order heard. */
    List<Integer> heardFrom(int other) {
      return heard.stream()
          .filter(text -> text.startsWith(other + ":"))
          .map(text -> Integer.parseInt(text.substring(2)))
          .toList();
    }
  }

  private static List<Talker> talkers(
      Network network, int count, Function<Effects, ? extends ProtocolMachine> maker) {
    List<Talker> talkers = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      talkers.add(new Talker(network.add(maker), number));
    }
    return talkers;
  }

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Seeds#some")
  void pair_connectionsThatBreakAndRivals_arriveInOrderOnceFromOnePeerAtATime(long seed) {
    Random random = new Random(seed);
    boolean counted = random.nextBoolean();
    Network network = new Network(seed);
    List<Talker> talkers =
        talkers(
            network,
            3,
            effects ->
                counted ? new Pair1Machine(effects, HOPS, false) : new Pair0Machine(effects));
    List<Network.Link> links =
        List.of(
            network.join(talkers.get(0).node, talkers.get(1).node),
            network.join(talkers.get(2).node, talkers.get(0).node));
    for (int step = 0; step < STEP_COUNT; step++) {
      switch (random.nextInt(20)) {
        case 0 -> network.disturb();
        case 1, 2, 3 -> talkers.get(random.nextInt(3)).talk();
        case 4, 5, 6 -> talkers.get(random.nextInt(3)).listen();
        default -> network.moveOne();
      }
      assertThat(links.stream().filter(Network.Link::isUp).count())
          .as("seed=%d", seed)
          .isLessThanOrEqualTo(1);
    }
    settle(network, talkers);
    for (Talker listener : talkers) {
      for (Talker talker : talkers) {
        assertThat(listener.heardFrom(talker.number))
            .as("seed=%d", seed)
            .isSorted()
            .doesNotHaveDuplicates();
      }
    }
    assertNothingElseIsMissing(seed, network, talkers, counted ? 4 : 0);
    network.close();
  }

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Seeds#some")
  void pair_connectionThatHolds_everythingArrivesInOrder(long seed) {
    Random random = new Random(seed);
    Network network = new Network(seed);
    List<Talker> talkers = talkers(network, 2, effects -> queueing(effects, random));
    network.join(talkers.get(0).node, talkers.get(1).node);
    for (int step = 0; step < STEP_COUNT; step++) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> talkers.get(random.nextInt(2)).talk();
        case 3, 4 -> talkers.get(random.nextInt(2)).listen();
        default -> network.moveOne();
      }
    }
    settle(network, talkers);
    for (Talker each : talkers) {
      List<Integer> sent = IntStream.range(0, each.count).boxed().toList();
      assertThat(talkers.get(1 - each.number).heardFrom(each.number))
          .as("seed=%d", seed)
          .isEqualTo(sent);
    }
    network.close();
  }

  private static Pair0Machine queueing(Effects effects, Random random) {
    Pair0Machine pair = new Pair0Machine(effects);
    pair.setSendQueueCount(random.nextInt(4));
    pair.setReceiveQueueCount(random.nextInt(4));
    return pair;
  }

  private static void settle(Network network, List<Talker> talkers) {
    boolean moved = true;
    for (int idle = 0; idle < QUIET_COUNT; idle = moved ? 0 : idle + 1) {
      moved = network.moveOne();
      talkers.forEach(Talker::listen);
    }
  }

  private static void assertNothingElseIsMissing(
      long seed, Network network, List<Talker> talkers, int headerByteSize) {
    List<String> accounted = new ArrayList<>();
    talkers.forEach(talker -> accounted.addAll(talker.heard));
    network.lost().forEach(text -> accounted.add(text.substring(headerByteSize)));
    List<String> sent = new ArrayList<>();
    for (Talker each : talkers) {
      boolean waits = each.sending != null && !each.sending.isDone();
      for (int number = 0; number < each.count - (waits ? 1 : 0); number++) {
        sent.add(each.number + ":" + number);
      }
    }
    assertThat(accounted).as("seed=%d", seed).containsExactlyInAnyOrderElementsOf(sent);
  }

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Seeds#some")
  void poly_answersByPipe_reachWhoAsked(long seed) {
    Random random = new Random(seed);
    Network network = new Network(seed);
    Node centre = network.add(effects -> new Pair1PolyMachine(effects, HOPS));
    List<Talker> askers =
        talkers(network, 1 + random.nextInt(5), effects -> new Pair1Machine(effects, HOPS, false));
    askers.forEach(asker -> network.join(centre, asker.node));
    Call[] receiving = {null};
    for (int step = 0; step < STEP_COUNT; step++) {
      switch (random.nextInt(20)) {
        case 0 -> network.disturb();
        case 1, 2, 3 -> askers.get(random.nextInt(askers.size())).talk();
        case 4, 5, 6 -> askers.get(random.nextInt(askers.size())).listen();
        case 7, 8, 9 -> receiving[0] = echo(centre, receiving[0]);
        default -> network.moveOne();
      }
    }
    for (Talker asker : askers) {
      assertThat(asker.heard).as("seed=%d", seed).doesNotHaveDuplicates();
      assertThat(asker.heardFrom(asker.number)).as("seed=%d", seed).isSorted();
      assertThat(asker.heard).allMatch(text -> text.startsWith(asker.number + ":"));
    }
    network.close();
  }

  private static Call echo(Node centre, Call receiving) {
    if (receiving == null) {
      return centre.receive(null);
    }
    if (!receiving.isDone()) {
      return receiving;
    }
    Packet packet = receiving.takePacket();
    assertThat(packet.pipeId()).isNotEqualTo(Packet.NO_PIPE);
    var _ = centre.send(null, packet);
    return null;
  }
}

package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.protocol.Network.Call;
import dev.aeon.sp.protocol.Network.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PUB, SUB and BUS promise their best: once, in order, and to those alone who are meant; and while
 * nothing breaks and no queue is full, everything.
 */
class FanOutModelTest {
  private static final int STEP_COUNT = 600;
  private static final int QUIET_COUNT = 200;
  private static final int AMPLE = 10_000;
  private static final int SCARCE = 2;
  private static final List<String> TOPICS = List.of("a", "ab", "b", "");

  /** Who listens, for what, and what it heard. */
  private static final class Listener {
    private final Node node;
    private final MachineContext context;
    private final List<String> topics = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private boolean prefersNew;
    private Call receiving;

    Listener(Node node, MachineContext context) {
      this.node = node;
      this.context = context;
    }

    static Listener subscribed(Node node, boolean own, Random random) {
      Sub0Machine machine = node.machine(Sub0Machine.class);
      Sub0Machine.Context context = own ? machine.openContext() : machine.own();
      Listener listener = new Listener(node, context);
      for (String topic : TOPICS) {
        if (random.nextInt(3) == 0) {
          listener.topics.add(topic);
          context.subscribe(topic.getBytes(StandardCharsets.UTF_8));
        }
      }
      listener.prefersNew = random.nextBoolean();
      context.setPrefersNew(listener.prefersNew);
      return listener;
    }

    void changeTopics(Random random) {
      Sub0Machine machine = node.machine(Sub0Machine.class);
      Sub0Machine.Context changed =
          context instanceof Sub0Machine.Context own ? own : machine.own();
      for (String topic : TOPICS) {
        byte[] prefix = topic.getBytes(StandardCharsets.UTF_8);
        if (random.nextBoolean() && topics.remove(topic)) {
          assertThat(changed.unsubscribe(prefix)).isTrue();
        } else if (random.nextBoolean() && !topics.contains(topic)) {
          topics.add(topic);
          changed.subscribe(prefix);
        }
      }
    }

    void listen() {
      if (receiving == null) {
        receiving = node.receive(context);
      }
      if (receiving.succeeded()) {
        heard.add(receiving.text());
        receiving = null;
      }
    }

    boolean wants(String text) {
      return topics.stream().anyMatch(text::startsWith);
    }
  }

  private static void settle(Network network, List<Listener> listeners) {
    boolean moved = true;
    for (int idle = 0; idle < QUIET_COUNT; idle = moved ? 0 : idle + 1) {
      moved = network.moveOne();
      listeners.forEach(Listener::listen);
    }
    // A queue may still be full of what a listener has had no time for.
    for (int count = 0; count < 2 * STEP_COUNT; count++) {
      listeners.forEach(Listener::listen);
    }
  }

  /** Messages are topic, sender and number; of one sender they are numbered in order. */
  private static List<Integer> numbersFrom(int sender, List<String> heard) {
    return heard.stream()
        .filter(text -> text.contains("#" + sender + "#"))
        .map(text -> Integer.parseInt(text.substring(text.lastIndexOf('#') + 1)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Seeds#some")
  void pubSub_randomNetwork_eachHearsWhatItWantsOnceInOrder(long seed) {
    Random random = new Random(seed);
    boolean breaks = random.nextBoolean();
    boolean ample = random.nextBoolean();
    int queueCount = ample ? AMPLE : SCARCE;
    Network network = new Network(seed);
    List<Node> pubs = new ArrayList<>();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      pubs.add(network.add(effects -> new Pub0Machine(effects, queueCount)));
    }
    List<Listener> listeners = new ArrayList<>();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      Node sub = network.add(effects -> new Sub0Machine(effects, queueCount));
      sub.machine(Sub0Machine.class).setFiltersAtPublisher(random.nextBoolean());
      pubs.forEach(pub -> network.join(pub, sub));
      listeners.add(Listener.subscribed(sub, false, random));
      listeners.add(Listener.subscribed(sub, true, random));
    }
    // Publishers that filter have to know for what, before all that is wanted can be expected.
    network.moveAll();
    List<String> published = new ArrayList<>();
    for (int step = 0; step < STEP_COUNT; step++) {
      switch (random.nextInt(16)) {
        case 0 -> {
          if (breaks) {
            network.disturb();
          }
        }
        case 1, 2, 3 -> {
          int pub = random.nextInt(pubs.size());
          String topic = TOPICS.get(random.nextInt(TOPICS.size()));
          published.add(topic + "#" + pub + "#" + published.size());
          assertThat(pubs.get(pub).send(null, published.getLast()).succeeded()).isTrue();
        }
        case 4, 5, 6, 7 -> listeners.get(random.nextInt(listeners.size())).listen();
        default -> network.moveOne();
      }
    }
    settle(network, listeners);
    for (Listener listener : listeners) {
      assertThat(listener.heard).as("seed=%d", seed).doesNotHaveDuplicates();
      assertThat(listener.heard).as("seed=%d", seed).allMatch(listener::wants);
      for (int pub = 0; pub < pubs.size(); pub++) {
        assertThat(numbersFrom(pub, listener.heard)).as("seed=%d", seed).isSorted();
      }
      List<String> wanted = published.stream().filter(listener::wants).toList();
      if (ample && !breaks) {
        assertThat(listener.heard).as("seed=%d", seed).containsExactlyInAnyOrderElementsOf(wanted);
      } else if (!breaks
          && pubs.size() == 1
          && listener.prefersNew
          && wanted.contains(published.getLast())) {
        assertThat(listener.heard).as("seed=%d", seed).contains(published.getLast());
      }
    }
    network.mendAll();
    listeners.forEach(each -> each.changeTopics(random));
    network.moveAll();
    for (String topic : TOPICS) {
      assertOneIsHeard(seed, network, pubs, listeners, topic);
    }
    network.close();
  }

  private static void assertOneIsHeard(
      long seed, Network network, List<Node> pubs, List<Listener> listeners, String topic) {
    listeners.forEach(each -> each.heard.clear());
    Node pub = pubs.getLast();
    assertThat(pub.send(null, topic + "#").succeeded()).isTrue();
    network.moveAll();
    for (Listener each : listeners) {
      each.listen();
      each.listen();
      List<String> wanted = each.wants(topic + "#") ? List.of(topic + "#") : List.of();
      assertThat(each.heard).as("seed=%d", seed).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Seeds#some")
  void bus_randomNetwork_neighboursHearOnceInOrderAndNobodyElse(long seed) {
    Random random = new Random(seed);
    boolean calm = random.nextBoolean();
    int queueCount = calm ? AMPLE : SCARCE;
    Network network = new Network(seed);
    List<Listener> members = new ArrayList<>();
    List<Set<Integer>> neighbours = new ArrayList<>();
    for (int number = 0; number < 2 + random.nextInt(4); number++) {
      Node node = network.add(effects -> new Bus0Machine(effects, false, queueCount, queueCount));
      members.add(new Listener(node, null));
      neighbours.add(new HashSet<>());
    }
    for (int one = 0; one < members.size(); one++) {
      for (int other = one + 1; other < members.size(); other++) {
        if (one + 1 == other || random.nextBoolean()) {
          network.join(members.get(one).node, members.get(other).node);
          neighbours.get(one).add(other);
          neighbours.get(other).add(one);
        }
      }
    }
    int[] sentCounts = new int[members.size()];
    for (int step = 0; step < STEP_COUNT; step++) {
      int member = random.nextInt(members.size());
      switch (random.nextInt(16)) {
        case 0 -> {
          if (!calm) {
            network.disturb();
          }
        }
        case 1, 2, 3 -> {
          String text = "#" + member + "#" + sentCounts[member]++;
          assertThat(members.get(member).node.send(null, text).succeeded()).isTrue();
        }
        case 4, 5, 6, 7 -> members.get(member).listen();
        default -> network.moveOne();
      }
    }
    settle(network, members);
    for (int listener = 0; listener < members.size(); listener++) {
      for (int sender = 0; sender < members.size(); sender++) {
        List<Integer> numbers = numbersFrom(sender, members.get(listener).heard);
        assertThat(numbers).as("seed=%d", seed).isSorted().doesNotHaveDuplicates();
        if (!neighbours.get(listener).contains(sender)) {
          assertThat(numbers).as("seed=%d", seed).isEmpty();
        } else if (calm) {
          assertThat(numbers).as("seed=%d", seed).hasSize(sentCounts[sender]);
        }
      }
    }
    network.close();
  }
}

package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.protocol.Network.Call;
import dev.aeon.sp.protocol.Network.Forwarder;
import dev.aeon.sp.protocol.Network.Node;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * REQ and REP promise: every request is answered, by its own reply, once, as long as there is a way
 * to someone who answers; whatever breaks, and whatever is between.
 */
class RequestModelTest {
  private static final int STEP_COUNT = 1500;
  private static final int MEND_STEP_COUNT = 40_000;
  private static final long RESEND_NANOS = 50;
  private static final int HOPS = 8;

  private Network network;
  private final List<Asker> askers = new ArrayList<>();
  private final List<Answerer> answerers = new ArrayList<>();
  private final List<Forwarder> forwarders = new ArrayList<>();

  /** One conversation of a REQ: a request, its reply, the next request. */
  private final class Asker {
    private final Node node;
    private final MachineContext context;
    private final String name = "asker " + askers.size();
    private Call sending;
    private Call receiving;
    private int count;
    private int answeredCount;

    Asker(Node node, boolean own) {
      this.node = node;
      this.context = node.context(own);
    }

    boolean isIdle() {
      return receiving == null;
    }

    void ask() {
      if (receiving != null && !receiving.isDone()) {
        return;
      }
      sending = node.send(context, name + " no " + count++);
      receiving = node.receive(context);
    }

    /** Asks anew before the answer has come. */
    void changeItsMind() {
      Call before = receiving;
      sending = node.send(context, name + " no " + count++);
      receiving = node.receive(context);
      if (before != null && !before.isDone()) {
        throw new AssertionError("abandoned receive goes on");
      }
      if (before != null && before.failure() == Failure.CANCELLED) {
        answeredCount++; // no answer is owed
      }
    }

    void look() {
      if (receiving != null && receiving.isDone()) {
        assertThat(receiving.failure()).isNull();
        assertThat(sending.succeeded()).isTrue();
        assertThat(receiving.text()).isEqualTo("re: " + name + " no " + (count - 1));
        answeredCount++;
        receiving = null;
        Call another = node.receive(context);
        assertThat(another.failure()).isEqualTo(Failure.WRONG_STATE);
      }
    }
  }

  /** One conversation of a REP, which may take its time. */
  private static final class Answerer {
    private final Node node;
    private final MachineContext context;
    private Call receiving;
    private Call sending;

    Answerer(Node node, boolean own) {
      this.node = node;
      this.context = node.context(own);
    }

    void step() {
      if (sending != null && !sending.isDone()) {
        return;
      }
      if (receiving == null) {
        receiving = node.receive(context);
      } else if (receiving.succeeded()) {
        sending = node.send(context, "re: " + receiving.text());
        receiving = null;
      }
    }
  }

  private void build(Random random, long seed) {
    network = new Network(seed);
    List<Node> reqs = new ArrayList<>();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      Node req = network.add(effects -> new Req0Machine(effects, random.nextInt(), RESEND_NANOS));
      reqs.add(req);
      askers.add(new Asker(req, false));
      askers.add(new Asker(req, true));
    }
    for (int layer = random.nextInt(3); layer > 0; layer--) {
      reqs = devices(random, reqs);
    }
    List<Node> reps = new ArrayList<>();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      Node rep = network.add(effects -> new Rep0Machine(effects, HOPS));
      reps.add(rep);
      answerers.add(new Answerer(rep, false));
      answerers.add(new Answerer(rep, true));
    }
    join(random, reqs, reps);
  }

  /** Puts devices between {@code askers} and whoever comes next, and returns their far side. */
  private List<Node> devices(Random random, List<Node> asking) {
    List<Node> near = new ArrayList<>();
    List<Node> far = new ArrayList<>();
    for (int count = 1 + random.nextInt(2); count > 0; count--) {
      Node rep = network.add(effects -> rawRep(effects));
      Node req = network.add(effects -> new RawAskMachine(effects, ProtocolNumber.REQ0, 8));
      forwarders.add(new Forwarder(rep, req));
      forwarders.add(new Forwarder(req, rep));
      near.add(rep);
      far.add(req);
    }
    join(random, asking, near);
    return far;
  }

  private static RawAnswerMachine rawRep(Effects effects) {
    return new RawAnswerMachine(effects, ProtocolNumber.REP0, HOPS, 8);
  }

  private void join(Random random, List<Node> asking, List<Node> answering) {
    for (Node one : asking) {
      Node sure = answering.get(random.nextInt(answering.size()));
      for (Node other : answering) {
        if (other.equals(sure) || random.nextBoolean()) {
          network.join(one, other);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Seeds#some")
  void requests_throughDevicesAndConnectionsThatBreak_getTheirOwnReplyOnce(long seed) {
    Random random = new Random(seed);
    build(random, seed);
    for (int step = 0; step < STEP_COUNT; step++) {
      switch (random.nextInt(40)) {
        case 0 -> network.disturb();
        case 1 -> network.pass(random.nextInt(30));
        case 2 -> askers.get(random.nextInt(askers.size())).changeItsMind();
        case 3, 4, 5 -> askers.get(random.nextInt(askers.size())).ask();
        default -> work(random);
      }
      askers.forEach(Asker::look);
    }
    network.mendAll();
    for (int step = 0; step < MEND_STEP_COUNT && !areAllAnswered(); step++) {
      work(random);
      if (step % 100 == 0) {
        network.pass(RESEND_NANOS / 4);
      }
      askers.forEach(Asker::look);
    }
    assertThat(askers).as("seed=%d", seed).allMatch(Asker::isIdle);
    assertThat(askers).as("seed=%d", seed).allMatch(asker -> asker.answeredCount == asker.count);
    network.close();
  }

  private boolean areAllAnswered() {
    return askers.stream().allMatch(Asker::isIdle);
  }

  private void work(Random random) {
    switch (random.nextInt(4)) {
      case 0 -> answerers.get(random.nextInt(answerers.size())).step();
      case 1 -> forwarders.forEach(Forwarder::run);
      default -> network.moveOne();
    }
  }
}

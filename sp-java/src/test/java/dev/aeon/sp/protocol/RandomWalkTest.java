package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.ProtocolNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens in whatever order, a machine keeps to its contract and to its packets. */
class RandomWalkTest {
  private static final int STEP_COUNT = 1500;
  private static final int PIPE_COUNT = 3;
  private static final int MAX_PENDING_COUNT = 8;
  private static final int MAX_CONTEXT_COUNT = 3;
  private static final long TIME_NANOS = 60;
  private static final int HOPS = 3;

  /** A machine to walk, made with random settings. */
  record Walk(String name, BiFunction<Effects, Random, ? extends ProtocolMachine> maker) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Walk> walks() {
    return Stream.of(
        new Walk("push", RandomWalkTest::push),
        new Walk("pull", RandomWalkTest::pull),
        new Walk("pair0", RandomWalkTest::pair0),
        new Walk(
            "pair1", (effects, random) -> new Pair1Machine(effects, HOPS, random.nextBoolean())),
        new Walk("poly", (effects, _) -> new Pair1PolyMachine(effects, HOPS)),
        new Walk("pub", RandomWalkTest::pub),
        new Walk("sub", RandomWalkTest::sub),
        new Walk("bus", (effects, random) -> new Bus0Machine(effects, random.nextBoolean(), 2, 2)),
        new Walk("req", RandomWalkTest::req),
        new Walk("rep", (effects, _) -> new Rep0Machine(effects, HOPS)),
        new Walk("surveyor", (effects, _) -> new Surveyor0Machine(effects, 7, TIME_NANOS, 2, 2)),
        new Walk("respondent", (effects, _) -> new Respondent0Machine(effects, HOPS)),
        new Walk("raw-req", (effects, _) -> new RawAskMachine(effects, ProtocolNumber.REQ0, 2)),
        new Walk(
            "raw-surveyor",
            (effects, _) -> new RawAskMachine(effects, ProtocolNumber.SURVEYOR0, 2)),
        new Walk(
            "raw-rep", (effects, _) -> new RawAnswerMachine(effects, ProtocolNumber.REP0, HOPS, 2)),
        new Walk("raw-sub", (effects, _) -> new RawSubMachine(effects, 2)));
  }

  private static Push0Machine push(Effects effects, Random random) {
    Push0Machine push = new Push0Machine(effects);
    push.setSendQueueCount(random.nextInt(3));
    push.setFailsWithoutPeer(random.nextBoolean());
    return push;
  }

  private static Pull0Machine pull(Effects effects, Random random) {
    Pull0Machine pull = new Pull0Machine(effects);
    pull.setReceiveQueueCount(random.nextInt(3));
    return pull;
  }

  private static Pair0Machine pair0(Effects effects, Random random) {
    Pair0Machine pair = new Pair0Machine(effects);
    pair.setSendQueueCount(random.nextInt(3));
    pair.setReceiveQueueCount(random.nextInt(3));
    return pair;
  }

  private static Pub0Machine pub(Effects effects, Random random) {
    Pub0Machine pub = new Pub0Machine(effects, 1 + random.nextInt(2));
    pub.setWaits(random.nextBoolean());
    return pub;
  }

  private static Sub0Machine sub(Effects effects, Random random) {
    Sub0Machine sub = new Sub0Machine(effects, 1 + random.nextInt(2));
    sub.setFiltersAtPublisher(random.nextBoolean());
    sub.own().setPrefersNew(random.nextBoolean());
    sub.own().subscribe(new byte[0]);
    return sub;
  }

  private static Req0Machine req(Effects effects, Random random) {
    Req0Machine req =
        new Req0Machine(effects, random.nextInt(), random.nextBoolean() ? TIME_NANOS : 0);
    req.setResendTickNanos(random.nextInt(2) * TIME_NANOS / 2);
    req.setFailsWithoutPeer(random.nextBoolean());
    return req;
  }

  @ParameterizedTest
  @MethodSource("walks")
  void machine_randomEvents_keepsTheContractAndItsPackets(Walk walk) {
    Seeds.some()
        .forEach(seed -> {
          try {
            new Walker(walk, new Random(seed)).walk();
          } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("walk of " + walk + " failed: seed=" + seed, e);
          }
        });
  }

  /** One walk. */
  private static final class Walker {
    private final Random random;
    private final Rig rig;
    private final boolean sends;
    private final boolean receives;
    private final List<MachineContext> contexts = new ArrayList<>();
    private int operationCount;

    Walker(Walk walk, Random random) {
      this.random = random;
      this.rig = new Rig(effects -> walk.maker().apply(effects, random), false);
      if (random.nextBoolean()) {
        rig.extendPipes();
      }
      ProtocolNumber number = rig.machine(ProtocolMachine.class).number();
      this.sends = number != ProtocolNumber.SUB0 && number != ProtocolNumber.PULL0;
      this.receives = number != ProtocolNumber.PUB0 && number != ProtocolNumber.PUSH0;
    }

    void walk() {
      for (int step = 0; step < STEP_COUNT; step++) {
        step();
        rig.said();
      }
      assertThat(rig.pendingNames().size()).isLessThanOrEqualTo(MAX_PENDING_COUNT);
      rig.close();
    }

    private void step() {
      int pipe = 1 + random.nextInt(PIPE_COUNT);
      switch (random.nextInt(25)) {
        case 0, 1 -> toggle(pipe);
        case 2, 3, 4, 5, 6, 7 -> arrive(pipe);
        case 8, 9, 10, 11 -> flush(pipe);
        case 12 -> end(pipe);
        case 13, 14, 15 -> send();
        case 16, 17, 18 -> receive();
        case 19, 20 -> withdraw();
        case 21 -> rig.pass(random.nextLong(TIME_NANOS));
        case 22 -> openContext();
        case 23 -> closeContext();
        default -> subscribe();
      }
    }

    private void toggle(int pipe) {
      if (!rig.pipe(pipe).isAttached()) {
        rig.connect(pipe);
      } else if (random.nextInt(3) == 0) {
        rig.disconnect(pipe);
      }
    }

    private void arrive(int pipe) {
      if (rig.pipe(pipe).mayReceive()) {
        rig.arrive(pipe, bytes(pipe));
      }
    }

    /** An answer to what was sent, a well-formed question, or nonsense. */
    private byte[] bytes(int pipe) {
      return switch (random.nextInt(4)) {
        case 0 -> {
          byte[] nonsense = new byte[random.nextInt(20)];
          random.nextBytes(nonsense);
          yield nonsense;
        }
        case 1 -> Event.narrow(0, 0, 0, random.nextInt(HOPS + 2), 0x80, 0, 0, 1, 'q');
        case 2 -> Event.narrow(0x80, 0, 0, random.nextInt(4), 'q');
        default -> {
          byte[] sent = rig.pipe(pipe).lastSent();
          yield sent.length == 0 ? new byte[] {'m'} : sent.clone();
        }
      };
    }

    private void flush(int pipe) {
      if (rig.pipe(pipe).isBusy()) {
        rig.flush(pipe);
      }
    }

    private void end(int pipe) {
      if (rig.pipe(pipe).mayEnd() && random.nextInt(4) == 0) {
        rig.end(pipe);
      }
    }

    private void send() {
      if (sends && hasRoom()) {
        MachineContext context = anyContext();
        if (context == null) {
          rig.send(name("send"), packet());
        } else {
          rig.send(context, name("send"), packet());
        }
      }
    }

    private void receive() {
      if (receives && hasRoom()) {
        MachineContext context = anyContext();
        if (context == null) {
          rig.receive(name("receive"));
        } else {
          rig.receive(context, name("receive"));
        }
      }
    }

    private boolean hasRoom() {
      return rig.pendingNames().size() < MAX_PENDING_COUNT;
    }

    private String name(String kind) {
      return kind + " " + operationCount++;
    }

    private Packet packet() {
      Packet packet = rig.packet((byte) 'm', (byte) random.nextInt());
      if (rig.machine(ProtocolMachine.class).getClass().getSimpleName().startsWith("Raw")
          && random.nextInt(8) != 0) {
        packet.prependWord(0x8000_0000 | random.nextInt(4));
        packet.prependWord(1 + random.nextInt(PIPE_COUNT + 1));
      }
      if (random.nextBoolean()) {
        packet.setPipeId(1 + random.nextInt(PIPE_COUNT + 1));
      }
      return packet;
    }

    private void withdraw() {
      List<String> pending = rig.pendingNames();
      if (!pending.isEmpty()) {
        rig.withdraw(pending.get(random.nextInt(pending.size())));
      }
    }

    private MachineContext anyContext() {
      int index = random.nextInt(contexts.size() + 1);
      return index == contexts.size() ? null : contexts.get(index);
    }

    private void subscribe() {
      MachineContext context = anyContext();
      if (context instanceof Sub0Machine.Context subscriber) {
        byte[] prefix = new byte[random.nextInt(2)];
        if (random.nextBoolean()) {
          subscriber.subscribe(prefix);
        } else {
          var _ = subscriber.unsubscribe(prefix);
        }
      }
    }

    private void openContext() {
      if (rig.machine(ProtocolMachine.class) instanceof ContextMachine machine
          && contexts.size() < MAX_CONTEXT_COUNT) {
        contexts.add(machine.openContext());
      }
    }

    private void closeContext() {
      if (!contexts.isEmpty() && random.nextInt(3) == 0) {
        rig.close(contexts.remove(random.nextInt(contexts.size())));
      }
    }
  }
}

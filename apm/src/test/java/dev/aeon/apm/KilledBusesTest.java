package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.message.AgentId;
import dev.aeon.apm.message.AgentIdentity;
import dev.aeon.apm.store.DeadLetter;
import dev.aeon.apm.store.DeadLetterQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills two whole agents that send to each other again and again, one or both, at work and while
 * they open: what was sent before a kill goes on after it and is handled at least once, or becomes
 * a dead letter where it is refused; nothing is handled twice in one life of its receiver, and no
 * line comes torn.
 */
@Timeout(900)
class KilledBusesTest {
  /** Of each kind of channel, a sixth of what KilledAgentsTest takes. */
  private static final long SECONDS = Long.getLong("aeon.kill.seconds", 60) / 6;

  private static final long SEED = Long.getLong("aeon.seed", System.nanoTime());
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  @TempDir Path directory;
  private final Random random = new Random(SEED);
  private final List<Agent> agents = new ArrayList<>();
  private int kills;

  /** One of the two, through all its lives. */
  private final class Agent {
    final AgentIdentity self;
    final String way;
    final Set<String> sent = new HashSet<>();
    final Set<String> doomed = new HashSet<>();
    final Set<String> handled = new HashSet<>();
    private Set<String> handledInThisLife = new HashSet<>();
    private ChildProcess process;
    int repeated;
    int found;
    int left = -1;

    Agent(AgentIdentity self, String way) throws IOException {
      this.self = self;
      this.way = way;
      this.process = start("sending");
    }

    private ChildProcess start(String doing) throws IOException {
      AckTime ackTime = random.nextBoolean() ? AckTime.ON_RECEIPT : AckTime.AFTER_HANDLING;
      return new ChildProcess(
          KilledBus.class, directory, self.agentId().value(), way, ackTime.name(), doing);
    }

    void kill() throws InterruptedException {
      process.kill();
      observe(0);
      handledInThisLife = new HashSet<>();
    }

    void live(String doing) throws IOException {
      left = -1;
      process = start(doing);
    }

    /** Takes in what it says, waiting at the longest so many milliseconds for the first. */
    boolean observe(long millis) throws InterruptedException {
      String line = process.next(millis, TimeUnit.MILLISECONDS);
      boolean isAny = line != null;
      while (line != null) {
        note(line);
        line = process.next(0, TimeUnit.MILLISECONDS);
      }
      return isAny;
    }

    private void note(String line) {
      String what = line.substring(0, line.indexOf(' ') + 1);
      String detail = line.substring(what.length());
      switch (what) {
        case KilledBus.SENT -> sent.add(detail);
        case KilledBus.DOOMED -> doomed.add(detail);
        case KilledBus.HANDLED -> handle(detail);
        case KilledBus.FOUND -> found += Integer.parseInt(detail);
        case KilledBus.LEFT -> left = Integer.parseInt(detail);
        default -> throw new AssertionError("seed=" + SEED + " " + line);
      }
    }

    private void handle(String id) {
      assertThat(handledInThisLife.add(id)).as("twice in one life, seed=%d: %s", SEED, id).isTrue();
      if (!handled.add(id)) {
        repeated++;
      }
    }
  }

  @AfterEach
  void endAll() {
    agents.forEach(agent -> agent.process.close());
  }

  @Test
  void kill_agentsOverFiles_losesAndRepeatsNothing() throws Exception {
    killAndCheck("files", 2 * SECONDS);
  }

  @Test
  void kill_agentsOverFilesAndSp_losesAndRepeatsNothing() throws Exception {
    killAndCheck(KilledBus.WITH_RELAY, SECONDS);
  }

  private void killAndCheck(String way, long seconds) throws Exception {
    for (AgentIdentity each : List.of(Samples.MANAGER, Samples.WORKER)) {
      agents.add(new Agent(each, way));
    }
    killFor(seconds);
    for (Agent agent : agents) {
      agent.kill();
      agent.live(KilledBus.FINISHING);
    }
    awaitTheEnd();
    assertDeadLetters();
    assertThat(complaints()).as("seed=" + SEED).isEmpty();
    report();
  }

  private void killFor(long seconds) throws Exception {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < endNanos || kills < 2 || found() == 0) {
      observe(random.nextInt(6) == 0 ? 0 : random.nextInt(600));
      Agent victim = agents.get(random.nextInt(2));
      List<Agent> victims = random.nextInt(4) == 0 ? agents : List.of(victim);
      for (Agent each : victims) {
        each.kill();
        kills++;
      }
      for (Agent each : victims) {
        each.live("sending");
      }
    }
  }

  /** Lets both work until so many more messages are handled. */
  private void observe(int count) throws InterruptedException {
    long endNanos = System.nanoTime() + PATIENCE_NANOS;
    int enough = handled() + count;
    do {
      for (Agent agent : agents) {
        boolean _ = agent.observe(random.nextInt(20));
      }
      assertThat(System.nanoTime()).as("idle, seed=" + SEED).isLessThan(endNanos);
    } while (handled() < enough);
  }

  private int handled() {
    return agents.stream().mapToInt(agent -> agent.handled.size()).sum();
  }

  private int found() {
    return agents.stream().mapToInt(agent -> agent.found).sum();
  }

  /** Until nothing is under way any more and everything was handled. */
  private void awaitTheEnd() throws Exception {
    long heardNanos = System.nanoTime();
    while (agents.stream().anyMatch(agent -> agent.left != 0) || !missing().isEmpty()) {
      for (Agent agent : agents) {
        heardNanos = agent.observe(50) ? System.nanoTime() : heardNanos;
      }
      assertThat(System.nanoTime() - heardNanos)
          .as("silent, seed=%d lost=%s: %s", SEED, missing(), complaints())
          .isLessThan(PATIENCE_NANOS);
    }
  }

  private Set<String> missing() {
    Set<String> missing = new HashSet<>();
    for (int index = 0; index < 2; index++) {
      Set<String> unhandled = new HashSet<>(agents.get(index).sent);
      unhandled.removeAll(agents.get(1 - index).handled);
      missing.addAll(unhandled);
    }
    return missing;
  }

  private void assertDeadLetters() throws Exception {
    for (Agent agent : agents) {
      agent.kill();
      AgentId agentId = agent.self.agentId();
      List<DeadLetter> letters = DeadLetterQueue.read(directory, agentId);
      assertThat(letters)
          .as("seed=" + SEED)
          .allMatch(each -> each.message().envelope().typeName().equals(KilledBus.DOOMED_TYPE));
      Set<String> lost = new HashSet<>(agent.doomed);
      letters.forEach(each -> lost.remove(each.message().messageId().value()));
      assertThat(lost).as("refused and forgotten, seed=" + SEED).isEmpty();
    }
  }

  /** What the agents said on the way, less that nobody takes their log. */
  private List<String> complaints() throws IOException {
    return Files.readAllLines(directory.resolve("error")).stream()
        .filter(line -> !line.startsWith("SLF4J(W)"))
        .toList();
  }

  private void report() {
    System.out.printf(
        "killed %d agents over %s: %d sent, %d doomed, %d handled again after a kill, %d found%n",
        kills,
        agents.getFirst().way,
        agents.stream().mapToInt(agent -> agent.sent.size()).sum(),
        agents.stream().mapToInt(agent -> agent.doomed.size()).sum(),
        agents.stream().mapToInt(agent -> agent.repeated).sum(),
        found());
  }
}

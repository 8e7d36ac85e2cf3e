package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.protocol.Network.Call;
import dev.aeon.sp.protocol.Network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SURVEYOR and RESPONDENT promise: responses to this survey and no other, each respondent's once,
 * none after the deadline; and all of them while nothing breaks and time is left.
 */
class SurveyModelTest {
  private static final int STEP_COUNT = 1200;
  private static final int QUIET_COUNT = 500;
  private static final long SURVEY_NANOS = 100;
  private static final int QUEUE_COUNT = 64;

  /** One conversation of a SURVEYOR. */
  private static final class Surveyor {
    private final Node node;
    private final MachineContext context;
    private final String name;
    private final List<String> responses = new ArrayList<>();
    private Call receiving;
    private long deadlineNanos;
    private int count;

    Surveyor(Node node, boolean own, String name) {
      this.node = node;
      this.context = node.context(own);
      this.name = name;
    }

    void ask(Network network) {
      assertThat(node.send(context, name + count++).succeeded()).isTrue();
      if (receiving != null) {
        look(network);
        receiving = null;
      }
      responses.clear();
      deadlineNanos = network.nowNanos() + SURVEY_NANOS;
    }

    /**
     * Each response is to the last survey asked; {@code ask} looks before it forgets the one
     * before.
     */
    void look(Network network) {
      if (receiving == null && count > 0) {
        receiving = node.receive(context);
      }
      if (receiving != null && receiving.isDone()) {
        note(network);
        receiving = null;
      }
    }

    private void note(Network network) {
      if (receiving.failure() == null) {
        responses.add(receiving.text());
      } else if (receiving.failure() != Failure.CANCELLED) {
        assertThat(network.nowNanos()).isGreaterThanOrEqualTo(deadlineNanos);
        assertThat(receiving.failure()).isIn(Failure.TIMED_OUT, Failure.WRONG_STATE);
      }
    }

    void check(long seed) {
      assertThat(responses).as("seed=%d", seed).doesNotHaveDuplicates();
      assertThat(responses)
          .as("seed=%d", seed)
          .allMatch(text -> text.startsWith(name + (count - 1) + " by "));
    }
  }

  /** One RESPONDENT, which answers most surveys. */
  private static final class Respondent {
    private final Node node;
    private final String name;
    private Call receiving;
    private Call sending;

    Respondent(Node node, String name) {
      this.node = node;
      this.name = name;
    }

    void step(boolean answers) {
      if (sending != null && !sending.isDone()) {
        return;
      }
      if (receiving == null) {
        receiving = node.receive(null);
      } else if (receiving.succeeded()) {
        String survey = receiving.text();
        receiving = null;
        if (answers) {
          sending = node.send(null, survey + " by " + name);
        }
      }
    }
  }

  private static Surveyor0Machine surveying(Effects effects, int seed) {
    return new Surveyor0Machine(effects, seed, SURVEY_NANOS, QUEUE_COUNT, QUEUE_COUNT);
  }

  @ParameterizedTest
  @MethodSource("dev.aeon.sp.protocol.Seeds#some")
  void surveys_randomNetwork_getTheirOwnResponsesInTime(long seed) {
    Random random = new Random(seed);
    Network network = new Network(seed);
    List<Surveyor> surveyors = new ArrayList<>();
    for (int number = 1 + random.nextInt(3); number > 0; number--) {
      Node node = network.add(effects -> surveying(effects, random.nextInt()));
      surveyors.add(new Surveyor(node, false, "s" + number + "-"));
      surveyors.add(new Surveyor(node, true, "c" + number + "-"));
    }
    List<Respondent> respondents = new ArrayList<>();
    for (int number = 1 + random.nextInt(4); number > 0; number--) {
      Node node = network.add(effects -> new Respondent0Machine(effects, 8));
      respondents.add(new Respondent(node, "r" + number));
      surveyors.stream()
          .map(each -> each.node)
          .distinct()
          .forEach(surveyor -> network.join(surveyor, node));
    }
    for (int step = 0; step < STEP_COUNT; step++) {
      Surveyor surveyor = surveyors.get(random.nextInt(surveyors.size()));
      switch (random.nextInt(40)) {
        case 0 -> network.disturb();
        case 1 -> network.pass(random.nextInt(40));
        case 2 -> surveyor.ask(network);
        case 3, 4, 5, 6 -> surveyor.look(network);
        case 7, 8, 9, 10, 11, 12 ->
            respondents.get(random.nextInt(respondents.size())).step(random.nextInt(8) != 0);
        default -> network.moveOne();
      }
      surveyor.check(seed);
    }
    network.mendAll();
    settle(network, surveyors, respondents);
    surveyors.forEach(surveyor -> surveyor.ask(network));
    settle(network, surveyors, respondents);
    for (Surveyor surveyor : surveyors) {
      surveyor.check(seed);
      assertThat(surveyor.responses).as("seed=%d", seed).hasSameSizeAs(respondents);
    }
    network.close();
  }

  private static void settle(
      Network network, List<Surveyor> surveyors, List<Respondent> respondents) {
    boolean moved = true;
    for (int idle = 0; idle < QUIET_COUNT; idle = moved ? 0 : idle + 1) {
      moved = network.moveOne();
      respondents.forEach(respondent -> respondent.step(true));
      surveyors.forEach(surveyor -> surveyor.look(network));
    }
  }
}

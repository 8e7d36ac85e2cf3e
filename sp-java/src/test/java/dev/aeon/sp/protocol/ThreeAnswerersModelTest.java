package dev.aeon.sp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.protocol.Network.Call;
import dev.aeon.sp.protocol.Network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One REQ and three REPs, of which one dies with the request, one is slow and one is paused, in
 * every order of being asked, on a clock of the test's own.
 */
class ThreeAnswerersModelTest {
  private static final long RESEND_NANOS = 100;
  private static final long SLOW_NANOS = 60;

  enum Kind {
    DYING,
    SLOW,
    PAUSED
  }

  private final Network network = new Network(1);
  private final Node req = network.add(effects -> new Req0Machine(effects, 7, RESEND_NANOS));
  private final List<Answerer> answerers = new ArrayList<>();

  private final class Answerer {
    private final Kind kind;
    private final Node node = network.add(effects -> new Rep0Machine(effects, 8));
    private final Network.Link link = network.join(req, node);
    private final Call request = node.receive(null);
    private long takenNanos = Long.MAX_VALUE;
    private boolean answered;

    Answerer(Kind kind) {
      this.kind = kind;
    }

    void step() {
      if (request.succeeded() && takenNanos == Long.MAX_VALUE) {
        takenNanos = network.nowNanos();
      }
      if (takenNanos == network.nowNanos() && kind == Kind.DYING) {
        link.cut();
      }
      if (takenNanos + SLOW_NANOS == network.nowNanos() && kind == Kind.SLOW && !answered) {
        answer();
      }
    }

    void answer() {
      answered = true;
      assertThat(node.send(null, "re: " + request.text()).succeeded()).isTrue();
    }

    boolean isLate() {
      return kind == Kind.PAUSED && takenNanos != Long.MAX_VALUE;
    }
  }

  static Stream<List<Kind>> orders() {
    return Stream.of(Kind.values())
        .flatMap(first ->
            Stream.of(Kind.values())
                .filter(second -> second != first)
                .map(second -> List.of(first, second, third(first, second))));
  }

  private static Kind third(Kind first, Kind second) {
    return Stream.of(Kind.values())
        .filter(each -> each != first && each != second)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("orders")
  void request_anyOrderOfAnswerers_isAnsweredWithinItsResendTimeAndNeverTwice(List<Kind> order) {
    order.forEach(kind -> answerers.add(new Answerer(kind)));
    Call sending = req.send(null, "q");
    Call answer = req.receive(null);
    while (!answer.isDone()) {
      moveAll();
      network.pass(1);
    }
    assertThat(sending.succeeded()).isTrue();
    assertThat(answer.failure()).isNull();
    assertThat(answer.text()).isEqualTo("re: q");
    assertThat(network.nowNanos() - lastAskedNanos(order)).isLessThan(RESEND_NANOS);
    hearNoMore();
  }

  /**
   * Only a paused answerer costs a resend time; from one that dies the request passes on at once.
   */
  private static long lastAskedNanos(List<Kind> order) {
    return order.indexOf(Kind.PAUSED) < order.indexOf(Kind.SLOW) ? RESEND_NANOS : 0;
  }

  private void hearNoMore() {
    long droppedBefore = network.droppedCount();
    List<Answerer> late = answerers.stream().filter(Answerer::isLate).toList();
    late.forEach(Answerer::answer);
    moveAll();
    network.pass(10 * RESEND_NANOS);
    moveAll();
    assertThat(network.droppedCount() - droppedBefore).isEqualTo(late.size());
    assertThat(req.receive(null).failure()).isEqualTo(Failure.WRONG_STATE);
    network.close();
  }

  private void moveAll() {
    boolean moved = true;
    while (moved) {
      answerers.forEach(Answerer::step);
      moved = network.moveOne();
    }
  }
}

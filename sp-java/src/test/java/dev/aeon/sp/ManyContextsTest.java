package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hundred thousand conversations on one socket. */
@Timeout(120)
class ManyContextsTest {
  private static final int COUNT = 100_000;

  /** A pattern with contexts, and the heap that an idle one may hold. */
  record Kind(
      String name, SpSocket socket, Supplier<? extends SpContext> opener, long maxByteSize) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Kind> kinds() {
    ReqSocket req = ReqSocket.open();
    RepSocket rep = RepSocket.open();
    SurveyorSocket surveyor = SurveyorSocket.open();
    RespondentSocket respondent = RespondentSocket.open();
    SubSocket sub = SubSocket.open();
    return Stream.of(
        new Kind("REQ", req, req::openContext, 512),
        new Kind("REP", rep, rep::openContext, 512),
        new Kind("SURVEYOR", surveyor, surveyor::openContext, 512),
        new Kind("RESPONDENT", respondent, respondent::openContext, 512),
        new Kind("SUB", sub, sub::openContext, 512));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void contexts_idle_holdFewBytes(Kind kind) {
    try (SpSocket _ = kind.socket()) {
      long before = heapBytes();
      List<SpContext> contexts = new ArrayList<>(COUNT);
      for (int index = 0; index < COUNT; index++) {
        contexts.add(kind.opener().get());
      }
      long byteSize = (heapBytes() - before) / COUNT;
      System.out.printf("%s: %d bytes of heap per idle context%n", kind, byteSize);
      assertThat(byteSize).isBetween(1L, kind.maxByteSize());
      contexts.forEach(SpContext::close);
    }
  }

  private static long heapBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      System.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  @Test
  void requests_allOutAtOnce_eachGetsTheAnswerToItself() {
    try (ReqSocket req = ReqSocket.open();
        RepSocket rep = RepSocket.open()) {
      req.dial(rep.listen("inproc://many-contexts").url());
      List<CompletableFuture<Message>> answers = new ArrayList<>(COUNT);
      long before = heapBytes();
      for (int number = 0; number < COUNT; number++) {
        ReqContext context = req.openContext();
        var _ = context.sendAsync(Message.copyOf(numbered(number)));
        answers.add(context.receiveAsync());
      }
      long byteSize = (heapBytes() - before) / COUNT;
      System.out.printf("REQ: %d bytes of heap per context that waits for an answer%n", byteSize);
      assertThat(byteSize).isBetween(1L, 2_000L);
      for (int number = 0; number < COUNT; number++) {
        echo(rep);
      }
      for (int number = 0; number < COUNT; number++) {
        assertThat(answeredNumber(answers.get(number).join())).isEqualTo(number);
      }
      assertThat(req.statistics().messagesDropped()).isZero();
    }
  }

  @Test
  void receives_allWithALimit_endWhenGivenUpInAnyOrder() {
    try (ReqSocket req = ReqSocket.open()) {
      req.set(SpOptions.RECEIVE_TIMEOUT, Duration.ofMinutes(5));
      List<CompletableFuture<Message>> answers = new ArrayList<>(COUNT);
      for (int number = 0; number < COUNT; number++) {
        ReqContext context = req.openContext();
        var _ = context.sendAsync(Message.copyOf(numbered(number)));
        answers.add(context.receiveAsync());
      }
      // The newest first, which is farthest from being due.
      assertThat(answers.reversed()).allMatch(each -> each.cancel(false));
    }
  }

  private static void echo(RepSocket rep) {
    try (Message request = rep.receive()) {
      rep.send(request);
    }
  }

  private static byte[] numbered(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private static int answeredNumber(Message message) {
    try (message) {
      return ByteBuffer.wrap(message.toByteArray()).getInt();
    }
  }
}

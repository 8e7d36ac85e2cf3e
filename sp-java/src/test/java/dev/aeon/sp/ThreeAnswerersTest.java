package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One REQ and three REPs in processes of their own: one dies, one is slow, one is paused. */
@Timeout(120)
class ThreeAnswerersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private ReqSocket req;
  private String url;
  private final List<AnswererProcess> answerers = new ArrayList<>();

  @BeforeEach
  void listen() {
    req = ReqSocket.open();
    url = req.listen("ipc://" + folder.resolve("s")).url();
  }

  @AfterEach
  void closeAll() {
    answerers.forEach(AnswererProcess::close);
    req.close();
  }

  /** Requests are given to answerers in the order in which they joined. */
  private AnswererProcess join() throws IOException {
    AnswererProcess answerer = AnswererProcess.dialing(url);
    answerers.add(answerer);
    Await.openPipes(req, answerers.size());
    return answerer;
  }

  private void ask(String text) {
    req.send(text.getBytes(StandardCharsets.UTF_8));
  }

  private String answer(Duration limit) {
    try (Message message = req.receive(limit)) {
      return new String(message.toByteArray(), StandardCharsets.UTF_8);
    }
  }

  private void hasNoFurtherAnswer() {
    assertThatThrownBy(() -> req.receive(Duration.ZERO)).isInstanceOf(SpStateException.class);
  }

  @Test
  void request_whoHasItDies_isAnsweredByAnotherWithinTheResendTime() throws Exception {
    Duration resendTime = Duration.ofSeconds(60);
    req.set(SpOptions.RESEND_TIME, resendTime);
    AnswererProcess dying = join();
    AnswererProcess slow = join();
    join().pause();

    long begin = System.nanoTime();
    ask("q");
    assertThat(dying.request()).isEqualTo("q");
    dying.kill();
    assertThat(slow.request()).isEqualTo("q");
    slow.answer("a");

    assertThat(answer(resendTime)).isEqualTo("a");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(resendTime);
    hasNoFurtherAnswer();
    assertThat(req.statistics().messagesSent()).isEqualTo(2);
  }

  @Test
  void request_whoHasItIsPaused_isSentAgainAndTheLateAnswerComesToNothing() throws Exception {
    Duration resendTime = Duration.ofSeconds(5);
    req.set(SpOptions.RESEND_TIME, resendTime);
    AnswererProcess paused = join();
    paused.pause();
    AnswererProcess dying = join();
    AnswererProcess slow = join();

    long begin = System.nanoTime();
    ask("q");
    assertThat(dying.request()).isEqualTo("q");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(resendTime);
    dying.kill();
    assertThat(slow.request()).isEqualTo("q");
    slow.answer("a");
    assertThat(answer(PATIENCE)).isEqualTo("a");

    paused.resume();
    assertThat(paused.request()).isEqualTo("q");
    paused.answer("late");
    Await.until(() -> req.statistics().messagesDropped() == 1);
    hasNoFurtherAnswer();

    ask("next");
    assertThat(slow.request()).isEqualTo("next");
    slow.answer("to next");
    assertThat(answer(PATIENCE)).isEqualTo("to next");
  }
}

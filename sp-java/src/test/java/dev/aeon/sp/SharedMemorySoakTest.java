package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that pushes through shared memory is killed again and again, and another takes its
 * place. {@code scripts/soak} runs it for long.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class SharedMemorySoakTest {
  private static final long MESSAGES = Long.getLong("aeon.soak.messages", 20_000);
  private static final long LIFE_MILLIS = Long.getLong("aeon.soak.life.millis", 100);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  /** Pushes 0, 1, 2 and so on until it is killed. */
  static final class Pusher {
    private Pusher() {}

    public static void main(String[] arguments) {
      try (PushSocket push = PushSocket.open()) {
        push.dial(arguments[0]);
        Message message = Message.empty();
        for (long number = 0; ; number++) {
          message.refill(64);
          message.body().set(ValueLayout.JAVA_LONG, 0, number);
          push.send(message);
        }
      }
    }

    static Process start(String url) throws IOException {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String classes = System.getProperty("java.class.path");
      return new ProcessBuilder(
              java,
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              classes,
              Pusher.class.getName(),
              url)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    }
  }

  @Test
  void pushersKilledAgainAndAgain_loseNothingBetweenAndLeaveNothing() throws Exception {
    try (PullSocket pull = PullSocket.open()) {
      String url = pull.listen("shm://" + folder.resolve("s")).url();
      long received = oneLife(pull, url);
      long descriptors = Mappings.descriptorCount();
      long lives = 1;
      for (; received < MESSAGES || lives < 3; lives++) {
        received += oneLife(pull, url);
      }
      assertThat(Mappings.descriptorCount()).isEqualTo(descriptors);
      assertThat(Mappings.regionCount()).isZero();
      assertThat(pull.statistics().pipesOpened()).isEqualTo(lives);
      System.out.printf("soak: %,d messages, %d lives%n", received, lives);
    }
  }

  /** What a pusher of its own gets through before it is killed, each the successor of the last. */
  private long oneLife(PullSocket pull, String url) throws Exception {
    Process pusher = Pusher.start(url);
    long expected = 0;
    try (Message message = Message.empty()) {
      long end = Long.MAX_VALUE;
      while (System.nanoTime() < end) {
        receiveNext(pull, message, expected);
        if (expected == 0) {
          end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIFE_MILLIS);
        }
        expected++;
      }
      pusher.destroyForcibly().onExit().orTimeout(60, TimeUnit.SECONDS).join();
      return expected + receiveRest(pull, message, expected);
    } finally {
      pusher.destroyForcibly();
    }
  }

  private static void receiveNext(PullSocket pull, Message message, long expected) {
    pull.receive(message);
    assertThat(message.body().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(expected);
    message.close();
  }

  /** What it had sent when it died; then its pipe is gone. */
  private static long receiveRest(PullSocket pull, Message message, long first) {
    long next = first;
    pull.set(SpOptions.RECEIVE_TIMEOUT, Duration.ZERO);
    boolean mayHaveMore = true;
    while (mayHaveMore) {
      mayHaveMore = pull.statistics().openPipes() > 0;
      try {
        receiveNext(pull, message, next);
        next++;
        mayHaveMore = true;
      } catch (SpTimeoutException nothingNow) {
        Thread.onSpinWait();
      }
    }
    pull.set(SpOptions.RECEIVE_TIMEOUT, PATIENCE);
    return next - first;
  }
}

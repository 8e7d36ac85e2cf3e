package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.SocketSelector.Interest;
import dev.aeon.sp.SocketSelector.Ready;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SocketSelectorTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Duration LONG = Duration.ofSeconds(60);

  private final SocketSelector selector = SocketSelector.open();
  private final PullSocket one = PullSocket.open();
  private final PullSocket other = PullSocket.open();
  private final PushSocket push = PushSocket.open();

  @AfterEach
  void close() {
    selector.close();
    one.close();
    other.close();
    push.close();
  }

  private static String freshUrl() {
    return "inproc://selector-" + NAMES.incrementAndGet();
  }

  @Test
  void nothingReady_timeoutGivesNone() {
    selector.add(one, Interest.RECEIVE);
    assertThat(selector.select(Duration.ofMillis(20))).isEmpty();
  }

  @Test
  void message_arrives_itsSocketIsSelectedUntilItIsTaken() {
    selector.add(one, Interest.RECEIVE);
    selector.add(other, Interest.RECEIVE);
    var _ = push.dial(other.listen(freshUrl()).url());
    CompletableFuture<List<Ready>> selected =
        CompletableFuture.supplyAsync(() -> selector.select(LONG));
    push.send(new byte[] {1});
    assertThat(selected.join()).containsExactly(new Ready(other, false, true));
    assertThat(selector.select(LONG)).containsExactly(new Ready(other, false, true));
    other.receive(Duration.ZERO).close();
    assertThat(selector.select(Duration.ZERO)).isEmpty();
  }

  @Test
  void send_becomesPossibleWithAPeer() {
    selector.add(push, Interest.SEND);
    assertThat(selector.select(Duration.ZERO)).isEmpty();
    CompletableFuture<List<Ready>> selected =
        CompletableFuture.supplyAsync(() -> selector.select(LONG));
    var _ = push.dial(one.listen(freshUrl()).url());
    assertThat(selected.join()).containsExactly(new Ready(push, true, false));
  }

  @Test
  void everyPattern_saysWhatItCanDo() {
    try (ReqSocket req = ReqSocket.open();
        RepSocket rep = RepSocket.open()) {
      selector.add(req, Interest.SEND, Interest.RECEIVE);
      selector.add(rep, Interest.SEND, Interest.RECEIVE);
      var _ = req.dial(rep.listen(freshUrl()).url());
      assertThat(selector.select(LONG)).containsExactly(new Ready(req, true, false));
      req.send(new byte[] {1});
      Await.until(() -> selector.select(LONG).contains(new Ready(rep, false, true)));
      rep.receive().close();
      Await.until(() -> selector.select(LONG).contains(new Ready(rep, true, false)));
      rep.send(new byte[] {2});
      Await.until(() -> selector.select(LONG).contains(new Ready(req, true, true)));
      req.receive(Duration.ZERO).close();
    }
  }

  @Test
  void closedSocket_isReadyForWhateverWasAsked() {
    selector.add(one, Interest.RECEIVE);
    CompletableFuture<List<Ready>> selected =
        CompletableFuture.supplyAsync(() -> selector.select(LONG));
    one.close();
    assertThat(selected.join()).containsExactly(new Ready(one, false, true));
    assertThatThrownBy(() -> one.receive(Duration.ZERO)).isInstanceOf(SpClosedException.class);
  }

  @Test
  void wakeUp_endsTheWait() {
    selector.add(one, Interest.RECEIVE);
    CompletableFuture<List<Ready>> selected =
        CompletableFuture.supplyAsync(() -> selector.select(LONG));
    selector.wakeUp();
    assertThat(selected.join()).isEmpty();
  }

  @Test
  void removedSocket_isNotSelected() {
    selector.add(one, Interest.RECEIVE);
    selector.remove(one);
    var _ = push.dial(one.listen(freshUrl()).url());
    push.send(new byte[] {1});
    assertThat(selector.select(Duration.ofMillis(20))).isEmpty();
  }

  @Test
  void interrupt_endsTheWaitWithItsException() {
    selector.add(one, Interest.RECEIVE);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> selector.select(LONG)).isInstanceOf(SpInterruptedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}

package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every kind of socket, whatever its pattern. */
@Timeout(120)
class EverySocketTest {
  private static final Duration SHORT = Duration.ofMillis(10);

  /** Runs {@code call} in a thread of its own, and gives what it threw. */
  private static final class Caller {
    private final CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    private final Thread thread;

    Caller(boolean virtual, Runnable call) {
      Runnable body =
          () -> {
            try {
              call.run();
              thrown.complete(null);
            } catch (RuntimeException e) {
              thrown.complete(e);
            }
          };
      thread = virtual ? Thread.startVirtualThread(body) : Thread.ofPlatform().start(body);
    }

    void awaitBlocked() {
      Await.until(() ->
          thread.getState() == Thread.State.WAITING
              || thread.getState() == Thread.State.TIMED_WAITING);
    }

    Throwable thrown() throws Exception {
      return thrown.get(60, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closeWhileBlocked_everyCallerGetsClosed(SocketKind kind) throws Exception {
    for (boolean virtual : new boolean[] {false, true}) {
      SpSocket socket = kind.open();
      Caller receiver =
          kind.waitsToReceive() ? new Caller(virtual, () -> Exchange.of(socket).receive()) : null;
      Caller sender =
          kind.waitsToSend()
              ? new Caller(virtual, () -> Exchange.of(socket).send(new byte[1]))
              : null;
      for (Caller each : new Caller[] {receiver, sender}) {
        if (each != null) {
          each.awaitBlocked();
        }
      }
      socket.close();
      for (Caller each : new Caller[] {receiver, sender}) {
        if (each != null) {
          assertThat(each.thrown()).isInstanceOf(SpClosedException.class);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void timeout_isKept(SocketKind kind) {
    try (SpSocket socket = kind.open()) {
      if (kind.waitsToReceive()) {
        socket.set(SpOptions.RECEIVE_TIMEOUT, SHORT);
        assertThatThrownBy(() -> Exchange.of(socket).receive())
            .isInstanceOf(SpTimeoutException.class);
      }
      if (kind.waitsToSend()) {
        socket.set(SpOptions.SEND_TIMEOUT, SHORT);
        assertThatThrownBy(() -> Exchange.of(socket).send(new byte[1]))
            .isInstanceOf(SpTimeoutException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongState_isAnExceptionAtOnce(SocketKind kind) {
    try (SpSocket socket = kind.open()) {
      if (kind.receive == SocketKind.Waits.WRONG_STATE) {
        assertThatThrownBy(() -> Exchange.of(socket).receive())
            .isInstanceOf(SpStateException.class);
      }
      if (kind.send == SocketKind.Waits.WRONG_STATE) {
        assertThatThrownBy(() -> Exchange.of(socket).send(new byte[1]))
            .isInstanceOf(SpStateException.class);
      }
    }
  }

  static Stream<SocketKind> waitingToReceive() {
    return Stream.of(SocketKind.values()).filter(SocketKind::waitsToReceive);
  }

  static Stream<SocketKind> waitingToSend() {
    return Stream.of(SocketKind.values()).filter(SocketKind::waitsToSend);
  }

  @ParameterizedTest
  @MethodSource("waitingToReceive")
  void cancelled_receiveIsWithdrawnForGood(SocketKind kind) {
    try (SpSocket socket = kind.open()) {
      CompletableFuture<Message> receiving = Exchange.of(socket).receiveAsync();
      assertThat(receiving.cancel(false)).isTrue();
      assertThat(receiving).isCancelled();
    }
  }

  @ParameterizedTest
  @MethodSource("waitingToSend")
  void cancelled_sendGivesItsMessageBack(SocketKind kind) {
    try (SpSocket socket = kind.open();
        Message message = Message.copyOf(new byte[] {7})) {
      CompletableFuture<Void> sending = Exchange.of(socket).sendAsync(message);
      assertThat(sending.cancel(false)).isTrue();
      assertThat(message.toByteArray()).containsExactly(7);
    }
  }

  @ParameterizedTest
  @EnumSource
  void close_twice_doesNothingMore(SocketKind kind) {
    SpSocket socket = kind.open();
    socket.close();
    socket.close();
    assertThatThrownBy(() -> socket.dial("inproc://nobody")).isInstanceOf(SpClosedException.class);
    assertThatThrownBy(() -> socket.listen("inproc://nobody"))
        .isInstanceOf(SpClosedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void close_raced_isDoneOnce(SocketKind kind) throws Exception {
    for (int round = 0; round < 20; round++) {
      SpSocket socket = kind.open();
      CountDownLatch start = new CountDownLatch(1);
      Runnable closing =
          () -> {
            awaitQuietly(start);
            socket.close();
          };
      Caller one = new Caller(false, closing);
      Caller other = new Caller(true, closing);
      start.countDown();
      assertThat(one.thrown()).isNull();
      assertThat(other.thrown()).isNull();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void options_haveTheirTypesAndRanges(SocketKind kind) {
    try (SpSocket socket = kind.open()) {
      assertThat(socket.get(SpOptions.RECONNECT_MIN)).isEqualTo(Duration.ofMillis(10));
      socket.set(SpOptions.RECONNECT_MIN, Duration.ofMillis(25));
      assertThat(socket.get(SpOptions.RECONNECT_MIN)).isEqualTo(Duration.ofMillis(25));
      assertThatThrownBy(() -> socket.set(SpOptions.RECONNECT_MIN, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("reconnect-min");
      assertThatThrownBy(() -> socket.set(SpOptions.PRIORITY, 17))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(socket.get(SpOptions.RECONNECT_MIN)).isEqualTo(Duration.ofMillis(25));
    }
  }

  @ParameterizedTest
  @EnumSource
  void optionOfAnotherKind_isRefused(SocketKind kind) {
    try (SpSocket socket = kind.open()) {
      if (kind.send == SocketKind.Waits.CANNOT && !(socket instanceof RawSocket)) {
        assertThatThrownBy(() -> socket.set(SpOptions.SEND_TIMEOUT, SHORT))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("send-timeout");
      }
      if (!(socket instanceof SurveyorSocket)) {
        assertThatThrownBy(() -> socket.get(SpOptions.SURVEY_TIME))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PULL", "SUB", "BUS", "PAIR"})
  void interrupt_endsOneCallerAlone(SocketKind kind) throws Exception {
    for (boolean virtual : new boolean[] {false, true}) {
      SpSocket socket = kind.open();
      Caller interrupted = new Caller(virtual, () -> Exchange.of(socket).receive());
      Caller other = new Caller(virtual, () -> Exchange.of(socket).receive());
      interrupted.awaitBlocked();
      other.awaitBlocked();
      interrupted.thread.interrupt();
      assertThat(interrupted.thrown()).isInstanceOf(SpInterruptedException.class);
      assertThat(other.thrown.isDone()).isFalse();
      socket.close();
      assertThat(other.thrown()).isInstanceOf(SpClosedException.class);
    }
  }
}

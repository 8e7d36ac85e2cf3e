package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class EndpointTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Duration LONG = Duration.ofSeconds(60);

  private static String freshUrl() {
    return "inproc://endpoint-" + NAMES.incrementAndGet();
  }

  @Test
  void options_ofAnEndpoint_areItsOwn() {
    try (PushSocket push = PushSocket.open()) {
      push.set(SpOptions.RECONNECT_MIN, Duration.ofMillis(70));
      Dialer dialer = push.dialer(freshUrl());
      assertThat(dialer.get(SpOptions.RECONNECT_MIN)).isEqualTo(Duration.ofMillis(70));
      dialer.set(SpOptions.RECONNECT_MIN, Duration.ofMillis(80));
      assertThat(push.get(SpOptions.RECONNECT_MIN)).isEqualTo(Duration.ofMillis(70));
      assertThatThrownBy(() -> dialer.set(SpOptions.SEND_TIMEOUT, LONG))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void priority_betterPipeIsServedFirst() {
    try (PushSocket push = PushSocket.open();
        PullSocket plain = PullSocket.open();
        PullSocket preferred = PullSocket.open()) {
      plain.set(SpOptions.RECEIVE_QUEUE, 100);
      preferred.set(SpOptions.RECEIVE_QUEUE, 100);
      var _ = push.dial(plain.listen(freshUrl()).url());
      Dialer first = push.dialer(preferred.listen(freshUrl()).url());
      first.set(SpOptions.PRIORITY, 1);
      first.start();
      Await.openPipes(push, 2);
      for (int count = 0; count < 10; count++) {
        push.send(new byte[1]);
        preferred.receive(LONG).close();
      }
      assertThat(plain.statistics().messagesReceived()).isZero();
    }
  }

  @Test
  void connect_listenerIsThere_returnsItsPipe() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      String url = pull.listen(freshUrl()).url();
      Pipe pipe = push.dialer(url).connect(LONG);
      assertThat(pipe.remoteAddress()).isEqualTo(url);
      assertThat(pipe.isDialed()).isTrue();
    }
  }

  @Test
  void connect_nobodyListens_saysSoAndTriesNoMore() {
    try (PushSocket push = PushSocket.open()) {
      Dialer dialer = push.dialer("tcp://127.0.0.1:1");
      assertThatThrownBy(() -> dialer.connect(LONG))
          .isInstanceOfSatisfying(
              SpConnectException.class,
              refused -> assertThat(refused.reason()).isEqualTo("CONNECT_FAILED"))
          .hasMessageContaining("ECONNREFUSED")
          .hasMessageContaining("tcp://127.0.0.1:1");
      assertThatThrownBy(dialer::start).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void connect_wrongProtocol_saysSo() {
    try (PushSocket push = PushSocket.open();
        RepSocket rep = RepSocket.open()) {
      String url = rep.listen("tcp://127.0.0.1:0").url();
      assertThatThrownBy(() -> push.dialer(url).connect(LONG))
          .isInstanceOfSatisfying(
              SpConnectException.class,
              refused -> assertThat(refused.reason()).isEqualTo("WRONG_PROTOCOL"));
    }
  }

  @Test
  void connect_socketClosedMeanwhile_ends() {
    PushSocket push = PushSocket.open();
    try (PullSocket pull = PullSocket.open()) {
      PipeListener closing =
          new PipeListener() {
            @Override
            public boolean admits(Pipe pipe) {
              push.close();
              return true;
            }
          };
      assertThat(push.onPipe(closing)).isNotNull();
      Dialer dialer = push.dialer(pull.listen(freshUrl()).url());
      assertThatThrownBy(() -> dialer.connect(LONG))
          .isInstanceOfSatisfying(
              SpConnectException.class, refused -> assertThat(refused.reason()).isEqualTo("LOCAL"));
    }
  }

  @Test
  void start_twice_isRefused() {
    try (PullSocket pull = PullSocket.open()) {
      Listener listener = pull.listener(freshUrl());
      listener.start();
      assertThatThrownBy(listener::start).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void listener_notStarted_isNotBound() {
    try (PullSocket pull = PullSocket.open();
        PullSocket other = PullSocket.open()) {
      String url = freshUrl();
      assertThat(pull.listener(url).url()).isEqualTo(url);
      assertThat(other.listen(url).url()).isEqualTo(url);
    }
  }

  @Test
  void ids_areUnique() {
    try (PullSocket pull = PullSocket.open();
        PushSocket push = PushSocket.open()) {
      assertThat(pull.id()).isNotEqualTo(push.id());
      assertThat(pull.listener(freshUrl()).id()).isNotEqualTo(push.dialer(freshUrl()).id());
    }
  }
}

package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class PublisherFilterTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Message message) {
    try (message) {
      return new String(message.toByteArray(), StandardCharsets.UTF_8);
    }
  }

  private static void connect(PubSocket pub, SubSocket sub, String scheme) {
    sub.dial(pub.listen(scheme + "://filter-" + NAMES.incrementAndGet()).url());
    Await.openPipes(pub, 1);
    Await.openPipes(sub, 1);
  }

  /** What the publisher was told, requests that begin the filtering included. */
  private static void awaitRequests(PubSocket pub, long count) {
    Await.until(() -> pub.statistics().messagesReceived() == count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inproc", "abstract"})
  void publisherOfOurs_sendsOnlyWhatIsSubscribed(String scheme) {
    try (PubSocket pub = PubSocket.open();
        SubSocket sub = SubSocket.open()) {
      sub.set(SpOptions.FILTER_AT_PUBLISHER, true);
      sub.subscribe(bytes("a"));
      connect(pub, sub, scheme);
      awaitRequests(pub, 2);
      pub.send(bytes("b1"));
      pub.send(bytes("a1"));
      assertThat(text(sub.receive())).isEqualTo("a1");
      assertThat(sub.statistics().messagesReceived()).isEqualTo(1);
      assertThat(pub.statistics().messagesSent()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inproc", "abstract"})
  void subscriptions_thatComeAndGo_reachThePublisher(String scheme) {
    try (PubSocket pub = PubSocket.open();
        SubSocket sub = SubSocket.open()) {
      sub.set(SpOptions.FILTER_AT_PUBLISHER, true);
      connect(pub, sub, scheme);
      awaitRequests(pub, 1);
      SubContext context = sub.openContext();
      context.subscribe(bytes("x"));
      sub.subscribe(bytes("x"));
      awaitRequests(pub, 2);
      pub.send(bytes("x1"));
      assertThat(text(sub.receive())).isEqualTo("x1");
      assertThat(text(context.receive())).isEqualTo("x1");
      context.close();
      sub.unsubscribe(bytes("x"));
      awaitRequests(pub, 3);
      pub.send(bytes("x2"));
      assertThat(pub.statistics().messagesSent()).isEqualTo(1);
    }
  }

  @Test
  void tcp_cannotTellOursFromOthers_everythingIsSent() {
    try (PubSocket pub = PubSocket.open();
        SubSocket sub = SubSocket.open()) {
      sub.set(SpOptions.FILTER_AT_PUBLISHER, true);
      sub.subscribe(bytes("a"));
      sub.dial(pub.listen("tcp://127.0.0.1:0").url());
      Await.openPipes(pub, 1);
      Await.openPipes(sub, 1);
      pub.send(bytes("b1"));
      pub.send(bytes("a1"));
      assertThat(text(sub.receive())).isEqualTo("a1");
      assertThat(pub.statistics().messagesSent()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inproc", "abstract"})
  void notAskedFor_everythingIsSent(String scheme) {
    try (PubSocket pub = PubSocket.open();
        SubSocket sub = SubSocket.open()) {
      sub.subscribe(bytes("a"));
      connect(pub, sub, scheme);
      pub.send(bytes("b1"));
      assertThat(pub.statistics().messagesSent()).isEqualTo(1);
      assertThat(pub.statistics().messagesReceived()).isZero();
    }
  }
}

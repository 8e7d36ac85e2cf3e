package dev.aeon.sp.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.Await;
import dev.aeon.sp.Message;
import dev.aeon.sp.PullSocket;
import dev.aeon.sp.PushSocket;
import dev.aeon.sp.SpClosedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SpFlowTest {
  private final PushSocket push = PushSocket.open();
  private final PullSocket pull = PullSocket.open();

  @BeforeEach
  void connect() {
    var _ = push.dial(pull.listen("inproc://flow-" + System.nanoTime()).url());
  }

  @AfterEach
  void close() {
    push.close();
    pull.close();
  }

  /** Takes what it is given, and asks for what the test says. */
  private static final class Collector implements Flow.Subscriber<Message> {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(Message message) {
      try (message) {
        seen.add("m" + message.toByteArray()[0]);
      }
    }

    @Override
    public void onError(Throwable failure) {
      seen.add(failure.getClass().getSimpleName());
    }

    @Override
    public void onComplete() {
      seen.add("complete");
    }
  }

  @Test
  void publisher_givesNoMoreThanWasAskedFor() {
    Collector collector = new Collector();
    SpFlow.publisher(pull).subscribe(collector);
    collector.subscription.request(2);
    push.send(new byte[] {1});
    push.send(new byte[] {2});
    push.send(new byte[] {3});
    Await.until(() -> collector.seen.size() == 2);
    assertThat(collector.seen).containsExactly("m1", "m2");
    try (Message third = pull.receive()) {
      assertThat(third.toByteArray()).containsExactly(3);
    }
  }

  @Test
  void publisher_socketClosed_completes() {
    Collector collector = new Collector();
    SpFlow.publisher(pull).subscribe(collector);
    collector.subscription.request(Long.MAX_VALUE);
    push.send(new byte[] {1});
    Await.until(() -> collector.seen.size() == 1);
    pull.close();
    Await.until(() -> collector.seen.size() == 2);
    assertThat(collector.seen).containsExactly("m1", "complete");
  }

  @Test
  void publisher_cancelled_leavesMessagesToOthers() {
    Collector collector = new Collector();
    SpFlow.publisher(pull).subscribe(collector);
    collector.subscription.request(5);
    collector.subscription.cancel();
    push.send(new byte[] {1});
    try (Message message = pull.receive(Duration.ofSeconds(60))) {
      assertThat(message.toByteArray()).containsExactly(1);
    }
    assertThat(collector.seen).isEmpty();
  }

  @Test
  void publisher_wrongDemand_isAnError() {
    Collector collector = new Collector();
    SpFlow.publisher(pull).subscribe(collector);
    collector.subscription.request(0);
    assertThat(collector.seen).containsExactly("IllegalArgumentException");
  }

  @Test
  void subscriber_sendsAllInOrderAndTells() throws Exception {
    SendingSubscriber sending = SpFlow.subscriber(push, 1);
    try (SubmissionPublisher<Message> source = new SubmissionPublisher<>()) {
      source.subscribe(sending);
      for (byte number = 0; number < 20; number++) {
        source.submit(Message.copyOf(new byte[] {number}));
      }
    }
    for (byte number = 0; number < 20; number++) {
      try (Message message = pull.receive()) {
        assertThat(message.toByteArray()).containsExactly(number);
      }
    }
    sending.completion().get(60, TimeUnit.SECONDS);
  }

  @Test
  void subscriber_socketClosed_cancelsTheStreamAndTells() {
    SendingSubscriber sending = SpFlow.subscriber(push, 4);
    try (SubmissionPublisher<Message> source = new SubmissionPublisher<>()) {
      source.subscribe(sending);
      push.close();
      source.submit(Message.copyOf(new byte[1]));
      assertThatThrownBy(() -> sending.completion().get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SpClosedException.class);
      Await.until(() -> !source.hasSubscribers());
    }
  }
}

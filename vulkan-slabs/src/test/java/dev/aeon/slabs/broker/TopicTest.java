package dev.aeon.slabs.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.rpc.Call;
import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.Overflow;
import dev.aeon.slabs.rpc.RemoteFailureException;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Topic;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.view.ElementType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Typed news, fanned out by a broker. */
@Timeout(60)
class TopicTest {
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Topic VECTORS = new Topic("vectors", "f32[2]");
  private static final SocketOptions NARROW =
      SocketOptions.DEFAULT.withConnection(ConnectionOptions.DEFAULT.withResponseByteSize(2048));

  private final Broker broker = Broker.bind("inproc://topic-test-" + NAMES.incrementAndGet());
  private final ClientSocket publisher = Socket.connect(broker.clientUrl());
  private final ClientSocket subscriber = Socket.connect(broker.clientUrl(), NARROW);
  private final List<Float> received = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @AfterEach
  void close() {
    publisher.close();
    subscriber.close();
    broker.close();
  }

  @Test
  void publishedVectors_reachEverySubscriberInOrder() throws Exception {
    List<Float> others = new CopyOnWriteArrayList<>();
    subscribe(VECTORS, Overflow.WAIT, new Collector<>(received, end));
    subscribe(VECTORS, Overflow.WAIT, new Collector<>(others, end));
    awaitSubscriptions(2);
    for (int i = 0; i < 500; i++) {
      publish(i);
    }
    BrokerTest.await(() -> received.size() == 500 && others.size() == 500);
    for (int i = 0; i < 500; i++) {
      assertThat(received.get(i)).isEqualTo(i);
      assertThat(others.get(i)).isEqualTo(i);
    }
  }

  @Test
  void subscriber_whoseSlabIsFull_missesWhatHadNoRoom() throws Exception {
    Slow slow = new Slow();
    subscribe(VECTORS, Overflow.DROP, slow);
    awaitSubscriptions(1);
    for (int i = 0; i < 200; i++) {
      publish(i);
    }
    BrokerTest.await(() -> drops() > 0);
    slow.subscription.request(Long.MAX_VALUE);
    BrokerTest.await(() -> received.size() == 200 - drops());
    assertThat(received).isSorted().startsWith(0f);
  }

  @Test
  void publisher_waitsForASubscriberThatMissesNothing() throws Exception {
    Slow slow = new Slow();
    subscribe(VECTORS, Overflow.WAIT, slow);
    awaitSubscriptions(1);
    CompletableFuture<byte[]> last = null;
    for (int i = 0; i < 100; i++) {
      last = news(i).send();
    }
    assertThat(last).isNotDone();
    slow.subscription.request(Long.MAX_VALUE);
    assertThat(BrokerTest.answer(last)).containsExactly(1);
    BrokerTest.await(() -> received.size() == 100);
    assertThat(drops()).isZero();
  }

  @Test
  void anotherSchema_isRefusedOnEitherSide() {
    subscribe(VECTORS, Overflow.DROP, new Collector<>(received, end));
    awaitSubscriptions(1);
    Topic other = new Topic(VECTORS.name(), "f64[2]");
    assertThatThrownBy(() -> BrokerTest.answer(publisher.publish(other).bytes(new byte[8]).send()))
        .hasCauseInstanceOf(RemoteFailureException.class)
        .hasMessageContaining("another schema");
    CompletableFuture<Void> refused = new CompletableFuture<>();
    subscribe(other, Overflow.DROP, new Collector<>(received, refused));
    assertThatThrownBy(refused::join).hasMessageContaining("another schema");
  }

  @Test
  void cancelledAndClosedSubscribers_areForgotten() {
    Collector<Float> collector = new Collector<>(received, end);
    subscribe(VECTORS, Overflow.DROP, collector);
    subscribe(VECTORS, Overflow.DROP, new Collector<>(received, end));
    awaitSubscriptions(2);
    collector.cancel();
    awaitSubscriptions(1);
    subscriber.close();
    awaitSubscriptions(0);
  }

  private void publish(float value) throws Exception {
    BrokerTest.answer(news(value).send());
  }

  private Call news(float value) {
    return publisher
        .publish(VECTORS)
        .vector(ElementType.F32, new long[] {2}, vector -> vector.setFloat(1, value));
  }

  private void subscribe(Topic topic, Overflow overflow, Flow.Subscriber<Float> to) {
    subscriber.subscribe(topic, overflow, payload -> payload.asVector().getFloat(1)).subscribe(to);
  }

  private void awaitSubscriptions(int count) {
    BrokerTest.await(() -> broker.statistics().subscriptionCount() == count);
  }

  private long drops() {
    return broker.statistics().clients().stream().mapToLong(ClientStatistics::dropCount).sum();
  }

  /** Asks for nothing by itself. */
  private final class Slow implements Flow.Subscriber<Float> {
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(Float item) {
      received.add(item);
    }

    @Override
    public void onError(Throwable why) {
      end.completeExceptionally(why);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }
}

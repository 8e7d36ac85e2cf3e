package dev.aeon.slabs.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.Await;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers of many items, as they are asked for. */
@Timeout(60)
class ItemStreamTest {
  private static final int ITEM_COUNT = 1000;

  private final ServerSocket server = Socket.bind("inproc://item-stream-test");
  private final ClientSocket client = Socket.connect(server.address());

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void items_askedForOneByOne_comeInOrderAndEnd() {
    server.serve(new Counting());
    Collector collector = new Collector();
    client.call().stream(payload -> payload.toByteArray().length).subscribe(collector);
    for (int i = 0; i < ITEM_COUNT; i++) {
      collector.subscription.request(1);
      assertThat(collector.take()).isEqualTo(i % 64);
    }
    collector.end.join();
  }

  @Test
  void items_notAskedFor_stayInTheResponseSlab() {
    server.serve(new Counting());
    Collector collector = new Collector();
    client.call().stream(payload -> payload.toByteArray().length).subscribe(collector);
    collector.subscription.request(2);
    assertThat(collector.take()).isEqualTo(0);
    assertThat(collector.take()).isEqualTo(1);
    Await.until(() -> client.responseFillByteSize() > 0);
    assertThat(collector.items).isEmpty();
    collector.subscription.request(Long.MAX_VALUE);
    collector.end.join();
    assertThat(collector.items).hasSize(ITEM_COUNT - 2);
  }

  @Test
  void stream_whoseServerCloses_fails() {
    Collector collector = new Collector();
    client.call().stream(Payload::toByteArray).subscribe(collector);
    collector.subscription.request(1);
    server.close();
    assertThatThrownBy(collector.end::join).hasCauseInstanceOf(PeerLostException.class);
  }

  @Test
  void demand_thatIsNotPositive_isAnError() {
    Collector collector = new Collector();
    client.call().stream(Payload::toByteArray).subscribe(collector);
    collector.subscription.request(0);
    assertThatThrownBy(collector.end::join).hasCauseInstanceOf(IllegalArgumentException.class);
  }

  /** Answers with items of size 0, 1, 2, … 63, 0, …, going on where the slab was full. */
  private static final class Counting implements RequestHandler {
    private int sentCount;

    @Override
    public boolean onRequest(Request request) {
      while (sentCount < ITEM_COUNT) {
        if (!request.tryItem(MemorySegment.ofArray(new byte[sentCount % 64]))) {
          return false;
        }
        sentCount++;
      }
      return request.tryEnd();
    }
  }

  private static final class Collector implements Flow.Subscriber<Object> {
    final BlockingQueue<Object> items = new LinkedBlockingQueue<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();
    Flow.Subscription subscription;

    Object take() {
      try {
        return items.take();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(Object item) {
      items.add(item);
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

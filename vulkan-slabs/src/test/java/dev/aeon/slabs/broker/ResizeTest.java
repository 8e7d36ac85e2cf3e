package dev.aeon.slabs.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.RequestHandler;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Worker;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Workers that come, go and die while clients ask: nothing is lost, nothing overtakes within a key.
 */
@Timeout(120)
class ResizeTest {
  private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int KEY_COUNT = 64;
  private static final AtomicInteger NAMES = new AtomicInteger();

  /** The last number that was served of each key, whoever served it. */
  private final Map<Long, Long> lastByKey = new ConcurrentHashMap<>();

  private final AtomicInteger outOfOrderCount = new AtomicInteger();

  @Test
  void shardCount_from1To4To2UnderLoad_losesAndReordersNothing() throws Exception {
    try (Broker broker = Broker.bind("inproc://resize-test-" + NAMES.incrementAndGet())) {
      work(broker);
      Load load = new Load(broker);
      load.runUntil(3_000);
      for (int shards = 2; shards <= 4; shards++) {
        work(broker);
        load.runUntil(shards * 3_000);
      }
      BrokerTest.await(() -> broker.statistics().shards().size() == 4);
      load.runUntil(18_000);
      broker.retireTo(2);
      load.runUntil(24_000);
      load.end();
      assertThat(outOfOrderCount).hasValue(0);
      assertThat(broker.statistics().shards()).hasSize(2);
      assertThat(broker.statistics().isSettled()).isTrue();
      assertThat(broker.statistics().deadWorkerCount()).isZero();
      assertThat(load.unansweredCount()).isZero();
    }
  }

  @Test
  void workers_thatDieUnderLoad_loseAndReorderNothing() throws Exception {
    try (Broker broker = Broker.bind("inproc://resize-test-" + NAMES.incrementAndGet())) {
      Worker first = work(broker);
      work(broker);
      Load load = new Load(broker);
      load.runUntil(4_000);
      Worker third = work(broker);
      first.close();
      load.runUntil(8_000);
      third.close();
      work(broker);
      load.runUntil(12_000);
      load.end();
      assertThat(outOfOrderCount).hasValue(0);
      assertThat(load.unansweredCount()).isZero();
      assertThat(broker.statistics().deadWorkerCount()).isEqualTo(2);
    }
  }

  /** Serves numbers, and says where one of a key comes after a larger one. */
  private Worker work(Broker broker) {
    RequestHandler handler =
        request -> {
          long key = request.segment().get(I64, request.byteOffset());
          long number = request.segment().get(I64, request.byteOffset() + Long.BYTES);
          Long last = lastByKey.put(key, number);
          // A request that a dead worker had served is served again: the same number, not a smaller
          // one.
          if (last != null && last > number) {
            outOfOrderCount.incrementAndGet();
          }
          return request.tryReply(request.asSegment());
        };
    return Worker.connect(broker.workerUrl(), handler, SocketOptions.DEFAULT);
  }

  /** Two clients, each with keys of its own, that ask as fast as they are answered. */
  private static final class Load {
    private final AtomicInteger answeredCount = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<CompletableFuture<Integer>> clients = new ArrayList<>();

    Load(Broker broker) {
      for (int client = 0; client < 2; client++) {
        int first = client * KEY_COUNT;
        clients.add(
            CompletableFuture.supplyAsync(() -> ask(broker, first), Thread::startVirtualThread));
      }
    }

    void runUntil(int count) {
      BrokerTest.await(() ->
          answeredCount.get() >= count || clients.stream().anyMatch(CompletableFuture::isDone));
    }

    void end() {
      ended.set(true);
      clients.forEach(CompletableFuture::join);
    }

    int unansweredCount() {
      return clients.stream().mapToInt(CompletableFuture::join).sum();
    }

    /** Asks until the end; how many were not answered in the order of their key. */
    private int ask(Broker broker, int firstKey) {
      try (ClientSocket socket = Socket.connect(broker.clientUrl())) {
        Map<Long, Long> answeredByKey = new HashMap<>();
        long number = 0;
        long unanswered = 0;
        while (!ended.get()) {
          for (int burst = 0; burst < 200; burst++) {
            number++;
            send(socket, firstKey + number % KEY_COUNT, number);
          }
          for (int burst = 0; burst < 200; burst++) {
            unanswered += isInOrder(socket, answeredByKey) ? 0 : 1;
            answeredCount.incrementAndGet();
          }
        }
        return (int) unanswered;
      }
    }

    private static void send(ClientSocket socket, long key, long number) {
      socket
          .call()
          .key(key)
          .bytes(
              16,
              (segment, byteOffset) -> {
                segment.set(I64, byteOffset, key);
                segment.set(I64, byteOffset + Long.BYTES, number);
              })
          .sendOnly();
    }

    private static boolean isInOrder(ClientSocket socket, Map<Long, Long> answeredByKey) {
      return socket.receive(payload -> {
        long key = payload.segment().get(I64, payload.byteOffset());
        long number = payload.segment().get(I64, payload.byteOffset() + Long.BYTES);
        Long before = answeredByKey.put(key, number);
        return before == null || number == before + KEY_COUNT;
      });
    }
  }
}

package dev.aeon.slabs.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.frame.GatheredPart;
import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.Payload;
import dev.aeon.slabs.rpc.PeerLostException;
import dev.aeon.slabs.rpc.RemoteFailureException;
import dev.aeon.slabs.rpc.RequestHandler;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Worker;
import dev.aeon.slabs.transport.Backoff;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Transports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BrokerTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Broker broker =
      opened(Broker.bind("inproc://broker-test-" + NAMES.incrementAndGet()));
  private final ClientSocket client = connect(SocketOptions.DEFAULT);

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void calls_ofManyKeys_areAnsweredByTheShardOfTheirKey() throws Exception {
    for (int shard = 0; shard < 4; shard++) {
      byte[] name = {(byte) shard};
      work(request -> request.tryReply(name));
    }
    await(() -> broker.statistics().shards().size() == 4);
    int[] countByShard = new int[4];
    for (int key = 0; key < 400; key++) {
      int first = answer(client.call().key(key).send())[0];
      assertThat(answer(client.call().key(key).send())).containsExactly(first);
      countByShard[first]++;
    }
    for (int count : countByShard) {
      assertThat(count).isBetween(50, 150);
    }
  }

  @Test
  void everyShard_asked_answersInOneReply() throws Exception {
    work(request -> request.tryReply("one".getBytes(UTF_8)));
    work(request -> {
      throw new IllegalStateException("cannot");
    });
    work(request -> request.tryReply("three".getBytes(UTF_8)));
    await(() -> broker.statistics().shards().size() == 3);
    List<GatheredPart> parts = GatheredPart.decode(answer(client.call().everyShard().send()));
    assertThat(parts).hasSize(3);
    assertThat(parts.stream().filter(GatheredPart::failed)).hasSize(1);
    assertThat(parts.stream().map(part -> new String(part.body(), UTF_8)))
        .containsExactlyInAnyOrder("one", "three", "IllegalStateException: cannot");
  }

  @Test
  void requests_beforeAnyWorker_waitForOne() throws Exception {
    CompletableFuture<byte[]> early = client.call().bytes(new byte[] {7}).send();
    assertThat(broker.statistics().shards()).isEmpty();
    work(request -> request.tryReply(request.toByteArray()));
    assertThat(answer(early)).containsExactly(7);
  }

  @Test
  void oneWayMessages_completeWithoutAnAnswer() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    work(request ->
        (seen.incrementAndGet() > 0 && request.byteSize() == 1) || request.tryReply(new byte[0]));
    for (int i = 0; i < 10; i++) {
      client.sendBytes(new byte[1]);
    }
    assertThat(answer(client.call().bytes(new byte[2]).send())).isEmpty();
    await(() -> seen.get() == 11);
    await(() -> broker.statistics().shards().getFirst().answeredCount() == 11);
  }

  @Test
  void answer_largerThanTheRequestAllows_isAFailure() {
    work(request -> request.tryReply(new byte[5000]));
    assertThatThrownBy(() -> answer(client.call().replyByteSize(4999).send()))
        .hasCauseInstanceOf(RemoteFailureException.class)
        .hasMessageContaining("byteSize=5000 replyByteSize=4999");
  }

  @Test
  void request_forALargerAnswerThanTheSlabHolds_isRefused() {
    work(request -> request.tryReply(new byte[1]));
    assertThatThrownBy(() -> answer(client.call().replyByteSize(1 << 20).send()))
        .hasMessageContaining("response slab is too small");
  }

  @Test
  void stream_throughABroker_isRefusedByAFailure() {
    work(request -> request.tryReply(new byte[1]));
    CompletableFuture<Void> end = new CompletableFuture<>();
    client.call().stream(Payload::toByteArray).subscribe(new Collector<>(new ArrayList<>(), end));
    assertThatThrownBy(end::join).hasMessageContaining("streams");
  }

  @Test
  void clientThatReadsNothing_holdsUpItselfAlone() throws Exception {
    work(request -> request.tryReply(new byte[200]));
    ClientSocket lazy =
        connect(
            SocketOptions.DEFAULT
                .withReplyByteSize(200)
                .withConnection(ConnectionOptions.DEFAULT.withResponseByteSize(1 << 10)));
    for (int i = 0; i < 50; i++) {
      lazy.sendBytes(new byte[1]);
    }
    for (int i = 0; i < 200; i++) {
      assertThat(answer(client.call().send())).hasSize(200);
    }
    assertThat(lazy.responseFillByteSize()).isLessThanOrEqualTo(1 << 10);
    for (int i = 0; i < 50; i++) {
      assertThat(lazy.receiveBytes()).hasSize(200);
    }
  }

  @Test
  void answersThatWereNotRead_leaveAHighWaterMarkWhenTheyAre() throws Exception {
    work(request -> request.tryReply(new byte[200]));
    for (int i = 0; i < 5; i++) {
      client.sendBytes(new byte[1]);
    }
    await(() -> ofClient().responseHighWaterByteSize() >= 5 * 200);
    for (int i = 0; i < 5; i++) {
      assertThat(client.receiveBytes()).hasSize(200);
    }
    await(() -> ofClient().responseFillByteSize() == 0);
    assertThat(ofClient().responseHighWaterByteSize())
        .isBetween(5L * 200, ofClient().responseCapacity());
  }

  private ClientStatistics ofClient() {
    return broker.statistics().clients().getFirst();
  }

  @Test
  void clientOrWorker_thatBreaksTheProtocol_isDroppedAlone() throws Exception {
    work(request -> request.tryReply(new byte[] {3}));
    Connection badClient =
        opened(Transports.connect(broker.clientUrl(), ConnectionOptions.DEFAULT));
    Connection badWorker =
        opened(Transports.connect(broker.workerUrl(), ConnectionOptions.DEFAULT));
    await(() -> broker.statistics().shards().size() == 2);
    await(() -> broker.statistics().clients().size() == 2);
    for (Connection each : List.of(badClient, badWorker)) {
      long at = each.outbox().claim(Frame.HEADER_BYTES);
      Frame.begin(each.outbox().segment(), at, FrameKind.REPLY, 1, 1);
      each.outbox().commit();
    }
    for (int key = 0; key < 50; key++) {
      assertThat(answer(client.call().key(key).send())).containsExactly(3);
    }
    await(() -> !badClient.isOpen() && !badWorker.isOpen());
    assertThat(broker.statistics().clients()).hasSize(1);
    assertThat(broker.statistics().shards()).hasSize(1);
    assertThat(broker.statistics().deadWorkerCount()).isEqualTo(1);
  }

  @Test
  void clientThatCorruptsItsResponseSlab_holdsUpItselfAlone() throws Exception {
    work(request -> request.tryReply(new byte[] {3}));
    Connection hostile = opened(Transports.connect(broker.clientUrl(), ConnectionOptions.DEFAULT));
    hostile.inbox().segment().asSlice(0, 512).fill((byte) 0x55);
    for (int i = 0; i < 100; i++) {
      long at = hostile.outbox().claim(Frame.HEADER_BYTES);
      Frame.begin(hostile.outbox().segment(), at, FrameKind.REQUEST, i + 1, i);
      hostile.outbox().commit();
      assertThat(answer(client.call().key(i).send())).containsExactly(3);
    }
    assertThat(broker.statistics().deadWorkerCount()).isZero();
  }

  @Test
  void stuckWorker_loses_itsRequestsToAnother() throws Exception {
    broker.close();
    BrokerOptions hasty = BrokerOptions.DEFAULT.withWorkerTimeout(Duration.ofSeconds(2));
    String name = "inproc://stuck-" + NAMES.incrementAndGet();
    try (Broker strict = Broker.bind(name, name + "-workers", hasty);
        ClientSocket asking = Socket.connect(name)) {
      CountDownLatch release = new CountDownLatch(1);
      Worker.connect(
          strict.workerUrl(),
          request -> {
            awaitUninterruptibly(release);
            return request.tryReply(new byte[] {1});
          },
          SocketOptions.DEFAULT);
      await(() -> strict.statistics().shards().size() == 1);
      List<CompletableFuture<byte[]>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(asking.call().key(i).send());
      }
      await(() -> strict.statistics().deadWorkerCount() == 1);
      Worker.connect(
          strict.workerUrl(), request -> request.tryReply(new byte[] {2}), SocketOptions.DEFAULT);
      for (CompletableFuture<byte[]> each : answers) {
        assertThat(answer(each)).containsExactly(2);
      }
      assertThat(strict.statistics().handedOverCount()).isEqualTo(20);
      release.countDown();
    }
  }

  @Test
  void closedBroker_failsWhatIsPending() {
    CompletableFuture<byte[]> pending = client.call().send();
    broker.close();
    assertThatThrownBy(() -> answer(pending)).hasCauseInstanceOf(PeerLostException.class);
    assertThatThrownBy(broker::statistics).hasMessageContaining("broker is closed");
  }

  private void work(RequestHandler handler) {
    opened(Worker.connect(broker.workerUrl(), handler, SocketOptions.DEFAULT));
  }

  private ClientSocket connect(SocketOptions options) {
    return opened(Socket.connect(broker.clientUrl(), options));
  }

  private <T extends AutoCloseable> T opened(T one) {
    opened.add(one);
    return one;
  }

  static byte[] answer(CompletableFuture<byte[]> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  static void await(BooleanSupplier condition) {
    Backoff backoff = new Backoff();
    while (!condition.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("time is up").isFalse();
      backoff.idle();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}

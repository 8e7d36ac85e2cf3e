package dev.aeon.slabs.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.Await;
import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.TransportException;
import dev.aeon.slabs.view.ElementType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private final ServerSocket server =
      Socket.bind("inproc://socket-test-" + NAMES.incrementAndGet());
  private final ClientSocket client = Socket.connect(server.address());

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void bytes_sentAndAnswered_arriveInOrder() {
    for (int i = 0; i < 100; i++) {
      client.sendBytes(new byte[] {(byte) i});
    }
    for (int i = 0; i < 100; i++) {
      assertThat(server.receiveBytes()).containsExactly(i);
      server.sendBytes(new byte[] {(byte) (2 * i)});
    }
    for (int i = 0; i < 100; i++) {
      assertThat(client.receiveBytes()).containsExactly((byte) (2 * i));
    }
  }

  @Test
  void vector_writtenInPlace_arrivesWithTypeAndShape() {
    client.sendVector(ElementType.F32, new long[] {2, 3}, vector -> vector.setFloat(1, 2, 6.5f));
    float last =
        server.receiveVector(vector -> {
          assertThat(vector.elementType()).isEqualTo(ElementType.F32);
          assertThat(vector.shape()).containsExactly(2, 3);
          return vector.getFloat(1, 2);
        });
    assertThat(last).isEqualTo(6.5f);
  }

  @Test
  void receiveVector_ofBytes_takesTheMessageAndSaysSo() {
    client.sendBytes(new byte[3]);
    client.sendBytes(new byte[] {9});
    assertThatThrownBy(() -> server.receiveVector(vector -> vector))
        .isInstanceOf(FrameException.class)
        .hasMessageContaining("no vector");
    assertThat(server.receiveBytes()).containsExactly(9);
  }

  @Test
  void calls_byTheThousand_completeEachWithItsOwnAnswer() throws Exception {
    server.serve(request -> request.tryReply(request.asSegment()));
    List<CompletableFuture<byte[]>> answers = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      answers.add(client.call().bytes(Integer.toString(i).getBytes(UTF_8)).send());
    }
    for (int i = 0; i < 5_000; i++) {
      assertThat(answers.get(i).get(30, TimeUnit.SECONDS)).asString(UTF_8).isEqualTo("" + i);
    }
  }

  @Test
  void call_thatTheHandlerRefuses_failsWithItsWords() {
    server.serve(request -> {
      throw new IllegalStateException("no such vector");
    });
    assertThatThrownBy(() -> client.call().send().get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RemoteFailureException.class)
        .hasMessageContaining("IllegalStateException: no such vector");
  }

  @Test
  void call_thatNobodyAnswers_timesOutAndItsLateAnswerIsDropped() throws Exception {
    SocketOptions hasty = SocketOptions.DEFAULT.withTimeout(Duration.ofMillis(30));
    try (ClientSocket hastyClient = Socket.connect(server.address(), hasty)) {
      CompletableFuture<byte[]> answer = hastyClient.call().send();
      assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(TimeoutException.class);
      server.serve(request -> request.tryReply(new byte[1]));
      Await.until(() -> hastyClient.lateReplyCount() == 1);
    }
  }

  @Test
  void server_beyondAFullResponseSlab_holdsTheRequestsAndLosesNone() throws Exception {
    SocketOptions small =
        SocketOptions.DEFAULT.withConnection(
            ConnectionOptions.DEFAULT.withResponseByteSize(512).withRequestByteSize(4096));
    try (ClientSocket narrow = Socket.connect(server.address(), small)) {
      AtomicInteger triedCount = new AtomicInteger();
      server.serve(request -> {
        triedCount.incrementAndGet();
        return request.tryReply(new byte[100]);
      });
      for (int i = 0; i < 20; i++) {
        narrow.sendBytes(new byte[8]);
      }
      Await.until(() -> triedCount.get() > 50);
      assertThat(narrow.responseFillByteSize()).isBetween(100L, 512L);
      for (int i = 0; i < 20; i++) {
        assertThat(narrow.receiveBytes()).hasSize(100);
      }
    }
  }

  @Test
  void slowClient_whoseSlabIsFull_keepsNoOtherFromBeingServed() throws Exception {
    SocketOptions small =
        SocketOptions.DEFAULT.withConnection(ConnectionOptions.DEFAULT.withResponseByteSize(256));
    server.serve(request -> request.tryReply(new byte[64]));
    try (ClientSocket slow = Socket.connect(server.address(), small)) {
      for (int i = 0; i < 10; i++) {
        slow.sendBytes(new byte[8]);
      }
      assertThat(client.call().send().get(30, TimeUnit.SECONDS)).hasSize(64);
    }
  }

  @Test
  void answer_largerThanTheSlabCanEverHold_isAFailureNotASilence() {
    SocketOptions small =
        SocketOptions.DEFAULT.withConnection(ConnectionOptions.DEFAULT.withResponseByteSize(1024));
    server.serve(request -> request.tryReply(new byte[4096]));
    try (ClientSocket narrow = Socket.connect(server.address(), small)) {
      assertThatThrownBy(() -> narrow.call().send().get(30, TimeUnit.SECONDS))
          .hasMessageContaining("payload does not fit this ring");
    }
  }

  @Test
  void pendingCalls_whenTheServerCloses_failAsLost() {
    CompletableFuture<byte[]> answer = client.call().send();
    server.close();
    assertThatThrownBy(() -> answer.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(PeerLostException.class);
    assertThatThrownBy(() -> client.sendBytes(new byte[1])).isInstanceOf(PeerLostException.class);
    assertThatThrownBy(client::receiveBytes).isInstanceOf(PeerLostException.class);
  }

  @Test
  void answersThatWereSent_beforeTheServerClosed_canStillBeTaken() {
    client.sendBytes(new byte[] {1});
    server.receiveBytes();
    server.sendBytes(new byte[] {2});
    server.close();
    assertThat(client.receiveBytes()).containsExactly(2);
  }

  @Test
  void blockedReceiver_whenItsSocketCloses_isToldSo() {
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    Thread receiver =
        Thread.ofVirtual()
            .start(() -> {
              try {
                client.receiveBytes();
              } catch (RuntimeException e) {
                told.complete(e);
              }
            });
    Await.until(() -> receiver.getState() != Thread.State.NEW);
    client.close();
    assertThat(told.join()).isInstanceOf(SocketClosedException.class);
  }

  @Test
  void bothEndsClosed_byWhoIsHandedAnAnswer_disturbNobody() throws Exception {
    CountDownLatch listening = new CountDownLatch(1);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    server.serve(request -> listening.getCount() == 0 && request.tryReply(new byte[1]));
    CompletableFuture<Thread> closed =
        client
            .call()
            .send()
            .thenApply(answer -> {
              Thread.currentThread().setUncaughtExceptionHandler((_, why) -> thrown.set(why));
              client.close();
              server.close();
              return Thread.currentThread();
            });
    listening.countDown();
    closed.get(30, TimeUnit.SECONDS).join();
    assertThat(thrown).hasNullValue();
  }

  @Test
  void receiver_besideCalls_getsItsMessagesAndCallsTheirAnswers() throws Exception {
    server.serve(request -> request.tryReply(request.asSegment()));
    List<CompletableFuture<byte[]>> answers = new ArrayList<>();
    for (int number = 0; number < 500; number++) {
      answers.add(client.call().bytes(new byte[] {(byte) number, 1}).send());
      client.sendBytes(new byte[] {(byte) number});
    }
    for (int number = 0; number < 500; number++) {
      assertThat(client.receiveBytes()).containsExactly(number);
    }
    for (int number = 0; number < 500; number++) {
      assertThat(answers.get(number).get(30, TimeUnit.SECONDS)).containsExactly(number, 1);
    }
  }

  @Test
  void receive_whenNothingComes_timesOut() {
    SocketOptions hasty = SocketOptions.DEFAULT.withTimeout(Duration.ofMillis(10));
    try (ClientSocket hastyClient = Socket.connect(server.address(), hasty)) {
      assertThatThrownBy(hastyClient::receiveBytes)
          .isInstanceOf(RpcTimeoutException.class)
          .hasMessageContaining("timeoutNanos=10000000");
    }
  }

  @Test
  void send_withoutARequestToAnswer_isABug() {
    assertThatThrownBy(() -> server.sendBytes(new byte[1]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void urls_thatCannotBe_sayWhy() {
    assertThatThrownBy(() -> Socket.connect("pigeon://x"))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("pigeon");
    assertThatThrownBy(() -> Socket.connect("nothing")).isInstanceOf(TransportException.class);
    assertThatThrownBy(() -> Socket.connect("inproc://nobody-" + NAMES.incrementAndGet()))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("nobody accepts");
    assertThatThrownBy(() -> Socket.bind(server.address()))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("taken");
  }
}

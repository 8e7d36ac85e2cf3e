package dev.aeon.slabs.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.Await;
import dev.aeon.slabs.ChildJvm;
import dev.aeon.slabs.broker.BrokerOptions;
import dev.aeon.slabs.rpc.RpcTimeoutException;
import dev.aeon.slabs.rpc.SocketClosedException;
import dev.aeon.slabs.rpc.SocketOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Brokers in processes of their own, of which the one in office is killed again and again. */
@Timeout(180)
class StandbyTest {
  private static final int KEY_COUNT = 8;
  private static final int WINDOW_COUNT = 200;
  private static final int KILL_COUNT = 3;
  private static final int REQUESTS_BETWEEN = 400;

  private final List<Process> brokers = new ArrayList<>();
  private final Random random = new Random(20_260_215);

  @TempDir Path folder;

  @AfterEach
  void killAll() {
    brokers.forEach(ChildJvm::kill);
  }

  @Test
  void brokersKilledUnderLoad_withAStandby_loseNothingAndReorderNoKey() throws Exception {
    Executions executions = new Executions(KEY_COUNT);
    startBroker();
    startBroker();
    try (SteadyWorker _ = worker(executions);
        SteadyWorker _ = worker(executions);
        SteadyClient client = SteadyClient.start(url("clients"), SocketOptions.DEFAULT)) {
      Queue<CompletableFuture<byte[]>> pending = new ArrayDeque<>();
      long sent = 0;
      long answered = 0;
      for (int life = 0; life <= KILL_COUNT; life++) {
        long until = sent + REQUESTS_BETWEEN + random.nextInt(REQUESTS_BETWEEN);
        while (sent < until) {
          pending.add(ask(client, sent++));
          if (pending.size() > WINDOW_COUNT) {
            requireAnswer(pending.remove(), answered++);
          }
        }
        if (life < KILL_COUNT) {
          killTheOneInOffice();
          startBroker();
        }
      }
      while (!pending.isEmpty()) {
        requireAnswer(pending.remove(), answered++);
      }
      assertThat(answered).isEqualTo(sent);
      executions.requireAll(sent, KILL_COUNT);
    }
  }

  @Test
  void standby_whileAnotherIsInOffice_waitsUntilItCloses() throws Exception {
    Path office = folder.resolve("office");
    StandbyBroker first = broker(office);
    CompletableFuture<StandbyBroker> second = new CompletableFuture<>();
    Thread waiting = Thread.ofPlatform().start(() -> awaitInto(second, office));
    Await.until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    assertThat(second).isNotDone();
    first.close();
    second.get(60, TimeUnit.SECONDS).close();
    waiting.join();
  }

  @Test
  void standby_whileSomethingOfTheLastBrokerIsExecuted_waitsForItsEnd() throws Exception {
    Path office = folder.resolve("office");
    ProcessLock executing = new Office(office).tryServe();
    CompletableFuture<StandbyBroker> next = new CompletableFuture<>();
    Thread waiting = Thread.ofPlatform().start(() -> awaitInto(next, office));
    Await.until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    assertThat(next).isNotDone();
    assertThat(executing).isNotNull();
    executing.release();
    next.get(60, TimeUnit.SECONDS).close();
    waiting.join();
  }

  @Test
  void standby_interrupted_leavesTheOfficeToOthers() throws Exception {
    Path office = folder.resolve("office");
    ProcessLock executing = new Office(office).tryServe();
    assertThat(executing).isNotNull();
    CompletableFuture<StandbyBroker> next = new CompletableFuture<>();
    Thread waiting = Thread.ofPlatform().start(() -> awaitInto(next, office));
    waiting.interrupt();
    assertThatThrownBy(() -> next.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    executing.release();
    broker(office).close();
  }

  @Test
  void client_withoutABroker_isToldInTime() throws Exception {
    SocketOptions hasty = SocketOptions.DEFAULT.withTimeout(Duration.ofMillis(20));
    try (SteadyClient client = SteadyClient.start(url("clients"), hasty)) {
      assertThatThrownBy(() -> ask(client, 0).get(60, TimeUnit.SECONDS))
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isInstanceOf(RpcTimeoutException.class),
              thrown -> assertThat(thrown).hasCauseInstanceOf(RpcTimeoutException.class));
    }
  }

  @Test
  void client_closed_failsWhatWaits() throws Exception {
    try (StandbyBroker broker = broker(folder.resolve("office"))) {
      SteadyClient client = SteadyClient.start(broker.broker().clientUrl(), SocketOptions.DEFAULT);
      CompletableFuture<byte[]> unanswered = ask(client, 0);
      client.close();
      assertThatThrownBy(() -> unanswered.get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(SocketClosedException.class);
      assertThat(client.unansweredCount()).isZero();
      assertThatThrownBy(() -> ask(client, 1)).isInstanceOf(SocketClosedException.class);
    }
  }

  @Test
  void client_ofABrokerThatClosed_asksTheNextWhatWaitedButWasNotCancelled() throws Exception {
    Path office = folder.resolve("office");
    Executions executions = new Executions(1);
    StandbyBroker first = broker(office);
    try (SteadyClient client = SteadyClient.start(url("clients"), SocketOptions.DEFAULT)) {
      CompletableFuture<byte[]> waiting = ask(client, 0);
      CompletableFuture<byte[]> cancelled = ask(client, 1);
      Await.until(() -> !first.broker().statistics().clients().isEmpty());
      cancelled.cancel(false);
      first.close();
      try (StandbyBroker second = broker(office);
          SteadyWorker _ = worker(executions)) {
        requireAnswer(waiting, 0);
        requireAnswer(ask(client, 1), 1);
        assertThat(second.broker().statistics().clients()).hasSize(1);
      }
    }
    executions.requireAll(2, 0);
  }

  private void awaitInto(CompletableFuture<StandbyBroker> result, Path office) {
    try {
      result.complete(broker(office));
    } catch (InterruptedException | RuntimeException failed) {
      result.completeExceptionally(failed);
    }
  }

  private StandbyBroker broker(Path office) throws InterruptedException {
    return StandbyBroker.await(office, url("clients"), url("workers"), BrokerOptions.DEFAULT);
  }

  private SteadyWorker worker(Executions executions) {
    return SteadyWorker.start(
        folder.resolve("office"),
        url("workers"),
        request -> {
          byte[] question = request.toByteArray();
          executions.add(ByteBuffer.wrap(question).getLong());
          return request.tryReply(question);
        },
        SocketOptions.DEFAULT);
  }

  private static CompletableFuture<byte[]> ask(SteadyClient client, long number) {
    byte[] question = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    return client.call(call -> call.key(number % KEY_COUNT).bytes(question));
  }

  private static void requireAnswer(CompletableFuture<byte[]> answer, long number)
      throws Exception {
    assertThat(ByteBuffer.wrap(answer.get(60, TimeUnit.SECONDS)).getLong()).isEqualTo(number);
  }

  private void startBroker() throws Exception {
    brokers.add(
        StandbyBrokerProcess.start(
            folder.resolve("office").toString(), url("clients"), url("workers")));
  }

  /** Which of the two serves is in what it says; the other is still waiting. */
  private void killTheOneInOffice() throws Exception {
    Process serving = StandbyBrokerProcess.firstInOffice(brokers);
    ChildJvm.kill(serving);
    brokers.remove(serving);
  }

  private String url(String name) {
    return "shm://" + folder.resolve(name + ".sock");
  }
}

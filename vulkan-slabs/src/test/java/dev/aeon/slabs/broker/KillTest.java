package dev.aeon.slabs.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.ChildJvm;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.PeerLostException;
import dev.aeon.slabs.rpc.ServerSocket;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.transport.Backoff;
import dev.aeon.slabs.transport.TransportException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
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

/** Processes that are killed with SIGKILL at random points of their work. */
@Timeout(180)
class KillTest {
  private static final int REQUEST_COUNT = 6_000;
  private static final int WINDOW_COUNT = 300;
  private static final int NEVER = -1;

  private final List<Process> processes = new ArrayList<>();
  private final Random random = new Random(20_260_101);

  @TempDir Path folder;

  @AfterEach
  void killAll() {
    processes.forEach(ChildJvm::kill);
  }

  @Test
  void workers_killedAtRandom_loseNoRequest() throws Exception {
    String clients = url("clients");
    String workers = url("workers");
    try (Broker broker = Broker.bind(clients, workers, BrokerOptions.DEFAULT)) {
      Process first = start("worker", workers);
      Process second = start("worker", workers);
      BrokerTest.await(() -> broker.statistics().shards().size() == 2);
      int answeredCount = 0;
      for (int round = 0; round < 3; round++) {
        Process victim = round % 2 == 0 ? first : second;
        int killAt = answeredCount + 200 + random.nextInt(1_000);
        answeredCount = ask(clients, answeredCount, REQUEST_COUNT / 3, killAt, victim);
        Process next = start("worker", workers);
        first = round % 2 == 0 ? next : first;
        second = round % 2 == 0 ? second : next;
        BrokerTest.await(() -> broker.statistics().shards().size() == 2);
      }
      assertThat(answeredCount).isEqualTo(REQUEST_COUNT);
      assertThat(broker.statistics().deadWorkerCount()).isEqualTo(3);
    }
  }

  @Test
  void workersOfReplicatedShards_thatWriteOverTheirRingsAndDie_loseAndSpoilNoRequest()
      throws Exception {
    String clients = url("clients");
    String workers = url("workers");
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST);
        Broker broker = Broker.bind(clients, workers, BrokerOptions.DEFAULT.withReplicas(device))) {
      start("worker", workers);
      int answeredCount = 0;
      for (int round = 1; round <= 3; round++) {
        start("vandal", workers, Integer.toString(200 + random.nextInt(500)));
        BrokerTest.await(() -> broker.statistics().shards().size() == 2);
        answeredCount = ask(clients, answeredCount, REQUEST_COUNT / 3, NEVER, processes.getLast());
        long deadCount = round;
        BrokerTest.await(() -> broker.statistics().deadWorkerCount() == deadCount);
      }
      assertThat(answeredCount).isEqualTo(REQUEST_COUNT);
      assertThat(broker.statistics().handedOverCount()).isPositive();
    }
  }

  @Test
  void brokers_killedAtRandom_areNoticedAndTheirSuccessorsAnswer() throws Exception {
    String clients = url("clients");
    String workers = url("workers");
    start("worker", workers);
    for (int life = 0; life < 3; life++) {
      Process broker = start("broker", clients, workers);
      try (ClientSocket socket = connect(clients)) {
        Queue<CompletableFuture<byte[]>> pending = new ArrayDeque<>();
        int killAt = 100 + random.nextInt(500);
        for (int number = 0; number < killAt; number++) {
          pending.add(call(socket, number));
          if (pending.size() > WINDOW_COUNT) {
            pending.remove().get(60, TimeUnit.SECONDS);
          }
        }
        ChildJvm.kill(broker);
        requireAnswersOrLosses(pending, killAt - pending.size());
        BrokerTest.await(() -> !socket.isOpen());
        assertThatThrownBy(() -> socket.sendBytes(new byte[1]))
            .isInstanceOf(PeerLostException.class);
      }
    }
  }

  @Test
  void producers_killedAtRandom_leaveNoTornRecord() throws Exception {
    try (ServerSocket server = Socket.bind(url("records"))) {
      for (int life = 0; life < 3; life++) {
        Process producer = start("producer", server.address());
        int killAt = 1_000 + random.nextInt(20_000);
        for (long number = 0; number < killAt; number++) {
          requireRecord(server.receiveBytes(), number);
        }
        ChildJvm.kill(producer);
        drainUntilGone(server, killAt);
      }
    }
  }

  @Test
  void consumers_killedAtRandom_areNoticedAndTheirSuccessorsTakeOver() throws Exception {
    String url = url("consumer");
    for (int life = 0; life < 3; life++) {
      Process consumer = start("consumer", url);
      try (ClientSocket socket = connect(url)) {
        int killAt = 100 + random.nextInt(400);
        for (int number = 0; number < killAt; number++) {
          socket.sendBytes(bytes(number));
          assertThat(socket.receiveBytes()).isEqualTo(bytes(number));
        }
        socket.sendBytes(bytes(killAt));
        ChildJvm.kill(consumer);
        BrokerTest.await(() -> !socket.isOpen());
        assertThatThrownBy(
                () -> {
                  socket.receiveBytes();
                  socket.receiveBytes();
                })
            .isInstanceOf(PeerLostException.class);
      }
    }
  }

  /**
   * Asks {@code count} questions and kills {@code victim} at the answer of number {@code killAt}.
   */
  private int ask(String clients, int from, int count, int killAt, Process victim)
      throws Exception {
    try (ClientSocket socket = connect(clients)) {
      Queue<CompletableFuture<byte[]>> pending = new ArrayDeque<>();
      int answered = from;
      for (int number = from; answered < from + count; ) {
        while (number < from + count && pending.size() < WINDOW_COUNT) {
          pending.add(call(socket, number++));
        }
        assertThat(pending.remove().get(60, TimeUnit.SECONDS)).isEqualTo(bytes(answered));
        answered++;
        if (answered == killAt) {
          ChildJvm.kill(victim);
        }
      }
      return answered;
    }
  }

  private static void requireAnswersOrLosses(Queue<CompletableFuture<byte[]>> pending, int first)
      throws Exception {
    int number = first;
    for (CompletableFuture<byte[]> each : pending) {
      try {
        assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(bytes(number));
      } catch (ExecutionException lost) {
        assertThat(lost).hasCauseInstanceOf(PeerLostException.class);
      }
      number++;
    }
  }

  /** What was published before the kill is whole and in order; then the producer is gone. */
  private static void drainUntilGone(ServerSocket server, long from) {
    long next = from;
    Backoff backoff = new Backoff();
    while (server.peerCount() > 0) {
      assertThat(Thread.currentThread().isInterrupted()).as("time is up").isFalse();
      byte[] record = server.tryReceiveBytes();
      if (record != null) {
        requireRecord(record, next++);
      }
      backoff.after(record == null ? 0 : 1);
    }
  }

  private static void requireRecord(byte[] record, long number) {
    assertThat(record).hasSize(Role.WORD_COUNT * Long.BYTES);
    ByteBuffer words = ByteBuffer.wrap(record).order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      assertThat(words.getLong()).isEqualTo(number);
    }
  }

  private static CompletableFuture<byte[]> call(ClientSocket socket, int number) {
    return socket.call().key(number % 16).bytes(bytes(number)).send();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static ClientSocket connect(String url) {
    Backoff backoff = new Backoff();
    while (true) {
      assertThat(Thread.currentThread().isInterrupted()).as("time is up").isFalse();
      try {
        return Socket.connect(url);
      } catch (TransportException notYet) {
        backoff.idle();
      }
    }
  }

  private Process start(String... arguments) throws IOException {
    Process process = Role.start(arguments);
    processes.add(process);
    return process;
  }

  private String url(String name) {
    return "shm://" + folder.resolve(name);
  }
}

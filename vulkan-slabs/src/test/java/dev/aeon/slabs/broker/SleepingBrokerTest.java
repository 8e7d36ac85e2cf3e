package dev.aeon.slabs.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.rpc.ClientSocket;
import dev.aeon.slabs.rpc.Overflow;
import dev.aeon.slabs.rpc.Payload;
import dev.aeon.slabs.rpc.RequestHandler;
import dev.aeon.slabs.rpc.Socket;
import dev.aeon.slabs.rpc.SocketOptions;
import dev.aeon.slabs.rpc.Topic;
import dev.aeon.slabs.rpc.Worker;
import dev.aeon.slabs.transport.ConnectionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Broker, workers and clients that fall asleep whenever they can and never look by themselves: what
 * nobody woke them for would not be done.
 */
@Timeout(value = 100, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SleepingBrokerTest {
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final SlabDevice device = opened(SlabDevice.open(DevicePreference.HOST));

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inproc", "shm", "tcp"})
  void calls_oneByOne_throughABrokerWhoseShardsChange_areAllAnswered(String scheme)
      throws Exception {
    Broker broker = bind(scheme);
    ClientSocket client = connect(broker, 1 << 12);
    CompletableFuture<byte[]> early = client.call().bytes(new byte[] {7}).send();
    work(broker, request -> request.tryReply(request.asSegment()));
    assertThat(BrokerTest.answer(early)).containsExactly(7);
    Worker second = work(broker, request -> request.tryReply(request.asSegment()));
    for (int number = 0; number < 500; number++) {
      byte[] body = {(byte) number};
      assertThat(BrokerTest.answer(client.call().key(number).bytes(body).send())).isEqualTo(body);
      if (number == 250) {
        second.close();
      }
    }
    assertThat(BrokerTest.answer(client.call().everyShard().send())).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"inproc", "shm", "tcp"})
  void messages_thatFillEveryRing_goOnWhereTheyAreTaken(String scheme) throws Exception {
    Broker broker = bind(scheme);
    work(broker, request -> request.tryReply(request.asSegment()));
    ClientSocket client = connect(broker, 1 << 12);
    CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(client, 1_000));
    for (int number = 0; number < 1_000; number++) {
      assertThat(client.receiveBytes()).hasSize(200).startsWith((byte) number);
    }
    sent.join();
  }

  private static void send(ClientSocket client, int count) {
    for (int number = 0; number < count; number++) {
      byte[] body = new byte[200];
      body[0] = (byte) number;
      client.sendBytes(body);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"inproc", "shm", "tcp"})
  void subscriberThatPublishersWaitFor_missesNothing(String scheme) throws Exception {
    Broker broker = bind(scheme);
    Topic topic = new Topic("sleepy", "bytes");
    ClientSocket subscriber = connect(broker, 1 << 11);
    ClientSocket publisher = connect(broker, 1 << 16);
    List<Integer> items = Collections.synchronizedList(new ArrayList<>());
    subscriber
        .subscribe(topic, Overflow.WAIT, SleepingBrokerTest::first)
        .subscribe(new Collector<>(items, new CompletableFuture<>()));
    BrokerTest.await(() -> broker.statistics().subscriptionCount() == 1);
    CompletableFuture<byte[]> last = new CompletableFuture<>();
    for (int number = 0; number < 200; number++) {
      byte[] body = new byte[100];
      body[0] = (byte) number;
      last = publisher.publish(topic).bytes(body).send();
    }
    assertThat(BrokerTest.answer(last)).containsExactly(1);
    BrokerTest.await(() -> items.size() == 200);
  }

  private static int first(Payload payload) {
    return payload.toByteArray()[0];
  }

  private Broker bind(String scheme) {
    BrokerOptions options =
        BrokerOptions.DEFAULT
            .withConnection(sleepy())
            .withWorkerTimeout(NEVER.multipliedBy(8))
            .withReplicas(device);
    return opened(Broker.bind(url(scheme, "c"), url(scheme, "w"), options));
  }

  private String url(String scheme, String name) {
    return switch (scheme) {
      case "shm" -> "shm://" + folder.resolve(name);
      case "tcp" -> "tcp://127.0.0.1:0";
      default -> scheme + "://sleeping-" + name + System.nanoTime();
    };
  }

  private static ConnectionOptions sleepy() {
    return ConnectionOptions.DEFAULT.withLongestSleep(NEVER);
  }

  private Worker work(Broker broker, RequestHandler handler) {
    SocketOptions options = SocketOptions.DEFAULT.withConnection(sleepy());
    return opened(Worker.connect(broker.workerUrl(), handler, options));
  }

  private ClientSocket connect(Broker broker, long ringByteSize) {
    ConnectionOptions rings =
        sleepy().withResponseByteSize(ringByteSize).withRequestByteSize(ringByteSize);
    SocketOptions options = SocketOptions.DEFAULT.withConnection(rings).withReplyByteSize(400);
    return opened(Socket.connect(broker.clientUrl(), options));
  }

  private <T extends AutoCloseable> T opened(T one) {
    opened.add(one);
    return one;
  }
}

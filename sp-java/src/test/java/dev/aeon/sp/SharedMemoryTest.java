package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When two sockets share memory, and what is left of it. */
@Timeout(120)
class SharedMemoryTest {
  private final AtomicInteger numbers = new AtomicInteger();

  @TempDir private Path folder;

  private String path() {
    return folder.resolve("s" + numbers.incrementAndGet()).toString();
  }

  private static void echo(ReqSocket req, RepSocket rep, String text) {
    req.send(text.getBytes(StandardCharsets.UTF_8));
    rep.send(rep.receive());
    try (Message reply = req.receive()) {
      assertThat(new String(reply.toByteArray(), StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ipc://", "shm://"})
  void bothOfOurs_shareARegionEachWay(String scheme) {
    long before = Mappings.regionCount();
    try (ReqSocket req = ReqSocket.open();
        RepSocket rep = RepSocket.open()) {
      req.dial(rep.listen(scheme + path()).url());
      echo(req, rep, "hello");
      assertThat(Mappings.regionCount()).isEqualTo(before + 4);
    }
    assertThat(Mappings.regionCount()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"4096,0", "0,4096", "0,0"})
  void oneSideDoesNotWant_messagesStayOnTheSocket(long dialer, long listener) {
    long before = Mappings.regionCount();
    try (ReqSocket req = ReqSocket.open();
        RepSocket rep = RepSocket.open()) {
      req.set(SpOptions.SHARED_MEMORY_SIZE, dialer);
      rep.set(SpOptions.SHARED_MEMORY_SIZE, listener);
      req.dial(rep.listen("ipc://" + path()).url());
      echo(req, rep, "hello");
      assertThat(Mappings.regionCount()).isEqualTo(before);
    }
  }

  @Test
  void shm_peerThatDoesNotShare_isClosed() {
    try (RepSocket rep = RepSocket.open();
        ReqSocket req = ReqSocket.open()) {
      String path = path();
      rep.set(SpOptions.SHARED_MEMORY_SIZE, 0L);
      rep.listen("ipc://" + path);
      req.dial("shm://" + path);
      Await.closed(req, "REFUSED");
      assertThat(req.statistics().pipesOpened()).isZero();
    }
  }

  @Test
  void shm_listener_servesOursOverIpcToo() {
    try (RepSocket rep = RepSocket.open();
        ReqSocket req = ReqSocket.open()) {
      String path = path();
      rep.listen("shm://" + path);
      req.dial("ipc://" + path);
      echo(req, rep, "hello");
    }
  }

  @Test
  void manyPipes_openedAndClosed_leaveNoDescriptorAndNoMapping() {
    try (PullSocket pull = PullSocket.open()) {
      String url = pull.listen("ipc://" + path()).url();
      pushOne(pull, url);
      Await.openPipes(pull, 0);
      long descriptors = Mappings.descriptorCount();
      long regions = Mappings.regionCount();
      for (int round = 0; round < 100; round++) {
        pushOne(pull, url);
      }
      Await.until(() -> Mappings.descriptorCount() <= descriptors);
      Await.until(() -> Mappings.regionCount() <= regions);
    }
  }

  private static void pushOne(PullSocket pull, String url) {
    try (PushSocket push = PushSocket.open()) {
      push.dial(url);
      push.send(new byte[64]);
      pull.receive().close();
    }
  }

  /** Two of which each looks for a message for as long as it takes. */
  private interface Looking {
    void run(RepSocket rep, ReqSocket req) throws Exception;
  }

  private void looking(Looking then) throws Exception {
    String url = "ipc://" + path();
    try (RepSocket rep = RepSocket.open();
        ReqSocket req = ReqSocket.open()) {
      rep.set(SpOptions.SPIN_TIME, Duration.ofHours(1));
      req.set(SpOptions.SPIN_TIME, Duration.ofHours(1));
      rep.listen(url);
      req.dial(url);
      echo(req, rep, "a");
      then.run(rep, req);
    }
  }

  /** Has somebody receive, and then fail by what is done meanwhile. */
  private static void assertFails(
      Receiver receiver, Consumer<Thread> meanwhile, Class<? extends SpException> failure)
      throws Exception {
    FutureTask<Message> receiving = new FutureTask<>(receiver::receive);
    Thread thread = Thread.ofPlatform().start(receiving);
    meanwhile.accept(thread);
    assertThatThrownBy(receiving::get).hasCauseInstanceOf(failure);
    thread.join();
  }

  @Test
  void receiverThatLooksWithoutSleeping_isToldOfTheClose() throws Exception {
    looking((rep, _) -> assertFails(rep, _ -> closeBeside(rep), SpClosedException.class));
  }

  private static void closeBeside(SpSocket socket) {
    socket.close();
  }

  @RepeatedTest(5)
  void receiverThatLooksWithoutSleeping_canBeInterrupted() throws Exception {
    looking((rep, _) -> assertFails(rep, Thread::interrupt, SpInterruptedException.class));
  }

  @RepeatedTest(5)
  void receiverThatLooksWithoutSleeping_isToldThatItsRequestIsAbandoned() throws Exception {
    looking((_, req) -> {
      req.send(new byte[] {1});
      assertFails(
          req,
          waiter -> Await.until(() -> asksAnew(req) && !waiter.isAlive()),
          SpCancelledException.class);
    });
  }

  private static boolean asksAnew(ReqSocket req) {
    req.send(new byte[] {2});
    return true;
  }

  @Test
  void receiverThatLooksWithoutSleeping_keepsItsTimeout() throws Exception {
    looking((rep, req) -> {
      assertThatThrownBy(() -> rep.receive(Duration.ofMillis(1)))
          .isInstanceOf(SpTimeoutException.class);
      echo(req, rep, "b");
    });
  }

  @Test
  void pipeThatComesWhileTwoTalkWithoutRest_isServed() throws Exception {
    assertPipeIsServedWhileTwoTalk(SharedMemoryTest::answerAll);
  }

  @Test
  void pipeThatComesWhileAContextTalksWithoutRest_isServed() throws Exception {
    assertPipeIsServedWhileTwoTalk(rep -> {
      try (RepContext context = rep.openContext()) {
        answerAll(context);
      }
    });
  }

  private void assertPipeIsServedWhileTwoTalk(Consumer<RepSocket> answers) throws Exception {
    String url = "ipc://" + path();
    FutureTask<@Nullable Void> answering;
    try (RepSocket rep = RepSocket.open();
        ReqSocket first = ReqSocket.open();
        ReqSocket second = ReqSocket.open()) {
      rep.listen(url);
      first.dial(url);
      answering = new FutureTask<>(() -> answers.accept(rep), null);
      Thread.ofPlatform().start(answering);
      AtomicBoolean over = new AtomicBoolean();
      Thread talking = Thread.ofPlatform().start(() -> askUntil(over, first));
      second.dial(url);
      ask(second);
      over.set(true);
      talking.join();
    }
    assertThat(answering.get()).isNull();
  }

  private static void askUntil(AtomicBoolean over, ReqSocket req) {
    while (!over.get()) {
      ask(req);
    }
  }

  private static void ask(ReqSocket req) {
    req.send(new byte[] {1});
    req.receive().close();
  }

  private static <A extends Receiver & Sender> void answerAll(A answering) {
    try {
      while (true) {
        answering.send(answering.receive());
      }
    } catch (SpClosedException e) {
      return; // The end.
    }
  }

  @Test
  void ringFull_senderWaitsUntilThereIsRoom() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.dial(pull.listen("shm://" + path()).url());
      int count = 20_000;
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(() -> {
            for (int number = 0; number < count; number++) {
              push.send(Integer.toString(number).repeat(10).getBytes(StandardCharsets.UTF_8));
            }
          });
      for (int number = 0; number < count; number++) {
        try (Message message = pull.receive()) {
          assertThat(new String(message.toByteArray(), StandardCharsets.UTF_8))
              .isEqualTo(Integer.toString(number).repeat(10));
        }
      }
      sender.join();
    }
  }

  /** Both sides sleep and wake each other all the time, several times in each message. */
  @Test
  void messagesTooLargeForABlock_betweenSidesThatSleep_arriveWhole() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      for (SpSocket each : List.of(push, pull)) {
        each.set(SpOptions.SHARED_MEMORY_SIZE, 4096L);
        each.set(SpOptions.SPIN_TIME, Duration.ZERO);
      }
      push.dial(pull.listen("shm://" + path()).url());
      int count = 1_000;
      byte[] body = new byte[70_000];
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(() -> {
            for (int number = 0; number < count; number++) {
              push.send(body);
            }
          });
      for (int number = 0; number < count; number++) {
        try (Message message = pull.receive()) {
          assertThat(message.byteSize()).isEqualTo(body.length);
        }
      }
      sender.join();
    }
  }

  private static byte[] patterned(int number, int byteSize) {
    byte[] body = new byte[byteSize];
    new Random(number).nextBytes(body);
    return body;
  }

  @Test
  void largeBodies_releasedInAnyOrder_areNeverWrittenOverBefore() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.dial(pull.listen("shm://" + path()).url());
      int count = 2_000;
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(() -> {
            for (int number = 0; number < count; number++) {
              push.send(patterned(number, 16_000 + number * 37));
            }
          });
      Random random = new Random(1);
      Map<Integer, Message> kept = new HashMap<>();
      for (int number = 0; number < count; number++) {
        kept.put(number, pull.receive());
        if (kept.size() > 50) {
          releaseSome(kept, random);
        }
      }
      kept.forEach(SharedMemoryTest::checkAndClose);
      sender.join();
    }
  }

  private static void releaseSome(Map<Integer, Message> kept, Random random) {
    List<Integer> numbers = new ArrayList<>(kept.keySet());
    Collections.shuffle(numbers, random);
    for (int number : numbers.subList(0, random.nextInt(numbers.size()))) {
      checkAndClose(number, kept.remove(number));
    }
  }

  private static void checkAndClose(int number, Message message) {
    assertThat(message.toByteArray()).isEqualTo(patterned(number, 16_000 + number * 37));
    message.close();
  }

  @Test
  void largeBodiesThatAreAllKept_goOnThroughTheRing() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.set(SpOptions.SHARED_MEMORY_SIZE, 4096L);
      push.dial(pull.listen("shm://" + path()).url());
      List<Message> kept = new ArrayList<>();
      for (int number = 0; number < 50; number++) {
        push.send(patterned(number, 20_000));
        kept.add(pull.receive());
      }
      for (int number = 0; number < 50; number++) {
        assertThat(kept.get(number).toByteArray()).isEqualTo(patterned(number, 20_000));
        kept.get(number).close();
      }
    }
  }

  @Test
  void largeBody_keptBeyondItsSocket_isReadableAndThenUnmapped() {
    long before = Mappings.regionCount();
    long descriptors = Mappings.descriptorCount();
    Message kept;
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.dial(pull.listen("shm://" + path()).url());
      push.send(patterned(1, 100_000));
      kept = pull.receive();
    }
    assertThat(Mappings.regionCount()).isEqualTo(before + 1);
    assertThat(kept.toByteArray()).isEqualTo(patterned(1, 100_000));
    kept.close();
    assertThat(Mappings.regionCount()).isEqualTo(before);
    Await.until(() -> Mappings.descriptorCount() <= descriptors);
  }

  @Test
  void largeBody_changedByItsReceiver_goesOnAsItIs() {
    try (PairSocket one = PairSocket.open();
        PairSocket other = PairSocket.open()) {
      one.dial(other.listen("shm://" + path()).url());
      one.send(patterned(1, 100_000));
      Message message = other.receive();
      message.insert(new byte[] {1, 2, 3});
      message.append(new byte[] {4, 5, 6});
      other.send(message);
      try (Message back = one.receive()) {
        byte[] body = back.toByteArray();
        assertThat(Arrays.copyOf(body, 3)).containsExactly(1, 2, 3);
        assertThat(Arrays.copyOfRange(body, 3, 100_003)).isEqualTo(patterned(1, 100_000));
        assertThat(Arrays.copyOfRange(body, 100_003, 100_006)).containsExactly(4, 5, 6);
      }
    }
  }

  @Test
  void receiverThatSleeps_isWokenForEachMessage() {
    try (ReqSocket req = ReqSocket.open();
        RepSocket rep = RepSocket.open()) {
      req.set(SpOptions.SPIN_TIME, Duration.ZERO);
      rep.set(SpOptions.SPIN_TIME, Duration.ZERO);
      req.dial(rep.listen("shm://" + path()).url());
      Thread answerer =
          Thread.ofPlatform()
              .start(() -> {
                for (int round = 0; round < 1000; round++) {
                  rep.send(rep.receive());
                }
              });
      for (int round = 0; round < 1000; round++) {
        req.send(new byte[] {(byte) round});
        try (Message reply = req.receive()) {
          assertThat(reply.toByteArray()).containsExactly((byte) round);
        }
      }
      assertThat(answerer.isInterrupted()).isFalse();
    }
  }

  @Test
  void peerThatIsStopped_isWaitedForWithinTheTimeLimit() throws Exception {
    try (ReqSocket req = ReqSocket.open();
        AnswererProcess answerer = AnswererProcess.dialing(req.listen("shm://" + path()).url())) {
      req.send("first".getBytes(StandardCharsets.UTF_8));
      assertThat(answerer.request()).isEqualTo("first");
      answerer.pause();
      answerer.answer("late");
      assertThatThrownBy(() -> req.receive(Duration.ofMillis(50)))
          .isInstanceOf(SpTimeoutException.class);
      answerer.resume();
      req.send("second".getBytes(StandardCharsets.UTF_8));
      assertThat(answerer.request()).isEqualTo("second");
      answerer.answer("in time");
      try (Message reply = req.receive()) {
        assertThat(new String(reply.toByteArray(), StandardCharsets.UTF_8)).isEqualTo("in time");
      }
    }
  }

  @Test
  void peerThatIsKilled_failsWhoWaitsForIt() throws Exception {
    try (ReqSocket req = ReqSocket.open();
        AnswererProcess answerer = AnswererProcess.dialing(req.listen("shm://" + path()).url())) {
      req.set(SpOptions.RESEND_TIME, Duration.ZERO);
      req.send("last words".getBytes(StandardCharsets.UTF_8));
      assertThat(answerer.request()).isEqualTo("last words");
      answerer.kill();
      assertThatThrownBy(req::receive).isInstanceOf(SpConnectionLostException.class);
      assertThat(Mappings.regionCount()).isZero();
    }
  }
}

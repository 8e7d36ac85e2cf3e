package dev.aeon.slabs.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every transport does. */
@Timeout(60)
abstract class TransportContract {
  private static final ConnectionOptions DEFAULT =
      ConnectionOptions.DEFAULT.withRequestByteSize(1 << 12).withResponseByteSize(1 << 14);

  private static final Duration NEVER = Duration.ofHours(1);
  private static final int SLEEPING_COUNT = 1_000;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private Acceptor acceptor;

  /** A URL to bind that nobody else uses. */
  abstract String url();

  ConnectionOptions options() {
    return DEFAULT;
  }

  @BeforeEach
  void bind() {
    acceptor = opened(Transports.bind(url(), options()));
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void records_bothWays_arriveWholeAndInOrder() {
    Connection near = opened(Transports.connect(acceptor.address(), options()));
    Connection far = accept();
    assertThat(near.isConnector()).isTrue();
    assertThat(far.isConnector()).isFalse();
    exchange(near, far, 500);
    exchange(far, near, 500);
  }

  @Test
  void rings_haveTheSizesThatTheConnectorAskedFor() {
    Connection near = opened(Transports.connect(acceptor.address(), options()));
    Connection far = accept();
    assertThat(near.inbox().capacity()).isEqualTo(DEFAULT.responseByteSize());
    assertThat(far.inbox().capacity()).isEqualTo(DEFAULT.requestByteSize());
  }

  @Test
  void unreadRecords_fillTheRingAndNoMore() {
    Connection near = opened(Transports.connect(acceptor.address(), options()));
    Connection far = accept();
    int sentCount = 0;
    while (offer(far.outbox(), sentCount, 100) || !isFullForGood(far.outbox())) {
      sentCount++;
      assertThat(sentCount).as("nobody reads, yet there is room").isLessThan(100_000);
    }
    int readCount = 0;
    while (take(near.inbox(), readCount)) {
      readCount++;
    }
    assertThat(readCount).isPositive();
    await(() -> offer(far.outbox(), 0, 100));
  }

  @Test
  void connectionsOfOneAcceptor_doNotMix() {
    List<Connection> near = new ArrayList<>();
    List<Connection> far = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      near.add(opened(Transports.connect(acceptor.address(), options())));
      far.add(accept());
    }
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int number = i + 1;
      await(() -> offer(near.get(number - 1).outbox(), number, 16));
    }
    for (Connection each : far) {
      await(() -> each.inbox().peek() != Inbox.EMPTY);
      seen.add(each.inbox().segment().get(ValueLayout.JAVA_INT_UNALIGNED, each.inbox().peek()));
      assertThat(each.inbox().peekedByteSize()).isEqualTo(16);
    }
    assertThat(seen).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void closing_oneEnd_isSeenAtTheOther() {
    Connection near = opened(Transports.connect(acceptor.address(), options()));
    Connection far = accept();
    assertThat(near.isOpen()).isTrue();
    assertThat(far.isOpen()).isTrue();
    near.close();
    await(() -> !far.isOpen());
  }

  @Test
  void records_publishedBeforeClosing_canStillBeRead() {
    Connection near = opened(Transports.connect(acceptor.address(), options()));
    Connection far = accept();
    await(() -> offer(near.outbox(), 0, 24));
    await(() -> far.inbox().peek() != Inbox.EMPTY);
    near.close();
    assertThat(take(far.inbox(), 0)).isTrue();
  }

  @Test
  void readerAndWriter_thatSleepAtOnce_areWokenByEachRecordAndByRoom() throws Exception {
    Connection near = opened(Transports.connect(acceptor.address(), options()));
    Connection far = accept();
    Future<?> other = inThread(() -> writeSleeping(near));
    inThread(() -> readSleeping(far)).get(50, TimeUnit.SECONDS);
    other.get(50, TimeUnit.SECONDS);
  }

  @Test
  void readers_thatSleep_answerEachOther() throws Exception {
    Connection near = opened(Transports.connect(acceptor.address(), options()));
    Connection far = accept();
    Future<?> other = inThread(() -> answerSleeping(far));
    inThread(() -> askSleeping(near)).get(50, TimeUnit.SECONDS);
    other.get(50, TimeUnit.SECONDS);
  }

  @Test
  void sleeper_whoseOtherEndCloses_isWoken() throws Exception {
    Connection near = opened(Transports.connect(acceptor.address(), options()));
    Connection far = accept();
    WaitSet waits = opened(WaitSet.drowsy(NEVER));
    far.wakes(waits);
    Future<?> end = inThread(() -> sleepWhile(waits, far::isOpen));
    await(() -> waits.sleepCount() > 0);
    near.close();
    end.get(50, TimeUnit.SECONDS);
  }

  @Test
  void sleeperAtAnAcceptor_isWokenByAConnector() throws Exception {
    WaitSet waits = opened(WaitSet.drowsy(NEVER));
    acceptor.wakes(waits);
    AtomicReference<Connection> accepted = new AtomicReference<>();
    Future<?> end = inThread(() -> sleepWhile(waits, () -> takeNext(accepted)));
    await(() -> waits.sleepCount() > 0);
    opened(Transports.connect(acceptor.address(), options()));
    end.get(50, TimeUnit.SECONDS);
    opened(accepted.get());
  }

  private boolean takeNext(AtomicReference<Connection> accepted) {
    Connection next = acceptor.poll();
    accepted.set(next);
    return next == null;
  }

  private static void writeSleeping(Connection near) {
    try (WaitSet waits = WaitSet.drowsy(NEVER)) {
      near.wakes(waits);
      for (int number = 0; number < SLEEPING_COUNT; number++) {
        int next = number;
        sleepWhile(waits, () -> !offer(near.outbox(), next, 400));
      }
    }
  }

  private static void readSleeping(Connection far) {
    try (WaitSet waits = WaitSet.drowsy(NEVER)) {
      far.wakes(waits);
      for (int number = 0; number < SLEEPING_COUNT; number++) {
        int next = number;
        sleepWhile(waits, () -> !take(far.inbox(), next));
      }
    }
  }

  private static void askSleeping(Connection near) {
    try (WaitSet waits = WaitSet.drowsy(NEVER)) {
      near.wakes(waits);
      for (int number = 0; number < SLEEPING_COUNT; number++) {
        int next = number;
        sleepWhile(waits, () -> !offer(near.outbox(), next, 16));
        sleepWhile(waits, () -> !take(near.inbox(), next));
      }
    }
  }

  private static void answerSleeping(Connection far) {
    try (WaitSet waits = WaitSet.drowsy(NEVER)) {
      far.wakes(waits);
      for (int number = 0; number < SLEEPING_COUNT; number++) {
        int next = number;
        sleepWhile(waits, () -> !take(far.inbox(), next));
        sleepWhile(waits, () -> !offer(far.outbox(), next, 16));
      }
    }
  }

  private static void sleepWhile(WaitSet waits, BooleanSupplier condition) {
    while (condition.getAsBoolean()) {
      waits.after(0);
    }
    waits.after(1);
  }

  /** Runs an action; a sleep that nobody ends is found out by whoever waits for it. */
  private static Future<?> inThread(Runnable action) {
    FutureTask<?> task = new FutureTask<>(action, null);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  @Test
  void closedAcceptor_turnsConnectorsAway() throws Exception {
    String address = acceptor.address();
    acceptor.close();
    ConnectionOptions hasty = options().withTimeout(Duration.ofMillis(200));
    assertThatThrownBy(() -> Transports.connect(address, hasty))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("nobody accepts");
  }

  @Test
  void recordLargerThanTheRingTakes_isRefusedWithItsSize() {
    Connection near = opened(Transports.connect(acceptor.address(), options()));
    accept();
    assertThatThrownBy(() -> near.outbox().claim(1 << 13))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("byteSize=8192");
  }

  private void exchange(Connection from, Connection to, int count) {
    int sentCount = 0;
    int readCount = 0;
    Random sizes = new Random(7);
    int size = 8 + sizes.nextInt(500);
    while (readCount < count) {
      assertThat(Thread.currentThread().isInterrupted()).as("time is up").isFalse();
      if (sentCount < count && offer(from.outbox(), sentCount, size)) {
        sentCount++;
        size = 8 + sizes.nextInt(500);
      }
      if (take(to.inbox(), readCount)) {
        readCount++;
      }
    }
  }

  /** A record of a number, repeated to its end. */
  private static boolean offer(Outbox outbox, int number, int byteSize) {
    long byteOffset = outbox.claim(byteSize);
    if (byteOffset == Outbox.FULL) {
      return false;
    }
    for (int at = 0; at + Integer.BYTES <= byteSize; at += Integer.BYTES) {
      outbox.segment().set(ValueLayout.JAVA_INT_UNALIGNED, byteOffset + at, number);
    }
    outbox.commit();
    return true;
  }

  private static boolean take(Inbox inbox, int number) {
    long byteOffset = inbox.peek();
    if (byteOffset == Inbox.EMPTY) {
      return false;
    }
    for (int at = 0; at + Integer.BYTES <= inbox.peekedByteSize(); at += Integer.BYTES) {
      assertThat(inbox.segment().get(ValueLayout.JAVA_INT_UNALIGNED, byteOffset + at))
          .isEqualTo(number);
    }
    inbox.release();
    return true;
  }

  /** Whether the ring stays full: what is on its way over a network may make room yet. */
  private static boolean isFullForGood(Outbox outbox) {
    for (int look = 0; look < 200; look++) {
      if (outbox.claim(100) != Outbox.FULL) {
        outbox.abort();
        return false;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return true;
  }

  private Connection accept() {
    Connection[] accepted = new Connection[1];
    await(() -> (accepted[0] = acceptor.poll()) != null);
    return opened(accepted[0]);
  }

  private <T extends AutoCloseable> T opened(T one) {
    opened.add(one);
    return one;
  }

  static void await(BooleanSupplier condition) {
    Backoff backoff = new Backoff();
    while (!condition.getAsBoolean()) {
      assertThat(Thread.currentThread().isInterrupted()).as("time is up").isFalse();
      backoff.idle();
    }
  }
}

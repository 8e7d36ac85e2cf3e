package dev.aeon.slabs.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.frame.FrameKind;
import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.SlabDevice;
import dev.aeon.slabs.transport.Acceptor;
import dev.aeon.slabs.transport.ChannelKey;
import dev.aeon.slabs.transport.Connection;
import dev.aeon.slabs.transport.ConnectionOptions;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.Transports;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardTest {
  private static final ConnectionOptions SMALL =
      ConnectionOptions.DEFAULT.withRequestByteSize(1 << 10).withResponseByteSize(1 << 10);
  private static final int BODY_BYTES = 64;
  private static final int RING_HEADER_BYTES = 640;
  private static final int FRAME_BYTES = Frame.HEADER_BYTES + BODY_BYTES;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private Connection worker;
  private SlabDevice replicas;

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  @Test
  void request_thatTheWorkerHasTaken_isNotWrittenOverBeforeItsAnswer() {
    Shard shard = shard(SMALL);
    int sentCount = 0;
    while (trySend(shard, sentCount)) {
      sentCount++;
      shard.publish();
      takeAll();
    }
    assertThat(sentCount).isGreaterThan(4);
    for (int number = 0; number < 3; number++) {
      assertThat(shard.unansweredRequestId()).isEqualTo(number);
      shard.forgetOldest(0);
    }

    assertThat(trySend(shard, sentCount)).isTrue();
    shard.disconnect();
    for (int number = 3; number <= sentCount; number++) {
      requireOldest(shard, number);
      shard.forgetOldest(0);
    }
    assertThat(shard.hasUnanswered()).isFalse();
    assertThat(shard.answeredCount()).isEqualTo(shard.sentCount()).isEqualTo(sentCount + 1);
  }

  @Test
  void requests_inTurn_goRoundTheRingWithoutEnd() {
    Shard shard = shard(SMALL);
    for (int number = 0; number < 200; number++) {
      assertThat(trySend(shard, number)).isTrue();
      shard.publish();
      takeAll();
      assertThat(shard.unansweredRequestId()).isEqualTo(number);
      shard.forgetOldest(number);
    }
  }

  @Test
  void worker_thatWritesIntoItsRing_doesNotChangeWhoseRequestItWas() {
    Shard shard = shard(SMALL);
    trySend(shard, 7);
    shard.publish();
    Inbox inbox = worker.inbox();
    long at = inbox.peek();
    inbox.segment().asSlice(at, Frame.HEADER_BYTES).fill((byte) 0xff);

    shard.disconnect();

    requireOldest(shard, 7);
    assertThat(shard.unansweredClient()).isEqualTo(70);
    assertThat(shard.unansweredByteSize()).isEqualTo(FRAME_BYTES);
  }

  @Test
  void replicatedRequests_ofAWorkerThatWritesOverItsRing_areWhole() {
    replicas = opened(SlabDevice.open(DevicePreference.HOST));
    Shard shard = shard(SMALL);
    for (int number = 0; number < 40; number++) {
      assertThat(trySend(shard, number)).isTrue();
      shard.publish();
      takeAll();
      if (number > 1) {
        requireOldest(shard, number - 2);
        shard.forgetOldest(number);
      }
    }
    worker.inbox().segment().asSlice(RING_HEADER_BYTES).fill((byte) 0xff);

    shard.disconnect();

    requireOldest(shard, 38);
    shard.forgetOldest(0);
    requireOldest(shard, 39);
    shard.forgetOldest(0);
    assertThat(shard.hasUnanswered()).isFalse();
  }

  @Test
  void replicatedShard_whoseWorkerCorruptsItsPosition_isBrokenAndLosesNothing() {
    replicas = opened(SlabDevice.open(DevicePreference.HOST));
    Shard shard = shard(SMALL);
    int sentCount = 0;
    trySend(shard, sentCount++);
    worker.inbox().segment().asSlice(0, RING_HEADER_BYTES).fill((byte) 0x55);
    while (trySend(shard, sentCount)) {
      sentCount++;
    }
    shard.publish();
    requireOldest(shard, 0);
    shard.forgetOldest(0);
    assertThat(trySend(shard, sentCount)).isFalse();
    assertThat(shard.isBroken()).isTrue();
    assertThat(trySend(shard, sentCount)).isFalse();

    shard.disconnect();

    for (int number = 1; number < sentCount; number++) {
      requireOldest(shard, number);
      shard.forgetOldest(0);
    }
    assertThat(shard.hasUnanswered()).isFalse();
  }

  @Test
  void replicatedShard_thatIsFull_takesMoreOnceAnswered() {
    replicas = opened(SlabDevice.open(DevicePreference.HOST));
    Shard shard = shard(SMALL);
    int sentCount = 0;
    while (trySend(shard, sentCount)) {
      sentCount++;
      shard.publish();
      takeAll();
    }
    assertThat(sentCount).isGreaterThan(4);
    requireOldest(shard, 0);
    shard.forgetOldest(0);
    shard.forgetOldest(0);
    assertThat(trySend(shard, sentCount)).isTrue();
  }

  @Test
  void sealedRequests_ofADeadWorker_areKeptInTheClear() {
    Shard shard = shard(SMALL.withKey(ChannelKey.generate()));
    while (!trySend(shard, 1)) {
      worker.inbox().peek();
    }
    trySend(shard, 2);

    shard.disconnect();

    requireOldest(shard, 1);
    shard.forgetOldest(0);
    requireOldest(shard, 2);
  }

  private Shard shard(ConnectionOptions options) {
    Acceptor acceptor = Transports.bind("inproc://shard-test", options);
    opened.add(acceptor);
    worker = Transports.connect(acceptor.address(), options);
    opened.add(worker);
    Shard shard = new Shard(1, acceptor.poll(), replicas, 0);
    opened.add(shard::close);
    return shard;
  }

  private <T extends AutoCloseable> T opened(T one) {
    opened.add(one);
    return one;
  }

  private static boolean trySend(Shard shard, int number) {
    MemorySegment frame = MemorySegment.ofArray(new byte[FRAME_BYTES]);
    Frame.begin(frame, 0, FrameKind.REQUEST, number, 1);
    frame.asSlice(Frame.HEADER_BYTES).fill((byte) number);
    return shard.trySend(frame, 0, FRAME_BYTES, 10L * number, Shard.NONE, Shard.NONE);
  }

  private void takeAll() {
    while (worker.inbox().peek() != Inbox.EMPTY) {
      worker.inbox().release();
    }
  }

  private static void requireOldest(Shard shard, int number) {
    assertThat(shard.unansweredRequestId()).isEqualTo(number);
    byte[] body =
        shard
            .memory()
            .asSlice(shard.unansweredFrame() + Frame.HEADER_BYTES, BODY_BYTES)
            .toArray(ValueLayout.JAVA_BYTE);
    assertThat(body).containsOnly((byte) number);
  }
}

package dev.aeon.slabs.transport.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.frame.FrameException;
import dev.aeon.slabs.transport.Inbox;
import dev.aeon.slabs.transport.Outbox;
import dev.aeon.slabs.transport.WaitSet;
import dev.aeon.slabs.transport.WaitStrategy;
import dev.aeon.sp.Message;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two ends of a connection without a network between. */
class SpLinkTest {
  private final WaitSet waits = WaitSet.open(WaitStrategy.PARK, WaitSet.LONGEST_SLEEP);
  private final SpLink near = new SpLink(1 << 10, 1 << 12, waits);
  private final SpLink far = new SpLink(1 << 12, 1 << 10, waits);

  @AfterEach
  void close() {
    near.close();
    far.close();
  }

  @Test
  void records_ofAnySize_passInOrder_whateverIsReadWhen() {
    Random random = new Random(5);
    int sentCount = 0;
    int readCount = 0;
    while (readCount < 3_000) {
      if (sentCount < 3_000 && offer(near.outbox(), sentCount, 4 + random.nextInt(200))) {
        sentCount++;
      }
      carry(near, far);
      carry(far, near);
      if (random.nextInt(3) > 0 && take(far.inbox(), readCount)) {
        readCount++;
      }
    }
    assertThat(far.inbox().peek()).isEqualTo(Inbox.EMPTY);
  }

  @Test
  void sender_neverPassesHalfOfWhatTheReceiverAllocated() {
    for (int number = 0; offer(near.outbox(), number, 24); number++) {
      carry(near, far);
    }
    assertThat(far.inbox().fillByteSize()).isBetween(256L, 512L);
    assertThat(near.nextMessage()).isNull();
  }

  @Test
  void message_cutAnywhere_isRefusedAndCrashesNothing() {
    offer(near.outbox(), 1, 33);
    offer(near.outbox(), 2, 40);
    byte[] whole = near.nextMessage().toByteArray();
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      try (SpLink victim = new SpLink(1 << 10, 1 << 12, waits)) {
        assertThatThrownBy(() -> receive(victim, cut)).isInstanceOf(FrameException.class);
      }
    }
    receive(far, whole);
    assertThat(take(far.inbox(), 1)).isTrue();
  }

  @Test
  void messages_ofRandomBytes_areTakenOrRefusedByTheirOwnException() {
    Random random = new Random(11);
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      if (bytes.length > 4) {
        MemorySegment.ofArray(bytes).set(ValueLayout.JAVA_INT_UNALIGNED, 0, random.nextInt(5));
      }
      try (SpLink victim = new SpLink(1 << 10, 1 << 10, waits)) {
        receive(victim, bytes);
      } catch (FrameException refused) {
        assertThat(refused).hasMessageContaining("=");
      }
    }
  }

  @Test
  void peer_thatSendsMoreThanThereIsRoomFor_isRefused() {
    byte[] message = records(1, 400);
    receive(far, message);
    receive(far, message);
    assertThatThrownBy(() -> receive(far, message)).hasMessageContaining("more than there is room");
    byte[] large = records(1, 600);
    assertThatThrownBy(() -> receive(far, large)).hasMessageContaining("byteSize=600");
  }

  @Test
  void peer_thatTakesBackWhatItReleased_isRefused() {
    receive(near, released(64));
    assertThatThrownBy(() -> receive(near, released(63))).hasMessageContaining("released=63");
  }

  private static byte[] records(int count, int byteSize) {
    byte[] bytes = new byte[(int) (Envelope.HEADER_BYTES + Envelope.padded(byteSize))];
    MemorySegment body = MemorySegment.ofArray(bytes);
    Envelope.write(body, Envelope.RECORDS, count, 0);
    Envelope.writeRecordSize(body, Envelope.HEADER_BYTES, byteSize);
    return bytes;
  }

  private static byte[] released(long byteCount) {
    byte[] bytes = new byte[Envelope.HEADER_BYTES];
    Envelope.write(MemorySegment.ofArray(bytes), Envelope.RECORDS, 0, byteCount);
    return bytes;
  }

  private static void receive(SpLink link, byte[] message) {
    MemorySegment body = MemorySegment.ofArray(message);
    if (Envelope.kind(body) == Envelope.RECORDS) {
      link.take(body);
    }
  }

  private static void carry(SpLink from, SpLink to) {
    Message message = from.nextMessage();
    if (message != null) {
      receive(to, message.toByteArray());
      message.close();
    }
  }

  private static boolean offer(Outbox outbox, int number, int byteSize) {
    long at = outbox.claim(byteSize);
    if (at == Outbox.FULL) {
      return false;
    }
    outbox.segment().set(ValueLayout.JAVA_INT_UNALIGNED, at, number);
    outbox.commit();
    return true;
  }

  private static boolean take(Inbox inbox, int number) {
    long at = inbox.peek();
    if (at == Inbox.EMPTY) {
      return false;
    }
    assertThat(inbox.segment().get(ValueLayout.JAVA_INT_UNALIGNED, at)).isEqualTo(number);
    inbox.release();
    return true;
  }
}

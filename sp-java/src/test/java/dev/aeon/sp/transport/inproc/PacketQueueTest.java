package dev.aeon.sp.transport.inproc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.aeon.sp.wire.Packet;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PacketQueueTest {
  private static final int SMALL = 64;

  private final PacketQueue queue = new PacketQueue();
  private final HeldPackets held = new HeldPackets();

  /** One whose first word is {@code number}. */
  private static Packet packet(long number, long byteSize) {
    Packet packet = Packet.allocate(byteSize);
    packet.body().set(ValueLayout.JAVA_LONG_UNALIGNED, 0, number);
    return packet;
  }

  private void holdBatch(long number) {
    assertTrue(held.hold(packet(number, SMALL)));
  }

  private List<Long> drain() {
    List<Long> numbers = new ArrayList<>();
    for (Packet next = queue.polling().poll(); next != null; next = queue.polling().poll()) {
      numbers.add(next.body().get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
      next.release();
    }
    return numbers;
  }

  @Test
  void poll_ofPacketsAloneAndTogether_keepsTheirOrderAndSizes() {
    queue.offering().offer(packet(1, SMALL));
    assertTrue(held.hold(packet(2, 8)));
    assertTrue(held.hold(packet(3, 13)));
    assertTrue(held.hold(packet(4, Batch.MAX_PACKET_BYTE_SIZE)));
    held.begin(packet(5, 100_000));
    assertTrue(held.moveTo(queue.offering()));

    List<Long> sizes = new ArrayList<>();
    for (long number = 1; number <= 5; number++) {
      Packet next = queue.polling().poll();
      assertEquals(number, next.body().get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
      sizes.add(next.bodyByteSize());
      next.release();
    }
    assertEquals(List.of(64L, 8L, 13L, Batch.MAX_PACKET_BYTE_SIZE, 100_000L), sizes);
    assertNull(queue.polling().poll());
    assertTrue(queue.polling().isEmpty());
  }

  @Test
  void hold_beyondWhatABatchHolds_isRefusedAndTakesNothing() {
    long count = 0;
    Packet next = packet(count, SMALL);
    while (held.hold(next)) {
      count++;
      next = packet(count, SMALL);
    }
    assertTrue(held.isFull());
    assertEquals(SMALL, next.bodyByteSize());
    next.release();

    assertTrue(held.moveTo(queue.offering()));
    assertEquals(LongStream.range(0, count).boxed().toList(), drain());
  }

  @Test
  void hold_ofALargePacket_isRefused() {
    Packet large = packet(1, Batch.MAX_PACKET_BYTE_SIZE + 1);
    assertFalse(held.hold(large));
    large.release();
    assertTrue(held.isEmpty());
  }

  @Test
  void hold_behindAPacketThatWaits_isRefused() {
    held.begin(packet(1, SMALL));
    Packet later = packet(2, SMALL);
    assertFalse(held.hold(later));
    later.release();
    held.releaseAll();
  }

  @Test
  void moveTo_withManyBatchesUnderWay_waitsUntilSomeAreTaken() {
    long count = 0;
    boolean moved;
    do {
      holdBatch(count);
      moved = held.moveTo(queue.offering());
      count++;
    } while (moved && count < 1_000);

    assertEquals(9, count);
    assertFalse(held.hasMuchRoomIn(queue.offering()));
    assertEquals(LongStream.range(0, 8).boxed().toList(), drain());
    assertTrue(held.hasMuchRoomIn(queue.offering()));
    assertTrue(held.moveTo(queue.offering()));
    assertEquals(List.of(8L), drain());
  }

  @Test
  void leaveTo_withManyBatchesUnderWay_losesNothing() {
    for (long number = 0; number < 8; number++) {
      holdBatch(number);
      assertTrue(held.moveTo(queue.offering()));
    }
    holdBatch(8);
    held.begin(packet(9, SMALL));
    held.leaveTo(queue.offering());

    assertTrue(held.isEmpty());
    assertEquals(LongStream.rangeClosed(0, 9).boxed().toList(), drain());
  }

  @Test
  void takeOfferingWaits_ofWhoWaitsWithABatchBehindFewPackets_comesAtTheEndOfTheQueue() {
    for (long number = 0; number < 9; number++) {
      queue.offering().offer(packet(number, SMALL));
    }
    holdBatch(9);
    assertFalse(held.moveTo(queue.offering()));
    queue.offering().setWaits(true);

    assertEquals(9, drain().size());
    assertTrue(queue.polling().takeOfferingWaitsAtEnd());
    assertFalse(queue.polling().takeOfferingWaitsAtEnd());
    assertTrue(held.moveTo(queue.offering()));
  }

  @Test
  void takeOfferingWaits_ofWhoWaitsWithABatchBehindBatches_comesOnceHalfAreTaken() {
    for (long number = 0; number < 8; number++) {
      holdBatch(number);
      assertTrue(held.moveTo(queue.offering()));
    }
    queue.offering().setWaits(true);

    int taken = 0;
    boolean told = false;
    while (!told && taken < 8) {
      Packet next = queue.polling().poll();
      next.release();
      taken++;
      told = queue.polling().takeOfferingWaits();
    }
    assertTrue(told);
    assertEquals(4, taken);
  }
}

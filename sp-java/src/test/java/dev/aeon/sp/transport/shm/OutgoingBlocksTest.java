package dev.aeon.sp.transport.shm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.sp.wire.Packet;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutgoingBlocksTest {
  private static final long BODY = 20_000;

  private final RingLayout layout = new RingLayout(4096, 64);
  private final SharedMemory memory = SharedMemory.create("blocks", layout.byteSize());
  private final MemorySegment region = memory.segment();
  private final OutgoingBlocks blocks = new OutgoingBlocks(new RegionUse(memory), layout);

  @AfterEach
  void close() {
    memory.close();
  }

  private Packet allocated() {
    return Objects.requireNonNull(blocks.allocate(BODY));
  }

  private void giveBack(long reference) {
    int block = (int) RingLayout.blockOf(reference);
    RingLayout.FLAG.setRelease(region, layout.returnedAt(block), 1);
  }

  @Test
  void allocatedPacket_isPlacedWhereItLies() {
    Packet packet = allocated();
    long reference = blocks.place(packet);
    packet.release();
    assertThat(layout.blockAt((int) RingLayout.blockOf(reference)) + Packet.HEADROOM)
        .isEqualTo(packet.memory().address() - region.address() + Packet.HEADROOM);
    assertThat(RingLayout.leadOf(reference)).isZero();
  }

  @Test
  void packetWithHeaders_isPlacedWithThemInFront() {
    Packet packet = allocated();
    packet.prependWord(7);
    packet.prependWord(8);
    assertThat(RingLayout.leadOf(blocks.place(packet))).isEqualTo(8);
  }

  @Test
  void packetWithManyHeaders_isCopied() {
    Packet packet = allocated();
    for (int word = 0; word < 3; word++) {
      packet.prependWord(word);
    }
    long reference = blocks.place(packet);
    assertThat(RingLayout.leadOf(reference)).isZero();
    assertThat(RingLayout.blockOf(reference)).isNotZero();
  }

  @Test
  void packetOfTwoOwners_isCopied() {
    Packet packet = allocated().retain();
    assertThat(RingLayout.blockOf(blocks.place(packet))).isNotZero();
  }

  @Test
  void sentBlock_isFreeOnceTheReaderGivesItBack() {
    Packet first = allocated();
    long reference = blocks.place(first);
    first.release();
    assertThat(allocated().memory().address()).isNotEqualTo(first.memory().address());
    giveBack(reference);
    assertThat(allocated().memory().address()).isEqualTo(first.memory().address());
  }

  @Test
  void blockOfTheApplication_isNotFreeByTheReadersWord() {
    Packet packet = allocated();
    giveBack(0);
    assertThat(allocated().memory().address()).isNotEqualTo(packet.memory().address());
  }

  @Test
  void blockReleasedUnsent_isFree() {
    Packet packet = allocated();
    packet.release();
    assertThat(allocated()).isSameAs(packet);
  }

  @Test
  void noRoom_isNull() {
    assertThat(blocks.allocate(layout.maxBlockBody() + 1)).isNull();
    int count = 0;
    while (blocks.allocate(BODY) != null) {
      count++;
    }
    assertThat(count).isEqualTo(64 / RingLayout.unitsFor(BODY));
    Packet other = Packet.allocate(BODY);
    assertThat(blocks.place(other)).isEqualTo(OutgoingBlocks.NOWHERE);
    other.release();
  }
}

package dev.aeon.sp.transport.shm;

import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.PacketLender;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Large bodies in the memory of a region, which its writer lends: to the application that writes
 * them, and then, or at once where they are copied there, to its reader. The lowest units that are
 * free are lent first, which are the likeliest to be in a cache. Confined to its strand, but for
 * releases.
 */
public final class OutgoingBlocks {
  /** There is no room for the body. */
  public static final long NOWHERE = -1;

  private final RegionUse use;
  private final MemorySegment region;
  private final RingLayout layout;
  private final BitSet taken = new BitSet();
  private final @Nullable Block[] blocks;

  /** The first {@link #lentCount} are the blocks out on loan. */
  private Block[] lent = new Block[16];

  private int lentCount;

  OutgoingBlocks(RegionUse use, RingLayout layout) {
    this.use = use;
    this.region = use.segment();
    this.layout = layout;
    this.blocks = new Block[layout.unitCount()];
  }

  /** Some units, and the packet over them. */
  private final class Block implements PacketLender {
    private final int number;
    private final int unitCount;
    private final Packet packet;

    /** Else with the application, whose word alone counts: the reader could forge its own. */
    private boolean isWithReader;

    Block(int number, int unitCount) {
      this.number = number;
      this.unitCount = unitCount;
      long byteSize = (long) unitCount * RingLayout.UNIT_BYTE_SIZE;
      this.packet = Packet.over(region.asSlice(layout.blockAt(number), byteSize), this);
    }

    boolean isOf(OutgoingBlocks all) {
      return OutgoingBlocks.this == all;
    }

    void giveToReader() {
      RingLayout.FLAG.setOpaque(region, layout.returnedAt(number), RingLayout.LENT);
      isWithReader = true;
    }

    boolean isBack() {
      return isWithReader
          ? (int) RingLayout.FLAG.getAcquire(region, layout.returnedAt(number)) != RingLayout.LENT
          : !packet.isOwned();
    }

    @Override
    public void takeBack() {
      use.end();
    }
  }

  /** An unwritten packet that {@link #place} will not copy; null if there is no room for it. */
  public @Nullable Packet allocate(long bodyByteSize) {
    Block block = take(bodyByteSize);
    if (block == null) {
      return null;
    }
    use.begin();
    block.isWithReader = false;
    block.packet.lend(bodyByteSize);
    return block.packet;
  }

  /**
   * Leaves a packet to the reader, which will give it back: where it lies if that is here, else as
   * a copy. The caller stays its owner, and does not write to it any more.
   *
   * @return where it lies, or {@link #NOWHERE}: too large, or too many are out
   */
  public long place(Packet packet) {
    long leadByteSize = Packet.HEADROOM - packet.start();
    if (packet.lender() instanceof Block own
        && own.isOf(this)
        && !packet.isShared()
        && leadByteSize >= 0
        && leadByteSize <= RingLayout.MAX_LEAD_BYTE_SIZE
        && packet.byteSize() <= layout.maxBlockBody()) {
      own.giveToReader();
      return RingLayout.reference(own.number, leadByteSize);
    }
    return copy(packet);
  }

  private long copy(Packet packet) {
    Block block = take(packet.byteSize());
    if (block == null) {
      return NOWHERE;
    }
    long bodyAt = layout.blockAt(block.number) + Packet.HEADROOM;
    MemorySegment.copy(packet.memory(), packet.start(), region, bodyAt, packet.byteSize());
    block.giveToReader();
    return RingLayout.reference(block.number, 0);
  }

  private @Nullable Block take(long bodyByteSize) {
    if (bodyByteSize > layout.maxBlockBody()) {
      return null;
    }
    takeReturned();
    int unitCount = RingLayout.unitsFor(bodyByteSize);
    int number = find(unitCount);
    return number < 0 ? null : lend(number, unitCount);
  }

  private void takeReturned() {
    int left = 0;
    for (int index = 0; index < lentCount; index++) {
      Block block = lent[index];
      if (block.isBack()) {
        taken.clear(block.number, block.number + block.unitCount);
      } else {
        lent[left++] = block;
      }
    }
    lentCount = left;
  }

  /** The first of so many free units, or -1. */
  private int find(int unitCount) {
    int first = taken.nextClearBit(0);
    while (first + unitCount <= layout.unitCount()) {
      int end = taken.nextSetBit(first);
      if (end < 0 || end - first >= unitCount) {
        return first;
      }
      first = taken.nextClearBit(end);
    }
    return -1;
  }

  private Block lend(int number, int unitCount) {
    Block block = blocks[number];
    if (block == null || block.unitCount != unitCount) {
      block = new Block(number, unitCount);
      blocks[number] = block;
    }
    taken.set(number, number + unitCount);
    if (lentCount == lent.length) {
      lent = Arrays.copyOf(lent, 2 * lentCount);
    }
    lent[lentCount++] = block;
    return block;
  }
}

package dev.aeon.sp.transport.shm;

import dev.aeon.sp.wire.LentBodies;
import dev.aeon.sp.wire.MalformedException;
import dev.aeon.sp.wire.Packet;
import dev.aeon.sp.wire.PacketLender;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Large bodies as they lie in the region that the peer made. Each is the application's until it is
 * released, by whichever thread, and keeps the region mapped for as long, whatever becomes of the
 * pipe. What the peer could write over is bytes of the body alone. Confined to its strand, but for
 * releases.
 */
public final class IncomingBlocks implements LentBodies {
  private final RegionUse use;
  private final MemorySegment region;
  private final RingLayout layout;
  private final @Nullable Block[] blocks;

  IncomingBlocks(RegionUse use, RingLayout layout) {
    this.use = use;
    this.region = use.segment();
    this.layout = layout;
    this.blocks = new Block[layout.unitCount()];
  }

  /** One body's place, and the packet over it while its size fits. */
  private final class Block implements PacketLender {
    private final int number;
    private final int unitCount;
    private final Packet packet;

    Block(int number, int unitCount) {
      this.number = number;
      this.unitCount = unitCount;
      long byteSize = (long) unitCount * RingLayout.UNIT_BYTE_SIZE;
      this.packet = Packet.over(region.asSlice(layout.blockAt(number), byteSize), this);
    }

    @Override
    public void takeBack() {
      RingLayout.FLAG.setRelease(region, layout.returnedAt(number), RingLayout.RETURNED);
      use.end();
    }
  }

  @Override
  public Packet claim(long reference, long byteSize) throws MalformedException {
    if (byteSize > layout.maxBlockBody()) {
      throw RingLayout.malformed("shared body is too large for a block: byteSize=" + byteSize);
    }
    int unitCount = RingLayout.unitsFor(byteSize);
    if (reference < 0 || reference > layout.unitCount() - unitCount) {
      throw RingLayout.malformed(
          "shared body lies outside: block=%d byteSize=%d".formatted(reference, byteSize));
    }
    Packet packet = block((int) reference, unitCount).packet;
    use.begin();
    packet.lend(byteSize);
    return packet;
  }

  private Block block(int number, int unitCount) throws MalformedException {
    Block known = blocks[number];
    if (known != null && known.packet.isOwned()) {
      throw RingLayout.malformed("shared body is lent already: block=" + number);
    }
    if (known == null || known.unitCount != unitCount) {
      known = new Block(number, unitCount);
      blocks[number] = known;
    }
    return known;
  }
}

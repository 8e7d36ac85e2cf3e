package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** CRC32C over the whole packet, its own field taken as zero (raw-ip-mapping 3.1). */
final class ChecksumGuard implements PacketGuard {
  private final CRC32C crc = new CRC32C();
  private final View sealing = new View();
  private final View opening = new View();

  /** Memory comes from the same few buffers again and again: a view each time would be garbage. */
  private static final class View {
    private @Nullable MemorySegment viewed;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    ByteBuffer of(MemorySegment memory) {
      if (!memory.equals(viewed)) {
        viewed = memory;
        bytes = memory.asByteBuffer();
      }
      return bytes.clear();
    }
  }

  @Override
  public int overheadByteSize() {
    return 0;
  }

  @Override
  public int seal(MemorySegment memory, long byteOffset, int byteSize) {
    int checksum = checksum(sealing.of(memory), (int) byteOffset, byteSize);
    memory.set(PacketLayout.INT, byteOffset + PacketLayout.CHECKSUM_OFFSET, checksum);
    return byteSize;
  }

  @Override
  public int open(MemorySegment memory, long byteOffset, int byteSize) {
    int carried = memory.get(PacketLayout.INT, byteOffset + PacketLayout.CHECKSUM_OFFSET);
    memory.set(PacketLayout.INT, byteOffset + PacketLayout.CHECKSUM_OFFSET, 0);
    int checksum = checksum(opening.of(memory), (int) byteOffset, byteSize);
    return carried == checksum ? byteSize : -1;
  }

  private int checksum(ByteBuffer bytes, int begin, int byteSize) {
    bytes.limit(begin + byteSize).position(begin);
    crc.reset();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}

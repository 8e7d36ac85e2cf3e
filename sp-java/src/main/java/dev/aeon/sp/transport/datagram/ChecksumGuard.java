package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** CRC32C over the whole packet, its own field taken as zero (raw-ip-mapping 3.1). */
final class ChecksumGuard implements PacketGuard {
  private final CRC32C crc = new CRC32C();
  private @Nullable MemorySegment viewed;
  private ByteBuffer view = ByteBuffer.allocate(0);

  @Override
  public int overheadByteSize() {
    return 0;
  }

  @Override
  public int seal(MemorySegment memory, long byteOffset, int byteSize) {
    int checksum = checksum(memory, (int) byteOffset, byteSize);
    memory.set(PacketLayout.INT, byteOffset + PacketLayout.CHECKSUM_OFFSET, checksum);
    return byteSize;
  }

  @Override
  public int open(MemorySegment memory, long byteOffset, int byteSize) {
    int carried = memory.get(PacketLayout.INT, byteOffset + PacketLayout.CHECKSUM_OFFSET);
    memory.set(PacketLayout.INT, byteOffset + PacketLayout.CHECKSUM_OFFSET, 0);
    return carried == checksum(memory, (int) byteOffset, byteSize) ? byteSize : -1;
  }

  private int checksum(MemorySegment memory, int begin, int byteSize) {
    ByteBuffer bytes = viewOf(memory);
    bytes.limit(begin + byteSize).position(begin);
    crc.reset();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Memory comes from the same few buffers again and again: a view each time would be garbage. */
  private ByteBuffer viewOf(MemorySegment memory) {
    if (!memory.equals(viewed)) {
      viewed = memory;
      view = memory.asByteBuffer();
    }
    return view.clear();
  }
}

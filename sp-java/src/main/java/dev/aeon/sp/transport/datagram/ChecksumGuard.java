package dev.aeon.sp.transport.datagram;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** CRC32C over the whole packet, its own field taken as zero (raw-ip-mapping 3.1). */
final class ChecksumGuard implements PacketGuard {
  private static final byte[] NO_CHECKSUM = new byte[Integer.BYTES];

  private final CRC32C crc = new CRC32C();
  private @Nullable MemorySegment viewed;
  private ByteBuffer view = ByteBuffer.allocate(0);

  @Override
  public int overheadByteSize() {
    return 0;
  }

  @Override
  public int seal(MemorySegment memory, int byteSize) {
    memory.set(PacketLayout.INT, PacketLayout.CHECKSUM_OFFSET, checksum(memory, 0, byteSize));
    return byteSize;
  }

  @Override
  public int open(MemorySegment memory, long byteOffset, int byteSize) {
    int carried = memory.get(PacketLayout.INT, byteOffset + PacketLayout.CHECKSUM_OFFSET);
    return carried == checksum(memory, byteOffset, byteSize) ? byteSize : -1;
  }

  private int checksum(MemorySegment memory, long byteOffset, int byteSize) {
    ByteBuffer bytes = viewOf(memory);
    int begin = (int) byteOffset;
    crc.reset();
    update(bytes, begin, begin + PacketLayout.CHECKSUM_OFFSET);
    crc.update(NO_CHECKSUM);
    update(bytes, begin + PacketLayout.BYTE_SIZE, begin + byteSize);
    return (int) crc.getValue();
  }

  private void update(ByteBuffer bytes, int begin, int end) {
    bytes.limit(end).position(begin);
    crc.update(bytes);
  }

  /** Memory comes from the same few buffers again and again: a view each time would be garbage. */
  private ByteBuffer viewOf(MemorySegment memory) {
    if (!memory.equals(viewed)) {
      viewed = memory;
      view = memory.asByteBuffer();
    }
    view.clear();
    return view;
  }
}

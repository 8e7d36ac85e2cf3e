package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.DatagramBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Room for one batch of received packets or runs of them. Confined to one carrier at a time. */
final class ReceiveBuffers {
  static final BufferPool<ReceiveBuffers> POOL = new BufferPool<>(ReceiveBuffers::new);
  static final int COUNT = 16;

  /** No packet and no run is larger. */
  private static final int BUFFER_BYTE_SIZE = 65_536;

  private static final long ALIGNMENT = 64;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment memory = arena.allocate(COUNT * BUFFER_BYTE_SIZE, ALIGNMENT);
  private final DatagramBatch batch = new DatagramBatch(COUNT, arena);

  private ReceiveBuffers() {
    for (int index = 0; index < COUNT; index++) {
      batch.setBuffer(index, memory, byteOffset(index), BUFFER_BYTE_SIZE);
    }
  }

  DatagramBatch batch() {
    return batch;
  }

  MemorySegment memory() {
    return memory;
  }

  long byteOffset(int index) {
    return (long) index * BUFFER_BYTE_SIZE;
  }
}

package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.DatagramBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Packets on their way to the kernel: their bytes one after another, and the elements that name
 * them. A packet as large as those before it, to the same peer, joins them in one run, which the
 * kernel cuts again; a smaller one ends the run. Confined to one carrier at a time.
 */
final class SendBuffers {
  static final BufferPool<SendBuffers> POOL = new BufferPool<>(SendBuffers::new);

  private static final int BYTE_SIZE = 256 * 1024;

  /** For a packet that there is no room for: it is put together all the same, and lost. */
  private static final int SPARE_BYTE_SIZE = 66_000;

  private static final long ALIGNMENT = 64;

  /** The kernel's limits of a run, with room for headers. */
  private static final int MAX_RUN_COUNT = 64;

  static final int MAX_RUN_BYTE_SIZE = 65_000;

  /** In place of a family. */
  private static final int CONNECTED = 0;

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment memory = arena.allocate(BYTE_SIZE + SPARE_BYTE_SIZE, ALIGNMENT);
  private final DatagramBatch batch = new DatagramBatch(DatagramBatch.MAX_COUNT, arena);
  private final Route[] routes = new Route[DatagramBatch.MAX_COUNT];
  private PacketForm form = new UdpForm();
  private boolean isConnected;
  private int first;
  private int count;
  private long usedByteSize;
  private int runCount;
  private int runByteSize;
  private int segmentByteSize;
  private boolean runMayGrow;

  DatagramBatch batch() {
    return batch;
  }

  int first() {
    return first;
  }

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  Route route(int index) {
    return routes[index];
  }

  boolean hasRoomFor(int byteSize) {
    return first + count < DatagramBatch.MAX_COUNT && usedByteSize + byteSize <= BYTE_SIZE;
  }

  /** For whom packets are: the peer that the socket is connected to alone, or any. */
  void beginFor(CarrierSocket socket) {
    form = socket.form();
    isConnected = socket.isConnected();
  }

  MemorySegment memory() {
    return memory;
  }

  /** Where the next packet's payload begins, if there is room for it. */
  long nextByteOffset() {
    return usedByteSize + form.prefixByteSize();
  }

  /** Where a packet without room is put together. */
  long spareByteOffset() {
    return BYTE_SIZE;
  }

  /** Adds the packet that was put together at {@link #nextByteOffset}. */
  void add(Route route, int byteSize) {
    int prefix = form.prefixByteSize();
    form.writePrefix(memory, usedByteSize, route.address().port());
    if (form.takesRuns() && joins(route, byteSize)) {
      join(byteSize);
    } else {
      begin(route, prefix + byteSize);
    }
    usedByteSize += prefix + byteSize;
  }

  private boolean joins(Route route, int byteSize) {
    return runMayGrow
        && routes[first + count - 1] == route
        && runCount < MAX_RUN_COUNT
        && byteSize > 0
        && byteSize <= segmentByteSize
        && runByteSize + byteSize <= MAX_RUN_BYTE_SIZE;
  }

  private void join(int byteSize) {
    runByteSize += byteSize;
    runCount++;
    runMayGrow = byteSize == segmentByteSize;
  }

  private void begin(Route route, int byteSize) {
    endRun();
    int index = first + count;
    routes[index] = route;
    batch.setBytes(index, memory, usedByteSize, byteSize, 0);
    batch.setPeer(
        index,
        isConnected ? CONNECTED : route.family(),
        form.kernelPort(route.address().port()),
        route.address().scope(),
        route.high(),
        route.low());
    count++;
    runCount = 1;
    segmentByteSize = byteSize;
    runByteSize = byteSize;
    runMayGrow = true;
  }

  /** Writes down what the last run has grown to; comes before the elements are used. */
  void endRun() {
    if (runCount > 1) {
      long byteOffset = usedByteSize - runByteSize;
      batch.setBytes(first + count - 1, memory, byteOffset, runByteSize, segmentByteSize);
    }
    runCount = 0;
    runMayGrow = false;
  }

  /** The first elements are done with; the room comes back once all are. */
  void remove(int elementCount) {
    first += elementCount;
    count -= elementCount;
    if (count == 0) {
      first = 0;
      usedByteSize = 0;
    }
  }
}

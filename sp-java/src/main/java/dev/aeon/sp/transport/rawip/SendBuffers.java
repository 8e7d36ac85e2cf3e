package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.posix.DatagramBatch;
import dev.aeon.sp.transport.datagram.PacketLoan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

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
  private LentPages.@Nullable Run pages;
  private int firstRunCount;
  private int firstRunKeptCount;

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
    return first + count < DatagramBatch.MAX_COUNT && usedByteSize + byteSize <= capacity();
  }

  private int capacity() {
    return pages == null ? BYTE_SIZE : LentPages.RUN_BYTE_SIZE;
  }

  /**
   * For whom packets are: the peer that the socket is connected to alone, or any.
   *
   * @param lentPages what the first run may leave by; null where all is copied
   */
  void beginFor(CarrierSocket socket, LentPages.@Nullable Run lentPages) {
    pages = lentPages;
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
    firstRunCount += isInFirstRun() ? 1 : 0;
  }

  private boolean isInFirstRun() {
    return first == 0 && count == 1;
  }

  /** Keeps the packet added last as it is; null where it is copied. */
  @Nullable PacketLoan keep() {
    if (pages == null || !isInFirstRun()) {
      return null;
    }
    pages.keep();
    firstRunKeptCount++;
    return pages;
  }

  /** Sends the first run by lent pages: 1 or {@code -errno}; 0 where it has to be copied. */
  int sendLent(int fd) {
    LentPages.Run run = pages;
    if (run == null || first > 0 || firstRunKeptCount < firstRunCount) {
      return 0;
    }
    int byteSize = batch.byteSize(0);
    int segment = batch.segmentByteSize(0);
    boolean isLong = byteSize >= LentPages.MIN_RUN_BYTE_SIZE && segment > 0;
    return isLong ? run.send(fd, memory, 0, byteSize, segment) : 0;
  }

  /** Whether a run might be lent, were there pages. */
  boolean isBulk() {
    return usedByteSize >= LentPages.MIN_RUN_BYTE_SIZE;
  }

  /** Has all that is here copied, so that there is room for more until the kernel takes it. */
  void copyAll() {
    if (pages != null) {
      pages.used();
      pages = null;
    }
  }

  /** Everything has left. */
  void giveBack() {
    copyAll();
    POOL.give(this);
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
      firstRunCount = 0;
      firstRunKeptCount = 0;
    }
  }
}

package dev.aeon.sp.transport.rawip;

import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.sp.transport.datagram.PacketLoan;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pages that the network reads runs of packets from, instead of the kernel's copies: what is
 * written past this processor's caches costs its owner less, and the reader too. They are of one
 * connected socket, so that whatever is read late reaches nobody but its peer. Confined to its
 * carrier's strand.
 */
final class LentPages implements AutoCloseable {
  /** Shorter ones are copied: a longer run shares its three system calls among more packets. */
  static final int MIN_RUN_BYTE_SIZE = 32 << 10;

  /** The most bytes of a run. */
  static final int RUN_BYTE_SIZE = 64 << 10;

  /** As many bytes as a peer lets be under way; what is more is copied. */
  static final int RUN_COUNT = 64;

  /** The connections that have pages at a time: 64 MiB in all, and a descriptor each. */
  static final int MAX_OPEN_COUNT = 16;

  private static final AtomicInteger OPEN_COUNT = new AtomicInteger();
  private static final Pattern VERSION = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

  /** Whether the kernel that there is sends packets from pages as they are. */
  static final boolean ARE_SUPPORTED = areSupportedBy(System.getProperty("os.version", ""));

  private final SharedMemory memory;
  private final ArrayDeque<Run> idle = new ArrayDeque<>(RUN_COUNT);

  private LentPages(SharedMemory memory) {
    this.memory = memory;
    for (int index = 0; index < RUN_COUNT; index++) {
      idle.add(new Run((long) index * RUN_BYTE_SIZE));
    }
  }

  /** New ones; null where there are as many as there may be, or the system has none left. */
  static @Nullable LentPages open() {
    if (OPEN_COUNT.incrementAndGet() <= MAX_OPEN_COUNT) {
      try {
        return new LentPages(SharedMemory.create("sp-packets", (long) RUN_COUNT * RUN_BYTE_SIZE));
      } catch (NativeCallException _) {
        // What cannot be lent is copied.
      }
    }
    OPEN_COUNT.decrementAndGet();
    return null;
  }

  /** Whether a kernel of this version does: from 6.5 on. */
  static boolean areSupportedBy(String kernelVersion) {
    Matcher numbers = VERSION.matcher(kernelVersion);
    if (!numbers.lookingAt()) {
      return false;
    }
    int major = Integer.parseInt(numbers.group(1));
    return major > 6 || (major == 6 && Integer.parseInt(numbers.group(2)) >= 5);
  }

  /** The pages longest idle, which the peer's processor may have let go of; null if none are. */
  @Nullable Run take() {
    return idle.poll();
  }

  /** What the network still reads stays with it. Called once. */
  @Override
  public void close() {
    memory.close();
    OPEN_COUNT.decrementAndGet();
  }

  /** The pages of one run, back where they were once all its packets are given back. */
  final class Run implements PacketLoan {
    private final long byteOffset;
    private int keptCount;
    private boolean isUsed;

    private Run(long byteOffset) {
      this.byteOffset = byteOffset;
    }

    /** One more packet of the run is to stay as it is. */
    void keep() {
      keptCount++;
    }

    @Override
    public void giveBack() {
      keptCount--;
      returnIfDone();
    }

    /** The packets have left, or will not. */
    void used() {
      isUsed = true;
      returnIfDone();
    }

    private void returnIfDone() {
      if (isUsed && keptCount == 0) {
        isUsed = false;
        idle.add(this);
      }
    }

    /** Sends a run of packets: 1, or {@code -errno}. */
    int send(int fd, MemorySegment packets, long from, int byteSize, int segmentByteSize) {
      SharedMemory.write(packets, from, memory.segment(), byteOffset, byteSize);
      return DatagramSockets.sendFile(
          fd, memory.descriptor(), byteOffset, byteSize, segmentByteSize);
    }
  }
}

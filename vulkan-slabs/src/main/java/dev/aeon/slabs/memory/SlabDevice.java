package dev.aeon.slabs.memory;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.SharedMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What slabs come from: a Vulkan device, or the memory of this process. It owns its slabs: {@link
 * #close} closes those still open. Thread-safe.
 */
public abstract sealed class SlabDevice implements AutoCloseable
    permits HostSlabDevice, VulkanSlabDevice {
  /** What shared memory is called in {@code /proc} where it was given no name. */
  static final String UNNAMED = "aeon-slab";

  /** Taken before a slab's monitor, the queue lock and {@link #lock}, in this order. */
  private final Object closing = new Object();

  private final Object lock = new Object();
  private final Set<Slab> slabs = new HashSet<>();
  private final Deque<AutoCloseable> dependents = new ArrayDeque<>();
  private boolean closed;

  SlabDevice() {}

  /** Opens the best device there is: {@code open(DevicePreference.AUTO)}. */
  public static SlabDevice open() {
    return open(DevicePreference.AUTO);
  }

  /**
   * Opens a device. {@link DevicePreference#AUTO} takes a discrete GPU before an integrated one,
   * either before software Vulkan, and host memory where no Vulkan device opens; {@link
   * #description} and {@link #fallbackReason} then say so.
   *
   * @throws SlabDeviceException for {@link DevicePreference#VULKAN} where no Vulkan device opens
   */
  public static SlabDevice open(DevicePreference preference) {
    return switch (preference) {
      case HOST -> new HostSlabDevice(null);
      case VULKAN -> VulkanSlabDevice.ofBest();
      case AUTO -> openBest();
    };
  }

  private static SlabDevice openBest() {
    try {
      return open(DevicePreference.VULKAN);
    } catch (SlabDeviceException noVulkan) {
      return new HostSlabDevice(noVulkan.getMessage());
    }
  }

  /** One line for people: which device this is, and why where it is a fallback. */
  public abstract String description();

  /** Why host memory was taken although Vulkan was looked for. */
  public abstract Optional<String> fallbackReason();

  /** Whether slabs are Vulkan buffers. */
  public final boolean isVulkan() {
    return vulkan().isPresent();
  }

  /** Whether programs run on the CPU: true for software Vulkan and for host memory. */
  public abstract boolean isSoftware();

  /** The largest {@code byteSize} that {@link #allocate} may give. */
  public abstract long maxSlabByteSize();

  /** SPI of the interpreter: the Vulkan objects behind this device, empty for host memory. */
  public abstract Optional<VulkanContext> vulkan();

  /** The kinds of slab that this device gives. */
  public abstract Set<SlabKind> kinds();

  /** The kind that {@link #allocate(long)} takes for a size, and why that one. */
  public abstract SlabChoice choice(long byteSize);

  /**
   * Allocates a zeroed slab of the best kind for its size (see {@link #choice}), whose first byte
   * is aligned to at least 64 bytes.
   *
   * @param byteSize 1 or more
   * @throws IllegalArgumentException for a size below 1
   * @throws SlabAllocationException where the device cannot give that much
   * @throws SlabClosedException after {@link #close}
   */
  public final Slab allocate(long byteSize) {
    return allocate(byteSize, choice(byteSize).kind());
  }

  /**
   * Allocates a zeroed slab of one kind. Shared ones are rounded up to whole pages.
   *
   * @param byteSize 1 or more
   * @throws IllegalArgumentException for a size below 1
   * @throws SlabAllocationException where the device cannot give that much, or not of this kind
   * @throws SlabClosedException after {@link #close}
   */
  public final Slab allocate(long byteSize, SlabKind kind) {
    requireSize(byteSize);
    if (!kinds().contains(kind)) {
      throw new SlabAllocationException(
          "the device has no such kind, kind=%s kinds=%s".formatted(kind, kinds()),
          byteSize,
          maxSlabByteSize(),
          null);
    }
    Slab slab = own(() -> allocateMemory(byteSize, kind));
    slab.upload(0, byteSize);
    return slab;
  }

  /**
   * Makes a zeroed slab that other processes map, and this device too where it can: {@link
   * SlabKind#SHARED_VULKAN}, else {@link SlabKind#SHARED}.
   *
   * @param name only shows in {@code /proc}, at most 249 bytes
   * @param byteSize 1 or more, rounded up to whole pages
   * @throws IllegalArgumentException for a size below 1
   * @throws SlabAllocationException where there is not that much
   * @throws SlabClosedException after {@link #close}
   */
  public final Slab allocateShared(String name, long byteSize) {
    requireSize(byteSize);
    return own(() -> share(createShared(name, byteSize)));
  }

  /**
   * Maps a slab that another process shares, and takes over the descriptor that it passed. What
   * lies in the slab is what others wrote: nothing in it is to be trusted.
   *
   * @throws SlabAllocationException where it is no shared memory, or memory that could shrink; the
   *     descriptor is closed then
   * @throws SlabClosedException after {@link #close}; the descriptor stays the caller's then
   */
  public final Slab mapShared(Descriptor descriptor) {
    return own(() -> share(map(() -> SharedMemory.map(descriptor))));
  }

  /**
   * Maps a slab that another process of the same user shares by {@link Slab#ticket}.
   *
   * @throws SlabAllocationException where that process has no such slab, or is another user's
   * @throws SlabClosedException after {@link #close}
   */
  public final Slab openShared(SlabTicket ticket) {
    return own(() -> share(map(() -> SharedMemory.open(ticket.processId(), ticket.fd()))));
  }

  /**
   * Maps a slab of kind {@link SlabKind#EXPORTED} that another process made with the same driver on
   * the same device.
   *
   * @param descriptor that was passed here; it stays the caller's, who may close it afterwards
   * @param byteSize the slab's
   * @throws SlabAllocationException where this device cannot
   * @throws SlabClosedException after {@link #close}
   */
  public final Slab mapExported(Descriptor descriptor, long byteSize) {
    requireSize(byteSize);
    return own(() -> importExported(descriptor, byteSize));
  }

  private static SharedMemory map(Supplier<SharedMemory> mapping) {
    try {
      return mapping.get();
    } catch (NativeCallException refused) {
      throw new SlabAllocationException(
          "nothing was mapped, " + refused.getMessage(), 0, HostLimits.memoryBytes(), refused);
    }
  }

  private Slab own(Supplier<SlabMemory> allocation) {
    synchronized (lock) {
      requireOpen();
      Slab slab = new Slab(this, allocation.get());
      slabs.add(slab);
      return slab;
    }
  }

  private static void requireSize(long byteSize) {
    if (byteSize < 1) {
      throw new IllegalArgumentException("slab is empty: byteSize=" + byteSize);
    }
  }

  /** Memory of one of {@link #kinds}. */
  abstract SlabMemory allocateMemory(long byteSize, SlabKind kind);

  /** New memory for {@link #share}. */
  abstract SharedMemory createShared(String name, long byteSize);

  /** Memory that another process's device exports. */
  abstract SlabMemory importExported(Descriptor descriptor, long byteSize);

  /** Takes over shared memory, as the best kind that this device makes of it. */
  abstract SlabMemory share(SharedMemory shared);

  /**
   * SPI: has {@link #close} close {@code dependent} first, for whatever holds objects of this
   * device. Last attached is first closed.
   *
   * @throws SlabClosedException after {@link #close}
   */
  public final void attach(AutoCloseable dependent) {
    synchronized (lock) {
      requireOpen();
      dependents.push(dependent);
    }
  }

  /** SPI: takes back {@link #attach}, when {@code dependent} has closed by itself. */
  public final void detach(AutoCloseable dependent) {
    synchronized (lock) {
      dependents.remove(dependent);
    }
  }

  /** Closes what is attached, then the slabs, then the device. A second call does nothing. */
  @Override
  public final void close() {
    synchronized (closing) {
      for (AutoCloseable owned : beginClose()) {
        closeOwned(owned);
      }
      release();
    }
  }

  /** Frees the device itself, once; called again on every further {@link #close}. */
  abstract void release();

  final void forget(Slab slab) {
    synchronized (lock) {
      slabs.remove(slab);
    }
  }

  private List<AutoCloseable> beginClose() {
    synchronized (lock) {
      closed = true;
      List<AutoCloseable> owned = new ArrayList<>(dependents);
      owned.addAll(slabs);
      dependents.clear();
      return owned;
    }
  }

  private static void closeOwned(AutoCloseable owned) {
    try {
      owned.close();
    } catch (RuntimeException refused) {
      throw refused;
    } catch (Exception impossible) {
      throw new IllegalStateException("device not closed: " + impossible.getMessage(), impossible);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new SlabClosedException("slab device");
    }
  }

  @Override
  public final String toString() {
    return description();
  }
}

package dev.aeon.slabs.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What slabs come from: a Vulkan device, or the memory of this process. It owns its slabs: {@link
 * #close} closes those still open. Thread-safe.
 */
public abstract sealed class SlabDevice implements AutoCloseable
    permits HostSlabDevice, VulkanSlabDevice {
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

  /**
   * Allocates a zeroed slab whose first byte is aligned to at least 64 bytes.
   *
   * @param byteSize 1 or more
   * @throws IllegalArgumentException for a size below 1
   * @throws SlabAllocationException where the device cannot give that much
   * @throws SlabClosedException after {@link #close}
   */
  public final Slab allocate(long byteSize) {
    if (byteSize < 1) {
      throw new IllegalArgumentException("slab is empty: byteSize=" + byteSize);
    }
    synchronized (lock) {
      requireOpen();
      Slab slab = new Slab(this, allocateMemory(byteSize));
      slabs.add(slab);
      return slab;
    }
  }

  abstract SlabMemory allocateMemory(long byteSize);

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

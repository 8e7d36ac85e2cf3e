package dev.aeon.slabs.memory;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkInstance;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkQueue;

/**
 * The Vulkan objects behind a {@link SlabDevice}. SPI of the interpreter, not for applications. The
 * objects live until the device closes; destroy what you made of them before (see {@link
 * SlabDevice#attach}). Reading is thread-safe; the queue is used under {@link #queueLock()}.
 */
public final class VulkanContext {
  private final VulkanInstance instance;
  private final VulkanCandidate candidate;
  private final VulkanLogicalDevice device;
  private final VulkanMemoryTypes memoryTypes;
  private final VulkanLimits limits;
  private final ReentrantLock queueLock = new ReentrantLock();
  private boolean closed;

  private VulkanContext(
      VulkanInstance instance, VulkanCandidate candidate, VulkanLogicalDevice device) {
    this.instance = instance;
    this.candidate = candidate;
    this.device = device;
    this.memoryTypes = VulkanMemoryTypes.of(candidate.handle());
    this.limits = VulkanLimitsQuery.of(candidate.handle(), memoryTypes, device.importsHostMemory());
  }

  static VulkanContext open() {
    VulkanInstance instance = VulkanInstance.create(VulkanValidation.isWanted());
    try {
      return openFirst(instance, VulkanCandidate.all(instance));
    } catch (RuntimeException failure) {
      instance.close();
      throw failure;
    }
  }

  /** A driver may list a device and yet refuse to open it: then the next best serves. */
  private static VulkanContext openFirst(
      VulkanInstance instance, List<VulkanCandidate> candidates) {
    SlabDeviceException failure =
        new SlabDeviceException("no Vulkan device with compute and API 1.2 was found");
    for (VulkanCandidate candidate : candidates) {
      try {
        return new VulkanContext(instance, candidate, VulkanLogicalDevice.create(candidate));
      } catch (SlabDeviceException refused) {
        failure =
            new SlabDeviceException(
                "%s did not open, %s".formatted(candidate.name(), refused.getMessage()), refused);
      }
    }
    throw failure;
  }

  /** The instance. */
  public VkInstance instance() {
    return instance.handle();
  }

  /** The chosen physical device. */
  public VkPhysicalDevice physicalDevice() {
    return candidate.handle();
  }

  /** The logical device, opened for Vulkan 1.2 with {@code robustBufferAccess}. */
  public VkDevice device() {
    return device.handle();
  }

  /** The one queue, of family {@link #queueFamilyIndex()}. */
  public VkQueue queue() {
    return device.queue();
  }

  /** The family of {@link #queue()}; it can compute. */
  public int queueFamilyIndex() {
    return candidate.queueFamilyIndex();
  }

  /** What the driver calls the device. */
  public String deviceName() {
    return candidate.name();
  }

  /** What bounds slabs and programs on this device. */
  public VulkanLimits limits() {
    return limits;
  }

  /**
   * Held from {@link Slab#vulkanWindow} through submission until the fence was seen: it keeps other
   * threads off the queue, and slabs from being freed under the device.
   */
  public ReentrantLock queueLock() {
    return queueLock;
  }

  /** Whether the Khronos validation layer watches this device. */
  public boolean isValidated() {
    return instance.isValidated();
  }

  /** What the validation layer has reported so far, at most the first 100 messages. */
  public List<String> validationMessages() {
    return instance.validationMessages();
  }

  VulkanMemoryTypes memoryTypes() {
    return memoryTypes;
  }

  boolean importsHostMemory() {
    return device.importsHostMemory();
  }

  boolean passesMemory() {
    return device.passesMemory();
  }

  String description() {
    return "%s (Vulkan, %s)".formatted(candidate.name(), candidate.typeName());
  }

  boolean isSoftware() {
    return candidate.isSoftware();
  }

  void close() {
    queueLock.lock();
    try {
      if (!closed) {
        closed = true;
        device.close();
        instance.close();
      }
    } finally {
      queueLock.unlock();
    }
  }
}

package dev.aeon.slabs.memory;

import java.util.Set;
import java.util.stream.Collectors;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.EXTExternalMemoryHost;
import org.lwjgl.vulkan.KHRExternalMemoryFd;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkDevice;
import org.lwjgl.vulkan.VkDeviceCreateInfo;
import org.lwjgl.vulkan.VkDeviceQueueCreateInfo;
import org.lwjgl.vulkan.VkExtensionProperties;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceFeatures;
import org.lwjgl.vulkan.VkQueue;

/**
 * A {@code VkDevice} with one compute queue.
 *
 * @param handle the device, destroyed by {@link #close}
 * @param queue its queue
 * @param extensions those of {@link #WANTED} that it has
 */
record VulkanLogicalDevice(VkDevice handle, VkQueue queue, Set<String> extensions)
    implements AutoCloseable {
  private static final String IMPORT =
      EXTExternalMemoryHost.VK_EXT_EXTERNAL_MEMORY_HOST_EXTENSION_NAME;
  private static final String PASS = KHRExternalMemoryFd.VK_KHR_EXTERNAL_MEMORY_FD_EXTENSION_NAME;

  /** Extensions that are used where a device has them, and done without where not. */
  static final Set<String> WANTED = Set.of(IMPORT, PASS);

  static VulkanLogicalDevice create(VulkanCandidate candidate) {
    Set<String> extensions = extensionsOf(candidate.handle());
    try (MemoryStack stack = MemoryStack.stackPush()) {
      VkDeviceCreateInfo info = createInfo(candidate, extensions, stack);
      PointerBuffer created = stack.mallocPointer(1);
      VulkanResult.require(
          VK10.vkCreateDevice(candidate.handle(), info, null, created), "vkCreateDevice");
      VkDevice device = new VkDevice(created.get(0), candidate.handle(), info);
      VK10.vkGetDeviceQueue(device, candidate.queueFamilyIndex(), 0, created);
      return new VulkanLogicalDevice(device, new VkQueue(created.get(0), device), extensions);
    }
  }

  private static VkDeviceCreateInfo createInfo(
      VulkanCandidate candidate, Set<String> extensions, MemoryStack stack) {
    PointerBuffer names = stack.mallocPointer(extensions.size());
    extensions.forEach(name -> names.put(stack.UTF8(name)));
    return VkDeviceCreateInfo.calloc(stack)
        .sType$Default()
        .pQueueCreateInfos(oneQueue(candidate, stack))
        .pEnabledFeatures(features(stack))
        .ppEnabledExtensionNames(names.flip());
  }

  private static VkDeviceQueueCreateInfo.Buffer oneQueue(
      VulkanCandidate candidate, MemoryStack stack) {
    VkDeviceQueueCreateInfo.Buffer queues = VkDeviceQueueCreateInfo.calloc(1, stack);
    queues
        .get(0)
        .sType$Default()
        .queueFamilyIndex(candidate.queueFamilyIndex())
        .pQueuePriorities(stack.floats(1f));
    return queues;
  }

  /** Without robust access a shader's wrong index writes into neighbouring memory of the JVM. */
  private static VkPhysicalDeviceFeatures features(MemoryStack stack) {
    return VkPhysicalDeviceFeatures.calloc(stack).robustBufferAccess(true);
  }

  private static Set<String> extensionsOf(VkPhysicalDevice device) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      var count = stack.mallocInt(1);
      VulkanResult.require(
          VK10.vkEnumerateDeviceExtensionProperties(device, (String) null, count, null),
          "vkEnumerateDeviceExtensionProperties");
      try (var extensions = VkExtensionProperties.calloc(count.get(0))) {
        VK10.vkEnumerateDeviceExtensionProperties(device, (String) null, count, extensions);
        return extensions.stream()
            .map(VkExtensionProperties::extensionNameString)
            .filter(WANTED::contains)
            .collect(Collectors.toSet());
      }
    }
  }

  /** Whether host pages can become buffers. */
  boolean importsHostMemory() {
    return extensions.contains(IMPORT);
  }

  /** Whether memory can be passed to other processes by a descriptor. */
  boolean passesMemory() {
    return extensions.contains(PASS);
  }

  @Override
  public void close() {
    VK10.vkDeviceWaitIdle(handle);
    VK10.vkDestroyDevice(handle, null);
  }
}

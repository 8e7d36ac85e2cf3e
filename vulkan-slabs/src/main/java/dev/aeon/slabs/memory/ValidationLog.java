package dev.aeon.slabs.memory;

import java.util.ArrayList;
import java.util.List;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.EXTDebugUtils;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCallbackDataEXT;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCallbackEXT;
import org.lwjgl.vulkan.VkDebugUtilsMessengerCreateInfoEXT;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives what the Vulkan validation layer finds, keeps the first messages and logs all of them.
 * Called by the layer on whichever thread made the faulty call. Freed after its instance.
 */
final class ValidationLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ValidationLog.class);
  private static final int KEPT_MESSAGES = 100;

  private final List<String> messages = new ArrayList<>();
  private final VkDebugUtilsMessengerCallbackEXT callback =
      VkDebugUtilsMessengerCallbackEXT.create(this::receive);

  /** Describes this log as a messenger for warnings and errors, in memory of {@code stack}. */
  VkDebugUtilsMessengerCreateInfoEXT createInfo(MemoryStack stack) {
    return VkDebugUtilsMessengerCreateInfoEXT.calloc(stack)
        .sType$Default()
        .messageSeverity(
            EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_SEVERITY_ERROR_BIT_EXT
                | EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_SEVERITY_WARNING_BIT_EXT)
        .messageType(
            EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_TYPE_VALIDATION_BIT_EXT
                | EXTDebugUtils.VK_DEBUG_UTILS_MESSAGE_TYPE_PERFORMANCE_BIT_EXT)
        .pfnUserCallback(callback);
  }

  /** The first messages, in order; empty where everything was valid. */
  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  private int receive(int severity, int types, long data, long userData) {
    String message = VkDebugUtilsMessengerCallbackDataEXT.create(data).pMessageString();
    keep(String.valueOf(message));
    return VK10.VK_FALSE;
  }

  private synchronized void keep(String message) {
    LOG.warn("Vulkan validation: {}", message);
    if (messages.size() < KEPT_MESSAGES) {
      messages.add(message);
    }
  }

  @Override
  public void close() {
    callback.free();
  }
}

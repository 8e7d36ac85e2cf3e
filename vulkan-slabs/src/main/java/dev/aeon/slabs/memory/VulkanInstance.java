package dev.aeon.slabs.memory;

import static org.lwjgl.vulkan.VK10.VK_SUCCESS;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.EXTDebugUtils;
import org.lwjgl.vulkan.EXTValidationFeatures;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VK12;
import org.lwjgl.vulkan.VkApplicationInfo;
import org.lwjgl.vulkan.VkInstance;
import org.lwjgl.vulkan.VkInstanceCreateInfo;
import org.lwjgl.vulkan.VkLayerProperties;
import org.lwjgl.vulkan.VkValidationFeaturesEXT;

/** A {@code VkInstance}, watched by the validation layer where that is wanted and installed. */
final class VulkanInstance implements AutoCloseable {
  static final int API_VERSION = VK12.VK_API_VERSION_1_2;

  private static final String VALIDATION_LAYER = "VK_LAYER_KHRONOS_validation";

  private final VkInstance handle;
  private final @Nullable ValidationLog log;
  private final long messenger;

  private VulkanInstance(VkInstance handle, @Nullable ValidationLog log) {
    this.handle = handle;
    this.log = log;
    this.messenger = log == null ? VK10.VK_NULL_HANDLE : createMessenger(handle, log);
  }

  /**
   * Creates an instance.
   *
   * @throws SlabDeviceException where there is no loader, or no driver it could load
   */
  static VulkanInstance create(boolean validation) {
    VulkanLoader.load();
    ValidationLog log = validation && hasValidationLayer() ? new ValidationLog() : null;
    try {
      return new VulkanInstance(createHandle(log), log);
    } catch (RuntimeException failure) {
      closeIfPresent(log);
      throw failure;
    }
  }

  VkInstance handle() {
    return handle;
  }

  boolean isValidated() {
    return log != null;
  }

  List<String> validationMessages() {
    return log == null ? List.of() : log.messages();
  }

  private static boolean hasValidationLayer() {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      var count = stack.mallocInt(1);
      VulkanResult.require(
          VK10.vkEnumerateInstanceLayerProperties(count, null), "vkEnumerateInstanceLayers");
      try (VkLayerProperties.Buffer layers = VkLayerProperties.calloc(count.get(0))) {
        VK10.vkEnumerateInstanceLayerProperties(count, layers);
        return layers.stream().anyMatch(l -> VALIDATION_LAYER.equals(l.layerNameString()));
      }
    }
  }

  private static VkInstance createHandle(@Nullable ValidationLog log) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      VkInstanceCreateInfo info =
          VkInstanceCreateInfo.calloc(stack)
              .sType$Default()
              .pApplicationInfo(applicationInfo(stack));
      if (log != null) {
        addValidation(info, log, stack);
      }
      PointerBuffer created = stack.mallocPointer(1);
      requireDriver(VK10.vkCreateInstance(info, null, created));
      return new VkInstance(created.get(0), info);
    }
  }

  private static VkApplicationInfo applicationInfo(MemoryStack stack) {
    return VkApplicationInfo.calloc(stack)
        .sType$Default()
        .pApplicationName(stack.UTF8("aeon"))
        .apiVersion(API_VERSION);
  }

  private static void addValidation(
      VkInstanceCreateInfo info, ValidationLog log, MemoryStack stack) {
    info.ppEnabledLayerNames(stack.pointers(stack.UTF8(VALIDATION_LAYER)))
        .ppEnabledExtensionNames(
            stack.pointers(
                stack.UTF8(EXTDebugUtils.VK_EXT_DEBUG_UTILS_EXTENSION_NAME),
                stack.UTF8(EXTValidationFeatures.VK_EXT_VALIDATION_FEATURES_EXTENSION_NAME)))
        .pNext(synchronisationValidation(stack))
        .pNext(log.createInfo(stack));
  }

  private static VkValidationFeaturesEXT synchronisationValidation(MemoryStack stack) {
    return VkValidationFeaturesEXT.calloc(stack)
        .sType$Default()
        .pEnabledValidationFeatures(
            stack.ints(
                EXTValidationFeatures.VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT));
  }

  private static void requireDriver(int result) {
    if (result == VK10.VK_ERROR_INCOMPATIBLE_DRIVER) {
      throw new SlabDeviceException(
          "the Vulkan loader found no driver; install mesa-vulkan-drivers");
    }
    VulkanResult.require(result, "vkCreateInstance");
  }

  private static long createMessenger(VkInstance instance, ValidationLog log) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      var created = stack.mallocLong(1);
      int result =
          EXTDebugUtils.vkCreateDebugUtilsMessengerEXT(
              instance, log.createInfo(stack), null, created);
      return result == VK_SUCCESS ? created.get(0) : VK10.VK_NULL_HANDLE;
    }
  }

  private static void closeIfPresent(@Nullable ValidationLog log) {
    if (log != null) {
      log.close();
    }
  }

  @Override
  public void close() {
    if (messenger != VK10.VK_NULL_HANDLE) {
      EXTDebugUtils.vkDestroyDebugUtilsMessengerEXT(handle, messenger, null);
    }
    VK10.vkDestroyInstance(handle, null);
    closeIfPresent(log);
  }
}
